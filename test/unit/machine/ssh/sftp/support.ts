import * as assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ExpectedError } from '../../../../../src/lib/errors';
import { openSftp, type SftpOptions } from '../../../../../src/machine/ssh/sftp/openSftp';
import type { SftpChannel, SftpSession } from '../../../../../src/machine/ssh/sftp/session';
import { sftpFiles } from '../../../../../src/machine/ssh/sftp/sftpFiles';

const program = ['/usr/lib/openssh/sftp-server', '/usr/libexec/openssh/sftp-server', '/usr/lib/ssh/sftp-server'].find(
  (file) => fs.existsSync(file),
);

/** Why there is no server to test with; undefined where there is. */
export const noSftpServer: string | undefined =
  process.platform !== 'linux'
    ? 'sftp-server is tested with on Linux only'
    : program === undefined
      ? 'there is no sftp-server (openssh-sftp-server)'
      : undefined;

export type Files = ReturnType<typeof sftpFiles>;

export interface TestServer {
  readonly session: SftpSession;
  readonly files: Files;
  readonly process: ChildProcess;
  /** The paths that the server has open. */
  openFiles(): readonly string[];
}

export interface ServerOptions {
  readonly args?: readonly string[];
  /** Runs as that user; needs root. */
  readonly uid?: number;
  readonly sftp?: Partial<SftpOptions>;
  /** Stands between the client and the server. */
  readonly wrap?: (channel: SftpChannel) => SftpChannel;
}

const servers: ChildProcess[] = [];

/** To be called in every describe that starts servers. */
export function endServersAfterwards(): void {
  after(() => {
    for (const server of servers.splice(0)) server.kill('SIGKILL');
  });
}

/** OpenSSH's sftp-server over pipes: what sshd starts, without sshd. */
export async function startSftpServer(options: ServerOptions = {}): Promise<TestServer> {
  assert.ok(program !== undefined);
  const uid = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
  const child = spawn(program, options.args ?? [], { stdio: ['pipe', 'pipe', 'ignore'], cwd: '/', ...uid });
  servers.push(child);
  return serverOf(child, options);
}

/** Whatever talks SFTP on its standard input and output. */
export async function serverOf(child: ChildProcess, options: ServerOptions = {}): Promise<TestServer> {
  const channel = (options.wrap ?? ((same) => same))(channelOf(child));
  const session = await openSftp(channel, { machineName: 'peer', ...options.sftp }, new AbortController().signal);
  return {
    session,
    files: sftpFiles(session, 'peer'),
    process: child,
    openFiles: () => openFilesOf(child.pid ?? 0),
  };
}

export function channelOf(child: ChildProcess): SftpChannel {
  const { stdin, stdout } = child;
  assert.ok(stdin !== null && stdout !== null);
  return { stdin, stdout, close: () => stdin.destroy() };
}

function openFilesOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  const targets = fs.readdirSync(folder).map((fd) => {
    try {
      return fs.readlinkSync(`${folder}/${fd}`);
    } catch {
      return ''; // It was closed in between.
    }
  });
  // Pipes, and the socket of its log, are no paths.
  return targets.filter((target) => target.startsWith('/') && !target.startsWith('/dev/'));
}

export function expected(code: string, text: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ExpectedError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, text);
    return true;
  };
}

/** Waits for something that will come, but not at once. */
export async function eventually(isSo: () => boolean): Promise<void> {
  for (let round = 0; round < 400 && !isSo(); round += 1) await pause(10);
  assert.ok(isSo(), String(isSo));
}
