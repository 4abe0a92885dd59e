import * as assert from 'node:assert/strict';
import {
  EMPTY_HISTORY,
  extendedHistory,
  HISTORY_LENGTH,
} from '../../../../../../src/features/system/core/overview/history';
import { sampleOf } from '../../../../../../src/features/system/core/overview/rates/rates';
import type { History } from '../../../../../../src/features/system/core/overview/schema/overview';
import { readingOf } from './readings';

const files = { '/proc/meminfo': 'MemTotal: 100 kB\nMemFree: 40 kB\nMemAvailable: 60 kB\n' };
const at = (takenAtMs: number): Parameters<typeof extendedHistory>[1] => ({
  ...sampleOf('local', null, readingOf(files)),
  takenAtMs,
});
const after = (times: readonly number[]): History =>
  times.reduce((history, time) => extendedHistory(history, at(time)), EMPTY_HISTORY);

describe('history', () => {
  it('keeps what is charted, with gaps where a rate is not known', () => {
    const history = after([1000]);
    assert.deepEqual(history.timesMs, [1000]);
    assert.deepEqual(history.memoryUsedBytes, [40 * 1024]);
    assert.deepEqual(history.cpuUserPercent, [null]);
  });

  it('is bounded', () => {
    const history = after(Array.from({ length: HISTORY_LENGTH + 20 }, (_, index) => index * 1000));
    assert.equal(history.timesMs.length, HISTORY_LENGTH);
    assert.equal(history.memoryUsedBytes.length, HISTORY_LENGTH);
    assert.equal(history.timesMs[0], 20_000);
  });

  it('has a gap where samples failed to come', () => {
    const history = after([0, 1000, 2000, 3000, 9000]);
    assert.deepEqual(history.timesMs, [0, 1000, 2000, 3000, 4000, 9000]);
    assert.deepEqual(history.memoryUsedBytes.slice(-2), [null, 40 * 1024]);
  });

  it('does not take the first interval, which is short, for the usual one', () => {
    assert.deepEqual(after([0, 500, 2500, 4500, 6500]).timesMs, [0, 500, 2500, 4500, 6500]);
  });

  it('gets used to another pace', () => {
    const times = [0, 1000, 2000, 3000, 13_000, 23_000, 33_000, 43_000];
    const history = after(times);
    assert.deepEqual(history.timesMs.slice(-2), [33_000, 43_000]);
  });

  it('stays in order when the clock is set back', () => {
    const history = after([1000, 2000, 3000, 4000, 2500, 3500]);
    assert.deepEqual(history.timesMs, [1000, 2000, 2500, 3500]);
    assert.equal(history.swapUsedBytes.length, 4);
  });
});
