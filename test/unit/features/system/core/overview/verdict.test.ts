import * as assert from 'node:assert/strict';
import { sampleOf } from '../../../../../../src/features/system/core/overview/rates/rates';
import type { Sample } from '../../../../../../src/features/system/core/overview/schema/overview';
import type { FileSystem } from '../../../../../../src/features/system/core/overview/schema/storage';
import { findingsOf, statusOf } from '../../../../../../src/features/system/core/overview/verdict';
import { readingOf } from './readings';

const QUIET: Sample = {
  ...sampleOf(
    'local',
    null,
    readingOf({
      '/proc/meminfo': 'MemTotal: 1000 kB\nMemFree: 500 kB\nMemAvailable: 800 kB\nSwapTotal: 100 kB\nSwapFree: 90 kB\n',
    }),
  ),
  cpu: null,
};
const disk = (some: Partial<FileSystem>): FileSystem => ({
  mountPoint: '/',
  source: '/dev/sda1',
  type: 'ext4',
  readOnly: false,
  totalBytes: 1000,
  usedBytes: 500,
  availableBytes: 500,
  usedPercent: 50,
  inodes: 100,
  inodesUsed: 10,
  inodesUsedPercent: 10,
  silent: false,
  unavailable: null,
  ...some,
});
const kinds = (sample: Partial<Sample>): readonly string[] =>
  findingsOf({ ...QUIET, ...sample }).map((finding) => `${finding.severity} ${finding.kind} ${finding.subject}`.trim());
const memory = (availablePercent: number): Partial<Sample> => ({
  memory: QUIET.memory === null ? null : { ...QUIET.memory, availablePercent },
});

describe('the verdict', () => {
  it('finds nothing on a quiet machine', () => {
    assert.deepEqual(kinds({ fileSystems: [disk({})] }), []);
    assert.equal(statusOf(QUIET, []), 'ok');
    assert.equal(statusOf({ ...QUIET, memory: null }, []), 'unknown');
  });

  it('warns of a file system from 90 percent on, and calls 97 an error', () => {
    const at = (usedPercent: number): readonly string[] => kinds({ fileSystems: [disk({ usedPercent })] });
    assert.deepEqual(at(89.9), []);
    assert.deepEqual(at(90), ['warning fileSystemFull /']);
    assert.deepEqual(at(96.9), ['warning fileSystemFull /']);
    assert.deepEqual(at(97), ['error fileSystemFull /']);
    assert.deepEqual(kinds({ fileSystems: [disk({ inodesUsedPercent: 97 })] }), ['error inodesFull /']);
  });

  it('is not alarmed by images, read-only mounts and layers of containers', () => {
    const full = { usedPercent: 100, availableBytes: 0 };
    const fileSystems = [disk({ ...full, type: 'squashfs' }), disk({ ...full, readOnly: true })];
    assert.deepEqual(kinds({ fileSystems }), []);
    const layer = disk({ ...full, mountPoint: '/merged', type: 'overlay' });
    assert.deepEqual(kinds({ fileSystems: [disk(full), layer] }), ['error fileSystemFull /']);
    assert.deepEqual(kinds({ fileSystems: [layer] }), ['error fileSystemFull /merged'], 'where it stands alone');
  });

  it('warns of a file system that does not answer', () => {
    const silent = disk({ silent: true, usedPercent: null, totalBytes: null, unavailable: 'no answer' });
    assert.deepEqual(kinds({ fileSystems: [silent] }), ['warning fileSystemSilent /']);
    assert.deepEqual(kinds({ fileSystems: [{ ...silent, silent: false }] }), [], 'a denied one is no trouble');
  });

  it('judges memory by what is available', () => {
    assert.deepEqual(kinds(memory(10)), []);
    assert.deepEqual(kinds(memory(9.9)), ['warning memoryLow']);
    assert.deepEqual(kinds(memory(3.9)), ['error memoryLow']);
  });

  it('never calls processors and load an error', () => {
    const shares = {
      usedPercent: 100,
      userPercent: 50,
      nicePercent: 0,
      systemPercent: 0,
      idlePercent: 0,
      iowaitPercent: 0,
      irqPercent: 0,
      softirqPercent: 0,
      stealPercent: 50,
      guestPercent: 0,
    };
    const stat = readingOf({ '/proc/stat': 'cpu  1 1 1 1\n', '/proc/loadavg': '900.0 1.0 1.0 1/1 1\n' });
    const sample = sampleOf('local', null, stat);
    const found = kinds({
      cpu: sample.cpu === null ? null : { ...sample.cpu, shares },
      load: sample.load === null ? null : { ...sample.load, onePerCore: 900 },
    });
    assert.deepEqual(found, ['warning cpuStolen', 'warning cpuBusy', 'warning loadHigh']);
  });

  it('counts the errors of hardware, not once more those of the bond above it', () => {
    const dev = 'eth0: 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0\nbond0: 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n';
    const [eth0, bond0] = sampleOf('x', null, readingOf({ '/proc/net/dev': dev })).interfaces;
    assert.ok(eth0 && bond0);
    const interfaces = [
      { ...eth0, hardware: true, errorsPerSecond: 5 },
      { ...bond0, hardware: false, errorsPerSecond: 5 },
    ];
    assert.deepEqual(kinds({ interfaces }), ['warning interfaceErrors eth0']);
  });

  it('judges temperatures by the limits of the chip, and batteries while they are used', () => {
    const sensor = { id: 't', chip: 'nvme', label: 'A', celsius: 90, highCelsius: 80, criticalCelsius: 95 };
    const battery = {
      name: 'BAT0',
      model: null,
      chargePercent: 4,
      state: 'discharging' as const,
      secondsLeft: null,
      powerWatts: null,
      healthPercent: null,
      cycles: null,
      peripheral: false,
    };
    const sensors = (batteryState: Partial<typeof battery>, celsius: number): Partial<Sample> => ({
      sensors: {
        temperatures: [{ ...sensor, celsius }],
        fans: [],
        batteries: [{ ...battery, ...batteryState }],
        mainsOnline: null,
      },
    });
    assert.deepEqual(kinds(sensors({}, 79)), ['error batteryLow BAT0']);
    assert.deepEqual(kinds(sensors({ peripheral: true }, 80)), ['warning temperatureHigh nvme A']);
    assert.deepEqual(kinds(sensors({ chargePercent: 16 }, 95)), ['error temperatureHigh nvme A']);
  });

  it('puts errors first, then what stops work, then the fullest', () => {
    const found = kinds({
      ...memory(3),
      fileSystems: [
        disk({ mountPoint: '/a', usedPercent: 91 }),
        disk({ mountPoint: '/b', usedPercent: 99 }),
        disk({ mountPoint: '/c', usedPercent: 98, inodesUsedPercent: 92 }),
      ],
    });
    assert.deepEqual(found, [
      'error fileSystemFull /b',
      'error fileSystemFull /c',
      'error memoryLow',
      'warning fileSystemFull /a',
      'warning inodesFull /c',
    ]);
  });
});
