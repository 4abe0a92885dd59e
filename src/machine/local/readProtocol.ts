import type { ReadItem } from '../machine';
import type { PackedPaths } from './packedPaths';

/** Given to a reading thread when it starts. */
export interface ReadThreadData {
  readonly memory: SharedArrayBuffer;
}

export type ReadEncoding = 'utf8' | 'bytes';

/** One batch. Paths in `skip` hang in another thread and are not touched; every character of them is one byte. */
export interface ReadRequest {
  readonly kind: 'batch';
  readonly id: number;
  readonly items: readonly ReadItem[];
  readonly skip: readonly string[];
  readonly maxBytes: number;
  readonly encoding: ReadEncoding;
}

/** To help with a batch: matches of one group of its items, of which each thread takes the next that nobody has. */
export interface ShareRequest {
  readonly kind: 'share';
  readonly batch: ReadRequest;
  readonly offer: ShareOffer;
  /** Which of the helpers this is, from 0. */
  readonly helper: number;
}

/** Buffers of parts that have been read, to be filled again. */
export interface UsedBuffers {
  readonly kind: 'buffers';
  readonly buffers: readonly ArrayBuffer[];
}

export type ToReadThread = ReadRequest | ShareRequest | UsedBuffers;

/** From the thread of a batch, when there is enough for others. */
export interface ShareOffer {
  readonly kind: 'offer';
  readonly groupIndex: number;
  /** What the pattern of the group has matched. */
  readonly bases: PackedPaths;
  /** Of a ShareCursor. */
  readonly cursor: SharedArrayBuffer;
}

/**
 * A part of the answer to a batch. The path of a value is one of `bases` and what follows the pattern of one of the
 * request's items: thousands of them are the same files in other folders.
 */
export interface ReadPart {
  readonly kind: 'part';
  /** The values, one after the other. */
  readonly bytes: ArrayBuffer;
  readonly usedBytes: number;
  readonly bases: readonly string[];
  /** VALUE_WORDS for each value. */
  readonly values: Uint32Array;
  /** An errno name, 'kind:fifo' and so on, or SKIPPED. */
  readonly errors: readonly string[];
  /** Only in the last part: the paths of the items that a cancelled batch did not come to, or not to the end of. */
  readonly unread: readonly string[] | null;
}

export type FromReadThread = ReadPart | ShareOffer;

/** Of each value: where it ends in `bytes`, its index in `bases`, its item, and 0 or 1 + its index in `errors`. */
export const VALUE_WORDS = 4;
/** A part has no more. */
export const MOST_VALUES = 2_048;
/** In place of the item, where the path is the base alone. */
export const NO_ITEM = 0xffff_ffff;

export const SKIPPED = 'skipped';
