import type { CompareBatch, ContentOptions, Difference, FileFailure, HashBatch, PathPair } from '../../machine';
import { inFlight, lotsInFlight, type Source } from '../../inFlight';
import { openCall } from './call';
import { hangFailure, refusedFailure, treeFailure } from './failures';
import type { TreeOutcome, TreePool } from './pool';
import type { PackedDifference, PackedHash, TreeTask } from './protocol';

/** A few milliseconds of small files: enough that messages do not count, few enough that two threads end together. */
const AT_ONCE = 64;
const NOTHING_MOVED = { way: 'threads', movedBytes: 0 } as const;

/** MachineFiles.hashMany */
export async function* hashLocal(
  pool: TreePool,
  root: string,
  paths: Source<string>,
  { signal, onRead }: ContentOptions,
): AsyncGenerator<HashBatch, void, undefined> {
  const call = openCall(pool, signal, onRead);
  const begin = (items: readonly string[]): Promise<TreeOutcome> => call.run({ kind: 'hash', root, items });
  const failed = (items: readonly string[], failure: FileFailure): HashBatch => ({
    ...NOTHING_MOVED,
    hashes: items.map((path) => ({ path, outcome: failure })),
  });
  try {
    for await (const { lot, outcome, again } of lotsInFlight(paths, { width: pool.width, size: AT_ONCE, begin })) {
      if (outcome.kind === 'refused') yield failed(lot, refusedFailure());
      else if (outcome.kind === 'hangs') {
        again(lot.filter((_path, index) => index !== outcome.item));
        yield failed(lot.slice(outcome.item, outcome.item + 1), hangFailure(outcome.waitedMs));
      } else if (outcome.answer.kind === 'hash') {
        const { hashes } = outcome.answer;
        yield {
          ...NOTHING_MOVED,
          hashes: hashes.map((hash, at) => ({ path: lot[at] ?? '', outcome: hashOutcome(hash) })),
        };
      }
    }
  } finally {
    call.close();
  }
}

function hashOutcome(hash: PackedHash): HashBatch['hashes'][number]['outcome'] {
  return hash.startsWith(':') ? treeFailure(hash.slice(1)) : { kind: 'hash', sha256: hash };
}

/** MachineFiles.compareMany */
export async function* compareLocal(
  pool: TreePool,
  roots: PathPair,
  paths: readonly (string | PathPair)[],
  options: ContentOptions,
): AsyncGenerator<CompareBatch, void, undefined> {
  const make = (items: readonly (string | PathPair)[]): TreeTask => ({ kind: 'compare', roots, items });
  for await (const { chunk, outcome, failure } of chunks(pool, paths, make, options)) {
    if (failure !== null) {
      const unreadable: Difference = { kind: 'unreadable', side: 'left', failure };
      const others = chunk.items.map((_item, at) => ({ index: chunk.from + at, outcome: unreadable }));
      yield { ...NOTHING_MOVED, same: 0, others };
    } else if (outcome?.kind === 'compare') {
      const others = outcome.others.map(([at, packed]) => ({ index: chunk.from + at, outcome: difference(packed) }));
      const { length: left } = outcome.postponed;
      yield { ...NOTHING_MOVED, same: chunk.items.length - others.length - left, others };
    }
  }
}

function difference(packed: PackedDifference): Difference {
  if (packed.kind === 'differs') return packed;
  return { kind: 'unreadable', side: packed.side, failure: treeFailure(packed.errno) };
}

interface Chunk<Item> {
  /** The index of its first item. */
  readonly from: number;
  readonly items: readonly Item[];
}

interface ChunkOutcome<Item> {
  readonly chunk: Chunk<Item>;
  readonly outcome: Extract<TreeOutcome, { kind: 'answer' }>['answer'] | null;
  /** Why none of it was read. */
  readonly failure: FileFailure | null;
}

/** A chunk in which an item hangs is done again without it; what is large comes by itself, and holds up no other. */
async function* chunks<Item>(
  pool: TreePool,
  all: readonly Item[],
  make: (items: readonly Item[]) => TreeTask,
  { signal, onRead }: ContentOptions,
): AsyncGenerator<ChunkOutcome<Item>, void, undefined> {
  const call = openCall(pool, signal, onRead);
  const again: Chunk<Item>[] = [];
  let at = 0;
  const next = (): readonly [Chunk<Item>, Promise<TreeOutcome>] | null => {
    const chunk = again.pop() ?? { from: at, items: all.slice(at, at + AT_ONCE) };
    if (chunk.items.length === 0) return null;
    if (chunk.from === at) at += AT_ONCE;
    return [chunk, call.run(make(chunk.items))];
  };
  try {
    for await (const [chunk, outcome] of inFlight(next, pool.width)) {
      if (outcome.kind === 'answer') {
        const { answer } = outcome;
        const alone = answer.kind === 'compare' ? answer.postponed : [];
        again.push(...alone.map((item) => ({ from: chunk.from + item, items: chunk.items.slice(item, item + 1) })));
        yield { chunk, outcome: answer, failure: null };
      } else if (outcome.kind === 'refused') yield { chunk, outcome: null, failure: refusedFailure() };
      else {
        const { from, items } = chunk;
        const parts = [
          { from, items: items.slice(0, outcome.item) },
          { from: from + outcome.item + 1, items: items.slice(outcome.item + 1) },
        ];
        again.push(...parts.filter((part) => part.items.length > 0));
        const hanging = { from: from + outcome.item, items: items.slice(outcome.item, outcome.item + 1) };
        yield { chunk: hanging, outcome: null, failure: hangFailure(outcome.waitedMs) };
      }
    }
  } finally {
    call.close();
  }
}
