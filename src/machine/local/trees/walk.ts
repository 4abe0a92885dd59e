import * as fs from 'node:fs/promises';
import type { EntryStat, FileKind, FolderListing, WalkBatch, WalkEntry, WalkOptions } from '../../machine';
import { fileProblem } from '../../fileErrors';
import { kindOfLetter } from '../../fileKinds';
import { fileStep, localFileError, localTask } from '../fileStep';
import { fsPath } from '../localPath';
import { inFlight } from '../../inFlight';
import { depthOf } from '../../treePaths';
import { openCall } from './call';
import { hangFailure, refusedFailure, treeFailure } from './failures';
import type { TreeOutcome, TreePool } from './pool';
import { MOUNT, STAT_NUMBERS, type ListTask, type PackedListing } from './protocol';

/** The first answer is to come soon, the others with few messages. */
const FIRST_FOLDERS = 1;
const MOST_FOLDERS = 16;

/** MachineFiles.walk */
export async function* walkLocal(
  pool: TreePool,
  root: string,
  options: WalkOptions,
): AsyncGenerator<WalkBatch, void, undefined> {
  const { signal, detail = 'stat', skipNames = [], oneFileSystem = false, maxDepth = Infinity } = options;
  const task = localTask('list', root);
  const stats = await fileStep(task, signal, () => fs.stat(fsPath(root)));
  if (!stats.isDirectory()) throw fileProblem('not-a-folder', task);
  const skip = new Set(skipNames);
  const call = openCall(pool, signal);
  /** Those to be listed, the next one last: a folder's own before those beside it. */
  const waiting: string[] = [''];
  let size = FIRST_FOLDERS;
  const next = (): readonly [ListTask, Promise<TreeOutcome>] | null => {
    if (waiting.length === 0) return null;
    const items = waiting.splice(-size).reverse();
    size = Math.min(MOST_FOLDERS, size * 2);
    const device = oneFileSystem ? stats.dev : null;
    const listing: ListTask = { kind: 'list', root, items, stat: detail === 'stat', device };
    return [listing, call.run(listing)];
  };
  try {
    for await (const [listing, outcome] of inFlight(next, pool.width)) {
      const folders = foldersOf(listing, outcome, (again) => waiting.push(...again));
      for (const { packed, folder } of folders) {
        if (folder.path === '' && packed?.errno != null) {
          throw localFileError(task, Object.assign(new Error(packed.errno), { code: packed.errno }));
        }
        if (packed !== null && depthOf(folder.path) < maxDepth) waiting.push(...below(folder, packed, skip));
      }
      yield { way: 'threads', movedBytes: 0, folders: folders.map(({ folder }) => folder) };
    }
  } finally {
    call.close();
  }
}

interface Listed {
  readonly folder: FolderListing;
  readonly packed: PackedListing | null;
}

function foldersOf(
  { items }: ListTask,
  outcome: TreeOutcome,
  again: (items: readonly string[]) => void,
): readonly Listed[] {
  const failed = (path: string, failure: FolderListing['failure']): Listed => ({
    folder: { path, entries: [], failure },
    packed: null,
  });
  if (outcome.kind === 'refused') return items.map((path) => failed(path, refusedFailure()));
  if (outcome.kind === 'hangs') {
    again(items.filter((_path, index) => index !== outcome.item));
    return [failed(items[outcome.item] ?? '', hangFailure(outcome.waitedMs))];
  }
  if (outcome.answer.kind !== 'list') throw new Error('a list was answered otherwise');
  return outcome.answer.listings.map((packed, index) => ({ folder: unpack(items[index] ?? '', packed), packed }));
}

function unpack(path: string, packed: PackedListing): FolderListing {
  const { names, kinds, stats, errno } = packed;
  const failure = errno === null ? null : treeFailure(errno);
  if (kinds === '') return { path, entries: [], failure };
  const links = new Map(packed.links);
  const failures = new Map(packed.failures);
  const entries = names.split('/').map((name, index): WalkEntry => {
    const problem = failures.get(index);
    return {
      name,
      kind: kindOf(kinds.charAt(index)),
      stat: stats === null ? null : statAt(stats, index),
      linkTarget: links.get(index) ?? null,
      failure: problem === undefined ? null : treeFailure(problem),
    };
  });
  return { path, entries, failure };
}

/** A folder on another file system is one that is not entered. */
function kindOf(letter: string): FileKind {
  return letter === MOUNT ? 'directory' : (kindOfLetter(letter) ?? 'unknown');
}

function statAt(stats: Float64Array, index: number): EntryStat | null {
  const [sizeBytes = NaN, modifiedMs = 0, mode = 0, uid = 0, gid = 0] = stats.subarray(
    index * STAT_NUMBERS,
    (index + 1) * STAT_NUMBERS,
  );
  return Number.isNaN(sizeBytes) ? null : { sizeBytes, modifiedMs, mode, uid, gid };
}

/** The folders in it that are to be entered: two trees that are alike are walked in the same order. */
function below({ path, entries }: FolderListing, { kinds }: PackedListing, skip: ReadonlySet<string>): string[] {
  const folders = entries.filter(({ name, kind }, index) => {
    return kind === 'directory' && kinds.charAt(index) === 'd' && !skip.has(name);
  });
  const names = folders.map(({ name }) => (path === '' ? name : `${path}/${name}`));
  return names.sort((one, other) => (one < other ? 1 : -1));
}
