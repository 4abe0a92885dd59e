import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, makeKey } from './sshServer';

/** A dropbear on loopback, as routers and small devices have it. Only the keys of ~/.ssh let in, so that is of the test. */
export interface DropbearServer {
  readonly port: number;
  readonly folder: string;
  /** An ssh_config(5) with the alias 'router'. */
  readonly configFile: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const program = ['/usr/sbin/dropbear', '/usr/local/sbin/dropbear'].find((file) => fs.existsSync(file));

/** Why there is no dropbear to test with: it takes root, who makes the user whose home it is. */
export const noDropbear: string | undefined =
  process.platform !== 'linux' || program === undefined || process.getuid?.() !== 0
    ? 'there is no dropbear, or no root'
    : undefined;

export async function startDropbear(user: { readonly name: string; readonly home: string }): Promise<DropbearServer> {
  if (program === undefined) throw new Error('There is no dropbear.');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-dropbear-'));
  const inside = (name: string): string => path.join(folder, name);
  execFileSync('dropbearkey', ['-t', 'ed25519', '-f', inside('host')], { stdio: 'ignore' });
  const printed = execFileSync('dropbearkey', ['-y', '-f', inside('host')], { encoding: 'utf8' });
  const hostKey = /^ssh-ed25519 \S+/mu.exec(printed)?.[0] ?? '';
  const key = makeKey(inside('id'), 'ed25519');
  authorize(user, fs.readFileSync(`${key}.pub`, 'utf8'));
  const port = await freePort();
  fs.writeFileSync(inside('known_hosts'), `[127.0.0.1]:${port} ${hostKey}\n`);
  const lines = ['Host router', 'HostName 127.0.0.1', `Port ${port}`, `User ${user.name}`, `IdentityFile ${key}`];
  const more = ['IdentitiesOnly yes', `UserKnownHostsFile ${inside('known_hosts')}`, 'StrictHostKeyChecking yes'];
  fs.writeFileSync(inside('ssh_config'), `${[...lines, ...more].join('\n')}\n`);
  const args = ['-F', '-E', '-r', inside('host'), '-p', `127.0.0.1:${port}`, '-P', inside('pid')];
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', fs.openSync(inside('log'), 'a')] });
  for (let round = 0; round < 200 && !fs.existsSync(inside('pid')); round++) await pause(25);
  return {
    port,
    folder,
    configFile: inside('ssh_config'),
    pid: server.pid ?? 0,
    stop: async () => {
      server.kill();
      if (server.exitCode === null) await once(server, 'exit');
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** dropbear wants home, folder and file to be the user's own. */
function authorize({ name, home }: { readonly name: string; readonly home: string }, publicKey: string): void {
  const ssh = path.join(home, '.ssh');
  fs.mkdirSync(ssh, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(ssh, 'authorized_keys'), publicKey, { mode: 0o600 });
  execFileSync('chown', ['-R', name, home]);
}
