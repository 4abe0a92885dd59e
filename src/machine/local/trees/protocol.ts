import type { Difference, PathPair } from '../../machine';

/** A part of the work on trees, in items that are worked off one after the other. */
export type TreeTask = ListTask | HashTask | CompareTask;

export interface ListTask {
  readonly kind: 'list';
  readonly root: string;
  /** Folders below the root. */
  readonly items: readonly string[];
  readonly stat: boolean;
  /** Of the root, where other devices are not to be entered; else null. */
  readonly device: number | null;
}

export interface HashTask {
  readonly kind: 'hash';
  readonly root: string;
  readonly items: readonly string[];
}

export interface CompareTask {
  readonly kind: 'compare';
  readonly roots: PathPair;
  readonly items: readonly (string | PathPair)[];
}

/** A folder, packed so that much of it crosses threads as little more than bytes. */
export interface PackedListing {
  /** Joined by '/', which no name has. */
  readonly names: string;
  /** A letter for each, as find -printf %y has them, or MOUNT. */
  readonly kinds: string;
  /** STAT_NUMBERS for each, NaN where there are none; null where they were not wanted. */
  readonly stats: Float64Array | null;
  /** By index: the targets of symbolic links. */
  readonly links: readonly (readonly [index: number, target: string])[];
  /** By index: errno names. */
  readonly failures: readonly (readonly [index: number, errno: string])[];
  /** Of the folder. */
  readonly errno: string | null;
}

/** In place of the letter: a folder on another file system. */
export const MOUNT = 'm';

/** Size, modification time in milliseconds, permission bits, uid, gid. */
export const STAT_NUMBERS = 5;

/** The hash in hex, or an errno name with a colon before it. */
export type PackedHash = string;

/** As Difference, with an errno name in place of a failure. */
export type PackedDifference =
  | Extract<Difference, { kind: 'differs' }>
  | { readonly kind: 'unreadable'; readonly side: 'left' | 'right'; readonly errno: string };

/** Stands for an errno name where a file was written to while it was read. */
export const CHANGED = 'changed';

export interface TreeRequest {
  readonly id: number;
  readonly task: TreeTask;
  /** One int32: not 0 when the answer is not wanted any more. */
  readonly stop: SharedArrayBuffer;
}

export type TreeAnswer =
  | { readonly kind: 'list'; readonly id: number; readonly listings: readonly PackedListing[] }
  | { readonly kind: 'hash'; readonly id: number; readonly hashes: readonly PackedHash[] }
  | {
      readonly kind: 'compare';
      readonly id: number;
      /** Those that are not the same, by the index of the item. */
      readonly others: readonly (readonly [index: number, difference: PackedDifference])[];
      /** Of items that were not compared since they are large, and are to be asked for one by one. */
      readonly postponed: readonly number[];
    }
  /** A bug over there; nothing else is thrown. */
  | { readonly kind: 'thrown'; readonly id: number; readonly error: string };

/** Given to a thread when it starts. */
export interface TreeThreadData {
  readonly kind: 'trees';
  /** Of TreeShared. */
  readonly memory: SharedArrayBuffer;
}

export function isTreeThreadData(data: unknown): data is TreeThreadData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'trees';
}

const STEPS_AT = 0;
const TASK_AT = 1;
const ITEM_AT = 2;
const READ_AT = 3;
const READ_UNIT = 4_096;

/** What a thread that is busy tells its owner: that it goes on, where it is, and how much it has read. */
export class TreeShared {
  private readonly numbers: Int32Array;
  private rest = 0;

  constructor(readonly memory: SharedArrayBuffer = new SharedArrayBuffer(16)) {
    this.numbers = new Int32Array(memory);
  }

  /** By the thread, before it touches an item. */
  enter(taskId: number, item: number): void {
    Atomics.store(this.numbers, TASK_AT, taskId);
    Atomics.store(this.numbers, ITEM_AT, item);
    Atomics.add(this.numbers, STEPS_AT, 1);
  }

  /** By the thread, when it has read so much: it goes on. */
  read(bytes: number): void {
    this.rest += bytes;
    const units = Math.floor(this.rest / READ_UNIT);
    this.rest -= units * READ_UNIT;
    Atomics.add(this.numbers, READ_AT, units);
    Atomics.add(this.numbers, STEPS_AT, 1);
  }

  steps(): number {
    return Atomics.load(this.numbers, STEPS_AT);
  }

  place(): { readonly taskId: number; readonly item: number } {
    return { taskId: Atomics.load(this.numbers, TASK_AT), item: Atomics.load(this.numbers, ITEM_AT) };
  }

  /** What was read since the last time, in whole pages. */
  takeRead(): number {
    return Atomics.exchange(this.numbers, READ_AT, 0) * READ_UNIT;
  }
}
