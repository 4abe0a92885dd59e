import * as assert from 'node:assert/strict';
import { isIP } from 'node:net';
import * as fc from 'fast-check';
import { ipFamily } from '../../../../../../src/features/compare/core/text/ipFamily';

describe('the family of an address', () => {
  it('is what Node.js says', () => {
    const piece = fc.constantFrom(
      ':',
      '::',
      '.',
      '1',
      'ab',
      '0',
      '255',
      '256',
      'ffff',
      '12345',
      'g',
      '1.2.3.4',
      'fe80',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV6(),
          fc.array(piece, { maxLength: 12 }).map((of) => of.join('')),
        ),
        (text) => {
          assert.equal(ipFamily(text), isIP(text), text);
        },
      ),
      { seed: 20_261_131, numRuns: 20_000 },
    );
  });
});
