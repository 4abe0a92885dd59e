import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  cellSortKey,
  cellText,
  createFormatter,
  formatValue,
  NOTHING,
  statusSymbol,
  statusWord,
} from '../../../src/report/format';
import type { Unit } from '../../../src/report/model';
import { anyCell, anyNumber, STATUSES, UNITS } from './arbitraryReport';

const english = { locale: 'en', timeZone: 'UTC' };

function check(unit: Unit, cases: readonly (readonly [number, string])[]): void {
  for (const [value, text] of cases) assert.equal(formatValue(value, unit, english), text);
}

describe('formatValue', () => {
  it('prints bytes in IEC units and steps up before rounding would', () => {
    check('bytes', [
      [0, '0 B'],
      [512, '512 B'],
      [1023.9, '1 KiB'],
      [1536, '1.5 KiB'],
      [16 * 2 ** 30, '16 GiB'],
      [1023 * 2 ** 20, '1,023 MiB'],
      [2 ** 90, '1,024 YiB'],
      [-2048, '-2 KiB'],
    ]);
    check('bytesPerSecond', [[2.5 * 2 ** 20, '2.5 MiB/s']]);
  });

  it('prints seconds as the two largest parts of a duration', () => {
    check('seconds', [
      [0, '0 s'],
      [0.35, '0.35 s'],
      [0.0042, '4.2 ms'],
      [0.0000042, '4.2 µs'],
      [59.94, '59.9 s'],
      [60, '1 min'],
      [252.9, '4 min 12 s'],
      [3600, '1 h'],
      [15_120, '4 h 12 min'],
      [3 * 86_400 + 4 * 3600 + 59, '3 d 4 h'],
      [400 * 86_400, '400 d'],
      [-90, '-1 min 30 s'],
    ]);
  });

  it('prints the other units', () => {
    check('number', [
      [12_345.67, '12,345.7'],
      [0.5, '0.5'],
      [1e20, '1E20'],
      [1e-9, '1E-9'],
    ]);
    check('plain', [
      [65_535, '65535'],
      [4_294_967_295, '4294967295'],
    ]);
    check('percent', [
      [12.34, '12.3%'],
      [0.05, '0.05%'],
      [100, '100%'],
    ]);
    check('hertz', [
      [2.4e9, '2.4 GHz'],
      [999.6, '1 kHz'],
    ]);
    check('milliseconds', [
      [0.351, '0.351 ms'],
      [12.34, '12.3 ms'],
      [12_345, '12,345 ms'],
    ]);
    check('perSecond', [[412.3, '412/s']]);
    check('celsius', [[45.5, '45.5 °C']]);
    check('rpm', [[1200, '1,200 rpm']]);
    check('volts', [[12.06, '12.1 V']]);
    check('watts', [[38.4, '38.4 W']]);
    check('time', [[Date.UTC(2026, 10, 23, 22, 3, 9), 'Nov 23, 2026, 22:03:09']]);
  });

  it('follows the language and the time zone', () => {
    assert.equal(formatValue(1234.5, 'number', { locale: 'de' }), '1.234,5');
    const shanghai = { locale: 'zh-CN', timeZone: 'Asia/Shanghai' };
    assert.equal(formatValue(Date.UTC(2026, 10, 23, 22, 3, 9), 'time', shanghai), '2026年11月24日 06:03:09');
  });

  it('has neither a negative zero nor a number for what is none', () => {
    for (const unit of UNITS) {
      assert.equal(formatValue(-0, unit, english), formatValue(0, unit, english));
      assert.equal(formatValue(NaN, unit, english), NOTHING);
      assert.equal(formatValue(-Infinity, unit, english), NOTHING);
    }
    assert.equal(formatValue(8.64e15 + 1, 'time', english), NOTHING);
    assert.equal(formatValue(-0.04, 'percent', english), '-0.04%');
    assert.equal(formatValue(-0.004, 'percent', english), '0%');
  });

  it('never throws, whatever the value, the language and the time zone', () => {
    const locale = fc.oneof(fc.string(), fc.constantFrom('en', 'C', 'en_US.UTF-8', 'zh-CN', 'ar', ''));
    const timeZone = fc.oneof(fc.string(), fc.constantFrom('UTC', 'Asia/Shanghai', 'Mars/Olympus'));
    fc.assert(
      fc.property(anyNumber, fc.constantFrom(...UNITS), locale, timeZone, (value, unit, ...[language, zone]) => {
        assert.notEqual(formatValue(value, unit, { locale: language, timeZone: zone }), '');
      }),
    );
  });
});

describe('cells', () => {
  it('prefers the text, then the number in its own unit, then the status', () => {
    assert.equal(cellText(null, 'bytes', english), NOTHING);
    assert.equal(cellText('as it is', 'bytes', english), 'as it is');
    assert.equal(cellText(1024, 'bytes', english), '1 KiB');
    assert.equal(cellText(1024, undefined, english), '1,024');
    assert.equal(cellText({ value: 1024 }, 'bytes', english), '1 KiB');
    assert.equal(cellText({ value: 45, unit: 'celsius' }, 'bytes', english), '45 °C');
    assert.equal(cellText({ text: 'many', value: 1024 }, 'bytes', english), 'many');
    assert.equal(cellText({ status: 'unknown' }, 'bytes', english), 'Unknown');
    assert.equal(cellText({}, 'bytes', english), NOTHING);
  });

  it('is sorted by the number before the text', () => {
    assert.equal(cellSortKey({ text: 'many', value: 3 }), 3);
    assert.equal(cellSortKey({ text: 'many' }), 'many');
    assert.equal(cellSortKey({ status: 'ok' }), null);
    assert.equal(cellSortKey(NaN), null);
    assert.equal(cellSortKey(0), 0);
    assert.equal(cellSortKey(''), '');
    assert.equal(cellSortKey(null), null);
  });

  it('is the same from a formatter that is kept as from a fresh one', () => {
    const formatter = createFormatter(english);
    fc.assert(
      fc.property(anyCell, fc.constantFrom(undefined, ...UNITS), (cell, unit) => {
        assert.equal(formatter.cell(cell, unit), cellText(cell, unit, english));
      }),
    );
  });
});

describe('statuses', () => {
  it('have a word and a symbol of their own each', () => {
    assert.equal(new Set(STATUSES.map(statusWord)).size, STATUSES.length);
    assert.equal(new Set(STATUSES.map(statusSymbol)).size, STATUSES.length);
  });
});
