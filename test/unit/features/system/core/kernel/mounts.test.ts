import * as assert from 'node:assert/strict';
import { listedMounts } from '../../../../../../src/features/system/core/overview/fileSystems';
import { parseMountinfo } from '../../../../../../src/features/system/core/kernel/mountinfo';
import { projectText } from '../../../../../support/project';

const fixture = (folder: string): string =>
  projectText('test', 'fixtures', 'system', folder, '0', 'proc', 'self', 'mountinfo');
const listed = (text: string): readonly string[] =>
  listedMounts(parseMountinfo(text) ?? []).map((mount) => mount.mountPoint);

describe('/proc/self/mountinfo', () => {
  it('reads optional columns, read-only mounts and escaped paths', () => {
    const mounts = parseMountinfo(
      '36 35 98:0 /mnt1 /mnt\\0402\\134x ro,noatime master:1 shared:2 - ext3 /dev/my\\040disk rw,errors=continue\n',
    );
    assert.deepEqual(mounts, [
      {
        id: 36,
        parentId: 35,
        device: '98:0',
        root: '/mnt1',
        mountPoint: '/mnt 2\\x',
        type: 'ext3',
        source: '/dev/my disk',
        readOnly: true,
      },
    ]);
  });

  it('lives with an empty source and without super options', () => {
    assert.equal(parseMountinfo('36 35 0:4 / /x rw - tmpfs  rw\n')?.[0]?.source, '');
    assert.equal(parseMountinfo('36 35 0:4 / /x rw - tmpfs\n')?.[0]?.source, '');
  });

  it('is nothing when no line is a mount', () => {
    assert.equal(parseMountinfo(fixture('rubbish')), null);
    assert.equal(parseMountinfo('36 35 0:4 / /x rw - tmpfs'), null, 'cut short');
  });
});

describe('the file systems to list', () => {
  it('are those that df lists on this kind of machine', () => {
    assert.deepEqual(listed(fixture('debian12-vm-6.18')), ['/', '/dev', '/dev/shm', '/sys/fs/cgroup']);
  });

  it('leave out what is hidden, snaps, automounts and second views', () => {
    assert.deepEqual(listed(fixture('manycore-5.14')), [
      '/',
      '/archive',
      '/data',
      '/dev',
      '/dev/shm',
      '/mnt/backup',
      '/old',
      '/run',
      '/srv/nfs',
    ]);
  });

  it('show the topmost of two mounts at one place', () => {
    const mounts = parseMountinfo(fixture('manycore-5.14')) ?? [];
    assert.equal(listedMounts(mounts).find((mount) => mount.mountPoint === '/old')?.source, '/dev/sdb');
    assert.equal(listedMounts(mounts).find((mount) => mount.mountPoint === '/data')?.source, '/dev/mapper/rl-data');
  });

  it('show a bind mount where the whole is not mounted, and the whole where it is', () => {
    const bind = '2 1 8:1 /a /short rw - ext4 /dev/sda1 rw\n';
    assert.deepEqual(listed(bind), ['/short']);
    assert.deepEqual(listed(`${bind}3 1 8:1 / /the/whole/disk rw - ext4 /dev/sda1 rw\n`), ['/the/whole/disk']);
  });

  it('keep what is mounted on a root that was moved there later', () => {
    assert.deepEqual(listed('22 27 0:5 / /dev rw - devtmpfs d rw\n27 1 8:1 / / rw - ext4 /dev/sda1 rw\n'), [
      '/',
      '/dev',
    ]);
  });

  it('do not go round in circles with broken parents', () => {
    assert.deepEqual(listed('1 2 0:5 / /a/b rw - tmpfs d rw\n2 1 0:6 / /a rw - tmpfs d rw\n'), ['/a', '/a/b']);
  });
});
