/** Marks of a field, by how often the bishop was there; then start and end. */
const MARKS = ' .o+=*BOX@%&#/^SE';
const START = MARKS.length - 2;
const END = MARKS.length - 1;
const COLUMNS = 17;
const ROWS = 9;

export interface ArtFrame {
  readonly title: string;
  /** Where the title is too long. */
  readonly shortTitle: string;
  readonly foot: string;
}

/** The walk of the "drunken bishop" over a board of 17 x 9 fields: two bits a step, the lowest of each byte first. */
export function drawRandomArt(digest: Uint8Array, { title, shortTitle, foot }: ArtFrame): string {
  const visits = walk(digest);
  const lines = Array.from({ length: ROWS }, (_, y) => {
    const marks = Array.from({ length: COLUMNS }, (_unused, x) => MARKS[visits[y * COLUMNS + x] ?? 0] ?? ' ');
    return `|${marks.join('')}|`;
  });
  return [border(title.length > COLUMNS ? shortTitle : title), ...lines, border(foot)].join('\n');
}

function walk(digest: Uint8Array): Uint8Array {
  const visits = new Uint8Array(COLUMNS * ROWS);
  let x = (COLUMNS - 1) / 2;
  let y = (ROWS - 1) / 2;
  const start = y * COLUMNS + x;
  for (const byte of digest) {
    for (let shift = 0; shift < 8; shift += 2) {
      const bits = byte >> shift;
      x = clamp(x + ((bits & 1) !== 0 ? 1 : -1), COLUMNS - 1);
      y = clamp(y + ((bits & 2) !== 0 ? 1 : -1), ROWS - 1);
      const field = y * COLUMNS + x;
      visits[field] = Math.min((visits[field] ?? 0) + 1, START - 1);
    }
  }
  visits[start] = START;
  visits[y * COLUMNS + x] = END;
  return visits;
}

/** ssh-keygen has room for one character less than the board is wide. */
function border(text: string): string {
  const shown = text.slice(0, COLUMNS - 1);
  const before = Math.floor((COLUMNS - shown.length) / 2);
  return `+${'-'.repeat(before)}${shown}${'-'.repeat(COLUMNS - shown.length - before)}+`;
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(value, max));
}
