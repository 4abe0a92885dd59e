import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compareLines, type LineComparison } from '../../../../../../src/features/compare/core/lines/compareLines';
import { intern } from '../../../../../../src/features/compare/core/lines/intern';
import { opcodesOf } from '../../../../../../src/features/compare/core/lines/opcode';
import { editScript } from '../../../../../../src/features/compare/core/lines/script';
import { edited, Random } from '../../random';

const SEED = 20_261_128;

const lines = (distinct: number, maxLength: number): fc.Arbitrary<string[]> =>
  fc.array(
    fc.integer({ min: 0, max: distinct - 1 }).map((number) => `line ${number}`),
    { maxLength },
  );

/** Few different lines and many, so that both much and little matches. */
const pairs = fc.constantFrom(1, 2, 3, 8, 100).chain((distinct) => fc.tuple(lines(distinct, 40), lines(distinct, 40)));

function editsOf({ changes }: LineComparison): number {
  return changes.reduce(
    (sum, { leftStart, leftEnd, rightStart, rightEnd }) => sum + leftEnd - leftStart + rightEnd - rightStart,
    0,
  );
}

/** By the table of all prefixes. */
function leastEdits(left: readonly string[], right: readonly string[]): number {
  let row = Array.from({ length: right.length + 1 }, (_none, at) => at);
  left.forEach((line, leftAt) => {
    const next = [leftAt + 1];
    right.forEach((other, at) => {
      next.push(line === other ? (row[at] ?? 0) : 1 + Math.min(row[at + 1] ?? 0, next[at] ?? 0));
    });
    row = next;
  });
  return row[right.length] ?? 0;
}

/** Left with the changes made is right; changes ascend and do not touch. */
function assertValid(left: readonly string[], right: readonly string[], comparison: LineComparison): void {
  const made: string[] = [];
  let at = 0;
  for (const opcode of opcodesOf(comparison.changes, left.length, right.length)) {
    assert.equal(opcode.leftStart, at);
    assert.equal(opcode.rightStart, made.length);
    at = opcode.leftEnd;
    const isEqual = opcode.kind === 'equal';
    if (isEqual) made.push(...left.slice(opcode.leftStart, opcode.leftEnd));
    else made.push(...right.slice(opcode.rightStart, opcode.rightEnd));
    assert.equal(made.length, opcode.rightEnd);
    assert.ok(opcode.leftStart < opcode.leftEnd || opcode.rightStart < opcode.rightEnd);
  }
  assert.equal(at, left.length);
  assert.deepEqual(made, right);
  comparison.changes.forEach((change, index) => {
    const before = comparison.changes[index - 1];
    if (before !== undefined) assert.ok(before.leftEnd < change.leftStart && before.rightEnd < change.rightStart);
  });
}

describe('the line engine', () => {
  it('turns one side into the other, with as few lines as can be', () => {
    fc.assert(
      fc.property(pairs, ([left, right]) => {
        const comparison = compareLines(left, right, { minimal: true });
        assertValid(left, right, comparison);
        assert.ok(comparison.isMinimal);
        assert.equal(editsOf(comparison), leastEdits(left, right));
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });

  it('is right, though perhaps not minimal, however soon a search is given up', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 6 }), ([left, right], costCap) => {
        const numbers = intern(left, right);
        const script = editScript(numbers.left, numbers.right, { costCap, isLate: () => false });
        const kept = (sequence: readonly string[], changed: Uint8Array): string[] =>
          sequence.filter((_line, at) => changed[at] === 0);
        assert.deepEqual(kept(left, script.deleted), kept(right, script.inserted));
        const edits = [...script.deleted, ...script.inserted].reduce((sum, one) => sum + one, 0);
        const least = leastEdits(left, right);
        assert.ok(edits >= least);
        if (script.isMinimal) assert.equal(edits, least);
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });

  it('gives up being minimal when it is late, and says so', () => {
    const random = new Random(7);
    const left = random.list(3_000, () => `line ${random.below(3)}`);
    const right = random.list(3_000, () => `line ${random.below(3)}`);
    const late = compareLines(left, right, { minimal: true, isLate: () => true });
    assertValid(left, right, late);
    assert.equal(late.isMinimal, false);
    assert.equal(compareLines(left, right, { minimal: true }).isMinimal, true);
  });

  it('puts what was added after what it repeats, as one change', () => {
    const left = ['{', 'a', '}', '{', 'b', '}'];
    const right = ['{', 'a', '}', '{', 'x', '}', '{', 'b', '}'];
    assert.deepEqual(compareLines(left, right).changes, [{ leftStart: 4, leftEnd: 4, rightStart: 4, rightEnd: 7 }]);
    assert.deepEqual(compareLines(['a', 'a'], ['a', 'a', 'a', 'a']).changes, [
      { leftStart: 2, leftEnd: 2, rightStart: 2, rightEnd: 4 },
    ]);
  });

  it('takes texts of a million lines, all the same, all different and of two lines in turn', () => {
    const million = (make: (at: number) => string): string[] =>
      Array.from({ length: 1_000_000 }, (_none, at) => make(at));
    const same = million(() => 'x');
    assert.deepEqual(compareLines(same, same.slice(1)).changes, [
      { leftStart: 999_999, leftEnd: 1_000_000, rightStart: 999_999, rightEnd: 999_999 },
    ]);
    const different = compareLines(
      million((at) => `l${at}`),
      million((at) => `r${at}`),
    );
    assert.deepEqual(different.changes, [{ leftStart: 0, leftEnd: 1_000_000, rightStart: 0, rightEnd: 1_000_000 }]);
    const random = new Random(3);
    const two = million(() => `${random.below(2)}`);
    const other = edited(random, two, 0.3, () => `${random.below(2)}`);
    const comparison = compareLines(two, other);
    assert.ok(editsOf(comparison) < 500_000, `${editsOf(comparison)}`);
  }).timeout(60_000);
});
