import { Readable } from 'node:stream';
import type { ContentOptions, Difference, HashOutcome } from '../../../../machine/machine';
import { SIDES, type Pair, type Side } from './entry';
import type { Metadata } from './inputs';
import { readBy } from './folderSide';
import type { HashedFile, TreeSide } from './side';

/** Files whose content decides; told how they are in the end. */
export interface ContentItem {
  readonly pair: Pair;
  readonly metadata: readonly Metadata[];
}

/** null: the same. */
export type ContentOutcome = Difference | null;

/** Compares contents, many pairs at a time, while the trees are still walked. */
export interface ContentStage {
  add(item: ContentItem): void;
  /** Resolves when more may be added. Throws what comparing threw. */
  room(): Promise<void>;
  /** Compares what is left. */
  finish(): Promise<void>;
}

export interface ContentParts {
  readonly sides: Readonly<Record<Side, TreeSide>>;
  readonly signal: AbortSignal;
  readonly tell: (item: ContentItem, outcome: ContentOutcome) => void;
  readonly changed: () => void;
}

/** A first few, so that there is soon something to see; then many. */
const FIRST_ITEMS = 64;
const MOST_ITEMS = 1_024;
const MOST_AT_ONCE = 2;

/** Both sides on one machine: byte by byte. */
export class ByteStage implements ContentStage {
  private queue: ContentItem[] = [];
  private limit = FIRST_ITEMS;
  private readonly running = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly parts: ContentParts) {}

  add(item: ContentItem): void {
    this.queue.push(item);
    if (this.queue.length >= this.limit) this.flush();
  }

  async room(): Promise<void> {
    while (this.running.size > MOST_AT_ONCE) await Promise.race(this.running);
    this.check();
  }

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
    this.limit = Math.min(this.limit * 2, MOST_ITEMS);
    const work = this.compare(items)
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.running.delete(work));
    this.running.add(work);
  }

  private async compare(items: readonly ContentItem[]): Promise<void> {
    const { sides, signal, tell, changed } = this.parts;
    const { left, right } = sides;
    const paths = items.map(({ pair }) =>
      pair.path === pair.rightPath ? pair.path : { left: pair.path, right: pair.rightPath },
    );
    const onRead = (bytes: number): void => {
      for (const side of SIDES) sides[side].told.readBytes += bytes / 2;
      changed();
    };
    const told = new Set<number>();
    const roots = { left: left.root, right: right.root };
    for await (const batch of left.machine.files.compareMany(roots, paths, { signal, onRead })) {
      for (const side of SIDES) sides[side].told.readBy = readBy(batch.way);
      left.told.movedBytes += batch.movedBytes;
      for (const { index, outcome } of batch.others) {
        const item = items[index];
        if (item !== undefined) tell(item, outcome);
        told.add(index);
      }
      changed();
    }
    for (const [index, item] of items.entries()) if (!told.has(index)) tell(item, null);
  }
}

/** The hashes of files of one side; those that it has told need not be found out. */
export async function hashAll(
  side: TreeSide,
  files: readonly HashedFile[],
  options: ContentOptions,
  changed: () => void,
): Promise<ReadonlyMap<string, HashOutcome>> {
  const hashes = new Map<string, HashOutcome>();
  const unknown: HashedFile[] = [];
  for (const file of files) {
    const { sha256 } = file.entry;
    if (sha256 === undefined) unknown.push(file);
    else hashes.set(file.path, { kind: 'hash', sha256 });
  }
  if (unknown.length === 0) return hashes;
  for await (const some of side.hashes(Readable.from([unknown]), options)) {
    for (const { path, outcome } of some) hashes.set(path, outcome);
    changed();
  }
  return hashes;
}
