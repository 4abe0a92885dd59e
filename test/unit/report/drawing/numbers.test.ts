import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { extent, niceStep, tenth, ticksBetween } from '../../../../src/report/drawing/numbers';
import { timeTicks } from '../../../../src/report/drawing/timeTicks';

describe('niceStep', () => {
  it('is 1, 2 or 5 times a power of ten, or a power of two for bytes', () => {
    assert.equal(niceStep(100, 5), 20);
    assert.equal(niceStep(1, 4), 0.5);
    assert.equal(niceStep(0.3, 3), 0.1);
    assert.equal(niceStep(3 * 2 ** 30, 4, 1024), 2 ** 30);
    assert.equal(niceStep(100 * 2 ** 20, 4, 1024), 32 * 2 ** 20);
    assert.equal(niceStep(0, 4), 1);
    assert.equal(niceStep(Infinity, 4), 1);
  });

  it('makes no more parts than asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), fc.integer({ min: 1, max: 12 }), (range, count) => {
        assert.ok(range / niceStep(range, count) <= count * (1 + 1e-6));
        assert.ok(range / niceStep(range, count, 1024) <= count * (1 + 1e-6));
      }),
    );
  });
});

describe('ticksBetween', () => {
  it('gives round multiples, ends included', () => {
    assert.deepEqual(ticksBetween(0, 0.3, 0.1), [0, 0.1, 0.2, 0.3]);
    assert.deepEqual(ticksBetween(-5, 12, 5), [-5, 0, 5, 10]);
    assert.deepEqual(ticksBetween(1, 0, 5), []);
  });
});

describe('extent and tenth', () => {
  it('see finite numbers only', () => {
    assert.deepEqual(extent([3, null, NaN, -2, Infinity, undefined]), [-2, 3]);
    assert.equal(extent([null, NaN]), null);
    assert.deepEqual([1.26, -0.04, NaN, Infinity].map(tenth), [1.3, 0, 0, 0]);
  });
});

describe('timeTicks', () => {
  const texts = (from: number, to: number, timeZone: string): readonly string[] =>
    timeTicks(from, to, 5, { locale: 'en', timeZone }).map(({ text }) => text);
  const noon = Date.UTC(2026, 10, 23, 12);
  const hour = 3_600_000;

  it('are round on the clock of the reader', () => {
    assert.deepEqual(texts(noon, noon + 10_000, 'UTC'), [
      '12:00:00',
      '12:00:02',
      '12:00:04',
      '12:00:06',
      '12:00:08',
      '12:00:10',
    ]);
    assert.deepEqual(texts(noon, noon + 4 * hour, 'UTC'), ['12:00', '13:00', '14:00', '15:00', '16:00']);
    assert.deepEqual(texts(noon, noon + 4 * hour, 'Asia/Kolkata'), ['18:00', '19:00', '20:00', '21:00']);
  });

  it('have as much of the date as they need', () => {
    assert.deepEqual(texts(noon, noon + 24 * hour, 'UTC'), [
      'Nov 23, 12:00',
      'Nov 23, 18:00',
      'Nov 24, 00:00',
      'Nov 24, 06:00',
      'Nov 24, 12:00',
    ]);
    assert.deepEqual(texts(noon, noon + 100 * hour, 'Asia/Shanghai'), [
      'Nov 24',
      'Nov 25',
      'Nov 26',
      'Nov 27',
      'Nov 28',
    ]);
    assert.equal(
      texts(noon, noon + 20 * 365 * 24 * hour, 'UTC').every((text) => /\w{3} \d{4}/.test(text)),
      true,
    );
  });
});
