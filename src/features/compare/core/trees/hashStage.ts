import { AsyncQueue } from '../../../../lib/asyncQueue';
import type { HashOutcome } from '../../../../machine/machine';
import { type ContentItem, type ContentOutcome, type ContentParts, type ContentStage } from './content';
import { otherSide, SIDES, type Pair, type Side } from './entry';
import type { HashedFile } from './side';
import { Wakes } from './wakes';

/** So many pairs wait for their hashes before no more are added; far more than any machine keeps on its way. */
const MOST_WAITING = 20_000;

interface Waiting {
  readonly item: ContentItem;
  readonly sizeBytes: number;
  left?: HashOutcome;
  right?: HashOutcome;
}

/** By SHA-256, which each side finds out where its files are, for as long as the trees are walked. */
export class HashStage implements ContentStage {
  private readonly waiting = { left: new Map<string, Waiting>(), right: new Map<string, Waiting>() };
  private readonly files = {
    left: new AsyncQueue<readonly HashedFile[]>(),
    right: new AsyncQueue<readonly HashedFile[]>(),
  };
  private readonly unsent: Record<Side, HashedFile[]> = { left: [], right: [] };
  private readonly pendingBytes = { left: 0, right: 0 };
  private failure: { readonly error: unknown } | undefined;
  private readonly wakes = new Wakes();
  private work: Promise<unknown> | undefined;

  constructor(private readonly parts: ContentParts) {}

  /** Nothing is run anywhere before there is something that both sides have. */
  private start(): void {
    this.work ??= Promise.all(SIDES.map((side) => this.hashSide(side)));
  }

  add(item: ContentItem): void {
    this.start();
    const { pair } = item;
    const sizeBytes = pair.left?.stat?.sizeBytes ?? pair.right?.stat?.sizeBytes ?? 0;
    const waiting: Waiting = { item, sizeBytes };
    for (const side of SIDES) {
      const entry = pair[side];
      if (entry?.sha256 !== undefined) waiting[side] = { kind: 'hash', sha256: entry.sha256 };
      else if (entry !== null) {
        const path = pathOn(side, pair);
        this.waiting[side].set(path, waiting);
        this.pendingBytes[side] += sizeBytes;
        this.unsent[side].push({ path, entry });
      }
    }
    this.settle(waiting);
  }

  async room(): Promise<void> {
    this.send();
    while (this.failure === undefined && SIDES.some((side) => this.waiting[side].size > MOST_WAITING)) {
      await this.wakes.change();
    }
    this.check();
  }

  async finish(): Promise<void> {
    this.send();
    for (const side of SIDES) this.files[side].end();
    await this.work;
    this.check();
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }

  private send(): void {
    for (const side of SIDES) {
      if (this.unsent[side].length > 0) this.files[side].push(this.unsent[side].splice(0));
    }
  }

  private async hashSide(side: Side): Promise<void> {
    const { sides, signal, changed } = this.parts;
    const { told } = sides[side];
    const onRead = (bytes: number): void => {
      told.readBytes += bytes;
      changed();
    };
    const options = { signal, onRead, pendingBytes: () => this.pendingBytes[side] };
    try {
      for await (const hashes of sides[side].hashes(this.files[side], options)) {
        for (const { path, outcome } of hashes) this.answer(side, path, outcome);
        changed();
      }
    } catch (error) {
      this.failure ??= { error };
      // The other side has nobody to be compared with.
      this.files[otherSide(side)].end();
    } finally {
      this.wakes.stir();
    }
  }

  private answer(side: Side, path: string, outcome: HashOutcome): void {
    const waiting = this.waiting[side].get(path);
    if (waiting === undefined) return;
    this.waiting[side].delete(path);
    this.pendingBytes[side] -= waiting.sizeBytes;
    waiting[side] = outcome;
    this.settle(waiting);
    this.wakes.stir();
  }

  private settle({ item, left, right }: Waiting): void {
    if (left !== undefined && right !== undefined) this.parts.tell(item, outcomeOf(left, right));
  }
}

function pathOn(side: Side, pair: Pair): string {
  return side === 'left' ? pair.path : pair.rightPath;
}

function outcomeOf(left: HashOutcome, right: HashOutcome): ContentOutcome {
  if (left.kind === 'failure') return { kind: 'unreadable', side: 'left', failure: left };
  if (right.kind === 'failure') return { kind: 'unreadable', side: 'right', failure: right };
  return left.sha256 === right.sha256 ? null : { kind: 'differs', offset: null };
}
