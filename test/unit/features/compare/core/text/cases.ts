import type { TextOptions } from '../../../../../../src/features/compare/core/text/options';
import { edited, type Random } from '../../random';
import type { TextPair } from '../../gnu';

/** Every line is another one, so that there is one shortest script only: the output must be that of GNU diff. */
export function plainPair(random: Random): TextPair {
  const count = random.pick([0, 1, 4, 12, 40]);
  let number = 0;
  const line = (): string => `line ${(number += 1)}`;
  const left = random.list(random.below(count + 1), line);
  return { left: joined(random, left), right: joined(random, edited(random, left, 0.25, line)) };
}

/** Lines that come again and again. */
export function repetitivePair(random: Random): TextPair {
  const line = (): string =>
    random.pick(['{', '}', '', 'a', 'b', 'return 中;', '\tx', '\\ No newline at end of file', '- ']);
  const left = random.list(random.below(40), line);
  return { left: joined(random, left), right: joined(random, edited(random, left, 0.3, line)) };
}

function joined(random: Random, lines: readonly string[]): string {
  const text = lines.join('\n');
  return lines.length > 0 && random.next() < 0.7 ? `${text}\n` : text;
}

const SPACES = ['', ' ', '  ', '\t', ' \t', '        ', '\v', '   \f'];

/** Lines that differ in case and white space; no two of one side are the same, whatever is ignored. */
export function spacedPair(random: Random): TextPair {
  let number = 0;
  const line = (): string => respaced(random, `word${(number += 1)} tail`);
  const left = random.list(random.below(20), line);
  const right = edited(random, left, 0.3, line).map((old) => (random.next() < 0.5 ? respaced(random, old) : old));
  return { left: joined(random, left), right: joined(random, right) };
}

function respaced(random: Random, line: string): string {
  const space = (): string => random.pick(SPACES);
  const words = line.trim().split(/\s+/);
  const kept = random.next() < 0.5 ? words.map((word) => (random.next() < 0.5 ? word.toUpperCase() : word)) : words;
  return space() + kept.join(random.pick(SPACES.slice(1))) + space();
}

/**
 * Lines of which some are followed by a blank one or a comment on either side. Such a line never stands beside another
 * change, so that there is one shortest script only.
 */
export function trivialPair(random: Random): TextPair {
  const left: string[] = [];
  const right: string[] = [];
  for (let number = random.below(25); number > 0; number--) {
    const kind = random.below(6);
    left.push(`line ${number}`);
    right.push(kind === 0 ? `another ${number}` : `line ${number}`);
    if (kind >= 3) continue;
    const trivial = random.pick(['', ' ', '\t', `# note ${number}`, `#${number}`]);
    if (kind > 0 && random.next() < 0.5) left.push(trivial, `after ${number}`);
    else left.push(`after ${number}`);
    if (kind > 0 && random.next() < 0.5) right.push(trivial, `after ${number}`);
    else right.push(`after ${number}`);
  }
  return { left: joined(random, left), right: joined(random, right) };
}

const FLAGS: Readonly<Record<TextOptions['whitespace'], readonly string[]>> = {
  exact: [],
  tabs: ['-E'],
  trailing: ['-Z'],
  'tabs-and-trailing': ['-E', '-Z'],
  amount: ['-b'],
  all: ['-w'],
};

/** The same options for GNU diff. */
export function flagsOf(options: TextOptions): string[] {
  return [
    '-a',
    ...(options.minimal ? ['-d'] : []),
    ...(options.ignoreCase ? ['-i'] : []),
    ...FLAGS[options.whitespace],
    ...(options.ignoreBlankLines ? ['-B'] : []),
    ...(options.ignoreMatching === '' ? [] : ['-I', options.ignoreMatching]),
    ...(options.ignoreCarriageReturns ? ['--strip-trailing-cr'] : []),
    `--tabsize=${options.tabSize}`,
  ];
}
