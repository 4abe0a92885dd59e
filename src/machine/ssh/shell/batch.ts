import { fileFailure, notAFileText } from '../../local/errors';
import { groupsOf, pathOf, type ReadGroup } from '../../local/readGroups';
import type { FileFailure, FileKind, ReadItem, ReadManyOptions } from '../../machine';

export type Encoding = NonNullable<ReadManyOptions['encoding']>;

/** One request of readMany, as both ways of reading have it. */
export interface Batch {
  readonly items: readonly ReadItem[];
  /** Without those whose path cannot be one. */
  readonly groups: readonly ReadGroup[];
  readonly maxBytes: number;
  readonly encoding: Encoding;
}

const DEFAULT_MAX_BYTES = 4 * 1_048_576;

export function batchOf(items: readonly ReadItem[], options: Pick<ReadManyOptions, 'maxBytes' | 'encoding'>): Batch {
  return {
    items,
    groups: groupsOf(items).filter(({ itemIndex }) => !hasNul(items[itemIndex])),
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    encoding: options.encoding ?? 'utf8',
  };
}

function hasNul(item: ReadItem | undefined): boolean {
  return item !== undefined && pathOf(item).includes('\0');
}

/** The bytes of a path, or of a part of one. */
export function pathBytes(path: string, encoding: Encoding): Buffer {
  return Buffer.from(path, encoding === 'bytes' ? 'latin1' : 'utf8');
}

/** The same with a character for each byte of the paths. */
export function inBytes(batch: Batch): Batch {
  if (batch.encoding === 'bytes') return batch;
  const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');
  const groups = batch.groups.map((group) => ({
    ...group,
    pattern: bytesOf(group.pattern),
    members: group.members.map((member) => ({ ...member, rest: bytesOf(member.rest) })),
  }));
  return { ...batch, groups };
}

/** Values as they are found; what several items want of one path is told for the first. */
export class BatchTexts {
  readonly texts = new Map<string, string | FileFailure>();
  private readonly failures = new Map<string, FileFailure>();
  private readonly encoding: 'latin1' | 'utf8';

  constructor(private readonly batch: Batch) {
    this.encoding = batch.encoding === 'bytes' ? 'latin1' : 'utf8';
    for (const item of batch.items) {
      if (hasNul(item)) this.texts.set(pathOf(item), fileFailure('ERR_INVALID_ARG_VALUE'));
    }
  }

  pathOf(bytes: Buffer): string {
    return bytes.toString(this.encoding);
  }

  add(itemIndex: number, path: string, value: Buffer): void {
    if (this.texts.has(path)) return;
    const isText = typeof this.batch.items[itemIndex] === 'string';
    this.texts.set(path, (isText ? this.cut(value) : value).toString(this.encoding));
  }

  /** `code`: an errno name, or 'kind:fifo' and the like. */
  addFailure(path: string, code: string): void {
    if (this.texts.has(path)) return;
    let failure = this.failures.get(code);
    if (failure === undefined) {
      failure = failureOf(code);
      this.failures.set(code, failure);
    }
    this.texts.set(path, failure);
  }

  addLate(path: string, failure: FileFailure): void {
    if (!this.texts.has(path)) this.texts.set(path, failure);
  }

  /** A text that is cut at maxBytes is not cut within a character. */
  private cut(value: Buffer): Buffer {
    const { maxBytes } = this.batch;
    if (value.length < maxBytes) return value;
    const kept = value.subarray(0, maxBytes);
    return this.encoding === 'utf8' ? trimCharacter(kept) : kept;
  }

  /** For all items that were not read to their end. */
  addUnread(groupsDone: ReadonlySet<number>, failure: FileFailure): void {
    for (const [index, group] of this.batch.groups.entries()) {
      if (groupsDone.has(index)) continue;
      for (const { rest } of group.members) this.addLate(group.pattern + rest, failure);
    }
  }
}

function failureOf(code: string): FileFailure {
  if (!code.startsWith('kind:')) return fileFailure(code);
  return { kind: 'failure', code: 'failed', message: notAFileText(code.slice('kind:'.length) as FileKind) };
}

/** Without a character at the end of which bytes are missing (RFC 3629, 3). */
function trimCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}
