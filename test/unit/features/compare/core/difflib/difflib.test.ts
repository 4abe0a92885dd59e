import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { diffBytes } from '../../../../../../src/features/compare/core/difflib/bytes';
import { isLineJunk, isCharacterJunk } from '../../../../../../src/features/compare/core/difflib/characters';
import { closeMatches } from '../../../../../../src/features/compare/core/difflib/closeMatches';
import { contextDiff } from '../../../../../../src/features/compare/core/difflib/context';
import { type DifferOptions, ndiff, restore } from '../../../../../../src/features/compare/core/difflib/differ';
import type { Row, RowLine } from '../../../../../../src/features/compare/core/difflib/rows';
import { SequenceMatcher } from '../../../../../../src/features/compare/core/difflib/sequenceMatcher';
import { sideBySide } from '../../../../../../src/features/compare/core/difflib/sideBySide';
import { unifiedDiff } from '../../../../../../src/features/compare/core/difflib/unified';
import type { Opcode } from '../../../../../../src/features/compare/core/lines/opcode';
import { projectPath } from '../../../../../support/project';
import { Random } from '../../random';
import { type CloseCase, closeCase, type DeltaCase, deltaCase, type MatcherCase, matcherCase } from './cases';

const PYTHON = '/usr/bin/python3';
const ORACLE = projectPath('test', 'unit', 'features', 'compare', 'core', 'difflib', 'oracle.py');

type Pairing = NonNullable<DifferOptions['pairing']>;
type Case = MatcherCase | DeltaCase | CloseCase;

const cases: readonly Case[] = (() => {
  const random = new Random(20_261_128);
  return [
    ...random.list(3_000, () => matcherCase(random)),
    ...random.list(3_000, () => deltaCase(random)),
    ...random.list(1_000, () => closeCase(random)),
  ];
})();

/** One Python for all of them. */
function askPython(): { readonly pairing: Pairing; readonly answers: readonly unknown[] } | null {
  const input = cases.map((one) => JSON.stringify(one)).join('\n');
  const { error, status, stdout, stderr } = spawnSync(PYTHON, [ORACLE], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { PYTHONIOENCODING: 'utf-8' },
  });
  if (error !== undefined) return null;
  assert.equal(status, 0, stderr);
  const [version, ...answers] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  const [major, minor] = version as [number, number];
  return { pairing: major > 3 || minor >= 14 ? 'near' : 'best', answers };
}

const tuple = ({ kind, leftStart, leftEnd, rightStart, rightEnd }: Opcode): unknown => [
  kind,
  leftStart,
  leftEnd,
  rightStart,
  rightEnd,
];

function matcherAnswer({ left, right, junk, autojunk, context, range }: MatcherCase): unknown {
  const isJunk = junk.length === 0 ? null : (element: string): boolean => junk.includes(element);
  const matcher = new SequenceMatcher(left, right, { isJunk, autojunk });
  const longest = matcher.longestMatch(...range);
  const sorted = (elements: ReadonlySet<string>): string[] => [...elements].sort(byCodePoint);
  return {
    longest: [longest.left, longest.right, longest.size],
    blocks: matcher.matchingBlocks().map((block) => [block.left, block.right, block.size]),
    opcodes: matcher.opcodes().map(tuple),
    grouped: matcher.groupedOpcodes(context).map((group) => group.map(tuple)),
    ratio: matcher.ratio(),
    quick: matcher.quickRatio(),
    realQuick: matcher.realQuickRatio(),
    junk: sorted(matcher.junk),
    popular: sorted(matcher.popular),
  };
}

const byCodePoint = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

function deltaAnswer(one: DeltaCase, pairing: Pairing): unknown {
  const { left, right, context, lineEnd } = one;
  const options = {
    lineJunk: one.lineJunk ? isLineJunk : null,
    characterJunk: one.characterJunk ? isCharacterJunk : null,
    pairing,
  };
  const delta = [...ndiff(left, right, options)];
  const named = {
    leftName: 'a b',
    rightName: 'c\td',
    leftDate: context % 2 === 1 ? 'yesterday' : '',
    rightDate: 'today',
    context,
    lineEnd,
  };
  const bytes = (lines: readonly string[]): Buffer[] => lines.map((line) => Buffer.from(line));
  const inBytes = diffBytes(unifiedDiff, bytes(left), bytes(right), {
    leftName: Buffer.from([0xff]),
    rightName: Buffer.from([0xe9]),
    context,
  });
  const { rowContext, wrapColumns, tabSize } = one;
  return {
    ndiff: delta,
    restored: [[...restore(delta, 'left')], [...restore(delta, 'right')]],
    unified: [...unifiedDiff(left, right, named)],
    context: [...contextDiff(left, right, named)],
    rows: [...sideBySide(left, right, { ...options, context: rowContext, wrapColumns, tabSize })].map(rowTuple),
    bytes: [...inBytes].map((line) => line.toString('hex')),
    lineJunk: left.map(isLineJunk),
  };
}

/** A row as difflib has it inside: marks in the text, for a separator three times nothing. */
function rowTuple(row: Row): unknown {
  return row === 'separator' ? [null, null, null] : [lineTuple(row.left), lineTuple(row.right), row.isChanged];
}

const MARKS = { added: '+', removed: '-', changed: '^' } as const;

function lineTuple({ number, spans }: RowLine): unknown {
  if (number === null) return ['', ''];
  const text = spans.map((span) => (span.change === null ? span.text : `\0${MARKS[span.change]}${span.text}\u0001`));
  return [number === 'continued' ? '>' : number, text.join('')];
}

/** What cannot be seen: marks around nothing, and the white space that stands for an absent line. */
function seen(rows: readonly unknown[]): unknown[] {
  const line = (tuple: unknown): unknown => {
    if (tuple === null) return null;
    const [number, text] = tuple as [unknown, string];
    // eslint-disable-next-line no-control-regex -- the marks
    return number === '' ? ['', ''] : [number, text.replace(/\0.\u0001/gu, '')];
  };
  return rows.map((row) => {
    const [left, right, isChanged] = row as readonly unknown[];
    return [line(left), line(right), isChanged];
  });
}

describe('difflib', function () {
  this.timeout(120_000);
  let oracle: ReturnType<typeof askPython>;

  before(function () {
    oracle = askPython();
    if (oracle === null) this.skip();
  });

  function answers<T extends Case>(kind: T['kind'], answer: (one: T, pairing: Pairing) => unknown): void {
    cases.forEach((one, at) => {
      if (one.kind !== kind || oracle === null) return;
      assert.deepEqual(answer(one as T, oracle.pairing), oracle.answers[at], JSON.stringify(one));
    });
  }

  it('matches sequences as CPython does, with junk and without', () => answers<MatcherCase>('matcher', matcherAnswer));

  it('tells differences of lines as CPython does in every form', () => {
    cases.forEach((one, at) => {
      if (one.kind !== 'delta' || oracle === null) return;
      const ours = deltaAnswer(one, oracle.pairing) as { readonly rows: readonly unknown[] };
      const theirs = oracle.answers[at] as { readonly rows: readonly unknown[] };
      assert.deepEqual({ ...ours, rows: seen(ours.rows) }, { ...theirs, rows: seen(theirs.rows) }, JSON.stringify(one));
    });
  });

  it('finds close matches as CPython does', () =>
    answers<CloseCase>('close', ({ word, possibilities, count, cutoff }) =>
      closeMatches(word, possibilities, count, cutoff),
    ));
});
