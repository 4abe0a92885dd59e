import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  count,
  decimal,
  isCutShort,
  singleValue,
  wholeLines,
  words,
} from '../../../../../../src/features/system/core/kernel/text';

describe('numbers and lines of /proc', () => {
  it('reads counters of digits only', () => {
    assert.equal(count('0'), 0);
    assert.equal(count('18446744073709551615'), 18_446_744_073_709_551_615);
    for (const text of ['', '-1', '1.5', '1e3', '0x10', ' 1', '99999999999999999999', undefined]) {
      assert.equal(count(text), null, String(text));
    }
  });

  it('reads any natural number that it is given as text', () => {
    fc.assert(fc.property(fc.nat(), (number) => count(String(number)) === number));
  });

  it('reads decimals with a sign', () => {
    assert.equal(decimal('-273.15'), -273.15);
    assert.equal(decimal('0.00'), 0);
    for (const text of ['', '.5', '1.', '1,5', 'NaN', '+1', undefined]) assert.equal(decimal(text), null, String(text));
  });

  it('leaves out a last line that was cut short', () => {
    assert.deepEqual(wholeLines('a 1\nb 2\nc'), ['a 1', 'b 2']);
    assert.deepEqual(wholeLines(''), []);
    assert.equal(isCutShort('a 1\nb'), true);
    assert.equal(isCutShort('a 1\n'), false);
    assert.equal(isCutShort(''), false);
  });

  it('separates words by any blanks', () => {
    assert.deepEqual(words('  cpu\t1   2 '), ['cpu', '1', '2']);
  });

  it('takes the value of a file that has one', () => {
    assert.equal(singleValue('1500\n'), '1500');
    assert.equal(singleValue('\n'), null);
    assert.equal(singleValue('two\nlines\n'), null);
    assert.equal(singleValue({ kind: 'failure', code: 'denied', message: 'permission denied' }), null);
    assert.equal(singleValue(undefined), null);
  });
});
