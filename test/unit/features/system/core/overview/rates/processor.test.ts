import * as assert from 'node:assert/strict';
import { cpuShares } from '../../../../../../../src/features/system/core/overview/rates/processor';
import { sampleOf } from '../../../../../../../src/features/system/core/overview/rates/rates';
import type { Cpu } from '../../../../../../../src/features/system/core/overview/schema/processor';
import type { CpuTimes } from '../../../../../../../src/features/system/core/kernel/stat';
import { readingOf } from '../readings';

const NO_TIMES: CpuTimes = {
  user: 0,
  nice: 0,
  system: 0,
  idle: 0,
  iowait: 0,
  irq: 0,
  softirq: 0,
  steal: 0,
  guest: 0,
  guestNice: 0,
};
const times = (some: Partial<CpuTimes>): CpuTimes => ({ ...NO_TIMES, ...some });
const cpuOf = (before: string, now: string): Cpu | null =>
  sampleOf('local', readingOf({ '/proc/stat': before }), readingOf({ '/proc/stat': now }, 1000)).cpu;

describe('shares of processor time', () => {
  it('count guests once, as mpstat does', () => {
    const shares = cpuShares(NO_TIMES, times({ user: 40, guest: 30, nice: 10, guestNice: 10, idle: 50 }));
    assert.equal(shares?.userPercent, 10);
    assert.equal(shares.nicePercent, 0);
    assert.equal(shares.guestPercent, 40);
    assert.equal(shares.usedPercent, 50);
  });

  it('count I/O wait as idle', () => {
    assert.equal(cpuShares(NO_TIMES, times({ user: 10, idle: 60, iowait: 30 }))?.usedPercent, 10);
  });

  it('let a counter that stepped back stand still', () => {
    const shares = cpuShares(times({ iowait: 500, user: 100 }), times({ iowait: 400, user: 150, idle: 50 }));
    assert.equal(shares?.iowaitPercent, 0);
    assert.equal(shares.userPercent, 50);
    assert.equal(shares.idlePercent, 50);
  });

  it('are not known when no time was counted', () => {
    assert.equal(cpuShares(times({ user: 5 }), times({ user: 5 })), null);
  });

  it('leave out what the kernel does not count', () => {
    const shares = cpuShares(times({ steal: null }), times({ user: 10, steal: null }));
    assert.equal(shares?.stealPercent, null);
    assert.equal(shares.userPercent, 100);
  });
});

describe('cores that come and go', () => {
  const before = 'cpu  20 0 0 20\ncpu0 10 0 0 10\ncpu1 10 0 0 10\n';

  it('have no shares in their first reading', () => {
    const cpu = cpuOf(before, 'cpu  40 0 0 40\ncpu0 20 0 0 20\ncpu1 15 0 0 15\ncpu2 5 0 0 5\n');
    assert.deepEqual(
      cpu?.cores.map((core) => core.shares?.usedPercent ?? null),
      [50, 50, null],
    );
  });

  it('do not spoil the total where it contains them no more', () => {
    const cpu = cpuOf(before, 'cpu  18 0 0 12\ncpu0 18 0 0 12\n');
    assert.equal(cpu?.cores.length, 1);
    assert.equal(cpu.shares?.usedPercent, 80);
  });
});

describe('what else is known of processors', () => {
  it('is the frequency that scaling tells, or the constant one', () => {
    const scaling = { '/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq': '2400000\n' };
    const cpuinfo = { '/proc/cpuinfo': 'processor\t: 0\ncpu MHz\t\t: 1000.5\n' };
    const stat = { '/proc/stat': 'cpu  1 1 1 1\ncpu0 1 1 1 1\n' };
    assert.equal(sampleOf('x', null, readingOf({ ...stat, ...scaling, ...cpuinfo })).cpu?.frequencyHertz, 2.4e9);
    assert.equal(sampleOf('x', null, readingOf({ ...stat, ...cpuinfo })).cpu?.cores[0]?.frequencyHertz, 1_000_500_000);
  });

  it('is which are offline, not which could be plugged in', () => {
    const sample = sampleOf(
      'x',
      null,
      readingOf({
        '/proc/stat': 'cpu  1 1 1 1\n',
        '/sys/devices/system/cpu/offline': '3,8-127\n',
        '/sys/devices/system/cpu/present': '0-7\n',
      }),
    );
    assert.deepEqual(sample.cpu?.offlineCores, [3]);
  });

  it('is the load of each core', () => {
    const files = {
      '/proc/stat': 'cpu  1 1 1 1\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n',
      '/proc/loadavg': '3.00 2.00 1.00 1/9 5\n',
    };
    assert.equal(sampleOf('x', null, readingOf(files)).load?.onePerCore, 1.5);
  });
});
