import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { contextText } from '../../../../../../src/features/compare/core/formats/context';
import { normalText } from '../../../../../../src/features/compare/core/formats/normal';
import { unifiedText } from '../../../../../../src/features/compare/core/formats/unified';
import { applyHunks } from '../../../../../../src/features/compare/core/patch/applyHunks';
import { patchCounts, patchText, readPatch, reversed } from '../../../../../../src/features/compare/core/patch/patch';
import { patchedFile } from '../../../../../../src/features/compare/core/patch/patchPath';
import { compareTexts } from '../../../../../../src/features/compare/core/text/compareTexts';
import { PLAIN_OPTIONS } from '../../../../../../src/features/compare/core/text/options';
import type { TextComparison } from '../../../../../../src/features/compare/core/text/schema';
import { temporaryFolder } from '../../../../machine/support';
import { hasProgram, runIn, type TextPair } from '../../gnu';
import { edited, Random } from '../../random';
import { plainPair, repetitivePair } from '../text/cases';

const random = new Random(31);
const pairs = random.list(200, (at) => (at % 2 === 0 ? plainPair(random) : repetitivePair(random)));

function compared({ left, right }: TextPair): TextComparison {
  return compareTexts(
    { label: 'left', bytes: Buffer.from(left) },
    { label: 'right', bytes: Buffer.from(right) },
    PLAIN_OPTIONS,
  );
}

const nameOf = (at: number): string => `file${at}`;

/** One patch for all files. */
const patchOf = (chosen: readonly TextPair[]): string =>
  chosen.map((pair, at) => unifiedText(compared(pair), { left: `a/${nameOf(at)}`, right: `b/${nameOf(at)}` })).join('');

describe('patches', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  function writeAll(chosen: readonly TextPair[], side: keyof TextPair): void {
    chosen.forEach((pair, at) => fs.writeFileSync(folder(nameOf(at)), pair[side]));
  }

  function assertAll(chosen: readonly TextPair[], side: keyof TextPair): void {
    chosen.forEach((pair, at) => {
      const content = fs.existsSync(folder(nameOf(at))) ? fs.readFileSync(folder(nameOf(at)), 'utf8') : '';
      assert.equal(content, pair[side], JSON.stringify(pair));
    });
  }

  for (const [program, forward, back] of [
    ['patch', ['-p1', '-s', '-i', 'all.patch'], ['-p1', '-s', '-R', '-i', 'all.patch']],
    ['git', ['apply', '-p1', 'all.patch'], ['apply', '-p1', '-R', 'all.patch']],
  ] as const) {
    it(`are taken by ${program}, forward and back`, function () {
      if (!hasProgram(program)) this.skip();
      // Git takes a patch of an empty file for one that creates it.
      const chosen = pairs.filter(({ left, right }) => left !== '' && right !== '');
      writeAll(chosen, 'left');
      fs.writeFileSync(folder('all.patch'), patchOf(chosen));
      const there = runIn(folder(), program, forward);
      assert.equal(there.status, 0, there.output);
      assertAll(chosen, 'right');
      const again = runIn(folder(), program, back);
      assert.equal(again.status, 0, again.output);
      assertAll(chosen, 'left');
    });
  }

  it('in context and normal format are taken by patch', function () {
    if (!hasProgram('patch')) this.skip();
    for (const pair of pairs.slice(0, 20)) {
      for (const [format, delta] of [
        ['-c', contextText(compared(pair))],
        ['-n', normalText(compared(pair))],
      ] as const) {
        if (delta === '') continue;
        fs.writeFileSync(folder('source'), pair.left);
        fs.writeFileSync(folder('delta'), delta);
        const { status, output } = runIn(folder(), 'patch', [format, '-s', '-i', 'delta', 'source']);
        assert.equal(status, 0, output);
        const content = fs.existsSync(folder('source')) ? fs.readFileSync(folder('source'), 'utf8') : '';
        assert.equal(content, pair.right);
      }
    }
  });

  it('are read, applied, taken back and written again', () => {
    for (const pair of pairs) {
      const comparison = compared(pair);
      const text = unifiedText(comparison, { left: 'a/f', right: 'b/f' });
      if (text === '') continue;
      const [patch, ...more] = readPatch(text);
      assert.ok(patch !== undefined && more.length === 0);
      const exactly = patch.hunks.map(({ newStart }) => ({ kind: 'applied', line: newStart, offset: 0, fuzz: 0 }));
      assert.deepEqual(applyHunks(pair.left, patch, 0), { text: pair.right, hunks: exactly });
      assert.equal(applyHunks(pair.right, reversed(patch), 0).text, pair.left);
      const [again] = readPatch(patchText([patch]));
      assert.deepEqual(again?.hunks, patch.hunks);
      const { removed, added } = comparison.counts;
      assert.deepEqual(patchCounts(patch), { removed, added });
    }
  });

  const lines = (...numbers: readonly (number | string)[]): string => numbers.map((one) => `line ${one}\n`).join('');
  const before = lines(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
  const after = lines(1, 2, 'three', 4, 5, 6, 7, 8, 9, 10, 'eleven', 12, 13);

  it('fit some lines away, with fuzz where the context is another one, and tell which hunk does not', () => {
    const [patch] = readPatch(unifiedText(compared({ left: before, right: after })));
    assert.ok(patch !== undefined);
    // With less context before it than after it, it stands at the beginning.
    assert.equal(applyHunks(`new\nnew\n${before}`, patch, 0).hunks[0]?.kind, 'rejected');
    const moved = applyHunks(`new\nnew\n${before}`, patch, 1);
    assert.equal(moved.text, `new\nnew\n${after}`);
    assert.deepEqual(moved.hunks[0], { kind: 'applied', line: 3, offset: 2, fuzz: 1 });
    const changed = before.replace('line 1\n', 'another\n');
    assert.deepEqual(applyHunks(changed, patch, 0).hunks[0], { kind: 'rejected' });
    const fuzzy = applyHunks(changed, patch, 2);
    assert.equal(fuzzy.text, after.replace('line 1\n', 'another\n'));
    assert.deepEqual(fuzzy.hunks[0], { kind: 'applied', line: 2, offset: 0, fuzz: 2 });
    const without = applyHunks(before.replace('line 11\n', ''), patch, 0);
    assert.deepEqual(
      without.hunks.map(({ kind }) => kind),
      ['applied', 'rejected'],
    );
    const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
    assert.equal(applyHunks(crlf(before), patch, 0).text, crlf(after));
  });

  it('fit where patch(1) makes them fit, with the same fuzz', function () {
    if (!hasProgram('patch')) this.skip();
    for (const [at, { left, right }] of pairs.entries()) {
      const text = unifiedText(compared({ left, right }), { left: 'f', right: 'f' });
      const [patch] = readPatch(text);
      if (patch === undefined || !left.includes('\n')) continue;
      const disturbed = disturb(left, new Random(at));
      for (const fuzz of [0, 1, 2]) {
        fs.writeFileSync(folder('f'), disturbed);
        fs.rmSync(folder('f.rej'), { force: true });
        fs.writeFileSync(folder('f.patch'), text);
        const args = [`-F${fuzz}`, '--no-backup-if-mismatch', '-f', '-N', '-i', 'f.patch', 'f'];
        const { output } = runIn(folder(), 'patch', args);
        if (/Reversed|malformed|Only garbage/.test(output)) continue;
        const content = fs.existsSync(folder('f')) ? fs.readFileSync(folder('f'), 'utf8') : '';
        const ours = applyHunks(disturbed, patch, fuzz);
        assert.equal(ours.text, content, JSON.stringify({ disturbed, text, fuzz, output, hunks: ours.hunks }));
      }
    }
  });

  it('that are none, or lead out of their folder, are refused', () => {
    assert.throws(() => readPatch('no patch\n'), { name: 'ExpectedError', code: 'malformed' });
    assert.throws(() => readPatch('--- a\n+++ b\n@@ -1,9 +1 @@\n-x\n'), { name: 'ExpectedError', code: 'malformed' });
    assert.deepEqual(readPatch(''), []);
    const named = (oldFileName: string, newFileName: string): unknown =>
      patchedFile({ oldFileName, newFileName, oldHeader: '', newHeader: '', hunks: [] }, 1);
    assert.deepEqual(named('a/etc/hosts', 'b/etc/hosts'), { oldPath: 'etc/hosts', newPath: 'etc/hosts' });
    assert.deepEqual(named('/dev/null', 'b/new'), { oldPath: null, newPath: 'new' });
    for (const name of ['a/../x', 'a//etc/passwd', 'a', 'a/C:/x', 'a/x\\..\\..\\y']) {
      assert.throws(() => named(name, 'b/x'), { code: 'malformed' }, name);
    }
  });
});

/** Some lines changed, put in and taken away, as time does. */
function disturb(text: string, random: Random): string {
  return edited(random, text.split(/(?<=\n)/), 0.15, (line) => `other ${line}`).join('');
}
