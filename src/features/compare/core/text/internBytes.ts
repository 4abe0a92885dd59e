import type { Interned } from '../lines/intern';
import { type LineBytes, viewOf } from './lineBytes';

/** As `intern` of the lines engine, from the bytes of the lines: three times as fast as by strings. */
export function internBytes(left: LineBytes, right: LineBytes): Interned {
  const table = new LineTable(left.count + right.count);
  const numbered = { left: table.number(left), right: table.number(right) };
  return { ...numbered, distinct: table.distinct };
}

interface ViewedText {
  readonly text: LineBytes;
  readonly view: DataView;
}

/** Open addressing; a slot holds the number of a line plus one, or 0. */
class LineTable {
  distinct = 0;
  private readonly slots: Int32Array;
  private readonly hashes: Int32Array;
  /** Where the first line of each number is. */
  private readonly texts: ViewedText[] = [];
  private readonly textOf: Uint8Array;
  private readonly lineOf: Int32Array;

  constructor(lines: number) {
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(lines * 2 + 2)));
    this.hashes = new Int32Array(lines);
    this.textOf = new Uint8Array(lines);
    this.lineOf = new Int32Array(lines);
  }

  number(text: LineBytes): Int32Array {
    const numbers = new Int32Array(text.count);
    const viewed = { text, view: viewOf(text.bytes) };
    this.texts.push(viewed);
    for (let line = 0; line < text.count; line++) numbers[line] = this.find(viewed, line);
    return numbers;
  }

  private find(viewed: ViewedText, line: number): number {
    const { slots, hashes } = this;
    const mask = slots.length - 1;
    const hash = viewed.text.hashes[line] as number;
    let slot = Math.imul(hash, 0x9e3779b1) >>> 7;
    for (; ; slot++) {
      const number = (slots[slot & mask] as number) - 1;
      if (number === -1) return this.add(slot & mask, hash, line);
      if (hashes[number] === hash && this.isSame(number, viewed, line)) return number;
    }
  }

  private add(slot: number, hash: number, line: number): number {
    const number = this.distinct;
    this.slots[slot] = number + 1;
    this.hashes[number] = hash;
    this.textOf[number] = this.texts.length - 1;
    this.lineOf[number] = line;
    this.distinct = number + 1;
    return number;
  }

  private isSame(number: number, { text, view }: ViewedText, line: number): boolean {
    const { text: other, view: otherView } = this.texts[this.textOf[number] as number] as ViewedText;
    const otherLine = this.lineOf[number] as number;
    let at = text.starts[line] as number;
    let otherAt = other.starts[otherLine] as number;
    // Without the line feed, which the last line may lack.
    const end = (text.starts[line + 1] as number) - 1;
    if (end - at !== (other.starts[otherLine + 1] as number) - 1 - otherAt) return false;
    for (; at + 4 <= end; at += 4, otherAt += 4) {
      if (view.getInt32(at, true) !== otherView.getInt32(otherAt, true)) return false;
    }
    for (; at < end; at++, otherAt++) if (text.bytes[at] !== other.bytes[otherAt]) return false;
    return true;
  }
}
