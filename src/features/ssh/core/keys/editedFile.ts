import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { decodePath, encodePath, shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';

/** A text file that is changed line by line; every byte that is not touched stays as it is. */
export interface EditedFile {
  readonly path: string;
  /** Without their newlines. What follows the last newline is a line as well, '' mostly. */
  readonly lines: readonly string[];
  /** SHA-256 of its bytes, in hex. */
  readonly digest: string;
}

export interface Replaced {
  /** Where the content before is kept. */
  readonly backup: string;
  /** Of the content now. */
  readonly digest: string;
}

const MAX_BYTES = 16_777_216;
const MAX_BACKUPS_A_SECOND = 100;
const PRIVATE_FILE = 0o600;

/** Throws ExpectedError, 'missing' where there is none. */
export async function readLines(machine: Machine, path: string, signal: AbortSignal): Promise<EditedFile> {
  const bytes = await machine.files.read(path, { signal, maxBytes: MAX_BYTES });
  return { path, lines: decodePath(bytes).split('\n'), digest: digestOf(bytes) };
}

/** The same; an empty one where there is no file: `exists` tells. */
export async function readLinesIfThere(
  machine: Machine,
  path: string,
  signal: AbortSignal,
): Promise<EditedFile & { readonly exists: boolean }> {
  try {
    return { ...(await readLines(machine, path, signal)), exists: true };
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.code !== 'missing') throw error;
    return { path, lines: [''], digest: digestOf(Buffer.alloc(0)), exists: false };
  }
}

/** Refuses to change what is not what was shown. */
export function requireUnchanged(file: EditedFile, digest: string | undefined): void {
  if (digest === undefined || digest === file.digest) return;
  const message = l10n.t('{0} has changed since it was shown. Look at it again, then repeat.', shownPath(file.path));
  throw new ExpectedError('changed', message);
}

/** Keeps the content beside, as NAME.opsdeck-YYYYMMDD-HHMMSS (UTC), then puts the lines in its place. */
export async function replaceLines(
  machine: Machine,
  file: EditedFile,
  lines: readonly string[],
  signal: AbortSignal,
): Promise<Replaced> {
  const backup = await freeBackupName(machine, file.path, new Date(), signal);
  await machine.files.write(backup, encodePath(file.lines.join('\n')), { signal, mode: PRIVATE_FILE });
  requireUnchanged(await readLines(machine, file.path, signal), file.digest);
  const content = encodePath(lines.join('\n'));
  await machine.files.write(file.path, content, { signal, mode: PRIVATE_FILE });
  return { backup, digest: digestOf(content) };
}

export function isBackupOf(backup: string, path: string): boolean {
  return backup.startsWith(`${path}.opsdeck-`) && /^\d{8}-\d{6}(-\d+)?$/.test(backup.slice(`${path}.opsdeck-`.length));
}

/** `line` at the end, after a newline where the last line has none. */
export function withLine(lines: readonly string[], line: string): readonly string[] {
  return lines.at(-1) === '' ? [...lines.slice(0, -1), line, ''] : [...lines, line, ''];
}

export function digestOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

async function freeBackupName(machine: Machine, path: string, now: Date, signal: AbortSignal): Promise<string> {
  const stamp = now
    .toISOString()
    .replace(/[-:]|\..*/g, '')
    .replace('T', '-');
  for (let number = 1; number <= MAX_BACKUPS_A_SECOND; number++) {
    const name = `${path}.opsdeck-${stamp}${number === 1 ? '' : `-${number}`}`;
    if (!(await exists(machine, name, signal))) return name;
  }
  throw new ExpectedError('failed', l10n.t('There is no free name for a backup of {0}.', shownPath(path)));
}

export async function exists(machine: Machine, path: string, signal: AbortSignal): Promise<boolean> {
  try {
    await machine.files.stat(path, signal);
    return true;
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'missing') return false;
    throw error;
  }
}
