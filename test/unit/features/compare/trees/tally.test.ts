import * as assert from 'node:assert/strict';
import type { Pair, TreeEntry } from '../../../../../src/features/compare/core/trees/entry';
import { Tally } from '../../../../../src/features/compare/core/trees/tally';

const entry: TreeEntry = { name: '', kind: 'file', stat: null, linkTarget: null, failure: null };
const pair = (path: string): Pair => ({ path, rightPath: path, left: entry, right: entry });

describe('the tally of a comparison', () => {
  it('keeps so many rows, and counts all', () => {
    const tally = new Tally(false, 3);
    for (let at = 0; at < 1_000; at += 1) {
      tally.same(pair(`same${at}`), []);
      tally.add(at % 2 === 0 ? 'differs' : 'error', pair(`f${at}`));
    }
    assert.deepEqual([tally.counts.same, tally.counts.differs, tally.counts.error], [1_000, 500, 500]);
    assert.deepEqual([tally.rows().map(({ path }) => path), tally.rowsLeftOut], [['f0', 'f1', 'f2'], 997]);
  });

  it('tells what differs before what is the same', () => {
    const tally = new Tally(true, 3);
    for (const path of ['a', 'b', 'c', 'd']) tally.same(pair(path), []);
    tally.add('differs', pair('e'));
    assert.deepEqual([tally.rows().map(({ path }) => path), tally.rowsLeftOut], [['a', 'b', 'e'], 2]);
  });
});
