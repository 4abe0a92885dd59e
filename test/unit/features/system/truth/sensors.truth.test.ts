import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import type { SensorsResult } from '../../../../../src/features/system/core/sensors/schema';
import { sensorsTool } from '../../../../../src/features/system/hostTools';
import { hostStage, near, psutil } from './hostStage';

interface Told {
  readonly temperatures: Readonly<
    Record<string, readonly (readonly [string, number | null, number | null, number | null])[]>
  >;
  readonly fans: Readonly<Record<string, readonly (readonly [string, number])[]>>;
  readonly battery: readonly [number, number, boolean | null] | null;
  readonly frequencies: readonly (readonly [number, number, number])[];
}

const CODE = `{
  "temperatures": getattr(psutil, "sensors_temperatures", dict)(),
  "fans": getattr(psutil, "sensors_fans", dict)(),
  "battery": getattr(psutil, "sensors_battery", lambda: None)(),
  "frequencies": psutil.cpu_freq(percpu=True)}`;

describe('system.sensors against psutil and /sys (Linux only)', () => {
  if (process.platform !== 'linux') return;
  const scene = hostStage();
  let result: SensorsResult;
  let told: Told | undefined;

  before(async () => {
    told = psutil(CODE) as Told | undefined;
    result = await scene.run(sensorsTool, {});
  });

  it('has the temperatures, fans and battery of psutil', function () {
    if (told === undefined) return this.skip();
    const chips = Object.entries(told.temperatures).flatMap(([chip, list]) => list.map((one) => ({ chip, one })));
    // psutil takes thermal zones only where there is no chip.
    const ours = result.temperatures.length > 0 ? result.temperatures : result.zones;
    assert.equal(ours.filter(({ celsius }) => celsius !== null).length, chips.length);
    if (result.temperatures.length > 0) {
      assert.deepEqual(
        [...new Set(result.temperatures.map(({ chip }) => chip))].sort(),
        Object.keys(told.temperatures).sort(),
      );
    }
    assert.equal(result.fans.length, Object.values(told.fans).flat().length);
    const battery = result.supplies.find((one) => one.battery !== null && !one.battery.peripheral)?.battery;
    if (told.battery === null) assert.equal(battery, undefined);
    else near(battery?.chargePercent, told.battery[0], 2, 'charge');
  });

  it('has the frequencies of psutil for every CPU', function () {
    if (told === undefined || told.frequencies.length === 0) return this.skip();
    const known = result.processors.filter(({ hertz }) => hertz !== null);
    assert.equal(known.length, told.frequencies.length);
    known.forEach((one, index) => {
      const [current, , max] = told?.frequencies[index] ?? assert.fail();
      // The clock of a CPU that is not virtual changes all the time.
      near(one.hertz, current * 1e6, result.virtual === true ? 1e6 : 3e9, `CPU ${one.id}`);
      if (max > 0) near(one.maxHertz, max * 1e6, 1e6, `greatest of CPU ${one.id}`);
    });
  });

  it('has every channel that /sys shows', () => {
    const folder = '/sys/class/hwmon';
    const chips = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    const files = chips.flatMap((chip) => fs.readdirSync(`${folder}/${chip}`).map((file) => `${chip}/${file}`));
    const inputs = files.filter((file) => /\/(?:temp|fan|in|curr|power|energy|humidity)\d+_input$/.test(file));
    const ids = new Set([...result.temperatures, ...result.fans, ...result.gauges].map(({ id }) => id));
    const missing = inputs.filter((file) => !ids.has(file.replace(/_input$/, '')));
    // Some drivers show channels that cannot be read.
    for (const file of missing) assert.throws(() => fs.readFileSync(`${folder}/${file}`), file);
    assert.equal(result.processors.length > 0 || result.virtual !== true, true, 'a virtual machine has a processor');
  });
});
