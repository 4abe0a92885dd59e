import * as assert from 'node:assert/strict';
import { collectSensors } from '../../../../../../src/features/system/core/sensors/collect';
import type { SensorsResult } from '../../../../../../src/features/system/core/sensors/schema';
import { sensorsTool } from '../../../../../../src/features/system/hostTools';
import { CancelledError } from '../../../../../../src/lib/errors';
import type { Machine } from '../../../../../../src/machine/machine';
import { printMarkdown } from '../../../../../../src/report/markdown';
import { reportSchema } from '../../../../../../src/report/schema';
import { DENIED, fakeClock, fixtureMachine, memoryMachine } from '../../../../../support/fixtureMachine';
import { assertGolden } from '../../../../../support/golden';
import { resultOf } from '../hostSupport';

const HWMON = '/sys/class/hwmon/hwmon1';
const CPU = '/sys/devices/system/cpu';

async function take(machine: Machine, count: number): Promise<readonly SensorsResult[]> {
  const results: SensorsResult[] = [];
  const signal = new AbortController().signal;
  for await (const result of collectSensors({ machine, signal, live: true, clock: fakeClock() })) {
    results.push(result);
    if (results.length === count) break;
  }
  return results;
}

describe('system.sensors', () => {
  it('reads well on a laptop', async () => {
    const result = await resultOf(sensorsTool, fixtureMachine('laptop-6.8'));
    const report = sensorsTool.report(result);
    assert.deepEqual(reportSchema.safeParse(report).error?.issues ?? [], []);
    assertGolden('system/sensors.md', printMarkdown(report, { locale: 'en', timeZone: 'UTC' }));
  });

  it('says that a virtual machine has none', async () => {
    const cpuinfo = 'processor\t: 0\nflags\t\t: fpu hypervisor\n';
    const result = await resultOf(
      sensorsTool,
      memoryMachine({ '/proc/cpuinfo': cpuinfo, '/proc/sys/kernel/hostname': 'vm7\n' }),
    );
    const report = sensorsTool.report(result);
    assert.equal(report.verdict, 'No sensors: this machine is a virtual machine.');
    assert.equal(report.status, 'info');
  });

  it('names what is too hot, the most serious first', async () => {
    const machine = memoryMachine({
      [`${HWMON}/name`]: 'coretemp\n',
      [`${HWMON}/temp1_input`]: '86000\n',
      [`${HWMON}/temp1_max`]: '80000\n',
      [`${HWMON}/temp1_crit`]: '100000\n',
      [`${HWMON}/temp2_input`]: '101000\n',
      [`${HWMON}/temp2_label`]: 'Core 1\n',
      [`${HWMON}/temp2_crit`]: '100000\n',
      [`${HWMON}/temp3_input`]: '127000\n',
      [`${HWMON}/temp3_crit`]: '100000\n',
      [`${HWMON}/temp3_fault`]: '1\n',
      [`${HWMON}/fan1_input`]: '0\n',
      [`${HWMON}/fan1_min`]: '300\n',
      [`${HWMON}/fan1_alarm`]: '1\n',
    });
    const result = await resultOf(sensorsTool, machine);
    assert.deepEqual(
      result.findings.map(({ kind, id, severity }) => [kind, id.slice(7), severity]),
      [
        ['critical', 'temp2', 'error'],
        ['high', 'temp1', 'warning'],
        ['fault', 'temp3', 'warning'],
        ['alarm', 'fan1', 'warning'],
      ],
    );
    const report = sensorsTool.report(result);
    assert.equal(report.status, 'error');
    assert.equal(
      report.verdict,
      'coretemp Core 1 is at 101 °C, critical is 100 °C; coretemp temp1 is at 86 °C, high is 80 °C; and 2 more.',
    );
  });

  it('judges thermal zones where there is no chip', async () => {
    const zone = '/sys/class/thermal/thermal_zone0';
    const machine = memoryMachine({
      [`${zone}/type`]: 'cpu-thermal\n',
      [`${zone}/temp`]: '86000\n',
      [`${zone}/trip_point_0_type`]: 'passive\n',
      [`${zone}/trip_point_0_temp`]: '85000\n',
    });
    const { findings } = await resultOf(sensorsTool, machine);
    assert.deepEqual(findings, [
      { kind: 'high', severity: 'warning', id: 'thermal_zone0', subject: 'cpu-thermal', value: 86, limit: 85 },
    ]);
  });

  it('says what only root may read', async () => {
    const machine = memoryMachine({ '/sys/class/powercap/intel-rapl:0/energy_uj': DENIED });
    assert.deepEqual((await resultOf(sensorsTool, machine)).denied, ['/sys/class/powercap/intel-rapl:0/energy_uj']);
  });
});

describe('sensors that are watched', () => {
  /** Other files at every reading of values. */
  function changing(steps: readonly Readonly<Record<string, string>>[]): Machine & { readonly reads: number } {
    let at = -1;
    let reads = 0;
    const machines = steps.map((files) => memoryMachine(files));
    const machine = memoryMachine({});
    return {
      ...machine,
      get reads() {
        return reads;
      },
      files: {
        ...machine.files,
        readMany: (items, options) => {
          reads++;
          const values = items.some((item) => item === '/sys/class/power_supply/*/uevent');
          if (values) at = Math.min(at + 1, machines.length - 1);
          return machines[at]?.files.readMany(items, options) ?? assert.fail();
        },
      },
    };
  }

  it('get watts from energy, also where the counter begins anew', async () => {
    const rapl = '/sys/class/powercap/intel-rapl:0';
    const step = (energy: number): Record<string, string> => ({
      [`${rapl}/energy_uj`]: `${energy}\n`,
      [`${rapl}/name`]: 'package-0\n',
      [`${rapl}/max_energy_range_uj`]: '100000000\n',
    });
    const results = await take(changing([step(90_000_000), step(95_000_000), step(2_000_000)]), 3);
    assert.deepEqual(
      results.map(({ domains }) => domains[0]?.watts),
      [null, 10, 14],
    );
  });

  it('see a processor that is slowed down', async () => {
    const step = (times: number): Record<string, string> => ({
      [`${CPU}/cpu0/thermal_throttle/core_throttle_count`]: `${times}\n`,
      [`${CPU}/cpu0/cpufreq/scaling_cur_freq`]: '800000\n',
    });
    const results = await take(changing([step(4), step(4), step(9)]), 3);
    assert.deepEqual(
      results.map(({ processors }) => processors[0]?.throttledNow),
      [null, false, true],
    );
    assert.equal(results[2]?.findings[0]?.kind, 'throttled');
  });

  it('read names and limits again only when sensors come or go, and keep a history', async () => {
    const hot = (degrees: string): Record<string, string> => ({ [`${HWMON}/temp1_input`]: degrees });
    const plugged = { ...hot('3000'), '/sys/class/power_supply/AC/uevent': 'POWER_SUPPLY_TYPE=Mains\n' };
    const machine = changing([hot('1000'), hot('2000'), plugged]);
    const results = await take(machine, 3);
    assert.equal(machine.reads, 5, 'three readings, and the names twice');
    assert.deepEqual(results[2]?.history.lines[0]?.celsius, [1, 2, 3]);
    assert.equal(results[2]?.supplies.length, 1);
  });

  it('end when they are cancelled', async () => {
    const controller = new AbortController();
    const options = {
      machine: fixtureMachine('laptop-6.8'),
      signal: controller.signal,
      live: true,
      clock: fakeClock(),
    };
    await assert.rejects(async () => {
      for await (const result of collectSensors(options)) if (result.temperatures.length > 0) controller.abort();
    }, CancelledError);
  });
});
