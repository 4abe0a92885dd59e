import type { FileFailure, FileTexts } from '../machine';
import { restOf } from './readGroups';
import { MOST_VALUES, NO_ITEM, VALUE_WORDS, type ReadPart, type ReadRequest } from './readProtocol';

type Value = string | FileFailure;

/** A part as it came, with a view of its bytes. */
interface KeptPart extends ReadPart {
  readonly text: Buffer;
}

/** Value 12 of part 3 is 3 * MOST_VALUES + 12; there is none at an index of -1. */
const NONE = -1;

/**
 * The answer to a batch as it lies in the parts: a string is made when it is asked for, each time anew. Ten thousands
 * of them at once would hold up the owner's thread, and stay in memory much longer than the buffers do.
 */
export class PartTexts implements FileTexts {
  private parts: KeptPart[] = [];
  /** Of each item, the index in `ends`. */
  private readonly endOfItem: readonly number[];
  /** What follows the bases, '' left out. */
  private readonly ends: ReadonlyMap<string, number>;
  /** Path → value, where the base is the whole path. */
  private readonly whole = new Map<string, number>();
  /** Base → row of `grid`, which has a value for each of `ends`. */
  private readonly rows = new Map<string, number>();
  private grid = new Int32Array(0);
  /** What a later item has read again. */
  private readonly repeated = new Set<number>();
  private readonly unread = new Map<string, FileFailure>();
  private readonly failures = new Map<string, FileFailure>();
  private readonly encoding: 'latin1' | 'utf8';
  private count = 0;

  constructor(
    request: ReadRequest,
    private readonly failureOf: (code: string) => FileFailure,
    /** Takes buffers that are not needed any more. */
    private readonly recycle: (buffers: readonly ArrayBuffer[]) => void,
  ) {
    const rests = request.items.map(restOf);
    this.ends = new Map([...new Set(rests)].filter((rest) => rest !== '').map((rest, index) => [rest, index]));
    this.endOfItem = rests.map((rest) => this.ends.get(rest) ?? NONE);
    this.encoding = request.encoding === 'bytes' ? 'latin1' : 'utf8';
  }

  get size(): number {
    return this.count + this.unread.size;
  }

  add(part: ReadPart): void {
    const kept = { ...part, text: Buffer.from(part.bytes) };
    const first = this.parts.push(kept) * MOST_VALUES - MOST_VALUES;
    const { bases, values } = part;
    let lastBase = NONE;
    let row = NONE;
    for (let at = 0, id = first; at < values.length; at += VALUE_WORDS, id++) {
      const baseIndex = values[at + 1] ?? 0;
      const end = this.endAt(values[at + 2] ?? NO_ITEM);
      if (end === NONE) {
        this.addWhole(bases[baseIndex] ?? '', id);
        continue;
      }
      if (baseIndex !== lastBase) row = this.rowOf(bases[baseIndex] ?? '');
      lastBase = baseIndex;
      const cell = row * this.ends.size + end;
      // The first item that names a path decides.
      if (this.grid[cell] !== NONE) this.repeated.add(id);
      else {
        this.grid[cell] = id;
        this.count++;
      }
    }
  }

  /** For an item that was not read to its end; what was read of it stays. */
  addUnread(path: string, failure: FileFailure): void {
    if (this.find(path) === NONE) this.unread.set(path, failure);
  }

  get(path: string): Value | undefined {
    const id = this.find(path);
    return id === NONE ? this.unread.get(path) : this.valueOf(id);
  }

  has(path: string): boolean {
    return this.find(path) !== NONE || this.unread.has(path);
  }

  release(): void {
    const buffers = this.parts.map((part) => part.bytes);
    this.parts = [];
    this.count = 0;
    this.grid = new Int32Array(0);
    for (const one of [this.whole, this.rows, this.repeated, this.unread]) one.clear();
    this.recycle(buffers);
  }

  *entries(): MapIterator<[string, Value]> {
    for (const [path, id] of this.ids()) yield [path, this.valueOf(id)];
    yield* this.unread;
  }

  *keys(): MapIterator<string> {
    for (const [path] of this.ids()) yield path;
    yield* this.unread.keys();
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(callback: (value: Value, path: string, texts: FileTexts) => void, self?: unknown): void {
    for (const [path, value] of this.entries()) callback.call(self, value, path, this);
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  /** In the order of reading, without what a later item has read again. */
  private *ids(): Generator<readonly [path: string, id: number]> {
    const rests = [...this.ends.keys()];
    for (const [index, { bases, values }] of this.parts.entries()) {
      for (let at = 0, id = index * MOST_VALUES; at < values.length; at += VALUE_WORDS, id++) {
        if (this.repeated.has(id)) continue;
        const base = bases[values[at + 1] ?? 0] ?? '';
        const end = this.endAt(values[at + 2] ?? NO_ITEM);
        yield [end === NONE ? base : base + (rests[end] ?? ''), id];
      }
    }
  }

  private valueOf(id: number): Value {
    const part = this.parts[Math.floor(id / MOST_VALUES)];
    if (part === undefined) throw new RangeError(`There is no value ${id}.`);
    const { text, values, errors } = part;
    const at = (id % MOST_VALUES) * VALUE_WORDS;
    const error = values[at + 3] ?? 0;
    if (error > 0) return this.failure(errors[error - 1] ?? '');
    const start = at === 0 ? 0 : (values[at - VALUE_WORDS] ?? 0);
    return text.toString(this.encoding, start, values[at] ?? start);
  }

  private find(path: string): number {
    const whole = this.whole.get(path);
    if (whole !== undefined) return whole;
    for (const [rest, end] of this.ends) {
      const row = path.endsWith(rest) ? this.rows.get(path.slice(0, -rest.length)) : undefined;
      if (row === undefined) continue;
      const id = this.grid[row * this.ends.size + end] ?? NONE;
      if (id !== NONE) return id;
    }
    return NONE;
  }

  private endAt(itemIndex: number): number {
    return itemIndex === NO_ITEM ? NONE : (this.endOfItem[itemIndex] ?? NONE);
  }

  private addWhole(path: string, id: number): void {
    if (this.find(path) !== NONE) this.repeated.add(id);
    else {
      this.whole.set(path, id);
      this.count++;
    }
  }

  private rowOf(base: string): number {
    const known = this.rows.get(base);
    if (known !== undefined) return known;
    const row = this.rows.size;
    this.rows.set(base, row);
    const needed = (row + 1) * this.ends.size;
    if (needed > this.grid.length) {
      const larger = new Int32Array(needed * 2).fill(NONE);
      larger.set(this.grid);
      this.grid = larger;
    }
    return row;
  }

  /** One for all files with the same error: there may be thousands. */
  private failure(code: string): FileFailure {
    let failure = this.failures.get(code);
    if (failure === undefined) {
      failure = this.failureOf(code);
      this.failures.set(code, failure);
    }
    return failure;
  }
}
