import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import { collectOverviews } from '../../../../src/features/system/core/overview/collect';
import type { SystemOverview } from '../../../../src/features/system/core/overview/schema/overview';
import { createLocalMachine, type LocalMachine } from '../../../../src/machine/local';
import { startPsutil, type PythonPeer } from '../../../bench/python';

const MIB = 2 ** 20;
/** So much may other programs take or give back between two looks. */
const MEMORY_TOLERANCE_BYTES = 256 * MIB;
const DISK_TOLERANCE_BYTES = 1024 * MIB;
/** Of two measurements over nearly, not exactly, the same two seconds. */
const CPU_TOLERANCE_PERCENT = 20;

interface PsutilCounters {
  readonly bootTimeSeconds: number;
  readonly cores: number;
  readonly totalBytes: number;
  readonly availableBytes: number;
  readonly interfaces: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly disks: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

function output(program: string, ...words: readonly string[]): string {
  // df says 1 when it may not see one of many file systems.
  return spawnSync(program, words, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).stdout;
}

function near(actual: number | null | undefined, expected: number, tolerance: number, what: string): void {
  assert.ok(
    typeof actual === 'number' && Math.abs(actual - expected) <= tolerance,
    `${what}: ${actual}, the system says ${expected}`,
  );
}

/** A counter that only grows, looked at before, by us, and after. */
function between(before: number | undefined, actual: number | null, after: number | undefined, what: string): void {
  assert.ok(actual !== null && before !== undefined && after !== undefined, `${what} is not known to both`);
  assert.ok(before <= actual && actual <= after, `${what}: ${actual} is not between ${before} and ${after}`);
}

/** Elsewhere there is no /proc to compare with. */
const onLinux = process.platform === 'linux' ? describe : describe.skip;

/** A machine for the tests of one group, and its overviews. */
function localMachine(): { overviews(live: boolean): AsyncGenerator<SystemOverview, void, undefined> } {
  let machine: LocalMachine | undefined;
  before(() => {
    machine = createLocalMachine();
  });
  after(() => machine?.dispose());
  return {
    overviews: (live) =>
      collectOverviews({ machine: machine ?? assert.fail(), signal: new AbortController().signal, live }),
  };
}

async function complete({ overviews }: ReturnType<typeof localMachine>): Promise<SystemOverview> {
  let last: SystemOverview | undefined;
  for await (const overview of overviews(false)) last = overview;
  return last ?? assert.fail();
}

onLinux('the overview against free and df (Linux only)', () => {
  const local = localMachine();

  it('has the memory of free -b', async () => {
    const { memory, swap } = await complete(local);
    const [, memoryRow = '', swapRow = ''] = output('free', '-b', '-w').split('\n');
    const [total, , free, shared, buffers, cache, available] = memoryRow.split(/\s+/).slice(1).map(Number);
    assert.equal(memory?.totalBytes, total);
    near(memory?.freeBytes, free ?? NaN, MEMORY_TOLERANCE_BYTES, 'free');
    near(memory?.sharedBytes, shared ?? NaN, MEMORY_TOLERANCE_BYTES, 'shared');
    near(memory?.buffersBytes, buffers ?? NaN, MEMORY_TOLERANCE_BYTES, 'buffers');
    near(memory?.cacheBytes, cache ?? NaN, MEMORY_TOLERANCE_BYTES, 'cache');
    near(memory?.availableBytes, available ?? NaN, MEMORY_TOLERANCE_BYTES, 'available');
    const [swapTotal, swapUsed] = swapRow.split(/\s+/).slice(1).map(Number);
    assert.equal(swap?.totalBytes, swapTotal);
    near(swap?.usedBytes, swapUsed ?? NaN, MEMORY_TOLERANCE_BYTES, 'swap');
  });

  it('has the file systems of df, with their space and inodes', async () => {
    const { fileSystems } = await complete(local);
    const table = output('df', '-B1', '--output=fstype,size,used,avail,itotal,iused,target')
      .trimEnd()
      .split('\n')
      .slice(1);
    assert.ok(table.length > 0);
    for (const row of table) {
      const words = row.trim().split(/\s+/);
      const target = words.slice(6).join(' ');
      const [size, used, available, inodes, inodesUsed] = words.slice(1, 6).map(Number);
      const ours = fileSystems.find((one) => one.mountPoint === target);
      // Of one file system mounted at several places, df may show another place.
      if (ours === undefined) continue;
      assert.equal(ours.type, words[0]);
      assert.equal(ours.totalBytes, size, target);
      near(ours.usedBytes, used ?? NaN, DISK_TOLERANCE_BYTES, `${target} used`);
      near(ours.availableBytes, available ?? NaN, DISK_TOLERANCE_BYTES, `${target} available`);
      assert.equal(ours.inodes ?? 0, inodes, `${target} inodes`);
      near(ours.inodesUsed ?? 0, inodesUsed ?? NaN, 20_000, `${target} inodes used`);
    }
    const root = fileSystems.find((one) => one.mountPoint === '/');
    assert.ok(root && table.some((row) => row.endsWith(' /')), 'both have the root');
  });
});

onLinux('the overview against /sys and Node (Linux only)', () => {
  const local = localMachine();

  it('has the devices of /sys/block and their counters of the same moment', async () => {
    const count = (device: string): readonly number[] =>
      fs.readFileSync(`/sys/block/${device}/stat`, 'utf8').trim().split(/\s+/).map(Number);
    const names = fs.readdirSync('/sys/block');
    const before = new Map(names.map((name) => [name, count(name)]));
    const { blockDevices } = await complete(local);
    for (const device of blockDevices) {
      const after = count(device.name);
      between((before.get(device.name)?.[2] ?? NaN) * 512, device.readBytes, (after[2] ?? NaN) * 512, device.name);
      between((before.get(device.name)?.[6] ?? NaN) * 512, device.writtenBytes, (after[6] ?? NaN) * 512, device.name);
    }
    const worked = names.filter((name) => (before.get(name)?.[0] ?? 0) > 0 && !/^(loop|ram|sr|fd)/.test(name));
    for (const name of worked)
      assert.ok(
        blockDevices.some((device) => device.name === name),
        `${name} is missing`,
      );
  });

  it('has the host, the load and the uptime that Node sees', async () => {
    const loadsBefore = os.loadavg();
    const { host, load, cpu } = await complete(local);
    const loadsAfter = os.loadavg();
    assert.equal(host.name, os.hostname());
    assert.equal(host.kernel, `Linux ${os.release()}`);
    near(host.uptimeSeconds, os.uptime(), 3, 'uptime');
    const [low = NaN, high = NaN] = [loadsBefore[0], loadsAfter[0]].sort((one, other) => (one ?? 0) - (other ?? 0));
    assert.ok(load && load.one >= low - 0.01 && load.one <= high + 0.01, `${load?.one} between ${low} and ${high}`);
    assert.equal(cpu?.logicalCores, os.cpus().length);
  });
});

onLinux('the overview against psutil (Linux only, skipped where Python has no psutil)', () => {
  const local = localMachine();
  let psutil: PythonPeer | undefined;

  before(() => {
    psutil = startPsutil('psutil_sample.py');
  });
  after(() => psutil?.end());

  it('has the counters that psutil reads before and after', async function () {
    if (psutil === undefined) return this.skip();
    const before = (await psutil.ask('counters')) as PsutilCounters;
    const overview = await complete(local);
    const after = (await psutil.ask('counters')) as PsutilCounters;
    near((overview.host.bootTimeMs ?? 0) / 1000, before.bootTimeSeconds, 1, 'boot time');
    assert.equal(overview.memory?.totalBytes, before.totalBytes);
    assert.equal(overview.cpu?.logicalCores, before.cores);
    assert.deepEqual(overview.interfaces.map((one) => one.name).sort(), Object.keys(before.interfaces).sort());
    for (const one of overview.interfaces) {
      const [early, late] = [before.interfaces[one.name], after.interfaces[one.name]];
      between(early?.['bytes_recv'], one.receivedBytes, late?.['bytes_recv'], `${one.name} received`);
      between(early?.['bytes_sent'], one.sentBytes, late?.['bytes_sent'], `${one.name} sent`);
      between(early?.['packets_recv'], one.receivedPackets, late?.['packets_recv'], `${one.name} packets`);
    }
  });

  it('has the use of the processors that psutil measures at the same time', async function () {
    if (psutil === undefined) return this.skip();
    const samples = local.overviews(true);
    for (let count = 0; count < 2; count++) await samples.next();
    const percent = (await psutil.ask('percent 2')) as number;
    const { value } = await samples.next();
    await samples.return();
    near(value?.cpu?.shares?.usedPercent, percent, CPU_TOLERANCE_PERCENT, 'processors');
    near(value?.intervalSeconds, 2, 0.6, 'interval');
  });
});
