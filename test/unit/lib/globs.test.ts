import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { excluder } from '../../../src/lib/globs';

describe('patterns of what is left out', () => {
  const cases: readonly (readonly [pattern: string, path: string, isFolder: boolean, out: boolean])[] = [
    ['*.log', 'deep/x.log', false, true],
    ['*.log', 'x.log.1', false, false],
    ['node_modules/', 'a/node_modules', true, true],
    ['node_modules/', 'a/node_modules', false, false],
    ['/top', 'top', false, true],
    ['/top', 'a/top', false, false],
    ['a/*', 'a/b', false, true],
    ['a/*', 'a/b/c', false, false],
    ['a/**/c', 'a/c', false, true],
    ['a/**/c', 'a/b/b/c', false, true],
    ['a?c', 'abc', false, true],
    ['a+(b)[c]', 'a+(b)[c]', false, true],
    ['x-y, z', 'z', false, true],
    [' , /, ', 'anything', false, false],
  ];
  for (const [pattern, name, isFolder, out] of cases) {
    it(`${pattern} ${out ? 'leaves out' : 'keeps'} ${name}`, () => {
      assert.equal(excluder(pattern)(name, isFolder), out);
    });
  }

  it('are never an invalid expression', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (pattern, name) => void excluder(pattern)(name, true)),
    );
  });
});
