import { guidedLine, plainLine, wholeLine } from './rowLines';
import { NO_LINE, type RowLine } from './rows';

/** What comes next on either side; null: nothing comes there, its next line stands beside something later. */
export interface LineEvent {
  readonly left: RowLine | null;
  readonly right: RowLine | null;
  readonly isChanged: boolean;
}

/** How many lines of ndiff decide what the first of them means. */
const LOOK_AHEAD = 4;
const END = 'X';

/**
 * The lines of ndiff as lines of either side. Where one side has lines that the other has not, the other one gets as
 * many empty places, at the end of the block.
 */
export function* lineEvents(delta: Iterator<string>): Generator<LineEvent> {
  const reader = new DeltaReader(delta);
  // Lines that the left has ahead of the right; negative: the right ahead of the left.
  let ahead = 0;
  for (;;) {
    const codes = reader.codes();
    const meaning = MEANINGS.find(([prefix]) => codes.startsWith(prefix))?.[1];
    switch (meaning) {
      case 'left':
        ahead += 1;
        yield { left: reader.left('whole'), right: null, isChanged: true };
        break;
      case 'right':
        ahead -= 1;
        yield { left: null, right: reader.right('whole'), isChanged: true };
        break;
      case 'last-left': {
        const left = reader.left('whole');
        yield* emptyPlaces(ahead + 1);
        ahead = 0;
        yield { left, right: null, isChanged: true };
        break;
      }
      case 'last-right': {
        const right = reader.right('whole');
        yield* emptyPlaces(ahead - 1);
        ahead = 0;
        yield { left: null, right, isChanged: true };
        break;
      }
      case 'both-guided':
        yield { left: reader.left('guided'), right: reader.right('guided'), isChanged: true };
        break;
      case 'right-guided':
        yield { left: reader.left('plain'), right: reader.right('guided'), isChanged: true };
        break;
      case 'left-guided':
        yield { left: reader.left('guided'), right: reader.right('plain'), isChanged: true };
        break;
      case 'same':
        yield reader.same();
        break;
      default:
        yield* emptyPlaces(ahead);
        return;
    }
  }
}

type Meaning =
  | 'left'
  | 'right'
  /** The last line of a block of that side. */
  | 'last-left'
  | 'last-right'
  | 'both-guided'
  | 'left-guided'
  | 'right-guided'
  | 'same';

/** By the codes of the next lines; the first that fits. */
const MEANINGS: readonly (readonly [string, Meaning])[] = [
  ['-?+?', 'both-guided'],
  ['--++', 'left'],
  ['--?+', 'last-left'],
  ['--+', 'last-left'],
  ['- ', 'last-left'],
  ['-+?', 'right-guided'],
  ['-?+', 'left-guided'],
  ['-', 'left'],
  ['+--', 'right'],
  ['+ ', 'last-right'],
  ['+-', 'last-right'],
  ['+', 'right'],
  [' ', 'same'],
];

/** On the side that is behind. */
function* emptyPlaces(ahead: number): Generator<LineEvent> {
  for (let place = 0; place < ahead; place++) yield { left: null, right: NO_LINE, isChanged: true };
  for (let place = 0; place < -ahead; place++) yield { left: NO_LINE, right: null, isChanged: true };
}

/** Lines of ndiff, of which the next few can be looked at. */
class DeltaReader {
  private readonly lines: string[] = [];
  private leftNumber = 0;
  private rightNumber = 0;

  constructor(private readonly delta: Iterator<string>) {}

  codes(): string {
    while (this.lines.length < LOOK_AHEAD) {
      const next = this.delta.next();
      this.lines.push(next.done === true ? END : next.value);
    }
    return this.lines.map((line) => line.charAt(0)).join('');
  }

  left(how: 'plain' | 'whole' | 'guided'): RowLine {
    this.leftNumber += 1;
    return this.line(this.leftNumber, how);
  }

  right(how: 'plain' | 'whole' | 'guided'): RowLine {
    this.rightNumber += 1;
    return this.line(this.rightNumber, how);
  }

  same(): LineEvent {
    this.leftNumber += 1;
    this.rightNumber += 1;
    const line = this.take();
    return { left: plainLine(this.leftNumber, line), right: plainLine(this.rightNumber, line), isChanged: false };
  }

  private line(number: number, how: 'plain' | 'whole' | 'guided'): RowLine {
    const line = this.take();
    switch (how) {
      case 'plain':
        return plainLine(number, line);
      case 'whole':
        return wholeLine(number, line);
      case 'guided':
        return guidedLine(number, line, this.take());
    }
  }

  private take(): string {
    return this.lines.shift() ?? END;
  }
}
