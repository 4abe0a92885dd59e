import * as assert from 'node:assert/strict';
import { contextText } from '../../../../../../src/features/compare/core/formats/context';
import { normalText } from '../../../../../../src/features/compare/core/formats/normal';
import { unifiedText } from '../../../../../../src/features/compare/core/formats/unified';
import { compareTexts } from '../../../../../../src/features/compare/core/text/compareTexts';
import {
  PLAIN_OPTIONS,
  type TextOptions,
  whitespaceModes,
} from '../../../../../../src/features/compare/core/text/options';
import type { TextComparison } from '../../../../../../src/features/compare/core/text/schema';
import { temporaryFolder } from '../../../../machine/support';
import { gnuDiff, hasProgram, type TextPair } from '../../gnu';
import { Random } from '../../random';
import { flagsOf, plainPair, repetitivePair, spacedPair, trivialPair } from '../text/cases';

function compared({ left, right }: TextPair, options: Partial<TextOptions> = {}): TextComparison {
  return compareTexts(
    { label: 'a', bytes: Buffer.from(left) },
    { label: 'b', bytes: Buffer.from(right) },
    { ...PLAIN_OPTIONS, ...options },
  );
}

/** The lines that a delta in normal format removes and adds. */
function editsIn(normal: string): number {
  return (normal.match(/^[<>] /gm) ?? []).length;
}

describe('texts compared as GNU diff does', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  before(function () {
    if (!hasProgram('diff')) this.skip();
  });

  /** One diff(1) for all pairs. */
  function sameAsGnu(pairs: readonly TextPair[], flags: readonly string[], ours: (pair: TextPair) => string): void {
    const theirs = gnuDiff(folder(), pairs, flags);
    pairs.forEach((pair, at) => assert.equal(ours(pair), theirs[at], `${flags.join(' ')} ${JSON.stringify(pair)}`));
  }

  const random = new Random(5);
  const plain = random.list(400, () => plainPair(random));

  for (const contextLines of [0, 1, 3, 7]) {
    it(`unified with ${contextLines} lines around`, () =>
      sameAsGnu(plain, [`-U${contextLines}`], (pair) => unifiedText(compared(pair, { contextLines }))));
    it(`context with ${contextLines} lines around`, () =>
      sameAsGnu(plain, [`-C${contextLines}`], (pair) => contextText(compared(pair, { contextLines }))));
  }

  it('normal', () => sameAsGnu(plain, [], (pair) => normalText(compared(pair))));

  it('with as few lines as diff -d where many are alike', () => {
    const pairs = random.list(600, () => repetitivePair(random));
    const theirs = gnuDiff(folder(), pairs, ['-d']);
    pairs.forEach((pair, at) => {
      const ours = normalText(compared(pair, { minimal: true }));
      assert.equal(editsIn(ours), editsIn(theirs[at] ?? ''), JSON.stringify(pair));
    });
  });

  describe('with its options', () => {
    const choices: readonly Partial<TextOptions>[] = [
      // diff 3.8 with -E and -Z together takes blanks at the start for trailing ones, and some equal lines for unequal.
      ...whitespaceModes.filter((mode) => mode !== 'tabs-and-trailing').map((whitespace) => ({ whitespace })),
      { ignoreCase: true },
      { ignoreCase: true, whitespace: 'amount' },
      { ignoreCase: true, whitespace: 'tabs', tabSize: 3 },
      { ignoreBlankLines: true },
      { ignoreBlankLines: true, whitespace: 'trailing' },
      { ignoreBlankLines: true, whitespace: 'all' },
      { ignoreMatching: '^#' },
      { ignoreMatching: '^# note', ignoreBlankLines: true },
    ];
    for (const choice of choices) {
      const flags = flagsOf({ ...PLAIN_OPTIONS, ...choice });
      it(flags.slice(1).join(' '), () => {
        const ofChoice = new Random(11);
        const isTrivial = choice.ignoreBlankLines === true || choice.ignoreMatching !== undefined;
        const pairs = ofChoice.list(150, () => (isTrivial ? trivialPair(ofChoice) : spacedPair(ofChoice)));
        sameAsGnu(pairs, [...flags, '-U2'], (pair) => unifiedText(compared(pair, { ...choice, contextLines: 2 })));
        sameAsGnu(pairs, flags, (pair) => normalText(compared(pair, choice)));
      });
    }

    it('--strip-trailing-cr', () => {
      const pairs = plain.map(({ left, right }) => ({ left: left.replaceAll('\n', '\r\n'), right }));
      sameAsGnu(pairs, ['--strip-trailing-cr', '-u'], (pair) =>
        unifiedText(compared(pair, { ignoreCarriageReturns: true })),
      );
    });
  });
});
