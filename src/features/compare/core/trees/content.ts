import type { ContentOptions, Difference, FileFailure, HashOutcome } from '../../../../machine/machine';
import type { Pair, Side, TreeEntry } from './entry';
import { otherSide, SIDES } from './entry';
import type { Metadata } from './inputs';
import type { TreeSide } from './sides';

/** Files whose content decides; told how they are in the end. */
export interface ContentItem {
  readonly pair: Pair;
  readonly metadata: readonly Metadata[];
}

/** null: the same. */
export type ContentOutcome = Difference | null;

/** A first few, so that there is soon something to see; then many, since each takes its round trip. */
const FIRST_ITEMS = 64;
const MOST_ITEMS = { bytes: 1_024, hash: 16_384 };
/** How much larger the next lot is. */
const GROWTH = { bytes: 2, hash: 8 };
const MOST_AT_ONCE = 2;

/** Compares contents, many pairs at a time, while the trees are still walked. */
export class ContentStage {
  private queue: ContentItem[] = [];
  private limit = FIRST_ITEMS;
  private readonly running = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly sides: Readonly<Record<Side, TreeSide>>,
    private readonly method: 'bytes' | 'hash',
    private readonly signal: AbortSignal,
    private readonly tell: (item: ContentItem, outcome: ContentOutcome) => void,
    private readonly changed: () => void,
  ) {}

  add(item: ContentItem): void {
    this.queue.push(item);
    if (this.queue.length >= this.limit) this.flush();
  }

  /** Resolves when more may be added. Throws what comparing threw. */
  async room(): Promise<void> {
    while (this.running.size > MOST_AT_ONCE) await Promise.race(this.running);
    this.check();
  }

  /** Compares what is left. */
  async finish(): Promise<void> {
    this.flush();
    await Promise.all(this.running);
    this.check();
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }

  private flush(): void {
    const items = this.queue;
    if (items.length === 0) return;
    this.queue = [];
    this.limit = Math.min(this.limit * GROWTH[this.method], MOST_ITEMS[this.method]);
    const work = (this.method === 'bytes' ? this.compare(items) : this.hash(items))
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.running.delete(work));
    this.running.add(work);
  }

  private async compare(items: readonly ContentItem[]): Promise<void> {
    const { left, right } = this.sides;
    const paths = items.map(({ pair }) =>
      pair.path === pair.rightPath ? pair.path : { left: pair.path, right: pair.rightPath },
    );
    const roots = { left: left.root, right: right.root };
    const others = new Map<number, Difference>();
    for await (const batch of left.machine.files.compareMany(roots, paths, this.options(items, null))) {
      for (const side of [left, right]) side.told.readBy = readBy(batch.way);
      left.told.movedBytes += batch.movedBytes;
      for (const { index, outcome } of batch.others) others.set(index, outcome);
      this.changed();
    }
    for (const [index, item] of items.entries()) this.tell(item, others.get(index) ?? null);
  }

  private async hash(items: readonly ContentItem[]): Promise<void> {
    const [left, right] = await Promise.all(SIDES.map((side) => this.hashSide(side, items)));
    for (const [index, item] of items.entries()) this.tell(item, outcomeOf(left?.[index], right?.[index]));
  }

  private async hashSide(side: Side, items: readonly ContentItem[]): Promise<readonly (HashOutcome | undefined)[]> {
    const known = items.map(({ pair }) => knownHash(side === 'left' ? pair.left : pair.right));
    if (this.sides[side].told.source === 'manifest') {
      this.sides[side].told.readBy = 'manifest';
      return known;
    }
    const paths = items.map(({ pair }) => (side === 'left' ? pair.path : pair.rightPath));
    const wanted = paths.filter((_path, index) => known[index] === undefined);
    const found = await hashAll(this.sides[side], wanted, this.options(items, side), this.changed);
    return paths.map((path, index) => known[index] ?? found.get(path));
  }

  private options(items: readonly ContentItem[], side: Side | null): ContentOptions {
    const sizeBytes = items.reduce(
      (sum, { pair }) => sum + (pair.left?.stat?.sizeBytes ?? pair.right?.stat?.sizeBytes ?? 0),
      0,
    );
    const onRead = (bytes: number): void => {
      if (side === null) for (const each of SIDES) this.sides[each].told.readBytes += bytes / 2;
      else this.sides[side].told.readBytes += bytes;
      this.changed();
    };
    return { signal: this.signal, sizeBytes, onRead };
  }
}

/** The hashes of files of one side. */
export async function hashAll(
  { machine, root, told }: TreeSide,
  paths: readonly string[],
  options: ContentOptions,
  changed: () => void,
): Promise<ReadonlyMap<string, HashOutcome>> {
  const hashes = new Map<string, HashOutcome>();
  if (paths.length === 0) return hashes;
  for await (const { way, movedBytes, hashes: some } of machine.files.hashMany(root, paths, options)) {
    told.readBy = readBy(way);
    told.movedBytes += movedBytes;
    for (const { path, outcome } of some) hashes.set(path, outcome);
    changed();
  }
  return hashes;
}

function knownHash(entry: TreeEntry | null): HashOutcome | undefined {
  return entry?.sha256 === undefined ? undefined : { kind: 'hash', sha256: entry.sha256 };
}

const UNKNOWN: FileFailure = { kind: 'failure', code: 'missing', message: 'no hash' };

function outcomeOf(left: HashOutcome = UNKNOWN, right: HashOutcome = UNKNOWN): ContentOutcome {
  if (left.kind === 'failure') return { kind: 'unreadable', side: 'left', failure: left };
  if (right.kind === 'failure') return { kind: 'unreadable', side: otherSide('left'), failure: right };
  return left.sha256 === right.sha256 ? null : { kind: 'differs', offset: null };
}

function readBy(way: string): 'threads' | 'program' | 'read' | null {
  return way === 'threads' || way === 'program' || way === 'read' ? way : null;
}
