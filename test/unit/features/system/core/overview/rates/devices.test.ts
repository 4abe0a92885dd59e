import * as assert from 'node:assert/strict';
import type { Usage } from '../../../../../../../src/machine/machine';
import { outerInterfaces } from '../../../../../../../src/features/system/core/overview/rates/network';
import { sampleOf } from '../../../../../../../src/features/system/core/overview/rates/rates';
import { fileSystemsOf, outerDevices } from '../../../../../../../src/features/system/core/overview/rates/storage';
import type { Sample } from '../../../../../../../src/features/system/core/overview/schema/overview';
import { DENIED, TIMED_OUT } from '../../../../../../support/fixtureMachine';
import { readingOf } from '../readings';

const between = (before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): Sample =>
  sampleOf('local', readingOf(before), readingOf(now, 2000));

describe('block devices', () => {
  const at = (numbers: string): Record<string, string> => ({ '/proc/diskstats': `8 0 sda ${numbers}\n` });

  it('have the figures of iostat -x', () => {
    const [disk] = between(
      at('100 0 1000 50 10 0 100 20 0 500 70'),
      at('300 0 5000 250 110 0 300 420 7 1500 870'),
    ).blockDevices;
    assert.equal(disk?.readBytesPerSecond, (4000 * 512) / 2);
    assert.equal(disk.writtenBytesPerSecond, (200 * 512) / 2);
    assert.equal(disk.readsPerSecond, 100);
    assert.equal(disk.writesPerSecond, 50);
    assert.equal(disk.utilisationPercent, 50);
    assert.equal(disk.readAwaitMs, 1);
    assert.equal(disk.writeAwaitMs, 4);
    assert.equal(disk.awaitMs, 2);
    assert.equal(disk.queueLength, 0.4);
    assert.equal(disk.inFlight, 7);
  });

  it('are never busier than all the time', () => {
    const [disk] = between(at('1 0 0 0 0 0 0 0 0 0 0'), at('1 0 0 0 0 0 0 0 0 2500 0')).blockDevices;
    assert.equal(disk?.utilisationPercent, 100);
    assert.equal(disk.awaitMs, null, 'no request, no mean time');
  });

  it('that came anew under an old name have no rates', () => {
    const [disk] = between(at('9 0 900 9 9 0 900 9 0 9 9'), at('1 0 100 1 1 0 100 1 0 1 1')).blockDevices;
    assert.equal(disk?.readBytesPerSecond, null);
    assert.equal(disk.utilisationPercent, null);
    assert.equal(disk.awaitMs, null);
    assert.equal(disk.readBytes, 51_200);
  });

  it('are summed without those that are made of others', () => {
    const files = {
      '/proc/diskstats':
        '8 0 sda 1 1 1 1 1 1 1 1 1 1 1\n9 0 md0 1 1 1 1 1 1 1 1 1 1 1\n252 0 zram0 1 1 1 1 1 1 1 1 1 1 1\n',
      '/sys/block/sda/size': '9\n',
      '/sys/block/md0/size': '9\n',
      '/sys/block/zram0/size': '9\n',
      '/sys/block/md0/slaves/sda/dev': '8:0\n',
    };
    const devices = sampleOf('x', null, readingOf(files)).blockDevices;
    assert.deepEqual(
      devices.map((one) => one.name),
      ['sda', 'md0', 'zram0'],
    );
    assert.deepEqual(
      outerDevices(devices).map((one) => one.name),
      ['sda'],
    );
  });
});

describe('interfaces', () => {
  const dev = (name: string, received: number, errors = 0): string =>
    `${name}: ${received} ${received} ${errors} 0 0 0 0 0 0 0 0 0 0 0 0 0\n`;

  it('have rates, errors of both directions, and a share of the link', () => {
    const speed = { '/sys/class/net/eth0/speed': '1\n', '/sys/class/net/eth0/mtu': '1500\n' };
    const [eth0] = between(
      { '/proc/net/dev': dev('eth0', 0), ...speed },
      { '/proc/net/dev': dev('eth0', 125_000, 4), ...speed },
    ).interfaces;
    assert.equal(eth0?.receivedBytesPerSecond, 62_500);
    assert.equal(eth0.utilisationPercent, 50);
    assert.equal(eth0.errorsPerSecond, 2);
    assert.equal(eth0.receivedPacketsPerSecond, 62_500);
  });

  it('that wrapped, appeared or went away do no harm', () => {
    const sample = between(
      { '/proc/net/dev': dev('eth0', 4_294_967_000) + dev('veth1', 5) },
      { '/proc/net/dev': dev('eth0', 12) + dev('veth2', 9) },
    );
    assert.deepEqual(
      sample.interfaces.map((one) => [one.name, one.receivedBytesPerSecond]),
      [
        ['eth0', null],
        ['veth2', null],
      ],
    );
  });

  it('are summed where they leave the machine', () => {
    const files = {
      '/proc/net/dev': dev('lo', 1) + dev('eth0', 1) + dev('docker0', 1),
      '/sys/class/net/eth0/mtu': '1500\n',
      '/sys/class/net/eth0/device/uevent': 'DRIVER=x\n',
      '/sys/class/net/docker0/mtu': '1500\n',
    };
    const names = (some: Readonly<Record<string, string>>): readonly string[] =>
      outerInterfaces(sampleOf('x', null, readingOf(some)).interfaces).map((one) => one.name);
    assert.deepEqual(names(files), ['eth0']);
    assert.deepEqual(names({ '/proc/net/dev': files['/proc/net/dev'] }), ['eth0', 'docker0']);
  });
});

describe('file systems', () => {
  const mount = {
    id: 1,
    parentId: 0,
    device: '8:1',
    root: '/',
    mountPoint: '/x',
    type: 'ext4',
    source: '/dev/sda1',
    readOnly: false,
  };
  const usage = (some: Partial<Usage>): Usage => ({
    kind: 'usage',
    totalBytes: 1000,
    freeBytes: 400,
    availableBytes: 300,
    inodes: 10,
    inodesFree: 9,
    ...some,
  });

  it('are used as df says, what is kept for root not counted as available', () => {
    const [one] = fileSystemsOf([{ mount, usage: usage({}) }]);
    assert.equal(one?.usedBytes, 600);
    assert.equal(one.usedPercent, 66.7);
    assert.equal(one.inodesUsed, 1);
    assert.equal(one.inodesUsedPercent, 10);
  });

  it('may have no limit of inodes', () => {
    assert.equal(fileSystemsOf([{ mount, usage: usage({ inodes: 0, inodesFree: 0 }) }])[0]?.inodesUsedPercent, null);
  });

  it('without blocks are left out', () => {
    assert.deepEqual(fileSystemsOf([{ mount, usage: usage({ totalBytes: 0 }) }]), []);
  });

  it('say why there are no figures', () => {
    assert.deepEqual(
      [TIMED_OUT, DENIED, undefined].map((answer) => {
        const [one] = fileSystemsOf([{ mount, usage: answer }]);
        return [one?.silent, one?.unavailable, one?.totalBytes];
      }),
      [
        [true, 'no answer within 2 s', null],
        [false, 'permission denied', null],
        [false, null, null],
      ],
    );
  });
});

describe('control groups', () => {
  const at = (usage: number, periods: number, throttled: number): Record<string, string> => ({
    '/proc/stat': 'cpu  1 1 1 1\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n',
    '/proc/meminfo': 'MemTotal: 100 kB\nMemFree: 10 kB\n',
    '/proc/self/status': 'Cpus_allowed_list:\t0-1\n',
    '/cg/cpu.max': '50000 100000\n',
    '/cg/cpu.stat': `usage_usec ${usage}\nnr_periods ${periods}\nnr_throttled ${throttled}\nthrottled_usec 2500000\n`,
    '/cg/memory.max': '51200\n',
    '/cg/memory.current': '40960\n',
    '/cg/memory.stat': 'inactive_file 15360\n',
  });

  it('have shares of their limits', () => {
    const { controlGroup } = between(at(0, 0, 0), at(500_000, 20, 5));
    assert.deepEqual(controlGroup?.cpu, {
      version: 2,
      limitCores: 0.5,
      limited: true,
      usedCores: 0.25,
      usedOfLimitPercent: 50,
      throttledPercent: 25,
      throttledSeconds: 2.5,
    });
    assert.equal(controlGroup.memory?.limited, true);
    assert.equal(controlGroup.memory.workingSetBytes, 25_600);
    assert.equal(controlGroup.memory.usedOfLimitPercent, 50);
  });

  it('were not held back when no period passed', () => {
    assert.equal(between(at(0, 7, 5), at(0, 7, 5)).controlGroup?.cpu?.throttledPercent, 0);
  });

  it('do not limit when they allow as much as there is', () => {
    const free = { ...at(0, 0, 0), '/cg/cpu.max': 'max 100000\n', '/cg/memory.max': '102400\n' };
    const { controlGroup } = between(free, free);
    assert.equal(controlGroup?.cpu?.limited, false);
    assert.equal(controlGroup.memory?.limited, false);
  });

  it('limit by the processors that they allow', () => {
    const one = { ...at(0, 0, 0), '/cg/cpu.max': 'max 100000\n', '/proc/self/status': 'Cpus_allowed_list:\t1\n' };
    const { controlGroup } = between(one, one);
    assert.equal(controlGroup?.cpu?.limitCores, 1);
    assert.equal(controlGroup.cpu.limited, true);
  });
});
