import { AsyncQueue } from '../../../../lib/asyncQueue';
import { ExpectedError } from '../../../../lib/errors';
import type { HashOutcome } from '../../../../machine/machine';
import type { HashedFile, TreeSide } from './side';
import { Wakes } from './wakes';

/** So many files wait for their hashes before no more are added. */
const MOST_WAITING = 20_000;

interface Asked {
  readonly sizeBytes: number;
  readonly answer: (outcome: HashOutcome | null) => void;
}

/** Hashes of the files of many sides, each where its files are, for as long as the trees are walked. */
export class ManyHashes {
  private readonly asked: readonly Map<string, Asked>[];
  private readonly queues: readonly AsyncQueue<readonly HashedFile[]>[];
  private readonly unsent: readonly HashedFile[][];
  private readonly pendingBytes: number[];
  private readonly work = new Map<number, Promise<void>>();
  private failure: { readonly error: unknown } | null = null;
  private readonly wakes = new Wakes();

  constructor(
    private readonly sides: readonly TreeSide[],
    private readonly signal: AbortSignal,
    private readonly changed: () => void,
  ) {
    this.asked = sides.map(() => new Map<string, Asked>());
    this.queues = sides.map(() => new AsyncQueue<readonly HashedFile[]>());
    this.unsent = sides.map(() => []);
    this.pendingBytes = sides.map(() => 0);
  }

  /** null is answered where nothing of that side can be read any more; why is told of the side. */
  ask(side: number, file: HashedFile, answer: Asked['answer']): void {
    if (this.sides[side]?.told.stopReason !== null) return answer(null);
    const sizeBytes = file.entry.stat?.sizeBytes ?? 0;
    this.asked[side]?.set(file.path, { sizeBytes, answer });
    this.unsent[side]?.push(file);
    this.addPending(side, sizeBytes);
    if (!this.work.has(side)) this.work.set(side, this.hash(side));
  }

  /** Resolves when more may be asked. Throws what hashing threw. */
  async room(): Promise<void> {
    this.send();
    while (this.failure === null && this.asked.some(({ size }) => size > MOST_WAITING)) {
      await this.wakes.change();
    }
    if (this.failure !== null) throw this.failure.error;
  }

  async finish(): Promise<void> {
    this.send();
    for (const queue of this.queues) queue.end();
    await Promise.all(this.work.values());
    if (this.failure !== null) throw this.failure.error;
  }

  private send(): void {
    this.unsent.forEach((files, side) => {
      if (files.length > 0) this.queues[side]?.push(files.splice(0));
    });
  }

  private async hash(index: number): Promise<void> {
    const { [index]: side } = this.sides;
    const { [index]: queue } = this.queues;
    if (side === undefined || queue === undefined) return;
    const onRead = (bytes: number): void => {
      side.told.readBytes += bytes;
      this.changed();
    };
    const options = { signal: this.signal, onRead, pendingBytes: () => this.pendingBytes[index] ?? 0 };
    try {
      for await (const hashes of side.hashes(queue, options)) {
        for (const { path, outcome } of hashes) this.answer(index, path, outcome);
        this.stir();
      }
    } catch (error) {
      if (error instanceof ExpectedError) side.told.stopReason = error.message;
      else this.failure ??= { error };
    } finally {
      for (const path of [...(this.asked[index]?.keys() ?? [])]) this.answer(index, path, null);
      this.stir();
    }
  }

  private answer(side: number, path: string, outcome: HashOutcome | null): void {
    const asked = this.asked[side]?.get(path);
    if (asked === undefined) return;
    this.asked[side]?.delete(path);
    this.addPending(side, -asked.sizeBytes);
    asked.answer(outcome);
  }

  private addPending(side: number, bytes: number): void {
    this.pendingBytes[side] = (this.pendingBytes[side] ?? 0) + bytes;
  }

  private stir(): void {
    this.changed();
    this.wakes.stir();
  }
}
