import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { noSshServer, startSshServer, type SshServer } from './sshServer';

/** A user of this computer with a password, for the time of a test. */
export interface TestUser {
  readonly name: string;
  readonly password: string;
  readonly home: string;
  remove(): void;
}

/** Why there can be none; undefined where there can. */
export const noTestUser: string | undefined =
  noSshServer ?? (process.getuid?.() === 0 && fs.existsSync('/usr/sbin/useradd') ? undefined : 'only root makes users');

export function makeTestUser(): TestUser {
  const name = `opsdeck-${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('base64url');
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-home-'));
  execFileSync('/usr/sbin/useradd', [
    '--no-create-home',
    '--home-dir',
    home,
    '--shell',
    '/bin/sh',
    '--no-user-group',
    name,
  ]);
  execFileSync('/usr/sbin/chpasswd', { input: `${name}:${password}\n` });
  fs.chmodSync(home, 0o755);
  return {
    name,
    password,
    home,
    remove: () => {
      execFileSync('/usr/sbin/userdel', ['--force', name], { stdio: 'ignore' });
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

/** An sshd whose keys the user may log in with, and whose folder the user may enter. */
export async function startServerFor(user: TestUser, config: readonly string[]): Promise<SshServer> {
  const keys = path.join(user.home, `authorized_keys-${randomBytes(4).toString('hex')}`);
  const server = await startSshServer({ config: [`AuthorizedKeysFile ${keys}`, ...config] });
  fs.copyFileSync(`${server.keyFile}.pub`, keys);
  fs.chmodSync(keys, 0o644);
  return { ...server, user: user.name, authorizedKeysFile: keys };
}
