import * as assert from 'node:assert/strict';
import { ElsewhereReader, type Library } from '../../../../../../src/features/system/core/overview/elsewhere';
import { sampleOf } from '../../../../../../src/features/system/core/overview/rates/rates';
import { systemOverview } from '../../../../../../src/features/system/core/overview/schema/overview';
import { fakeClock } from '../../../../../support/fixtureMachine';

const signal = new AbortController().signal;
const sampleSchema = systemOverview.omit({ history: true, findings: true, status: true });
const GIB = 2 ** 30;

type Answers = Readonly<Record<string, () => unknown>>;

interface FakeLibrary extends Library {
  readonly calls: readonly string[];
}

/** Answers as systeminformation does on a Mac; only the fields that are used are there. */
function library(more: Partial<Record<keyof Library, () => Promise<unknown>>> = {}): FakeLibrary {
  const calls: string[] = [];
  const answers: Answers = { ...counterAnswers(), ...fixedAnswers };
  const functions = Object.keys(answers).map((name) => {
    const asked = (): Promise<unknown> => {
      calls.push(name);
      return more[name as keyof Library]?.() ?? Promise.resolve(answers[name]?.());
    };
    return [name, asked] as const;
  });
  return { ...(Object.fromEntries(functions) as unknown as Library), calls };
}

/** They go on with every look at the processors, whose first look tells the time since the start. */
function counterAnswers(): Answers {
  let looks = 0;
  const cpu = (user: number, idle: number): unknown => ({
    rawLoadUser: user,
    rawLoadNice: 0,
    rawLoadSystem: 100,
    rawLoadIdle: idle,
    rawLoadIrq: 0,
  });
  return {
    currentLoad: () => {
      looks++;
      return { cpus: looks === 1 ? [cpu(90_000, 5_000), cpu(1, 1)] : [cpu(300, 600), cpu(100, 800)] };
    },
    networkStats: () => [
      {
        iface: 'en0',
        rx_bytes: 1000 * looks,
        tx_bytes: 500,
        rx_errors: 0,
        tx_errors: 0,
        rx_dropped: 0,
        tx_dropped: 0,
      },
    ],
    fsStats: () => ({ rx: 4096 * looks, wx: 8192 * looks }),
    disksIO: () => ({ rIO: 10 * looks, wIO: 20 * looks }),
  };
}

const fixedAnswers: Answers = {
  mem: () => ({
    total: 16 * GIB,
    available: 4 * GIB,
    free: GIB,
    active: 9 * GIB,
    buffcache: 3 * GIB,
    swaptotal: 0,
    swapfree: 0,
  }),
  osInfo: () => ({ hostname: 'mac', kernel: '24.1.0', distro: 'macOS', release: '15.1', arch: 'arm64' }),
  cpu: () => ({ manufacturer: 'Apple', brand: 'M3', cores: 2, physicalCores: 2, processors: 1 }),
  cpuTemperature: () => ({ main: -1 }),
  battery: () => ({
    hasBattery: true,
    percent: 61,
    isCharging: false,
    acConnected: false,
    timeRemaining: 90,
    maxCapacity: 90,
    designedCapacity: 100,
    cycleCount: 12,
    model: '',
  }),
  networkInterfaces: () => [
    {
      iface: 'en0',
      operstate: 'up',
      speed: 1000,
      mtu: 1500,
      mac: 'aa',
      internal: false,
      virtual: false,
      duplex: 'full',
    },
  ],
  fsSize: () => [
    { fs: '/dev/disk3s1', type: 'APFS', size: 100, used: 95, available: 5, mount: '/', rw: true },
    { fs: 'devfs', type: 'devfs', size: 9, used: 9, available: 0, mount: '/dev', rw: true },
    { fs: 'map auto_home', type: 'autofs', size: 1, used: 0, available: 0, mount: '/home', rw: true },
  ],
  users: () => [{ user: 'ann', tty: 'console', date: '2026-11-20', time: '09:12', ip: '' }],
};

describe('macOS and Windows', () => {
  it('give the same kind of figures through systeminformation', async () => {
    const reader = new ElsewhereReader('darwin', fakeClock(), library());
    const sample = sampleOf('local', null, await reader.read(signal));
    assert.equal(sample.backEnd, 'systeminformation');
    assert.equal(sample.host.os, 'macOS 15.1');
    assert.equal(sample.cpu?.model, 'Apple M3');
    assert.equal(sample.memory?.usedBytes, 12 * GIB);
    assert.deepEqual(
      sample.fileSystems.map((one) => [one.mountPoint, one.usedPercent]),
      [['/', 95]],
    );
    assert.equal(sample.sensors.batteries[0]?.secondsLeft, 5400);
    assert.deepEqual(sample.sensors.temperatures, []);
    assert.equal(sample.users.list[0]?.sinceMs, new Date(2026, 10, 20, 9, 12).getTime());
    assert.equal(sample.pressure, null);
    assert.deepEqual(sample.problems, []);
  });

  it('add processor times up, for each look tells only what has passed since the one before', async () => {
    const clock = fakeClock();
    const reader = new ElsewhereReader('darwin', clock, library());
    const first = await reader.read(signal);
    clock.advance(1000);
    const second = await reader.read(signal);
    const uptime = { ...first.counters, uptimeSeconds: null };
    const sample = sampleOf('local', { ...first, counters: uptime }, second);
    assert.deepEqual(sampleSchema.safeParse(sample).error?.issues ?? [], []);
    assert.equal(sample.cpu?.cores[0]?.shares?.userPercent, 30);
    assert.equal(sample.cpu.cores[0].shares.idlePercent, 60);
    assert.equal(sample.cpu.shares?.usedPercent, 30);
    assert.equal(sample.cpu.shares.iowaitPercent, null);
    assert.equal(sample.interfaces[0]?.receivedBytesPerSecond, 1000);
    assert.equal(sample.interfaces[0].receivedPacketsPerSecond, null);
    assert.equal(sample.interfaces[0].utilisationPercent, 0);
    assert.equal(sample.blockDevices[0]?.readBytesPerSecond, 4096);
    assert.equal(sample.blockDevices[0].writesPerSecond, 20);
  });

  it('ask seldom for what is slow to tell', async () => {
    const clock = fakeClock();
    const asked = library();
    const reader = new ElsewhereReader('darwin', clock, asked);
    for (let count = 0; count < 40; count++) {
      await reader.read(signal);
      clock.advance(1000);
    }
    const times = (name: string): number => asked.calls.filter((call) => call === name).length;
    assert.deepEqual([times('osInfo'), times('fsSize'), times('mem')], [1, 2, 40]);
  });

  it('have no load average and no disk counters on Windows', async () => {
    const nothing = (): Promise<unknown> => Promise.resolve(null);
    const reader = new ElsewhereReader('win32', fakeClock(), library({ fsStats: nothing, disksIO: nothing }));
    const { counters } = await reader.read(signal);
    assert.equal(counters.load, null);
    assert.equal(counters.disks, null);
  });

  it('lose only the part of a function that fails, and keep telling so', async () => {
    const clock = fakeClock();
    const reader = new ElsewhereReader(
      'darwin',
      clock,
      library({ fsSize: () => Promise.reject(new Error('df: not found')) }),
    );
    await reader.read(signal);
    clock.advance(1000);
    const { problems, fileSystems, counters } = await reader.read(signal);
    assert.deepEqual(fileSystems, []);
    assert.ok(counters.memory);
    assert.deepEqual(problems, [
      { source: 'systeminformation.fsSize', reason: 'failed', message: 'df: not found', missing: 'fileSystems' },
    ]);
  });
});
