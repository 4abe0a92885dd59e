import * as net from 'node:net';
import { runWithDeadline } from '../../../../lib/deadline';
import { keyTypeNamed } from '../../keys/keyTypes';
import { WireReader } from '../../keys/wire';
import { oneLine } from '../names';

/** A key of an agent that only ssh itself can use. */
export interface SshOnlyKey {
  readonly kind: 'certificate' | 'security-key';
  readonly comment: string;
}

/** draft-ietf-sshm-ssh-agent, 5.1. */
const REQUEST_IDENTITIES = Buffer.from([0, 0, 0, 1, 11]);
const IDENTITIES_ANSWER = 12;
const MAX_BYTES = 1024 * 1024;
const DEADLINE_MS = 5_000;

/** What ssh2 leaves out of an agent's keys without a word: certificates and keys on a token. Throws when it is no agent. */
export async function sshOnlyKeys(socket: string, signal: AbortSignal): Promise<readonly SshOnlyKey[]> {
  const answer = await runWithDeadline(
    signal,
    DEADLINE_MS,
    (inner) => ask(socket, inner),
    () => new Error('no answer'),
  );
  return readSshOnlyKeys(answer);
}

/** Of the answer without its length. Throws for anything else. */
export function readSshOnlyKeys(answer: Uint8Array): readonly SshOnlyKey[] {
  const reader = new WireReader(answer);
  if (reader.byte() !== IDENTITIES_ANSWER) throw new Error('the agent refuses');
  const keys: SshOnlyKey[] = [];
  for (let left = reader.uint32(); left > 0; left--) {
    const type = keyTypeNamed(new WireReader(reader.string()).text());
    const comment = oneLine(Buffer.from(reader.string()).toString('utf8'), 80);
    if (type?.certified === true) keys.push({ kind: 'certificate', comment });
    else if (type?.type.onToken === true) keys.push({ kind: 'security-key', comment });
  }
  return keys;
}

function ask(path: string, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ path });
    const end = (): void => void socket.destroy(new Error('no answer'));
    signal.addEventListener('abort', end, { once: true });
    let read = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const length = read.length < 4 ? Infinity : read.readUInt32BE(0);
      if (read.length > MAX_BYTES) return end();
      if (read.length < 4 + length) return;
      resolve(read.subarray(4, 4 + length));
      socket.destroy();
    });
    socket.on('error', reject);
    socket.once('close', () => {
      signal.removeEventListener('abort', end);
      reject(new Error('no answer'));
    });
    socket.write(REQUEST_IDENTITIES);
  });
}
