import * as assert from 'node:assert/strict';
import { collectDisks } from '../../../../../../src/features/system/core/disks/collect';
import type { DisksInput } from '../../../../../../src/features/system/core/disks/chosen';
import { growthOf, type UsedAt } from '../../../../../../src/features/system/core/disks/growth';
import { parseIoCounters } from '../../../../../../src/features/system/core/disks/ioCounters';
import { ioRates } from '../../../../../../src/features/system/core/disks/ioRates';
import type { DisksResult } from '../../../../../../src/features/system/core/disks/schema';
import { disksTool } from '../../../../../../src/features/system/storageTools';
import type { FileFailure, Usage } from '../../../../../../src/machine/machine';
import { printMarkdown } from '../../../../../../src/report/markdown';
import { fakeClock, memoryMachine, TIMED_OUT, type MemoryEntry } from '../../../../../support/fixtureMachine';
import { assertGolden } from '../../../../../support/golden';

const line = (numbers: string): string => `   8       0 sda ${numbers}\n`;
const only = (text: string) => (parseIoCounters(text) ?? assert.fail())[0] ?? assert.fail();

describe('the columns of iostat -x', () => {
  it('are worked out from two readings, as by hand', () => {
    const before = only(line('100 10 2000 500 200 20 4000 1000 0 700 1500 10 1 800 50 5 20'));
    const now = only(line('300 60 10000 1500 300 120 8000 3000 4 1200 6500 20 11 1800 100 15 70'));
    const { read, write, discard, flush, queueLength, utilisationPercent } = ioRates(before, now, 2);
    assert.deepEqual(read, {
      perSecond: 100,
      bytesPerSecond: 2_048_000,
      mergedPerSecond: 25,
      mergedPercent: 20,
      awaitMs: 5,
      requestBytes: 20_480,
    });
    assert.deepEqual(write, {
      perSecond: 50,
      bytesPerSecond: 1_024_000,
      mergedPerSecond: 50,
      mergedPercent: 50,
      awaitMs: 20,
      requestBytes: 20_480,
    });
    assert.deepEqual(discard, {
      perSecond: 5,
      bytesPerSecond: 256_000,
      mergedPerSecond: 5,
      mergedPercent: 50,
      awaitMs: 5,
      requestBytes: 51_200,
    });
    assert.deepEqual(flush, { perSecond: 5, awaitMs: 5 });
    assert.equal(queueLength, 2.5);
    assert.equal(utilisationPercent, 25);
  });

  it('are null without an earlier reading, requests, or columns of newer kernels', () => {
    const old = only(line('100 10 2000 500 200 20 4000 1000 0 700 1500'));
    const rates = ioRates(undefined, old, null);
    assert.equal(rates.read.perSecond, null);
    assert.equal(rates.discard, null);
    assert.equal(rates.flush, null);
    const idle = ioRates(old, old, 1);
    assert.deepEqual([idle.read.perSecond, idle.read.awaitMs, idle.utilisationPercent], [0, null, 0]);
    const back = only(line('90 10 2000 500 200 20 4000 1000 0 700 1500'));
    assert.equal(ioRates(old, back, 1).read.perSecond, null);
  });
});

describe('the growth of a file system', () => {
  const readings = (used: (second: number) => number, seconds = 120): readonly UsedAt[] =>
    Array.from({ length: seconds / 2 + 1 }, (_none, index) => ({
      atMs: index * 2_000,
      usedBytes: used(index * 2),
      availableBytes: 1_000_000 - used(index * 2),
    }));

  it('is a forecast where it is steady', () => {
    assert.deepEqual(growthOf(readings((second) => second * 1_000)), {
      bytesPerSecond: 1_000,
      overSeconds: 120,
      steady: true,
      fullInSeconds: 880,
    });
  });

  it('is none for a single large copy, for what comes and goes, and within the first minute', () => {
    for (const used of [
      (second: number) => (second > 60 ? 500_000 : 0),
      (second: number) => (second % 4 === 0 ? 100_000 : 0),
      (second: number) => 500_000 - second * 100,
      () => 5,
    ]) {
      const growth = growthOf(readings(used));
      assert.deepEqual([growth?.steady, growth?.fullInSeconds], [false, null], String(used));
    }
    assert.equal(growthOf(readings((second) => second * 1_000, 40))?.steady, false);
    assert.equal(growthOf([{ atMs: 0, usedBytes: 1, availableBytes: 1 }]), null);
  });
});

const GIB = 2 ** 30;
const usage = (total: number, free: number, available = free, inodes = 1_000, inodesFree = 900): Usage => ({
  kind: 'usage',
  totalBytes: total,
  freeBytes: free,
  availableBytes: available,
  inodes,
  inodesFree,
});

const FILES: Readonly<Record<string, MemoryEntry>> = {
  '/proc/uptime': '1000.00 2000.00\n',
  '/proc/filesystems': 'nodev\tproc\nnodev\ttmpfs\nnodev\tnfs4\n\text4\n\txfs\n',
  '/proc/self/mountinfo': `22 27 0:21 / /proc rw - proc proc rw
27 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw,errors=remount-ro
28 27 9:127 / /data rw,noatime - xfs /dev/md127 rw,attr2
29 27 8:1 / /boot rw - ext4 /dev/sda1 ro,errors=remount-ro
30 27 0:40 / /mnt/nfs rw - nfs4 server:/export rw
31 27 8:2 /home /srv/home rw - ext4 /dev/sda2 rw
`,
  '/proc/diskstats': `   8       0 sda 100 10 2000 500 200 20 4000 1000 0 700 1500
   8       1 sda1 10 1 200 50 20 2 400 100 0 70 150
   8       2 sda2 90 9 1800 450 180 18 3600 900 0 630 1350
   9     127 md127 5 0 40 0 6 0 48 0 0 0 0
`,
  '/sys/block/sda/size': '41943040\n',
  '/sys/block/sda/queue/rotational': '0\n',
  '/sys/block/sda/queue/scheduler': 'none [mq-deadline] kyber\n',
  '/sys/block/sda/device/model': 'FAST DISK\n',
  '/sys/block/sda/sda1/partition': '1\n',
  '/sys/block/sda/sda1/size': '2097152\n',
  '/sys/block/sda/sda2/partition': '2\n',
  '/sys/block/sda/sda2/size': '39845888\n',
  '/sys/block/md127/size': '8388608\n',
  '/sys/block/md127/slaves/sdb1/dev': '8:17\n',
  '/sys/block/md127/slaves/sdc1/dev': '8:33\n',
  '/sys/block/md127/md/level': 'raid1\n',
  '/sys/block/md127/md/array_state': 'clean\n',
  '/sys/block/md127/md/degraded': '1\n',
  '/sys/block/md127/md/sync_action': 'recover\n',
  '/sys/block/md127/md/sync_completed': '250 / 1000\n',
  '/data': { stat: 'd 755 0 9:127 128 2 0 0 0' },
  '/proc/21/stat': `21 (logger) S 1 21 21 0 -1 0 1 0 0 0 1 1 0 0 20 0 1 0 210 1000000 100 ${'0 '.repeat(30)}\n`,
  '/proc/21/fd/3': { link: '/var/big (deleted)', stat: `f 644 ${4 * GIB} 8:2 70 0 0 0 0` },
};
const SPACE: ReadonlyMap<string, Usage | FileFailure> = new Map<string, Usage | FileFailure>([
  ['/', usage(20 * GIB, 1 * GIB, 0.2 * GIB)],
  ['/data', usage(4 * GIB, 3 * GIB, 3 * GIB, 1_000, 5)],
  ['/boot', usage(GIB, 0.5 * GIB)],
  ['/mnt/nfs', TIMED_OUT],
]);

async function collect(input: DisksInput = {}): Promise<DisksResult> {
  const clock = fakeClock();
  const machine = memoryMachine(FILES, { usage: SPACE });
  const { signal } = new AbortController();
  const results: DisksResult[] = [];
  for await (const result of collectDisks(input, { machine, signal, live: false, clock })) results.push(result);
  return disksTool.result.parse(results.at(-1));
}

describe('disks', () => {
  it('say what is wrong, most serious first, and why', async () => {
    const result = await collect();
    assert.deepEqual(
      result.findings.map(({ kind, severity, subject }) => `${kind} ${severity} ${subject}`),
      [
        'spaceFull error /',
        'inodesFull error /data',
        'turnedReadOnly error /boot',
        'raidDegraded error md127',
        'silent warning /mnt/nfs',
      ],
    );
    const root = result.fileSystems.find(({ mountPoint }) => mountPoint === '/');
    assert.equal(root?.deletedBytes, 4 * GIB);
    assert.equal(root.deletedOwner?.pid, 21);
    assert.equal(root.reservedBytes, 0.8 * GIB);
    assert.deepEqual(root.mountsOnIt, ['/boot', '/data', '/mnt/nfs', '/proc', '/srv/home']);
    assertGolden('system/disks.md', printMarkdown(disksTool.report(result), { locale: 'en', timeZone: 'UTC' }));
  });

  it('stand below the disk that they are on', async () => {
    const { devices } = await collect();
    assert.deepEqual(
      devices.map(({ name, parent, mounts, kind }) => [name, parent, mounts.join(), kind]),
      [
        ['sda', null, '', 'disk'],
        ['sda1', 'sda', '/boot', 'partition'],
        ['sda2', 'sda', '/,/srv/home', 'partition'],
        ['md127', null, '/data', 'md'],
      ],
    );
    assert.equal(devices[0]?.scheduler, 'mq-deadline');
    assert.deepEqual(devices[3]?.raid, {
      level: 'raid1',
      state: 'clean',
      missing: 1,
      sync: 'recover',
      syncPercent: 25,
    });
  });

  it('are asked by path, by type, or all of them', async () => {
    const names = ({ fileSystems }: DisksResult): readonly string[] => fileSystems.map(({ mountPoint }) => mountPoint);
    const one = await collect({ path: '/data' });
    assert.deepEqual(names(one), ['/data']);
    assert.deepEqual(
      one.devices.map(({ name }) => name),
      ['md127'],
    );
    assert.deepEqual(names(await collect({ type: 'ext4' })), ['/', '/boot']);
    const all = await collect({ all: true });
    assert.deepEqual(names(all), ['/proc', '/', '/data', '/boot', '/mnt/nfs', '/srv/home']);
    assert.equal(all.fileSystems.at(-1)?.again, true);
    assert.equal(all.total.totalBytes, 25 * GIB);
    await assert.rejects(collect({ path: '/nowhere' }), { code: 'not-found' });
  });
});
