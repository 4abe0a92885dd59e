import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseIoCounters, type IoCounters } from '../../../../../src/features/system/core/disks/ioCounters';
import { ioRates } from '../../../../../src/features/system/core/disks/ioRates';
import { disksTool } from '../../../../../src/features/system/storageTools';
import { near, output, psutil, python, stage } from './storageSupport';

/** Other programs write while two of them look. */
const SPACE_TOLERANCE = 1024 * 2 ** 20;
const INODE_TOLERANCE = 20_000;

interface DfRow {
  readonly type: string;
  readonly figures: readonly number[];
  readonly target: string;
}

function df(...words: readonly string[]): readonly DfRow[] {
  const columns = '--output=fstype,size,used,avail,itotal,iused,iavail,target';
  const lines = output('df', '-B1', columns, ...words)
    .trimEnd()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const parts = line.trim().split(/\s+/);
    return { type: parts[0] ?? '', figures: parts.slice(1, 7).map(Number), target: parts.slice(7).join(' ') };
  });
}

/** Looks again where somebody has mounted or unmounted something meanwhile. */
async function atRest<T>(look: () => Promise<T>): Promise<T> {
  const mounts = (): string => fs.readFileSync('/proc/self/mountinfo', 'utf8');
  for (let attempt = 0; attempt < 10; attempt++) {
    const before = mounts();
    const seen = await look();
    if (mounts() === before) return seen;
  }
  assert.fail('Something is mounted all the time.');
}

describe('disks against df and findmnt (Linux only)', () => {
  const scene = stage();

  it('has the space and inodes of df', async () => {
    const { result, rows } = await atRest(async () => ({ result: await scene.run(disksTool, {}), rows: df() }));
    const { fileSystems, total } = result;
    assert.ok(rows.length > 0);
    for (const { type, figures, target } of rows) {
      const one = fileSystems.find(({ mountPoint }) => mountPoint === target);
      // Of one file system mounted at several places, df may show another place.
      if (one === undefined) continue;
      const [size, used, available, inodes, inodesUsed, inodesFree] = figures;
      assert.equal(one.type, type);
      assert.equal(one.totalBytes, size, target);
      near(one.usedBytes, used, SPACE_TOLERANCE, `${target} used`);
      near(one.availableBytes, available, SPACE_TOLERANCE, `${target} available`);
      assert.equal(one.inodes ?? 0, inodes);
      near(one.inodesUsed ?? 0, inodesUsed, INODE_TOLERANCE, `${target} inodes used`);
      near(one.inodesFree ?? 0, inodesFree, INODE_TOLERANCE, `${target} inodes free`);
    }
    const places = fileSystems.map(({ mountPoint }) => mountPoint);
    assert.deepEqual([...places].sort(), rows.map(({ target }) => target).sort());
    const sum = fileSystems.reduce((all, one) => all + (one.totalBytes ?? 0), 0);
    assert.equal(total.totalBytes, sum);
  });

  it('has all mounts of findmnt, with their options', async () => {
    const { result, printed } = await atRest(async () => ({
      result: await scene.run(disksTool, { all: true }),
      printed: output('findmnt', '-J', '-l', '-b', '-o', 'TARGET,SOURCE,FSTYPE,OPTIONS,MAJ:MIN,FSROOT'),
    }));
    const { fileSystems } = result;
    const told = JSON.parse(printed) as {
      readonly filesystems: readonly Readonly<Record<string, string>>[];
    };
    assert.equal(fileSystems.length, told.filesystems.length);
    for (const [index, row] of told.filesystems.entries()) {
      const one = fileSystems[index] ?? assert.fail();
      assert.equal(one.mountPoint, row['target']);
      assert.equal(one.type, row['fstype']);
      assert.equal(one.device, row['maj:min']);
      assert.equal(one.root, row['fsroot']);
      assert.deepEqual([...one.options].sort(), (row['options'] ?? '').split(',').sort(), one.mountPoint);
      assert.ok((row['source'] ?? '').startsWith(one.source), `${one.source}, ${row['source']}`);
    }
  });

  it('has the figures of df -a, and none where a mount is hidden', async () => {
    const { fileSystems } = await scene.run(disksTool, { all: true });
    for (const { target, figures } of df('-a')) {
      const one = fileSystems.find(({ mountPoint, hidden }) => mountPoint === target && !hidden);
      // df shows a dash for what is hidden.
      if (one === undefined || Number.isNaN(figures[0])) continue;
      assert.equal(one.totalBytes, figures[0], target);
    }
  });

  it('finds the file system of a path, by type too', async () => {
    const { fileSystems, devices } = await scene.run(disksTool, { path: scene.folder });
    const [row] = df(scene.folder);
    assert.deepEqual(
      fileSystems.map(({ mountPoint }) => mountPoint),
      [row?.target],
    );
    assert.ok(devices.every(({ name }) => fs.existsSync(`/sys/class/block/${name}`)));
    const typed = await scene.run(disksTool, { type: row?.type });
    assert.ok(typed.fileSystems.length > 0 && typed.fileSystems.every(({ type }) => type === row?.type));
    await assert.rejects(scene.run(disksTool, { path: path.join(scene.folder, 'nowhere') }), { code: 'not-found' });
  });

  it('counts a deleted file that is still open', async () => {
    const file = path.join(scene.folder, 'log');
    const { pid } = await scene.start(
      ...python(`f = open('${file}', 'wb'); f.write(b'x' * 10_000_000); f.flush(); os.unlink('${file}')`),
    );
    const { fileSystems } = await scene.run(disksTool, { path: scene.folder });
    const [one] = fileSystems;
    assert.ok((one?.deletedBytes ?? 0) >= 10_000_000, `${one?.deletedBytes}`);
    assert.ok((one?.deletedFiles ?? 0) >= 1);
    const owner = one?.deletedOwner ?? assert.fail('nobody holds it');
    assert.ok(owner.pid === pid || owner.sizeBytes >= 10_000_000);
  });
});

describe('disks against psutil and iostat (Linux only)', () => {
  const scene = stage();

  it('has the partitions and the space of psutil', async function () {
    const { told, result } = await atRest(async () => ({
      told: psutil('[[[*p][:3] for p in psutil.disk_partitions(all=a)] for a in (True, False)]'),
      result: await scene.run(disksTool, { all: true }),
    }));
    if (told === undefined) return this.skip();
    const [all, physical] = told as readonly (readonly (readonly string[])[])[];
    const { fileSystems } = result;
    // psutil leaves out the source "none".
    const row = ({ source, mountPoint, type }: (typeof fileSystems)[number]): string =>
      `${source === 'none' ? '' : source} ${mountPoint} ${type}`;
    const known = new Set(fileSystems.map(row));
    for (const one of all ?? []) assert.ok(known.has(one.join(' ')), one.join(' '));
    const ours = fileSystems.filter((one) => one.physical && one.source !== '').map(row);
    assert.deepEqual(ours.sort(), (physical ?? []).map((one) => one.join(' ')).sort());
    const [total, used, free, percent] = psutil("[*psutil.disk_usage('/')]") as readonly number[];
    const root = fileSystems.find(({ mountPoint, hidden }) => mountPoint === '/' && !hidden) ?? assert.fail();
    assert.equal(root.totalBytes, total);
    near(root.usedBytes, used, SPACE_TOLERANCE, 'used');
    near(root.availableBytes, free, SPACE_TOLERANCE, 'free');
    near(root.usedPercent, percent, 1, 'percent');
  });

  it('has the counters that psutil reads before and after', async function () {
    const ask = (): Readonly<Record<string, readonly number[]>> | undefined =>
      psutil('{k: [*v] for k, v in psutil.disk_io_counters(perdisk=True, nowrap=False).items()}') as
        Readonly<Record<string, readonly number[]>> | undefined;
    const before = ask();
    if (before === undefined) return this.skip();
    const { devices } = await scene.run(disksTool, {});
    const after = ask();
    assert.ok(devices.length > 0);
    for (const { name, totals } of devices) {
      const [early, late] = [before[name], after?.[name]];
      const { reads, writes, readBytes, writtenBytes, readMs, writeMs, readsMerged, writesMerged, busyMs } = totals;
      // In psutil's order.
      const ours = [reads, writes, readBytes, writtenBytes, readMs, writeMs, readsMerged, writesMerged, busyMs];
      for (const [index, value] of ours.entries()) {
        const [low = NaN, high = NaN] = [early?.[index], late?.[index]];
        assert.ok(value !== null && low <= value && value <= high, `${name} ${index}: ${low} ${value} ${high}`);
      }
    }
  });

  it('derives the columns of iostat -x, from the start of the machine on', () => {
    const read = (): readonly IoCounters[] =>
      parseIoCounters(fs.readFileSync('/proc/diskstats', 'utf8')) ?? assert.fail();
    const uptime = (): number => Number(fs.readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
    const before = read();
    const printed = JSON.parse(output('iostat', '-x', '-k', '-o', 'JSON')) as Iostat;
    const told = printed.sysstat.hosts[0]?.statistics[0]?.disk ?? [];
    const after = read();
    const seconds = uptime();
    const same = told.filter(({ disk_device: name }) => {
      const [early, late] = [before, after].map((all) => all.find((one) => one.name === name));
      // Another program's request in between would be in one of them only.
      return early !== undefined && late !== undefined && late.reads === early.reads && late.writes === early.writes;
    });
    for (const row of same) {
      const now = after.find(({ name }) => name === row.disk_device) ?? assert.fail();
      compare(row, ioRates(fromStart(now), now, seconds), row.disk_device);
    }
    assert.ok(told.length > 0, 'iostat sees a disk');
  });
});

interface Iostat {
  readonly sysstat: {
    readonly hosts: readonly {
      readonly statistics: readonly { readonly disk: readonly IostatRow[] }[];
    }[];
  };
}
type IostatRow = Readonly<Record<string, number>> & { readonly disk_device: string };

function fromStart(now: IoCounters): IoCounters {
  const zeros = Object.entries(now).map(([key, value]: readonly [string, unknown]) => [
    key,
    typeof value === 'number' ? 0 : value,
  ]);
  return Object.fromEntries(zeros) as IoCounters;
}

/** iostat prints two decimals, and a mean of nothing as 0. The uptime was read a little later. */
function compare(
  row: IostatRow,
  { read, write, discard, flush, ...one }: ReturnType<typeof ioRates>,
  name: string,
): void {
  const kibibytes = (value: number | null | undefined): number => (value ?? 0) / 1024;
  const columns: Readonly<Record<string, number>> = {
    'r/s': read.perSecond ?? 0,
    'w/s': write.perSecond ?? 0,
    'rkB/s': kibibytes(read.bytesPerSecond),
    'wkB/s': kibibytes(write.bytesPerSecond),
    'rrqm/s': read.mergedPerSecond ?? 0,
    'wrqm/s': write.mergedPerSecond ?? 0,
    rrqm: read.mergedPercent ?? 0,
    wrqm: write.mergedPercent ?? 0,
    r_await: read.awaitMs ?? 0,
    w_await: write.awaitMs ?? 0,
    'rareq-sz': kibibytes(read.requestBytes),
    'wareq-sz': kibibytes(write.requestBytes),
    'd/s': discard?.perSecond ?? 0,
    'dkB/s': kibibytes(discard?.bytesPerSecond),
    'drqm/s': discard?.mergedPerSecond ?? 0,
    drqm: discard?.mergedPercent ?? 0,
    d_await: discard?.awaitMs ?? 0,
    'dareq-sz': kibibytes(discard?.requestBytes),
    'f/s': flush?.perSecond ?? 0,
    f_await: flush?.awaitMs ?? 0,
    'aqu-sz': one.queueLength ?? 0,
    util: one.utilisationPercent ?? 0,
  };
  for (const [column, value] of Object.entries(columns)) {
    const expected = row[column];
    // Older versions of iostat have fewer columns.
    if (expected !== undefined) near(value, expected, 0.06 + Math.abs(expected) * 0.01, `${name} ${column}`);
  }
}
