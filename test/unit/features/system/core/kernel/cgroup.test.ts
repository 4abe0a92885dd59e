import * as assert from 'node:assert/strict';
import type { FileTexts } from '../../../../../../src/machine/machine';
import { cgroupFigures, cgroupLimitFiles, narrowed } from '../../../../../../src/features/system/core/kernel/cgroup';
import { cgroupPlaces, type CgroupPlaces } from '../../../../../../src/features/system/core/kernel/cgroupPlaces';
import { parseMountinfo } from '../../../../../../src/features/system/core/kernel/mountinfo';
import { projectText } from '../../../../../support/project';

const fixture = (folder: string, ...file: readonly string[]): string =>
  projectText('test', 'fixtures', 'system', folder, '0', ...file);
const placesOf = (folder: string): CgroupPlaces | null =>
  cgroupPlaces(
    fixture(folder, 'proc', 'self', 'cgroup'),
    parseMountinfo(fixture(folder, 'proc', 'self', 'mountinfo')) ?? [],
  );
const textsOf = (files: Readonly<Record<string, string>>): FileTexts => new Map(Object.entries(files));
const VERSION_2: CgroupPlaces = {
  path: '/a/b',
  memory: { version: 2, folders: ['/cg/a/b', '/cg/a', '/cg'] },
  cpu: { version: 2, folders: ['/cg/a/b', '/cg/a', '/cg'] },
};

describe('where control groups are', () => {
  it('is below the mounts of version 1, whose root is that of the container', () => {
    const places = placesOf('docker-cgroup1-4.15');
    assert.deepEqual(places?.memory, { version: 1, folders: ['/sys/fs/cgroup/memory'] });
    assert.deepEqual(places.cpu, { version: 1, folders: ['/sys/fs/cgroup/cpu,cpuacct'] });
    assert.match(places.path, /^\/docker\/3f2a/);
  });

  it('is the mount point of version 2 in a namespace', () => {
    assert.deepEqual(placesOf('pod-cgroup2-5.15')?.memory, { version: 2, folders: ['/sys/fs/cgroup'] });
  });

  it('is each group from the own one up on a host', () => {
    assert.deepEqual(placesOf('manycore-5.14')?.cpu?.folders, [
      '/sys/fs/cgroup/user.slice/user-0.slice/session-3.scope',
      '/sys/fs/cgroup/user.slice/user-0.slice',
      '/sys/fs/cgroup/user.slice',
      '/sys/fs/cgroup',
    ]);
  });

  it('may be version 1 for one controller and version 2 for another', () => {
    const mounts = parseMountinfo(
      '1 0 0:1 / /cg/unified rw - cgroup2 c rw\n2 0 0:2 / /cg/memory rw - cgroup c rw,memory\n',
    );
    const places = cgroupPlaces('4:memory:/m\n0::/u\n', mounts ?? []);
    assert.deepEqual(places?.memory, { version: 1, folders: ['/cg/memory/m', '/cg/memory'] });
    assert.deepEqual(places.cpu, { version: 2, folders: ['/cg/unified/u', '/cg/unified'] });
  });

  it('is the mount point for a path that leads out of the namespace', () => {
    const mounts = parseMountinfo('1 0 0:1 / /cg rw - cgroup2 c rw\n') ?? [];
    assert.deepEqual(cgroupPlaces('0::/../other\n', mounts)?.memory?.folders, ['/cg']);
  });

  it('is nowhere without mounts, or with rubbish', () => {
    assert.equal(cgroupPlaces('0::/\n', []), null);
    assert.equal(placesOf('rubbish'), null);
  });
});

describe('limits of control groups', () => {
  it('are the lowest on the way up', () => {
    const texts = textsOf({
      '/cg/a/b/memory.max': 'max\n',
      '/cg/a/memory.max': '1000\n',
      '/cg/memory.max': '2000\n',
      '/cg/a/memory.current': '900\n',
      '/cg/a/memory.stat': 'anon 1\ninactive_file 300\n',
      '/cg/a/b/cpu.max': '150000 100000\n',
      '/cg/a/cpu.max': 'max 100000\n',
      '/cg/a/b/cpu.stat': 'usage_usec 5\nnr_periods 7\nnr_throttled 2\nthrottled_usec 9\n',
    });
    const figures = cgroupFigures(texts, VERSION_2);
    assert.deepEqual(figures.memory, {
      version: 2,
      folder: '/cg/a',
      limitBytes: 1000,
      usageBytes: 900,
      inactiveFileBytes: 300,
    });
    assert.deepEqual(figures.cpu, {
      version: 2,
      folder: '/cg/a/b',
      limitCores: 1.5,
      usageMicros: 5,
      periods: 7,
      throttledPeriods: 2,
      throttledMicros: 9,
    });
    assert.deepEqual(narrowed(VERSION_2, figures).memory?.folders, ['/cg/a']);
  });

  it('are of the own group where there is none', () => {
    const { memory, cpu } = cgroupFigures(textsOf({ '/cg/a/b/memory.current': '5\n' }), VERSION_2);
    assert.equal(memory?.folder, '/cg/a/b');
    assert.equal(memory.limitBytes, null);
    assert.equal(memory.usageBytes, 5);
    assert.equal(cpu?.limitCores, null);
    assert.equal(cpu.usageMicros, null);
  });

  it('of version 1 are in other files and units', () => {
    const places = placesOf('docker-cgroup1-4.15');
    assert.ok(places);
    assert.ok(cgroupLimitFiles(places).includes('/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us'));
    const figures = cgroupFigures(
      textsOf({
        '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
        '/sys/fs/cgroup/memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 7\n',
        '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
        '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
        '/sys/fs/cgroup/cpu,cpuacct/cpuacct.usage': '5000000\n',
        '/sys/fs/cgroup/cpu,cpuacct/cpu.stat': 'nr_periods 1\nnr_throttled 1\nthrottled_time 2000\n',
      }),
      places,
    );
    assert.equal(figures.memory?.limitBytes, null, 'the greatest number of pages means no limit');
    assert.equal(figures.memory?.inactiveFileBytes, 7);
    assert.equal(figures.cpu?.limitCores, null);
    assert.equal(figures.cpu?.usageMicros, 5000);
    assert.equal(figures.cpu?.throttledMicros, 2);
  });
});
