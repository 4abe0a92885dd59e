import * as l10n from '@vscode/l10n';
import type { Duplex } from 'node:stream';
import { encodePath } from '../../../lib/bytePath';
import { runWithDeadline } from '../../../lib/deadline';
import { ExpectedError, throwIfCancelled } from '../../../lib/errors';
import { hostLabel } from '../connect/names';
import type { KeptSecrets } from '../connect/parts';
import type { HostOptions } from '../options';
import type { Person } from '../../person';
import type { TunnelEnd } from '../../tunnel';
import type { Transport } from '../transport';
import { sessionEnvironment, type Environment } from './environment';
import { lossReason } from './failure';
import { logIn, type LoggedIn } from './login';
import { connectRefused } from './openFailure';
import { findSsh } from './program';
import { ProxyLine } from './proxyLine';
import { listenOnHost } from './remoteListener';
import { openSession, type SessionSettings } from './session';
import { ChannelDuplex } from './streams';
import { encode } from './wire';

const CHANNEL_DEADLINE_MS = 60_000;
const DEFAULT_TERMINAL = 'xterm-256color';

export interface SystemParts {
  /** A path, or a name to be found in PATH. */
  readonly program: string;
  /** As `ssh -F`: a path, 'none' (then only the options count), or null for the user's and the system's own files. */
  readonly configFile: string | null;
  /** null where nobody can be asked: ssh asks for nothing then. */
  readonly person: Person | null;
  readonly secrets: KeptSecrets;
  /** Of our process: what ssh needs of it goes on to it, and what SendEnv names to the host. */
  readonly env: Environment;
  readonly onLog: (message: string) => void;
  /** Node, or Electron, for the program that carries questions. Default: the one that runs this. */
  readonly nodeProgram?: string;
  /** Where private folders are made. Default: that of the system. */
  readonly tempFolder?: string;
}

/**
 * A connection by the system's ssh, for what ssh2 lacks (user certificates, FIDO, GSSAPI, post-quantum key exchange).
 * One ssh process is the master of a control socket, and its proxy mode (OpenSSH's PROTOCOL.mux) carries the channels:
 * no further process is needed, and exit signals, sizes of terminals and refusals come through as they are.
 * ssh itself verifies the host key by its known_hosts files, of every hop, and asks by SSH_ASKPASS; a changed key is
 * refused in every mode. Throws ExpectedError: 'unsupported' (no or an old OpenSSH, Windows), 'host-key-changed',
 * 'host-key-unknown', 'host-key-revoked', 'denied', 'refused', 'timed-out', 'unreachable', 'not-found',
 * 'invalid-config', 'closed', 'failed'; or CancelledError.
 */
export async function systemTransport(
  options: HostOptions,
  parts: SystemParts,
  signal: AbortSignal,
): Promise<Transport> {
  throwIfCancelled(signal);
  const { configFile, person, secrets, env, onLog, nodeProgram = process.execPath, tempFolder } = parts;
  const program = await findSsh(parts.program, env, signal);
  const login = { program, options, configFile, person, secrets, env, onLog, nodeProgram, tempFolder };
  const loggedIn = await logIn(login, signal);
  try {
    const line = await ProxyLine.open(loggedIn.folder.controlSocket, signal);
    // Without it the connection is of no use.
    line.socket.once('close', () => void loggedIn.master.end());
    return transportOf(loggedIn, line, options, env);
  } catch (error) {
    await loggedIn.master.end();
    throw error;
  }
}

function transportOf({ master, folder }: LoggedIn, line: ProxyLine, options: HostOptions, env: Environment): Transport {
  let isClosed = false;
  const host = hostLabel(options);
  const { controlSocket } = folder;
  const settings: SessionSettings = {
    host,
    env: sessionEnvironment(options, env),
    terminalType: env['TERM'] ?? DEFAULT_TERMINAL,
  };
  const closed = master.ended.then(async () => {
    await folder.remove();
    return isClosed ? undefined : lossReason(master.stderr, options);
  });
  const inTime = <T>(signal: AbortSignal, work: (inner: AbortSignal) => Promise<T>): Promise<T> =>
    runWithDeadline(signal, CHANNEL_DEADLINE_MS, work, () => lateChannel(host));
  return {
    kind: 'system',
    remarks: options.remarks,
    closed,
    open: (request, signal) => inTime(signal, (inner) => openSession(line, request, settings, inner)),
    connect: (target, signal) => inTime(signal, (inner) => connectFromHost(line, host, target, inner)),
    listen: (end, onConnection, signal) => {
      const place = { controlSocket, ownSocket: folder.nextSocket(), host, gone: closed };
      return listenOnHost(place, end, onConnection, signal);
    },
    close: () => {
      isClosed = true;
      void master.end();
    },
  };
}

async function connectFromHost(line: ProxyLine, host: string, target: TunnelEnd, signal: AbortSignal): Promise<Duplex> {
  const wish = {
    ...wishOf(target),
    refusal: (reason: number, text: string) => connectRefused(host, target, reason, text),
  };
  return new ChannelDuplex(await line.channel(wish, signal));
}

/** RFC 4254, 7.2, with an originator that tells nothing; OpenSSH's PROTOCOL, 2.4. */
function wishOf(target: TunnelEnd): { readonly type: string; readonly fields: Uint8Array } {
  return target.kind === 'tcp'
    ? { type: 'direct-tcpip', fields: encode(target.host, target.port, '127.0.0.1', 0) }
    : { type: 'direct-streamlocal@openssh.com', fields: encode(encodePath(target.path), '', 0) };
}

function lateChannel(host: string): ExpectedError {
  return new ExpectedError(
    'timed-out',
    l10n.t('{0} did not answer within {1} s.', host, Math.round(CHANNEL_DEADLINE_MS / 1_000)),
  );
}
