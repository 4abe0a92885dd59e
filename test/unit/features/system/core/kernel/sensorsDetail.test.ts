import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { FileTexts } from '../../../../../../src/machine/machine';
import {
  boostAllowed,
  cpuFrequencies,
  cpuThrottling,
  energyCountersOf,
  isVirtual,
} from '../../../../../../src/features/system/core/kernel/cpuinfoDetail';
import { suppliesOf } from '../../../../../../src/features/system/core/kernel/powerSupply';
import {
  channelsOf,
  coolingDevicesOf,
  thermalZonesOf,
} from '../../../../../../src/features/system/core/kernel/sensorsDetail';

const under = (folder: string, files: Readonly<Record<string, string>>): FileTexts =>
  new Map(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, `${text}\n`]));
const hwmon = (files: Readonly<Record<string, string>>): FileTexts => under('/sys/class/hwmon', files);

describe('channels of hwmon', () => {
  it('are scaled by their kind', () => {
    const channels = channelsOf(
      hwmon({
        'hwmon3/name': 'nct6775',
        'hwmon3/temp1_input': '45500',
        'hwmon3/fan2_input': '1200',
        'hwmon3/in0_input': '1232',
        'hwmon3/curr1_input': '2500',
        'hwmon3/power1_average': '15250000',
        'hwmon3/energy1_input': '9000000',
        'hwmon3/humidity1_input': '43500',
        'hwmon3/intrusion0_alarm': '1',
      }),
    );
    assert.deepEqual(
      channels.map(({ id, kind, value }) => [id, kind, value]),
      [
        ['hwmon3/curr1', 'curr', 2.5],
        ['hwmon3/energy1', 'energy', 9],
        ['hwmon3/fan2', 'fan', 1200],
        ['hwmon3/humidity1', 'humidity', 43.5],
        ['hwmon3/in0', 'in', 1.232],
        ['hwmon3/intrusion0', 'intrusion', null],
        ['hwmon3/power1', 'power', 15.25],
        ['hwmon3/temp1', 'temp', 45.5],
      ],
    );
    assert.deepEqual(channels.find(({ kind }) => kind === 'intrusion')?.alarms, ['alarm']);
  });

  it('have limits that make sense, alarms and faults', () => {
    const [one] = channelsOf(
      hwmon({
        'hwmon0/name': 'nvme',
        'hwmon0/device/model': 'Fast SSD 1TB',
        'hwmon0/temp1_input': '44850',
        'hwmon0/temp1_label': 'Composite',
        'hwmon0/temp1_max': '65261850',
        'hwmon0/temp1_crit': '87850',
        'hwmon0/temp1_emergency': '95000',
        'hwmon0/temp1_min': '-273150',
        'hwmon0/temp1_alarm': '0',
        'hwmon0/temp1_crit_alarm': '1',
        'hwmon0/temp1_fault': '1',
      }),
    );
    assert.deepEqual(one, {
      id: 'hwmon0/temp1',
      kind: 'temp',
      chip: 'nvme',
      device: 'Fast SSD 1TB',
      label: 'Composite',
      value: 44.85,
      limits: { lcrit: null, min: null, max: null, crit: 87.85, emergency: 95 },
      alarms: ['crit_alarm'],
      fault: true,
    });
  });

  it('of old kernels lie in the folder of the device, and count once', () => {
    const old = { 'hwmon0/device/name': 'lm78', 'hwmon0/device/temp1_input': '30000' };
    assert.deepEqual(
      channelsOf(hwmon(old)).map(({ chip, value }) => [chip, value]),
      [['lm78', 30]],
    );
    const both = hwmon({ ...old, 'hwmon0/temp1_input': '31000', 'hwmon0/name': 'lm78' });
    assert.deepEqual(
      channelsOf(both).map(({ value }) => value),
      [31],
    );
  });

  it('without a number are left out', () => {
    assert.deepEqual(channelsOf(hwmon({ 'hwmon0/temp1_input': 'warm' })), []);
  });
});

describe('thermal zones', () => {
  it('have what is done at which temperature, ascending', () => {
    const [zone] = thermalZonesOf(
      under('/sys/class/thermal/thermal_zone0', {
        type: 'x86_pkg_temp',
        temp: '61000',
        policy: 'step_wise',
        mode: 'enabled',
        trip_point_0_temp: '105000',
        trip_point_0_type: 'critical',
        trip_point_1_temp: '85000',
        trip_point_1_type: 'passive',
        trip_point_2_temp: '-274000',
        trip_point_2_type: 'active',
      }),
    );
    assert.deepEqual(zone, {
      name: 'thermal_zone0',
      type: 'x86_pkg_temp',
      celsius: 61,
      policy: 'step_wise',
      enabled: true,
      trips: [
        { type: 'passive', celsius: 85 },
        { type: 'critical', celsius: 105 },
      ],
    });
  });

  it('are cooled by devices', () => {
    const texts = under('/sys/class/thermal/cooling_device3', { type: 'Processor', cur_state: '2', max_state: '10' });
    assert.deepEqual(coolingDevicesOf(texts), [{ name: 'cooling_device3', type: 'Processor', state: 2, maxState: 10 }]);
  });
});

describe('energy, frequencies and supplies', () => {
  it('count joules', () => {
    const texts = under('/sys/class/powercap/intel-rapl:0', {
      energy_uj: '1500000',
      max_energy_range_uj: '262143328850',
      name: 'package-0',
    });
    assert.deepEqual(energyCountersOf(texts), [
      { id: 'intel-rapl:0', name: 'package-0', joules: 1.5, wrapsAtJoules: 262_143.32885 },
    ]);
  });

  it('have frequencies from cpufreq, else from cpuinfo', () => {
    const texts = under('/sys/devices/system/cpu/cpu1/cpufreq', {
      scaling_cur_freq: '1800000',
      cpuinfo_max_freq: '4200000',
      scaling_governor: 'powersave',
    });
    const [zero, one] = cpuFrequencies(texts, new Map([[0, 2_600_000_000]]));
    assert.deepEqual([zero?.id, zero?.hertz, zero?.maxHertz, zero?.governor], [0, 2.6e9, null, null]);
    assert.deepEqual([one?.id, one?.hertz, one?.maxHertz, one?.governor], [1, 1.8e9, 4.2e9, 'powersave']);
  });

  it('count how often a processor was slowed down', () => {
    const texts = under('/sys/devices/system/cpu/cpu2/thermal_throttle', {
      core_throttle_count: '7',
      package_throttle_count: '9',
      core_throttle_total_time_ms: '120',
    });
    assert.deepEqual(cpuThrottling(texts).get(2), { coreCount: 7, packageCount: 9, coreMs: 120, packageMs: null });
  });

  it('tell whether boost is allowed, and virtual machines', () => {
    const cpu = '/sys/devices/system/cpu';
    assert.equal(boostAllowed(under(cpu, { 'intel_pstate/no_turbo': '1' })), false);
    assert.equal(boostAllowed(under(cpu, { 'cpufreq/boost': '1' })), true);
    assert.equal(boostAllowed(new Map()), null);
    assert.equal(isVirtual('flags\t\t: fpu vme hypervisor lahf_lm\n'), true);
    assert.equal(isVirtual('flags\t\t: fpu vme lahf_lm\n'), false);
    assert.equal(isVirtual('Features\t: fp asimd\n'), null);
  });

  it('know when a battery is full, and adapters that are not plugged in', () => {
    const supply = (name: string, text: string): readonly [string, string] => [
      `/sys/class/power_supply/${name}/uevent`,
      text.replace(/^/gm, 'POWER_SUPPLY_').replace(/POWER_SUPPLY_$/, ''),
    ];
    const [ac, battery, ...more] = suppliesOf(
      new Map([
        supply(
          'BAT0',
          'TYPE=Battery\nSTATUS=Charging\nENERGY_NOW=30000000\nENERGY_FULL=40000000\nPOWER_NOW=20000000\n',
        ),
        supply('AC', 'TYPE=Mains\nONLINE=0\n'),
        supply('BAT1', 'TYPE=Battery\nPRESENT=0\n'),
      ]),
    );
    assert.deepEqual([ac?.name, ac?.type, ac?.online, ac?.battery], ['AC', 'Mains', false, null]);
    assert.deepEqual([battery?.secondsToFull, battery?.battery?.chargePercent, battery?.online], [1800, 75, null]);
    assert.deepEqual(more, []);
  });
});

describe('any files of /sys', () => {
  it('are read without a failure', () => {
    const name = fc.constantFrom('temp1_input', 'temp1_max', 'fan1_input', 'in0_input', 'intrusion0_alarm', 'name');
    const files = fc.dictionary(
      name.map((file) => `/sys/class/hwmon/hwmon0/${file}`),
      fc.oneof(fc.string(), fc.integer().map(String)),
    );
    fc.assert(
      fc.property(files, (record) => {
        for (const { value } of channelsOf(new Map(Object.entries(record))))
          assert.ok(value === null || Number.isFinite(value));
      }),
    );
  });
});
