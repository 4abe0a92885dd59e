import { compareTexts, sideOf } from '../text/compareTexts';
import { bufferOf, type Content, readText, type ReadText } from '../text/content';
import type { TextOptions } from '../text/options';
import type { ConfigReading, TextComparison, TextHunk, TextSide } from '../text/schema';
import { type ConfigForm, formOf } from './forms';
import { readConfig } from './normalise';
import { type ConfigFile, type Normalised, NotParsed, printed } from './tree';

/** 'auto' goes by the names of the files. */
export type ConfigChoice = 'auto' | 'plain' | ConfigForm;
type Choice = Pick<ConfigReading, 'left' | 'right' | 'chosenBy'>;

/** These say the same things, so that one can be compared with another. */
const DATA: ReadonlySet<ConfigForm> = new Set(['json', 'yaml', 'toml']);

/** Two configuration files by what they mean; what is none, or cannot be read as one, line by line. */
export function compareConfigs(
  left: Content,
  right: Content,
  as: ConfigChoice,
  options: TextOptions,
  isLate?: () => boolean,
): TextComparison {
  const plain = (): TextComparison => compareTexts(left, right, options, isLate);
  if (as === 'plain' || bufferOf(left).equals(bufferOf(right))) return plain();
  const [leftText, rightText] = [readText(left, options), readText(right, options)];
  // Bytes that are not of the encoding would all look the same in what is made of them.
  if (leftText === null || rightText === null || leftText.damaged || rightText.damaged) return plain();
  const choice = choose(as, [left, leftText], [right, rightText]);
  if (choice === null) return plain();
  const leftFile = parsed(leftText, choice, 'left');
  const rightFile = parsed(rightText, choice, 'right');
  for (const file of [leftFile, rightFile]) {
    if (!('children' in file)) return { ...plain(), config: { ...choice, difference: null, failure: file } };
  }
  const files = [leftFile as ConfigFile, rightFile as ConfigFile] as const;
  const [leftLines, rightLines] = [printed(files[0], true), printed(files[1], true)];
  const comparison = compareTexts(
    contentOf(left, leftLines),
    contentOf(right, rightLines),
    { ...options, encoding: 'utf-8' },
    isLate,
  );
  const isSame = comparison.outcome === 'identical';
  return {
    ...comparison,
    outcome: isSame ? 'same-meaning' : comparison.outcome,
    left: sideAsCompared(sideOf(left, leftText), comparison.left),
    right: sideAsCompared(sideOf(right, rightText), comparison.right),
    options,
    config: { ...choice, difference: isSame ? differenceOf(files) : null, failure: null },
    hunks: comparison.hunks.map((hunk) => withSources(hunk, leftLines, rightLines)),
  };
}

/** null: as lines. A file whose name says nothing is what the other one is. */
function choose(
  as: Exclude<ConfigChoice, 'plain'>,
  left: readonly [Content, ReadText],
  right: readonly [Content, ReadText],
): Choice | null {
  if (as !== 'auto') return { left: as, right: as, chosenBy: 'option' };
  const [leftFound, rightFound] = [left, right].map(([{ label }, text]) => formOf(label, startOf(text)));
  const first = leftFound ?? rightFound;
  const second = rightFound ?? leftFound;
  if (first == null || second == null) return null;
  const isAlike = first.form === second.form || (DATA.has(first.form) && DATA.has(second.form));
  return isAlike ? { left: first.form, right: second.form, chosenBy: first.by } : null;
}

function startOf({ lines: { bytes } }: ReadText): string {
  return bytes.toString('utf8', 0, 16_384);
}

function parsed(
  text: ReadText,
  choice: Choice,
  side: 'left' | 'right',
): ConfigFile | NonNullable<ConfigReading['failure']> {
  try {
    return readConfig(text.lines.bytes.toString('utf8'), choice[side]);
  } catch (error) {
    if (!(error instanceof NotParsed)) throw error;
    return { side, line: error.line, column: error.column, reason: error.message };
  }
}

function contentOf({ label, modifiedMs }: Content, { lines }: Normalised): Content {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return modifiedMs === undefined ? { label, bytes } : { label, bytes, modifiedMs };
}

/** Its lines are those that are compared, which all end. */
function sideAsCompared(source: TextSide, { lines }: TextSide): TextSide {
  return { ...source, lines, endsWithNewline: true };
}

function differenceOf([left, right]: readonly [ConfigFile, ConfigFile]): ConfigReading['difference'] {
  const [leftLines, rightLines] = [printed(left, false).lines, printed(right, false).lines];
  return leftLines.every((line, at) => line === rightLines[at]) ? 'notation' : 'order';
}

function withSources(hunk: TextHunk, left: Normalised, right: Normalised): TextHunk {
  const { leftStart, leftLines, rightStart, rightLines } = hunk;
  return {
    ...hunk,
    leftSources: left.sources.slice(leftStart, leftStart + leftLines.length),
    rightSources: right.sources.slice(rightStart, rightStart + rightLines.length),
  };
}
