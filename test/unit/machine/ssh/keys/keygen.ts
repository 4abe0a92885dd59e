import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { wireNumber, wireString } from '../../../../../src/machine/ssh/keys/wire';

/** Why there is nothing to compare with; undefined where there is. */
export const noKeygen: string | undefined =
  spawnSync('ssh-keygen', ['-?'], { timeout: 10_000 }).error === undefined
    ? undefined
    : 'there is no ssh-keygen (openssh-client)';

/** Its standard output; a non-zero exit code is told only by what it prints. */
export function keygen(...args: readonly string[]): string {
  return spawnSync('ssh-keygen', args, { encoding: 'utf8', timeout: 30_000, env: { ...process.env, TZ: 'UTC' } })
    .stdout;
}

/** The second word of a public key's file. */
export function blobIn(file: string): Buffer {
  return Buffer.from(fs.readFileSync(file, 'utf8').split(' ')[1] ?? '', 'base64');
}

export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-keys-'));
}

/** The blob of an Ed25519 key on a FIDO token, which ssh-keygen makes only where there is a token. */
export function tokenBlob(): Buffer {
  return Buffer.concat(['sk-ssh-ed25519@openssh.com', Buffer.alloc(32, 7), 'ssh:'].map((part) => wireString(part)));
}

/** An RSA key of which nobody has the other half. */
export function rsaBlob(bits: number): Buffer {
  const n = Buffer.alloc(bits / 8, 0xa5);
  n[n.length - 1] = 1;
  return Buffer.concat([wireString('ssh-rsa'), wireNumber(Buffer.from([1, 0, 1])), wireNumber(n)]);
}

/** 'host type base64', with the type that the blob names. */
export function hostLineOf(hosts: string, blob: Buffer): string {
  const type = blob.subarray(4, 4 + blob.readUInt32BE(0)).toString('latin1');
  return `${hosts} ${type} ${blob.toString('base64')}`;
}
