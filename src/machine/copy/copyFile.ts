import { finished, pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { ChunkPool } from '../../lib/chunkPool';
import { untilAborted } from '../../lib/deadline';
import { CancelledError, ExpectedError, throwIfCancelled } from '../../lib/errors';
import type { FileChange, FileStat, Machine } from '../machine';
import { localName } from '../machines';
import { statIfThere } from '../statIfThere';
import { joined, nameOf, parentOf } from '../treePaths';
import { isConnectionLost } from './connectionLost';
import type { SourceEntry } from './entry';
import type { FileProgress } from './fileProgress';
import type { Hashes } from './hashes';
import { partName } from './partName';
import type { SmallReads } from './smallReads';
import type { Verify } from './verify';

/** Up to here a file goes in one piece, and is not worth resuming. */
export const SMALL_BYTES = 262_144;
/** A small file may have grown meanwhile. */
export const GROWN_BYTES = 16 * 1_048_576;
const MOST_RETRIES = 3;
const RETRY_PAUSE_MS = 500;
const UNDO_MS = 5_000;
/** A host that says nothing for a while still deletes what it is asked to; nobody waits so long. */
const LATE_UNDO_MS = 60_000;
/** A server that writes out of order may have left holes in as much as was on its way when it was cut. */
const REWIND_BYTES = 16 * 1_048_576;
const DEFAULT_MODE = 0o644;

/** What is told of a file under way, and counted. */
export interface CopyTally extends Pick<
  FileProgress,
  'at' | 'sent' | 'verifiedFiles' | 'resumedFiles' | 'resumedBytes' | 'keptParts'
> {
  finished(entry: SourceEntry, bytes: number): void;
}

export interface CopyOptions {
  /** Whether what a cut has left is gone on with. */
  readonly resumes: boolean;
  readonly verify: Verify;
  readonly keepModes: boolean;
  readonly keepTimes: boolean;
  /** Of a large file that could not be finished. */
  readonly keepParts: boolean;
}

export interface CopyWays {
  readonly source: Machine;
  readonly target: Machine;
  readonly options: CopyOptions;
  readonly hashes: { readonly source: Hashes; readonly target: Hashes };
  /** Of the source. */
  readonly small: SmallReads;
  readonly tally: CopyTally;
  readonly signal: AbortSignal;
}

export interface CopyTask {
  readonly entry: SourceEntry;
  readonly from: string;
  readonly to: string;
  /** What has the name is replaced. */
  readonly overwrite: boolean;
  /** Of the file that is replaced. */
  readonly replacedMode: number | null;
  /**
   * Done when the copy is whole, just before it gets the name; once more where the connection was lost meanwhile.
   * Whether what has the name then is replaced.
   */
  readonly beforeNamed?: () => Promise<boolean>;
}

/**
 * Copies one file: to a part beside the target, which gets the name when it is whole and verified. A connection that is
 * lost is opened again, and the file goes on where it stands. Throws ExpectedError; a part that is worth it is kept.
 */
export async function copyFile(ways: CopyWays, task: CopyTask): Promise<void> {
  const { entry, to } = task;
  const part = joined(parentOf(to), partName(nameOf(to), entry));
  try {
    const bytes = await withRetries(ways.signal, async (retry) => {
      const resuming = retry > 0 || ways.options.resumes;
      const { bytes: copied, there } = await copyToPart(ways, task, part, resuming);
      const change = changeOf(ways, task, there);
      if (change !== null) await ways.target.files.change(part, change, ways.signal);
      const replaces = (await task.beforeNamed?.()) ?? task.overwrite;
      // Another try: what has the name now can only be what the last one gave it.
      await ways.target.files.rename(part, to, { signal: ways.signal, overwrite: replaces || retry > 0 });
      return copied;
    });
    ways.tally.finished(entry, bytes);
  } catch (error) {
    await tidy(ways, task, part, error);
    throw error;
  }
}

async function withRetries<T>(signal: AbortSignal, work: (retry: number) => Promise<T>): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await work(retry);
    } catch (error) {
      throwIfCancelled(signal);
      if (!isConnectionLost(error) || retry >= MOST_RETRIES) throw error;
      await pause(RETRY_PAUSE_MS * 2 ** retry, undefined, { signal }).catch(() => {
        throw new CancelledError('cancelled');
      });
    }
  }
}

interface Copied {
  readonly bytes: number;
  /** The part, where it was looked at to verify it. */
  readonly there: FileStat | null;
}

/** Until it is whole and verified. */
async function copyToPart(ways: CopyWays, task: CopyTask, part: string, resuming: boolean): Promise<Copied> {
  const start = resuming ? await startOf(ways, task, part) : 0;
  const copied = await verified(ways, task, part, await move(ways, task, part, start));
  if (copied !== null) return copied;
  // What was there of it may have been something else.
  const again = start === 0 ? null : await verified(ways, task, part, await move(ways, task, part, 0));
  if (again !== null) return again;
  const text = l10n.t('the copy is not the same as the original, which may have changed meanwhile; it was thrown away');
  throw new ExpectedError('mismatch', text);
}

/** How much of the part can be relied on. */
async function startOf(
  { target, options, hashes, signal, tally }: CopyWays,
  { entry, from }: CopyTask,
  part: string,
): Promise<number> {
  if (entry.sizeBytes <= SMALL_BYTES) return 0;
  const there = await statIfThere(target, part, signal);
  if (there === null || there.kind !== 'file' || there.sizeBytes > entry.sizeBytes) return 0;
  let start = Math.max(0, there.sizeBytes - (target.name === localName ? 0 : REWIND_BYTES));
  if (options.verify === 'hash') {
    const [ours, theirs] = await Promise.all([
      hashes.source.ofBeginning(from, there.sizeBytes),
      hashes.target.of(part, there.sizeBytes),
    ]);
    start = ours === theirs ? there.sizeBytes : 0;
  }
  if (start > 0) {
    tally.resumedFiles += 1;
    tally.resumedBytes += start;
  }
  return start;
}

async function move(ways: CopyWays, task: CopyTask, part: string, start: number): Promise<number> {
  const { source, target, tally, signal } = ways;
  const { entry, from } = task;
  tally.at(entry.relative, start);
  const mode = modeOf(ways, task) | 0o200;
  if (entry.sizeBytes <= SMALL_BYTES && start === 0) {
    const content = await ways.small.read(from);
    const out = await target.files.writeStream(part, { signal, truncate: true, mode });
    out.end(content);
    await finished(out);
    tally.sent(entry.relative, content.length);
    return content.length;
  }
  let bytes = start;
  const pool = new ChunkPool();
  const stream = await source.files.stream(from, { signal, start, pool });
  let out: Awaited<ReturnType<Machine['files']['writeStream']>>;
  try {
    const onWritten = (chunk: Uint8Array): void => pool.giveBack(chunk);
    out = await target.files.writeStream(part, { signal, start, truncate: start === 0, mode, onWritten });
  } catch (error) {
    stream.destroy();
    throw error;
  }
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    tally.sent(entry.relative, chunk.length);
  });
  await pipeline(stream, out);
  return bytes;
}

/** null: it is not the same. */
async function verified(ways: CopyWays, { from }: CopyTask, part: string, bytes: number): Promise<Copied | null> {
  const { options, target, hashes, tally, signal } = ways;
  if (options.verify === 'none') return { bytes, there: null };
  let there: FileStat | null = null;
  if (options.verify === 'size') {
    there = await target.files.stat(part, signal);
    if (there.sizeBytes !== bytes) return null;
  } else {
    const [ours, theirs] = await Promise.all([hashes.source.of(from, bytes), hashes.target.of(part, bytes)]);
    if (ours !== theirs) return null;
  }
  tally.verifiedFiles += 1;
  return { bytes, there };
}

function modeOf({ source, target, options }: CopyWays, { entry, replacedMode }: CopyTask): number {
  // Windows has no such bits. Set-user-id would be a gift of rights to another user than before.
  if (!options.keepModes || [source, target].some(({ platform }) => platform === 'win32')) {
    return replacedMode ?? DEFAULT_MODE;
  }
  return entry.mode & 0o777;
}

/** What it has already is not given again. */
function changeOf(ways: CopyWays, task: CopyTask, there: FileStat | null): FileChange | null {
  const { options } = ways;
  const mode = modeOf(ways, task);
  const isGiven = (options.keepModes || task.replacedMode !== null) && there?.mode !== mode;
  const change: FileChange = {
    ...(isGiven && ways.target.platform !== 'win32' ? { mode } : {}),
    ...(options.keepTimes ? { modifiedMs: Math.max(0, task.entry.modifiedMs) } : {}),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/** What is left of a file that was not finished: long ones can go on another time, where they may and have room. */
async function tidy(ways: CopyWays, { entry }: CopyTask, part: string, error: unknown): Promise<void> {
  const signal = AbortSignal.timeout(UNDO_MS);
  const code = error instanceof ExpectedError ? error.code : '';
  const isFull = code === 'disk-full' && !ways.options.resumes;
  const mayGoOn = ways.options.keepParts && entry.sizeBytes > SMALL_BYTES && !isFull && code !== 'mismatch';
  try {
    if (!mayGoOn) await untilAborted(ways.target.files.remove(part, AbortSignal.timeout(LATE_UNDO_MS)), signal);
    else if ((await statIfThere(ways.target, part, signal)) !== null) ways.tally.keptParts += 1;
  } catch {
    // The connection or the part is gone; the first error tells more than this one would.
  }
}
