import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ExpectedError } from '../../../../src/lib/errors';
import { expandRange } from '../../../../src/machine/inventory/ranges';

describe('a range of names', () => {
  const expected: Readonly<Record<string, string>> = {
    web01: 'web01',
    'web[01-03]': 'web01 web02 web03',
    'web[8-10].x': 'web8.x web9.x web10.x',
    'web[08-10]': 'web08 web09 web10',
    'web[098-101]': 'web098 web099 web100 web101',
    'db[a-c]': 'dba dbb dbc',
    'db[X:Z]': 'dbX dbY dbZ',
    'rack[1-2]-node[01-02]': 'rack1-node01 rack1-node02 rack2-node01 rack2-node02',
    'w[1,3,7-9]': 'w1 w3 w7 w8 w9',
    'w[0-10/5]': 'w0 w5 w10',
    'w[01:05:2]': 'w01 w03 w05',
    'w[a:f:3]': 'wa wd',
    'w[:2]': 'w0 w1 w2',
    'w[07]': 'w07',
    '[::1]': '[::1]',
  };
  for (const [pattern, names] of Object.entries(expected)) {
    it(`${pattern} is ${names}`, () => assert.equal(expandRange(pattern).join(' '), names));
  }

  for (const pattern of [
    'w[',
    'w]',
    'w[1',
    'w[]',
    'w[3-1]',
    'w[b-a]',
    'w[1-]',
    'w[a-9]',
    'w[[1-2]]',
    'w[1-5/0]',
    'w[1-2',
    '[1-9999999]',
    '[1-999][1-999]',
    `${'a'.repeat(2000)}[1-2]`,
  ]) {
    it(`refuses ${pattern.slice(0, 20)}`, () => {
      assert.throws(
        () => expandRange(pattern),
        (error) => error instanceof ExpectedError && error.code === 'invalid-input',
      );
    });
  }

  it('stays within its bound, whatever is asked', () => {
    const piece = fc.constantFrom('[', ']', '-', ':', ',', '/', '0', '1', '99999', 'a', 'z', 'web');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        try {
          assert.ok(expandRange(pieces.join(''), 50).length <= 50);
        } catch (error) {
          assert.ok(error instanceof ExpectedError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('counts as it is asked to', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(200), fc.integer({ min: 1, max: 9 }), (first, more, step) => {
        const names = expandRange(`h[${first}-${first + more}/${step}]`);
        assert.equal(names.length, Math.floor(more / step) + 1);
        assert.equal(names[0], `h${first}`);
        assert.equal(new Set(names).size, names.length);
      }),
    );
  });
});
