import { edited, type Random } from '../../random';

export interface MatcherCase {
  readonly kind: 'matcher';
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly junk: readonly string[];
  readonly autojunk: boolean;
  readonly context: number;
  readonly range: readonly [number, number, number, number];
}

export interface DeltaCase {
  readonly kind: 'delta';
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly lineJunk: boolean;
  readonly characterJunk: boolean;
  readonly context: number;
  readonly rowContext: number | null;
  readonly wrapColumns: number | null;
  readonly tabSize: number;
  readonly lineEnd: string;
}

export interface CloseCase {
  readonly kind: 'close';
  readonly word: string;
  readonly possibilities: readonly string[];
  readonly count: number;
  readonly cutoff: number;
}

const LETTERS = ['a', 'b', 'c', ' ', '\t', 'é', '中', '😀', '\uffff', '#'];
const WORDS = [
  'server',
  'listen',
  '80',
  '443',
  '{',
  '}',
  'root',
  '中文',
  '😀',
  '\t',
  '  ',
  '#',
  'proxy_pass',
  '\u00a0',
];

export function matcherCase(random: Random): MatcherCase {
  // Beyond 200 elements the frequent ones are left out.
  const length = random.pick([0, 1, 5, 20, 60, 230]);
  const alphabet = LETTERS.slice(0, 1 + random.below(LETTERS.length));
  const element = (): string => (random.next() < 0.2 ? `${random.below(100)}` : random.pick(alphabet));
  const left = random.list(random.below(length + 1), element);
  const right =
    random.next() < 0.3 ? random.list(random.below(length + 1), element) : edited(random, left, 0.2, element);
  const part = (size: number): readonly [number, number] => {
    const ends = [random.below(size + 1), random.below(size + 1)].sort((one, other) => one - other);
    return [ends[0] ?? 0, ends[1] ?? 0];
  };
  return {
    kind: 'matcher',
    left,
    right,
    junk: random.next() < 0.5 ? [] : [' ', '\t', 'a'].slice(0, 1 + random.below(3)),
    autojunk: random.next() < 0.7,
    context: random.below(5),
    range: [...part(left.length), ...part(right.length)],
  };
}

export function deltaCase(random: Random): DeltaCase {
  const length = random.pick([0, 1, 3, 8, 15]);
  const isEnded = random.next() < 0.6;
  const line = (): string => {
    const words = random.list(random.below(7), () => random.pick(WORDS));
    return words.join(random.pick(['', ' '])) + (isEnded ? '\n' : '');
  };
  const left = random.list(random.below(length + 1), line);
  const right = edited(random, left, 0.4, (old) => (random.next() < 0.4 ? line() : retyped(random, old)));
  return {
    kind: 'delta',
    left,
    right,
    lineJunk: random.next() < 0.3,
    characterJunk: random.next() < 0.8,
    context: random.below(4),
    rowContext: random.next() < 0.5 ? null : random.below(4),
    wrapColumns: random.next() < 0.5 ? null : 1 + random.below(12),
    tabSize: 1 + random.below(8),
    lineEnd: isEnded ? '\n' : '',
  };
}

export function closeCase(random: Random): CloseCase {
  const letter = (): string => random.pick(LETTERS);
  const word = random.list(random.below(8), letter);
  return {
    kind: 'close',
    word: word.join(''),
    possibilities: random.list(random.below(12), () => edited(random, word, 0.4, letter).join('')),
    count: 1 + random.below(4),
    cutoff: random.pick([0, 0.3, 0.6, 0.9, 1]),
  };
}

/** With other letters here and there. */
function retyped(random: Random, line: string): string {
  const end = line.endsWith('\n') ? '\n' : '';
  const letters = Array.from(end === '' ? line : line.slice(0, -1));
  return edited(random, letters, 0.15, () => random.pick(LETTERS)).join('') + end;
}
