import { untilAborted } from '../../../lib/deadline';
import { ExpectedError, isCancelled } from '../../../lib/errors';
import type { PathVerbs } from '../../machine';
import { openSftp } from '../sftp/openSftp';
import { sftpFiles } from '../sftp/sftpFiles';
import type { SftpSession } from '../sftp/session';
import type { GetTransport } from './connection';

/** Whether the files of a host are reached by its SFTP server or by its shell: found out by the first use. */
export type FileWay = 'sftp' | 'shell';

export interface HostFiles {
  readonly verbs: PathVerbs;
  /** null until it is known. */
  way(): FileWay | null;
  /** Throws ExpectedError where the server has no SFTP. */
  sftp(signal: AbortSignal): Promise<SftpSession>;
  close(): void;
}

/** Codes with which a server without SFTP answers, by either transport. */
const NO_SFTP: ReadonlySet<string> = new Set(['refused', 'unsupported', 'protocol', 'closed']);

const OPEN_DEADLINE_MS = 60_000;

/** By SFTP, over one session; where the server has none, by the shell. */
export function hostFiles(transport: GetTransport, host: string, shell: PathVerbs): HostFiles {
  let way: FileWay | null = null;
  let current: Promise<SftpSession> | undefined;
  const session = async (signal: AbortSignal): Promise<SftpSession> => {
    // It is for all who wait for it: nobody's cancel ends it.
    const opening = (current ??= openSession(transport, host));
    const forget = (): void => {
      if (current === opening) current = undefined;
    };
    try {
      const opened = await untilAborted(opening, signal);
      opened.closed.then(forget, forget);
      way = 'sftp';
      return opened;
    } catch (error) {
      if (!isCancelled(error)) forget();
      throw error;
    }
  };
  const sftp = sftpFiles(session, host);
  const chosen = async (signal: AbortSignal): Promise<PathVerbs> => {
    if (way !== null) return way === 'sftp' ? sftp : shell;
    try {
      await session(signal);
      return sftp;
    } catch (error) {
      if (!(error instanceof ExpectedError) || !NO_SFTP.has(error.code)) throw error;
      // Throws where it is the connection that is gone.
      await transport(signal);
      way = 'shell';
      return shell;
    }
  };
  return {
    verbs: verbsOf(chosen),
    way: () => way,
    sftp: session,
    close() {
      current?.then(
        (one) => one.close(),
        () => undefined,
      );
    },
  };
}

async function openSession(transport: GetTransport, host: string): Promise<SftpSession> {
  const signal = AbortSignal.timeout(OPEN_DEADLINE_MS);
  const channel = await (await transport(signal)).open({ kind: 'subsystem', name: 'sftp' }, signal);
  channel.ended.catch(() => undefined);
  channel.stderr.on('error', () => undefined).resume();
  return openSftp(channel, { machineName: host }, signal);
}

function verbsOf(chosen: (signal: AbortSignal) => Promise<PathVerbs>): PathVerbs {
  return {
    list: async (path, signal) => (await chosen(signal)).list(path, signal),
    stat: async (path, signal) => (await chosen(signal)).stat(path, signal),
    resolve: async (path, signal) => (await chosen(signal)).resolve(path, signal),
    readLink: async (path, signal) => (await chosen(signal)).readLink(path, signal),
    read: async (path, options) => (await chosen(options.signal)).read(path, options),
    stream: async (path, options) => (await chosen(options.signal)).stream(path, options),
    writeStream: async (path, options) => (await chosen(options.signal)).writeStream(path, options),
    write: async (path, content, options) => (await chosen(options.signal)).write(path, content, options),
    makeFolder: async (path, signal) => (await chosen(signal)).makeFolder(path, signal),
    makeLink: async (path, target, signal) => (await chosen(signal)).makeLink(path, target, signal),
    hardLink: async (path, to, signal) => (await chosen(signal)).hardLink(path, to, signal),
    rename: async (from, to, options) => (await chosen(options.signal)).rename(from, to, options),
    remove: async (path, signal) => (await chosen(signal)).remove(path, signal),
    change: async (path, change, signal) => (await chosen(signal)).change(path, change, signal),
  };
}
