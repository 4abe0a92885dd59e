import * as assert from 'node:assert/strict';
import { parsePlace, placeText } from '../../../../../src/features/compare/core/sources/place';
import { pythonText } from '../../../../../src/features/compare/core/trees/closure';
import type { TreeEntry, TreeListing } from '../../../../../src/features/compare/core/trees/entry';
import { excludedPath } from '../../../../../src/features/compare/core/trees/excludes';
import { FolderJoin } from '../../../../../src/features/compare/core/trees/join';
import { excluder } from '../../../../../src/lib/globs';

const entry = (name: string): TreeEntry => ({ name, kind: 'file', stat: null, linkTarget: null, failure: null });

function listing(path: string, ...names: readonly string[]): TreeListing {
  return { path, entries: names.map(entry), failure: null };
}

describe('FolderJoin', () => {
  it('pairs folders in whatever order they come, and knows what is left', () => {
    const join = new FolderJoin((path) => path);
    assert.equal(join.add('left', listing('a/b', 'x')).kind, 'waits');
    assert.equal(join.add('left', listing('', 'y')).kind, 'waits');
    assert.equal(join.ahead('left'), 2);
    const pair = join.add('right', listing('', 'z'));
    assert.ok(pair.kind === 'pair');
    assert.deepEqual([pair.pair.left.entries[0]?.name, pair.pair.right.entries[0]?.name], ['y', 'z']);
    assert.deepEqual(
      join.rest().map(({ side, listing: { path } }) => [side, path]),
      [['left', 'a/b']],
    );
  });

  it('tells what lies in a folder that only one side has, come before or after that was known', () => {
    const join = new FolderJoin((path) => path);
    join.add('left', listing('only/deep', 'x'));
    join.add('left', listing('only2', 'x'));
    assert.deepEqual(
      join.setAlone('left', 'only').map(({ path }) => path),
      ['only/deep'],
    );
    const later = join.add('left', listing('only/other/deep'));
    assert.ok(later.kind === 'inside' && later.root === 'only');
    assert.equal(join.ahead('left'), 1);
  });

  it('holds next to nothing of a million entries that come side by side', () => {
    const join = new FolderJoin((path) => path);
    const names = Array.from({ length: 100 }, (_none, index) => `file${index}`);
    let pairs = 0;
    let most = 0;
    for (let index = 0; index < 10_000; index += 1) {
      join.add('left', listing(`folder${index}`, ...names));
      if (index >= 16) pairs += join.add('right', listing(`folder${index - 16}`, ...names)).kind === 'pair' ? 1 : 0;
      most = Math.max(most, join.ahead('left') + join.ahead('right'));
    }
    assert.equal(pairs, 9_984);
    assert.equal(most, 1_600);
  });
});

describe('sides and names', () => {
  it('takes HOST:/path for a host, and neither a drive nor a path with a colon', () => {
    const places = ['web01:/srv', 'web01:', 'user@host:etc', '[::1]:/x', 'C:\\x', '/a:b', './a:b', 'plain'].map(
      parsePlace,
    );
    assert.deepEqual(places, [
      { machine: 'web01', path: '/srv' },
      { machine: 'web01', path: '.' },
      { machine: 'user@host', path: 'etc' },
      { machine: '::1', path: '/x' },
      { machine: null, path: 'C:\\x' },
      { machine: null, path: '/a:b' },
      { machine: null, path: './a:b' },
      { machine: null, path: 'plain' },
    ]);
  });

  it('names a place of a host so that it is understood', () => {
    for (const machine of ['web01', 'user@host', 'user@host:2222', '::1', 'h', 'local']) {
      const place = parsePlace(placeText(machine, '/srv/a:b'));
      assert.deepEqual(place, { machine: machine === 'local' ? null : machine, path: '/srv/a:b' });
    }
  });

  it('excludes a path by a glob for it alone', () => {
    for (const path of ['a', 'a b/c.txt', 'x*y?', 'one, two', ' blank ', 'line\nbreak', 'a[1]{2}']) {
      const isExcluded = excluder(excludedPath(path, false));
      assert.equal(isExcluded(path, false), true, path);
      assert.deepEqual([isExcluded(`in/${path}`, false), isExcluded('other', false)], [false, false], path);
    }
    assert.equal(excluder(excludedPath('folder', true))('folder', false), false);
  });

  it('writes names as Python does', () => {
    const names = ["it's", 'a"b', `'"`, 'a\\b', 'a\nb\t', 'ä', '\udcff', '\u200b', '\u{1f600}', '\x00'];
    assert.deepEqual(names.map(pythonText), [
      `"it's"`,
      `'a"b'`,
      `'\\'"'`,
      `'a\\\\b'`,
      `'a\\nb\\t'`,
      `'ä'`,
      `'\\udcff'`,
      `'\\u200b'`,
      `'\u{1f600}'`,
      `'\\x00'`,
    ]);
  });
});
