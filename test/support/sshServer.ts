import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A real sshd of OpenSSH on loopback, with keys and a configuration of its own; nothing of the user's is touched. */
export interface SshServer {
  readonly host: string;
  readonly port: number;
  /** Of the test: removed by stop(). */
  readonly folder: string;
  /** The name of the host in `configFile`. */
  readonly alias: string;
  readonly user: string;
  /** A private key (Ed25519) that logs in as `user`; its public key beside it with .pub. */
  readonly keyFile: string;
  /** Holds the server's Ed25519 key. */
  readonly knownHostsFile: string;
  /** An ssh_config(5) with `alias`, that asks nobody. */
  readonly configFile: string;
  /** Paths of the server's private host keys by type: 'ed25519', 'rsa', 'ecdsa'. */
  readonly hostKeys: Readonly<Record<string, string>>;
  readonly authorizedKeysFile: string;
  readonly pid: number;
  /** What it logged so far (LogLevel DEBUG1). */
  log(): string;
  /** Waits until the log has the text; throws after ten seconds. */
  logged(text: string | RegExp): Promise<void>;
  stop(): Promise<void>;
}

export interface SshServerOptions {
  /** Lines for sshd_config; they stand first and so win. */
  readonly config?: readonly string[];
  /** Default 127.0.0.1. */
  readonly address?: string;
  readonly hostKeyTypes?: readonly ('ed25519' | 'rsa' | 'ecdsa')[];
  /** Default: the alias 'peer'. */
  readonly alias?: string;
  /** Whether the public key of `keyFile` is let in; default true. */
  readonly authorize?: boolean;
  /** 'internal-sftp' unless given; null for none. */
  readonly sftp?: string | null;
  /** More environment for sshd itself. */
  readonly env?: Readonly<Record<string, string>>;
}

const program = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find((file) => fs.existsSync(file));

/** Why there is no sshd to test with; undefined where there is. */
export const noSshServer: string | undefined =
  process.platform !== 'linux'
    ? 'sshd is tested with on Linux only'
    : program === undefined
      ? 'there is no sshd (openssh-server)'
      : undefined;

/** Starts an sshd as the present user, who can log in with `keyFile`. */
export async function startSshServer(options: SshServerOptions = {}): Promise<SshServer> {
  if (program === undefined) throw new Error('There is no sshd.');
  // As root sshd wants its folder for separated privileges, which a service manager would make.
  if (process.getuid?.() === 0) fs.mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-sshd-'));
  const inside = (name: string): string => path.join(folder, name);
  const { address = '127.0.0.1', alias = 'peer', hostKeyTypes = ['ed25519'] } = options;
  const user = os.userInfo().username;
  const keyFile = makeKey(inside('id_ed25519'), 'ed25519');
  const hostKeys = Object.fromEntries(hostKeyTypes.map((type) => [type, makeKey(inside(`host_${type}`), type)]));
  const authorizedKeysFile = inside('authorized_keys');
  fs.writeFileSync(authorizedKeysFile, options.authorize === false ? '' : fs.readFileSync(`${keyFile}.pub`), {
    mode: 0o600,
  });
  const port = await freePort(address);
  const lines = serverConfig(options, { address, port, authorizedKeysFile, hostKeys, pidFile: inside('sshd.pid') });
  fs.writeFileSync(inside('sshd_config'), `${lines.join('\n')}\n`);
  const knownHostsFile = inside('known_hosts');
  fs.writeFileSync(knownHostsFile, knownHosts(address, port, hostKeys));
  const configFile = inside('ssh_config');
  fs.writeFileSync(configFile, clientConfig({ alias, address, port, user, keyFile, knownHostsFile }));
  const server = spawn(program, ['-D', '-e', '-f', inside('sshd_config')], {
    stdio: ['ignore', 'ignore', fs.openSync(inside('log'), 'a')],
    env: { ...process.env, ...options.env },
  });
  const log = (): string => fs.readFileSync(inside('log'), 'utf8');
  await untilListening(server, log);
  return {
    host: address,
    port,
    folder,
    alias,
    user,
    keyFile,
    knownHostsFile,
    configFile,
    hostKeys,
    authorizedKeysFile,
    pid: server.pid ?? 0,
    log,
    logged: (text) => untilLogged(log, text),
    stop: async () => {
      await end(server);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface ServerConfig {
  readonly address: string;
  readonly port: number;
  readonly authorizedKeysFile: string;
  readonly hostKeys: Readonly<Record<string, string>>;
  readonly pidFile: string;
}

function serverConfig(options: SshServerOptions, config: ServerConfig): readonly string[] {
  const sftp = options.sftp === undefined ? 'internal-sftp' : options.sftp;
  return [
    ...(options.config ?? []),
    `ListenAddress ${config.address}`,
    `Port ${config.port}`,
    ...Object.values(config.hostKeys).map((file) => `HostKey ${file}`),
    `AuthorizedKeysFile ${config.authorizedKeysFile}`,
    `PidFile ${config.pidFile}`,
    'StrictModes no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'PrintMotd no',
    'PrintLastLog no',
    'MaxStartups 500',
    'MaxSessions 100',
    'UseDNS no',
    'LogLevel DEBUG1',
    ...(sftp === null ? [] : [`Subsystem sftp ${sftp}`]),
  ];
}

/** A key without a passphrase. Returns the file of the private key. */
export function makeKey(file: string, type: string, ...more: readonly string[]): string {
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', `test-${type}`, '-f', file, ...more]);
  return file;
}

function knownHosts(address: string, port: number, hostKeys: Readonly<Record<string, string>>): string {
  const name = port === 22 ? address : `[${address}]:${port}`;
  return Object.values(hostKeys)
    .map((file) => `${name} ${fs.readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ')}\n`)
    .join('');
}

interface ClientConfig {
  readonly alias: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly keyFile: string;
  readonly knownHostsFile: string;
}

function clientConfig({ alias, address, port, user, keyFile, knownHostsFile }: ClientConfig): string {
  const lines = [
    `Host ${alias}`,
    `HostName ${address}`,
    `Port ${port}`,
    `User ${user}`,
    `IdentityFile ${keyFile}`,
    'IdentitiesOnly yes',
    `UserKnownHostsFile ${knownHostsFile}`,
    'GlobalKnownHostsFile /dev/null',
    'StrictHostKeyChecking yes',
  ];
  return `${lines.join('\n')}\n`;
}

/** A port that nobody listens on, at that address. */
export function freePort(address = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, address, () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function untilListening(server: ChildProcess, log: () => string): Promise<void> {
  for (let round = 0; round < 200; round++) {
    if (server.exitCode !== null) break;
    if (log().includes('Server listening on')) return;
    await pause(25);
  }
  server.kill('SIGKILL');
  throw new Error(`sshd did not start. It said:\n${log()}`);
}

async function untilLogged(log: () => string, text: string | RegExp): Promise<void> {
  for (let round = 0; round < 400; round++) {
    const all = log();
    if (typeof text === 'string' ? all.includes(text) : text.test(all)) return;
    await pause(25);
  }
  throw new Error(`sshd did not log ${String(text)}. It said:\n${log().slice(-4_000)}`);
}

/** The listener and the sessions that it still has: they are its children. */
async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  for (const pid of descendants(server.pid)) tryKill(pid);
  server.kill('SIGKILL');
  await gone;
}

/** Breaks the connections that the server has; it goes on and takes new ones. Whether there was one. */
export function endSessions({ pid }: SshServer): boolean {
  const sessions = descendants(pid);
  for (const session of sessions) tryKill(session);
  return sessions.length > 0;
}

/** Has the sessions stand still until `go` is called: a host that says nothing more. */
export function holdSessions({ pid }: SshServer): { go(): void } {
  const sessions = descendants(pid);
  for (const session of sessions) tryKill(session, 'SIGSTOP');
  return { go: () => sessions.forEach((session) => tryKill(session, 'SIGCONT')) };
}

function descendants(pid: number): readonly number[] {
  let text = '';
  try {
    text = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  } catch {
    return [];
  }
  const children = text
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
  return children.flatMap((child) => [...descendants(child), child]);
}

function tryKill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
