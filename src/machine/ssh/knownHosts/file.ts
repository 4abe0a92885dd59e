import { mkdir, open, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { decodePath, encodePath } from '../../../lib/bytePath';
import { ExpectedError, messageOf, throwIfCancelled } from '../../../lib/errors';
import { parsePublicKey } from '../keys/publicKey';
import { hashName } from './hashedName';
import type { ShownKey } from './judge';
import { lineName, type HostPeer } from './names';
import { parseKnownHosts, type KnownHostLine } from './parse';

/** Nobody has so many hosts; a larger file is no known_hosts. */
const MAX_FILE_BYTES = 67_108_864;

/** What the files of this computer say, in their order. A file that is missing or cannot be read is empty, as for ssh. */
export async function readKnownHostsFiles(
  files: readonly string[],
  signal: AbortSignal,
): Promise<readonly KnownHostLine[]> {
  const texts = await Promise.all(files.map((file) => readText(file, signal)));
  throwIfCancelled(signal);
  return files.flatMap((file, index) => parseKnownHosts(texts[index] ?? '', file));
}

/**
 * Adds the line that ssh would: at the end, in one write, so that two at the same time do not mix. Makes the file
 * (0600) and its folder (0700). Throws ExpectedError: 'invalid-input', 'invalid-key', 'denied', 'failed'.
 */
export async function rememberHostKey(
  file: string,
  peer: Pick<HostPeer, 'name' | 'port'>,
  key: ShownKey,
  options: { readonly hash: boolean },
): Promise<void> {
  const line = `${hostLine(peer, key, options.hash)}\n`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await append(file, line);
  } catch (error) {
    const code = isNodeError(error, 'EACCES', 'EPERM', 'EROFS') ? 'denied' : 'failed';
    const message = l10n.t('The host key cannot be written to {0}: {1}', file, messageOf(error));
    throw new ExpectedError(code, message, { cause: error });
  }
}

/** 'name type key', of a certificate its plain key. */
export function hostLine(peer: Pick<HostPeer, 'name' | 'port'>, key: ShownKey, hash: boolean): string {
  const name = lineName(peer.name, peer.port);
  // A blank, a comma or a pattern in the name would make the line say something else.
  // eslint-disable-next-line no-control-regex -- these are what must not come in
  if (name === '' || /[\u0000-\u0020\u007f,*?!|#@"]/.test(name)) {
    throw new ExpectedError('invalid-input', l10n.t('“{0}” cannot stand in a known_hosts file.', peer.name));
  }
  const { plainType, plainBlob } = parsePublicKey(key.blob);
  return `${hash ? hashName(name) : name} ${plainType} ${Buffer.from(plainBlob).toString('base64')}`;
}

/** A last line that has no end gets one first. */
async function append(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const text = size > 0 && last[0] !== 0x0a ? `\n${line}` : line;
    const bytes = encodePath(text);
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten !== bytes.length) throw new Error('ENOSPC');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readText(file: string, signal: AbortSignal): Promise<string> {
  throwIfCancelled(signal);
  try {
    const { size } = await regularFile(file);
    return size > MAX_FILE_BYTES ? '' : decodePath(await readFile(file, { signal }));
  } catch {
    throwIfCancelled(signal);
    return ''; // Missing, a folder, or not for this user: ssh goes on without it as well.
  }
}

/** Reading anything else might never end. */
async function regularFile(file: string): Promise<{ readonly size: number }> {
  const found = await stat(file);
  if (!found.isFile()) throw new Error('not a file');
  return found;
}

function isNodeError(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
