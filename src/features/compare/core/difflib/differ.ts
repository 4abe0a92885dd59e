import type { Change, Opcode } from '../lines/opcode';
import { charactersOf, isCharacterJunk, isSpace, withoutTrailingSpace } from './characters';
import { alikeNear } from './alikeNear';
import { alikeBest } from './alikeBest';
import { type FindAlike, LineRatios } from './alike';
import { SequenceMatcher } from './sequenceMatcher';

export interface DifferOptions {
  readonly lineJunk?: ((line: string) => boolean) | null;
  readonly characterJunk?: ((character: string) => boolean) | null;
  /**
   * How lines that were only changed a little are found among those that were replaced. 'near' (Python 3.14 and later)
   * looks at ten lines around and takes time as the text is long; 'best' (Python up to 3.13) looks at all, which is cubic.
   */
  readonly pairing?: 'near' | 'best';
  /** Lines of more characters are never alike: to find out is quadratic. Default Infinity. */
  readonly longestAlike?: number;
}

/**
 * Lines → lines with a code before each: '  ' on both sides, '- ' only left, '+ ' only right, '? ' a guide below a line
 * that was changed a little. Same answers as Python's difflib.Differ.
 */
export class Differ {
  private readonly lineJunk: ((line: string) => boolean) | null;
  private readonly characterJunk: ((character: string) => boolean) | null;
  private readonly longestAlike: number;
  private readonly findAlike: FindAlike;

  constructor({
    lineJunk = null,
    characterJunk = null,
    pairing = 'near',
    longestAlike = Infinity,
  }: DifferOptions = {}) {
    this.lineJunk = lineJunk;
    this.characterJunk = characterJunk;
    this.longestAlike = longestAlike;
    this.findAlike = pairing === 'near' ? alikeNear : alikeBest;
  }

  compare(left: readonly string[], right: readonly string[]): Generator<string> {
    return this.told(left, right, new SequenceMatcher(left, right, { isJunk: this.lineJunk }).opcodes());
  }

  /** The same for differences that were found in another way. */
  *told(left: readonly string[], right: readonly string[], opcodes: readonly Opcode[]): Generator<string> {
    for (const opcode of opcodes) {
      const { kind, leftStart, leftEnd, rightStart, rightEnd } = opcode;
      if (kind === 'equal') yield* coded('  ', left, leftStart, leftEnd);
      else if (kind === 'delete') yield* coded('- ', left, leftStart, leftEnd);
      else if (kind === 'insert') yield* coded('+ ', right, rightStart, rightEnd);
      else yield* this.replaced(left, right, opcode);
    }
  }

  private *replaced(left: readonly string[], right: readonly string[], change: Change): Generator<string> {
    let { leftStart, rightStart } = change;
    const ratios = new LineRatios(this.characterJunk, this.longestAlike);
    for (const pair of this.findAlike(left, right, change, ratios)) {
      yield* replacement(left, right, { leftStart, leftEnd: pair.left, rightStart, rightEnd: pair.right });
      yield* this.pairLines(left[pair.left] as string, right[pair.right] as string);
      leftStart = pair.left + 1;
      rightStart = pair.right + 1;
    }
    const { leftEnd, rightEnd } = change;
    yield* replacement(left, right, { leftStart, leftEnd, rightStart, rightEnd });
  }

  /** Both lines, each with the guide below it that it needs. */
  private *pairLines(left: string, right: string): Generator<string> {
    if (left === right) {
      yield `  ${left}`;
      return;
    }
    const lefts = charactersOf(left);
    const rights = charactersOf(right);
    let leftMarks = '';
    let rightMarks = '';
    for (const opcode of new SequenceMatcher(lefts, rights, { isJunk: this.characterJunk }).opcodes()) {
      const [leftMark, rightMark] = MARKS[opcode.kind];
      leftMarks += leftMark.repeat(opcode.leftEnd - opcode.leftStart);
      rightMarks += rightMark.repeat(opcode.rightEnd - opcode.rightStart);
    }
    yield `- ${left}`;
    yield* guide(lefts, leftMarks);
    yield `+ ${right}`;
    yield* guide(rights, rightMarks);
  }
}

const MARKS = { equal: [' ', ' '], replace: ['^', '^'], delete: ['-', ''], insert: ['', '+'] } as const;

/** Marks below characters; white space stays what it is, so that tabs bring the marks to the right column. */
function* guide(characters: readonly string[], marks: string): Generator<string> {
  const kept = characters.map((character, at) =>
    marks[at] === ' ' && isSpace(character) ? character : (marks[at] ?? ''),
  );
  const text = withoutTrailingSpace(kept.join(''));
  if (text !== '') yield `? ${text}\n`;
}

/** What is gone and what is new, the shorter part first. */
function* replacement(left: readonly string[], right: readonly string[], change: Change): Generator<string> {
  const { leftStart, leftEnd, rightStart, rightEnd } = change;
  const isNewFirst = rightEnd - rightStart < leftEnd - leftStart;
  if (isNewFirst) yield* coded('+ ', right, rightStart, rightEnd);
  yield* coded('- ', left, leftStart, leftEnd);
  if (!isNewFirst) yield* coded('+ ', right, rightStart, rightEnd);
}

function* coded(code: string, lines: readonly string[], start: number, end: number): Generator<string> {
  for (let at = start; at < end; at++) yield code + (lines[at] as string);
}

/** As Differ, with blanks and tabs as junk within lines unless told otherwise. */
export function ndiff(
  left: readonly string[],
  right: readonly string[],
  options: DifferOptions = {},
): Generator<string> {
  return new Differ({ characterJunk: isCharacterJunk, ...options }).compare(left, right);
}

/** The lines of one side from what ndiff gave. */
export function* restore(delta: Iterable<string>, side: 'left' | 'right'): Generator<string> {
  const own = side === 'left' ? '- ' : '+ ';
  for (const line of delta) {
    if (line.startsWith('  ') || line.startsWith(own)) yield line.slice(2);
  }
}
