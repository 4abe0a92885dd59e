import { charactersOf } from './characters';
import { type DifferOptions, ndiff } from './differ';
import { lineEvents } from './lineEvents';
import { wrappedLine } from './rowLines';
import { NO_LINE, type LineRow, type Row, type RowLine } from './rows';

export interface SideBySideOptions extends DifferOptions {
  /** Rows around a change that are kept, with a separator before each such group; null for all rows. */
  readonly context?: number | null;
  /** Columns after which lines go on in a row below; null for as long as they are. */
  readonly wrapColumns?: number | null;
  /** Default 8. */
  readonly tabSize?: number;
}

/** The rows of Python's HtmlDiff: what ndiff finds, side by side. */
export function* sideBySide(
  left: readonly string[],
  right: readonly string[],
  { context = null, wrapColumns = null, tabSize = 8, ...differ }: SideBySideOptions = {},
): Generator<Row> {
  const prepared = (lines: readonly string[]): string[] => lines.map((line) => prepareLine(line, tabSize));
  const rows = paired(ndiff(prepared(left), prepared(right), differ));
  for (const row of context === null ? rows : nearChanges(rows, context)) {
    if (row === 'separator' || wrapColumns === null) yield row;
    else yield* wrapped(row, wrapColumns);
  }
}

/** Both sides wait for each other. */
function* paired(delta: Iterator<string>): Generator<LineRow> {
  const lefts = new Waiting();
  const rights = new Waiting();
  for (const { left, right, isChanged } of lineEvents(delta)) {
    if (left !== null) lefts.add(left, isChanged);
    if (right !== null) rights.add(right, isChanged);
    while (lefts.size > 0 && rights.size > 0) {
      const one = lefts.take();
      const other = rights.take();
      yield { left: one.line, right: other.line, isChanged: one.isChanged || other.isChanged };
    }
  }
}

interface WaitingLine {
  readonly line: RowLine;
  readonly isChanged: boolean;
}

/** A queue; what was taken is dropped now and then. */
class Waiting {
  private lines: WaitingLine[] = [];
  private taken = 0;

  get size(): number {
    return this.lines.length - this.taken;
  }

  add(line: RowLine, isChanged: boolean): void {
    this.lines.push({ line, isChanged });
  }

  take(): WaitingLine {
    const line = this.lines[this.taken] as WaitingLine;
    this.taken += 1;
    if (this.taken > 1_000 && this.taken * 2 > this.lines.length) {
      this.lines = this.lines.slice(this.taken);
      this.taken = 0;
    }
    return line;
  }
}

/** The rows around changes, a separator before each group but one that begins with the first row. */
function* nearChanges(rows: Iterable<LineRow>, context: number): Generator<Row> {
  let before: LineRow[] = [];
  let isCut = false;
  let after = 0;
  for (const row of rows) {
    if (row.isChanged) {
      if (isCut) yield 'separator';
      yield* before;
      yield row;
      [before, isCut, after] = [[], false, context];
    } else if (after > 0) {
      yield row;
      after -= 1;
    } else {
      before.push(row);
      if (before.length > context) {
        before.shift();
        isCut = true;
      }
    }
  }
}

function* wrapped({ left, right, isChanged }: LineRow, columns: number): Generator<LineRow> {
  const lefts = wrappedLine(left, columns);
  const rights = wrappedLine(right, columns);
  for (let at = 0; at < Math.max(lefts.length, rights.length); at++) {
    yield { left: lefts[at] ?? NO_LINE, right: rights[at] ?? NO_LINE, isChanged };
  }
}

/** Without line feeds at its end, and with so many tab characters for a tab as it covers columns. */
function prepareLine(line: string, tabSize: number): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\n') end -= 1;
  const text = line.slice(0, end);
  if (!text.includes('\t')) return text;
  let column = 0;
  let expanded = '';
  for (const character of charactersOf(text)) {
    const width = character === '\t' ? tabSize - (column % tabSize) : 1;
    expanded += character.repeat(width);
    column = character === '\n' || character === '\r' ? 0 : column + width;
  }
  return expanded;
}
