import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { sampleOf } from '../../../../../../../src/features/system/core/overview/rates/rates';
import type { Reading } from '../../../../../../../src/features/system/core/overview/reading';
import { systemOverview, type Sample } from '../../../../../../../src/features/system/core/overview/schema/overview';
import { readingOf } from '../readings';

const sampleSchema = systemOverview.omit({ history: true, findings: true, status: true });
const uptime = (seconds: number): string => `${seconds.toFixed(2)} 0.00\n`;
const between = (before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>, ms = 1000): Sample =>
  sampleOf('local', readingOf(before), readingOf(now, ms));

describe('a sample', () => {
  it('has no rates from a single reading', () => {
    const sample = sampleOf('local', null, readingOf({ '/proc/stat': 'cpu  1 2 3 4\ncpu0 1 2 3 4\nctxt 5\n' }));
    assert.equal(sample.measuring, true);
    assert.equal(sample.intervalSeconds, null);
    assert.equal(sample.cpu?.shares, null);
    assert.equal(sample.cpu.contextSwitchesPerSecond, null);
  });

  it('takes the time that passed on the machine, not the time of the connection', () => {
    const at = (seconds: number): Record<string, string> => ({
      '/proc/uptime': uptime(seconds),
      '/proc/stat': `cpu  1 2 3 4\nctxt ${seconds * 100}\n`,
    });
    const sample = between(at(10), at(12), 3_500);
    assert.equal(sample.intervalSeconds, 2);
    assert.equal(sample.cpu?.contextSwitchesPerSecond, 100);
  });

  it('takes its own clock where the machine has none', () => {
    const sample = between(
      { '/proc/stat': 'cpu  1 2 3 4\nctxt 5\n' },
      { '/proc/stat': 'cpu  1 2 3 4\nctxt 25\n' },
      2000,
    );
    assert.equal(sample.cpu?.contextSwitchesPerSecond, 10);
  });

  for (const [what, later, ms] of [
    ['was started anew', 3, 2000],
    ['slept', 3600, 2000],
  ] as const) {
    it(`begins again when the machine ${what} in between`, () => {
      const sample = between(
        { '/proc/uptime': uptime(10), '/proc/stat': 'cpu  1 2 3 4\nctxt 5\n' },
        { '/proc/uptime': uptime(later), '/proc/stat': 'cpu  9 9 9 9\nctxt 99\n' },
        ms,
      );
      assert.equal(sample.measuring, true);
      assert.equal(sample.cpu?.shares, null);
      assert.equal(sample.cpu.contextSwitchesPerSecond, null);
    });
  }

  it('knows the start of the machine also without a boot time', () => {
    const sample = sampleOf('local', null, readingOf({ '/proc/uptime': uptime(100) }, 0));
    assert.equal(sample.host.bootTimeMs, 1_794_999_900_000);
  });
});

/** Counters of any kind, not only growing ones: a wrap, a hot plug and a restart look like that. */
const counters = fc.array(fc.maxSafeNat(), { minLength: 40, maxLength: 40 });
const reading = fc
  .record({
    numbers: counters,
    cores: fc.uniqueArray(fc.nat(5)),
    ms: fc.nat(20_000),
    devices: fc.uniqueArray(fc.nat(3)),
  })
  .map(({ numbers, cores, ms, devices }): Reading => {
    const some = (from: number, to: number): string => numbers.slice(from, to).join(' ');
    return readingOf(
      {
        '/proc/stat': [
          `cpu  ${some(0, 10)}`,
          ...cores.map((id) => `cpu${id} ${some(id, id + 10)}`),
          `ctxt ${some(3, 4)}`,
          `intr ${some(4, 6)}\n`,
        ].join('\n'),
        '/proc/meminfo': `MemTotal: ${some(0, 1)} kB\nMemFree: ${some(1, 2)} kB\nMemAvailable: ${some(2, 3)} kB\nSwapTotal: ${some(3, 4)} kB\nSwapFree: ${some(4, 5)} kB\n`,
        '/proc/vmstat': `pswpin ${some(7, 8)}\npgmajfault ${some(8, 9)}\n`,
        '/proc/uptime': `${(numbers[9] ?? 0) % 1_000}.5 1\n`,
        '/proc/loadavg': `${some(1, 2)}.25 1.0 1.0 1/2 3\n`,
        '/proc/diskstats': devices.map((id) => `8 ${id} sd${'abcd'.charAt(id)} ${some(id, id + 11)}\n`).join(''),
        '/proc/net/dev': devices.map((id) => `eth${id}: ${some(id, id + 16)}\n`).join(''),
        '/proc/pressure/cpu': `some avg10=0.00 avg60=0.00 avg300=0.00 total=${some(5, 6)}\n`,
        '/sys/class/net/eth0/operstate': 'up\n',
        '/sys/class/net/eth0/speed': '10\n',
        '/cg/cpu.stat': `usage_usec ${some(6, 7)}\nnr_periods ${some(7, 8)}\nnr_throttled ${some(8, 9)}\n`,
        '/cg/cpu.max': `${some(9, 10)} 100000\n`,
        '/cg/memory.max': `${some(10, 11)}\n`,
        '/cg/memory.current': `${some(11, 12)}\n`,
        '/proc/self/status': 'Cpus_allowed_list: 0-1\n',
      },
      ms,
    );
  });

describe('any two readings', () => {
  it('give no negative rate, no share above 100 and nothing that is not a number', () => {
    fc.assert(
      fc.property(reading, reading, (before, now) => {
        const result = sampleSchema.safeParse(sampleOf('local', before, now));
        assert.deepEqual(result.error?.issues ?? [], []);
      }),
    );
  });

  it('give shares that make 100 together', () => {
    fc.assert(
      fc.property(reading, reading, (before, now) => {
        const shares = sampleOf('local', before, now).cpu?.shares;
        if (shares == null) return;
        const { usedPercent, ...modes } = shares;
        const sum = Object.values(modes).reduce((total: number, share) => total + (share ?? 0), 0);
        assert.ok(Math.abs(sum - 100) < 1, `${sum}`);
        assert.ok(Math.abs((usedPercent ?? 0) + (modes.idlePercent ?? 0) + (modes.iowaitPercent ?? 0) - 100) < 0.3);
      }),
    );
  });
});
