import * as assert from 'node:assert/strict';
import type { FileTexts } from '../../../../../../src/machine/machine';
import { fansOf, temperaturesOf } from '../../../../../../src/features/system/core/kernel/hwmon';
import { batteriesOf, mainsOnline } from '../../../../../../src/features/system/core/kernel/powerSupply';

const hwmon = (files: Readonly<Record<string, string>>): FileTexts =>
  new Map(Object.entries(files).map(([file, text]) => [`/sys/class/hwmon/${file}`, `${text}\n`]));
const NOTHING: FileTexts = new Map();

describe('temperatures and fans', () => {
  it('come with chip, label and the limits that make sense', () => {
    const texts = hwmon({
      'hwmon2/name': 'nvme',
      'hwmon2/temp1_input': '44850',
      'hwmon2/temp1_label': 'Composite',
      'hwmon2/temp1_max': '65261850',
      'hwmon2/temp1_crit': '87850',
      'hwmon10/name': 'coretemp',
      'hwmon10/temp1_input': '-5000',
      'hwmon2/temp2_input': 'warm',
    });
    assert.deepEqual(temperaturesOf(texts, NOTHING), [
      {
        id: 'hwmon2/temp1',
        chip: 'nvme',
        label: 'Composite',
        celsius: 44.85,
        highCelsius: null,
        criticalCelsius: 87.85,
      },
      { id: 'hwmon10/temp1', chip: 'coretemp', label: 'temp1', celsius: -5, highCelsius: null, criticalCelsius: null },
    ]);
  });

  it('are taken from the device folder on old kernels only', () => {
    const old = { 'hwmon0/device/name': 'lm78', 'hwmon0/device/temp1_input': '30000' };
    assert.equal(temperaturesOf(hwmon(old), NOTHING)[0]?.chip, 'lm78');
    const both = temperaturesOf(hwmon({ ...old, 'hwmon0/name': 'lm78', 'hwmon0/temp1_input': '31000' }), NOTHING);
    assert.deepEqual(
      both.map((one) => one.celsius),
      [31],
    );
  });

  it('come from thermal zones where no chip tells', () => {
    const zones = new Map([
      ['/sys/class/thermal/thermal_zone0/temp', '48000\n'],
      ['/sys/class/thermal/thermal_zone0/type', 'cpu-thermal\n'],
    ]);
    assert.equal(temperaturesOf(NOTHING, zones)[0]?.label, 'cpu-thermal');
    assert.equal(temperaturesOf(hwmon({ 'hwmon0/temp1_input': '1000' }), zones).length, 1);
  });

  it('read fans, also those that stand still', () => {
    const fans = fansOf(hwmon({ 'hwmon4/name': 'thinkpad', 'hwmon4/fan1_input': '2914', 'hwmon4/fan2_input': '0' }));
    assert.deepEqual(
      fans.map((fan) => fan.rpm),
      [2914, 0],
    );
  });
});

describe('batteries', () => {
  const supply = (name: string, properties: Readonly<Record<string, string | number>>): readonly [string, string] => [
    `/sys/class/power_supply/${name}/uevent`,
    Object.entries(properties)
      .map(([property, value]) => `POWER_SUPPLY_${property}=${value}\n`)
      .join(''),
  ];

  it('in watt-hours know how long they last', () => {
    const energy = {
      ENERGY_NOW: 20_000_000,
      ENERGY_FULL: 40_000_000,
      ENERGY_FULL_DESIGN: 50_000_000,
      POWER_NOW: 10_000_000,
    };
    const [battery] = batteriesOf(new Map([supply('BAT0', { TYPE: 'Battery', STATUS: 'Discharging', ...energy })]));
    assert.equal(battery?.chargePercent, 50);
    assert.equal(battery.secondsLeft, 7200);
    assert.equal(battery.powerWatts, 10);
    assert.equal(battery.healthPercent, 80);
  });

  it('in ampere-hours too, with a current that may be negative', () => {
    const charge = { CHARGE_NOW: 1_000_000, CHARGE_FULL: 4_000_000, CURRENT_NOW: -2_000_000, VOLTAGE_NOW: 12_000_000 };
    const [battery] = batteriesOf(new Map([supply('BAT0', { TYPE: 'Battery', STATUS: 'Discharging', ...charge })]));
    assert.equal(battery?.chargePercent, 25);
    assert.equal(battery.secondsLeft, 1800);
    assert.equal(battery.powerWatts, 24);
  });

  it('do not say how long they last while they are charged', () => {
    const [battery] = batteriesOf(
      new Map([supply('BAT0', { TYPE: 'Battery', STATUS: 'Charging', CAPACITY: 80, ENERGY_NOW: 1, POWER_NOW: 1 })]),
    );
    assert.equal(battery?.secondsLeft, null);
    assert.equal(battery.state, 'charging');
  });

  it('of mice are told apart, and empty bays left out', () => {
    const texts = new Map([
      supply('BAT1', { TYPE: 'Battery', PRESENT: 0 }),
      supply('hid', { TYPE: 'Battery', SCOPE: 'Device', CAPACITY: 5 }),
      supply('AC', { TYPE: 'Mains', ONLINE: 1 }),
    ]);
    assert.deepEqual(
      batteriesOf(texts).map((one) => [one.name, one.peripheral]),
      [['hid', true]],
    );
    assert.equal(mainsOnline(texts), true);
    assert.equal(mainsOnline(new Map([supply('AC', { TYPE: 'Mains', ONLINE: 0 })])), false);
    assert.equal(mainsOnline(NOTHING), null);
  });
});
