import { textWidth } from './textWidth';

/** Text of one style. Styles are SGR parameters, '' for the plain one. */
interface Run {
  readonly style: string;
  readonly text: string;
}

/** One column; the second one of a wide character is empty. */
interface Cell {
  readonly text: string;
  readonly style: string;
}

/** A line that goes on for longer is taken in parts, of which only the last can still be changed. */
const MAX_LENGTH = 8_192;
const MAX_COLUMNS = 2_048;
/** How far to the right of what is there the cursor may be set. */
const MAX_GAP = 500;
const BLANK: Cell = { text: ' ', style: '' };
const ESCAPE = '\u001b';

/**
 * The line at which output stands. Text that only follows text is kept as it comes; as soon as something goes back
 * (a carriage return, a backspace) there is a cell for every column, and what comes then overwrites.
 */
export class TerminalLine {
  private runs: Run[] = [];
  private length = 0;
  private cells: Cell[] | null = null;
  private column = 0;
  /** A carriage return that came last: mostly a line break follows, and nothing has to be done. */
  private returns = false;

  /** Whether plain text can simply be put behind it. */
  get onlyGrows(): boolean {
    return this.cells === null && !this.returns;
  }

  /** Whether a part of it should be taken now. */
  get isFull(): boolean {
    return this.cells === null ? this.length >= MAX_LENGTH : this.cells.length >= MAX_COLUMNS;
  }

  /** `text` holds no line break. Takes what there is room for, and tells how much of it. */
  put(text: string, style: string): number {
    if (this.returns) this.edit();
    if (this.cells !== null) return this.overwrite(this.cells, text, style);
    const taken = wholeCharacters(text, MAX_LENGTH);
    const last = this.runs.at(-1);
    const part = text.slice(0, taken);
    if (last?.style === style) this.runs[this.runs.length - 1] = { style, text: last.text + part };
    else this.runs.push({ style, text: part });
    this.length += taken + style.length;
    return taken;
  }

  carriageReturn(): void {
    this.returns = true;
  }

  /** By columns, to the left where it is negative. */
  move(by: number): void {
    this.edit();
    this.moveTo(this.column + by);
  }

  /** To a column, from 0. */
  moveTo(column: number): void {
    const { length } = this.edit();
    this.column = Math.max(0, Math.min(column, length + MAX_GAP));
  }

  /** EL (ECMA-48, 8.3.41): from the cursor on, up to it, or all. */
  erase(part: 'rest' | 'start' | 'all'): void {
    const cells = this.edit();
    if (part === 'start') cells.fill(BLANK, 0, this.column + 1);
    else cells.length = Math.min(cells.length, part === 'all' ? 0 : this.column);
  }

  /** As text with SGR in which no style reaches beyond the end. */
  encoded(): string {
    return (this.cells === null ? this.runs : runsOf(this.cells))
      .map(({ style, text }) => (style === '' ? text : `${ESCAPE}[${style}m${text}${ESCAPE}[0m`))
      .join('');
  }

  clear(): void {
    this.runs = [];
    this.length = 0;
    this.cells = null;
    this.column = 0;
    this.returns = false;
  }

  /** Cells from here on, with the cursor where it belongs. */
  private edit(): Cell[] {
    if (this.cells === null) {
      this.cells = this.runs.flatMap(({ style, text }) => cellsOf(text, style));
      this.column = this.cells.length;
    }
    if (this.returns) this.column = 0;
    this.returns = false;
    return this.cells;
  }

  private overwrite(cells: Cell[], text: string, style: string): number {
    let taken = 0;
    for (const character of text) {
      if (this.column >= MAX_COLUMNS && taken > 0) break;
      taken += character.length;
      const width = character === '\t' ? 1 : textWidth(character);
      if (width === 0) combine(cells, this.column - 1, character);
      else this.overwriteOne(cells, { text: character, style }, width);
    }
    return taken;
  }

  private overwriteOne(cells: Cell[], cell: Cell, width: number): void {
    while (cells.length < this.column) cells.push(BLANK);
    splitWide(cells, this.column);
    splitWide(cells, this.column + width);
    cells[this.column] = cell;
    if (width === 2) cells[this.column + 1] = { text: '', style: cell.style };
    this.column += width;
  }
}

/** Of a wide character whose second half would be overwritten, or its first, nothing is left but space. */
function splitWide(cells: Cell[], column: number): void {
  if (cells[column]?.text !== '') return;
  cells[column] = BLANK;
  cells[column - 1] = BLANK;
}

/** A mark belongs to what stands before it; a heap of them is cut. */
function combine(cells: Cell[], column: number, mark: string): void {
  const at = cells[column]?.text === '' ? column - 1 : column;
  const cell = cells[at];
  if (cell !== undefined && cell.text.length < 16) cells[at] = { ...cell, text: cell.text + mark };
}

function cellsOf(text: string, style: string): Cell[] {
  const cells: Cell[] = [];
  for (const character of text) {
    const width = character === '\t' ? 1 : textWidth(character);
    if (width === 0) combine(cells, cells.length - 1, character);
    else cells.push({ text: character, style });
    if (width === 2) cells.push({ text: '', style });
  }
  return cells;
}

function runsOf(cells: readonly Cell[]): readonly Run[] {
  const runs: { style: string; text: string }[] = [];
  for (const { style, text } of cells) {
    const last = runs.at(-1);
    if (last?.style === style) last.text += text;
    else runs.push({ style, text });
  }
  return runs;
}

/** At most so many code units, and never half a surrogate pair. */
function wholeCharacters(text: string, most: number): number {
  if (text.length <= most) return text.length;
  const before = text.charCodeAt(most - 1);
  return before >= 0xd800 && before <= 0xdbff ? most - 1 : most;
}
