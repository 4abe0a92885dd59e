import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import type { MemoryResult } from '../../../../../src/features/system/core/memory/schema';
import { memoryTool } from '../../../../../src/features/system/storageTools';
import { near, output, psutil, python, stage } from './storageSupport';

const MIB = 2 ** 20;
/** So much may other programs take or give back between two looks. */
const TOLERANCE = 256 * MIB;

describe('memory against free, swapon and psutil (Linux only)', () => {
  const scene = stage();
  let result: MemoryResult;

  before(async () => {
    result = await scene.run(memoryTool, {});
  });

  it('has the figures of free -b -w', () => {
    const [, memoryRow = '', swapRow = ''] = output('free', '-b', '-w').split('\n');
    const [total, , free, shared, buffers, cache, available] = memoryRow.split(/\s+/).slice(1).map(Number);
    const { memory, swap } = result;
    assert.equal(memory?.totalBytes, total);
    near(memory?.freeBytes, free, TOLERANCE, 'free');
    near(memory?.sharedBytes, shared, TOLERANCE, 'shared');
    near(memory?.buffersBytes, buffers, TOLERANCE, 'buffers');
    near(memory?.cacheBytes, cache, TOLERANCE, 'cache');
    near(memory?.availableBytes, available, TOLERANCE, 'available');
    const [swapTotal, swapUsed] = swapRow.split(/\s+/).slice(1).map(Number);
    assert.equal(swap?.totalBytes, swapTotal);
    near(swap?.usedBytes, swapUsed, TOLERANCE, 'swap used');
  });

  it('has the swap devices of swapon', () => {
    const rows = output('swapon', '--show=NAME,SIZE,USED,PRIO', '--bytes', '--noheadings', '--raw').trim();
    const told = rows === '' ? [] : rows.split('\n').map((row) => row.split(' '));
    const { swapDevices } = result;
    assert.equal(swapDevices.length, told.length);
    for (const [name, size, , priority] of told) {
      const one = swapDevices.find(({ path }) => path === name) ?? assert.fail(name);
      // swapon counts the header page too.
      near(one.sizeBytes, Number(size), 65_536, 'size');
      assert.equal(one.priority, Number(priority));
    }
  });

  it('has the memory of psutil', function () {
    const told = psutil('[psutil.virtual_memory()._asdict(), psutil.swap_memory()._asdict()]');
    if (told === undefined) return this.skip();
    const [memory, swap] = told as readonly Readonly<Record<string, number>>[];
    assert.equal(result.memory?.totalBytes, memory?.['total']);
    near(result.memory?.availableBytes, memory?.['available'], TOLERANCE, 'available');
    near(result.memory?.activeBytes, memory?.['active'], TOLERANCE, 'active');
    near(result.memory?.inactiveBytes, memory?.['inactive'], TOLERANCE, 'inactive');
    near(result.memory?.buffersBytes, memory?.['buffers'], TOLERANCE, 'buffers');
    near(result.memory?.sharedBytes, memory?.['shared'], TOLERANCE, 'shared');
    near(result.memory?.slabBytes, memory?.['slab'], TOLERANCE, 'slab');
    near(result.swap?.totalBytes, swap?.['total'], 0, 'swap');
  });

  it('has the settings and pages of the kernel', () => {
    const value = (file: string): string => fs.readFileSync(file, 'utf8').trim();
    const { settings, details, hugePages, memory } = result;
    assert.equal(settings.swappiness, Number(value('/proc/sys/vm/swappiness')));
    assert.equal(
      settings.overcommit,
      ['heuristic', 'always', 'never'][Number(value('/proc/sys/vm/overcommit_memory'))],
    );
    const sizes = fs.existsSync('/sys/kernel/mm/hugepages') ? fs.readdirSync('/sys/kernel/mm/hugepages') : [];
    assert.deepEqual(hugePages.map(({ pageBytes }) => `hugepages-${pageBytes / 1024}kB`).sort(), [...sizes].sort());
    const slab = (details?.reclaimableSlabBytes ?? 0) + (details?.unreclaimableSlabBytes ?? 0);
    assert.equal(slab, memory?.slabBytes);
  });

  it('has the largest processes, with the sizes that psutil reads', async function () {
    const { pid } = await scene.start(...python("data = bytearray(b'x') * 80_000_000"));
    const exact = await scene.run(memoryTool, { exact: true });
    const one = exact.processes.find((process) => process.pid === pid) ?? assert.fail('not among the largest');
    assert.equal(one.name, 'python3');
    assert.ok(one.residentBytes > 80_000_000);
    assert.ok(exact.totals !== null && exact.totals.exactOf <= exact.totals.processes);
    const told = psutil(`psutil.Process(${pid}).memory_full_info()._asdict()`) as Record<string, number> | undefined;
    if (told === undefined) return this.skip();
    near(one.residentBytes, told['rss'], MIB, 'rss');
    near(one.virtualBytes, told['vms'], MIB, 'vms');
    // The Python that asks shares its program and libraries with the one that is asked about.
    near(one.exact?.uniqueBytes, told['uss'], 16 * MIB, 'uss');
    near(one.exact?.proportionalBytes, told['pss'], 16 * MIB, 'pss');
    near(one.swapBytes, told['swap'], MIB, 'swap');
    const total = Number(/total\s+(\d+)K/.exec(output('pmap', String(pid)))?.[1]) * 1024;
    near(one.virtualBytes, total, MIB, 'pmap');
  });

  it('has every control group and what it uses', async () => {
    const { groups } = await scene.run(memoryTool, { groups: true });
    const mounts = fs.readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    const memory = mounts.flatMap((line) => / (\S*\/memory) \S+ .*- cgroup /.exec(line)?.[1] ?? [])[0];
    const unified = mounts.flatMap((line) => / (\S+) \S+ .*- cgroup2 /.exec(line)?.[1] ?? [])[0];
    const [root, file] = memory === undefined ? [unified, 'memory.current'] : [memory, 'memory.usage_in_bytes'];
    assert.ok(groups !== null);
    if (root === undefined) return assert.deepEqual(groups, []);
    const folders = fs.readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of folders) {
      const one = groups.find(({ path }) => path === `/${name}`);
      if (!fs.existsSync(`${root}/${name}/${file}`)) continue;
      near(one?.memoryBytes, Number(fs.readFileSync(`${root}/${name}/${file}`, 'utf8')), 8 * TOLERANCE, name);
    }
  });
});
