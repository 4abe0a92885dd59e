import * as assert from 'node:assert/strict';
import { blockFacts, listedDisks } from '../../../../../../src/features/system/core/kernel/blockDevices';
import { parseDiskstats } from '../../../../../../src/features/system/core/kernel/diskstats';
import { interfaceFacts } from '../../../../../../src/features/system/core/kernel/interfaces';
import { parseNetdev } from '../../../../../../src/features/system/core/kernel/netdev';
import { MISSING } from '../../../../../support/fixtureMachine';
import { projectText } from '../../../../../support/project';

const fixture = (folder: string, ...file: readonly string[]): string =>
  projectText('test', 'fixtures', 'system', folder, '0', 'proc', ...file);

describe('/proc/diskstats', () => {
  it('reads 14, 18 and 20 columns alike', () => {
    const line = '   8       0 sda 10 1 80 100 20 2 160 200 3 250 300';
    for (const more of ['', ' 1 2 3 4', ' 1 2 3 4 5 6']) {
      assert.deepEqual(parseDiskstats(`${line}${more}\n`), [
        {
          name: 'sda',
          reads: 10,
          readBytes: 80 * 512,
          readMs: 100,
          writes: 20,
          writtenBytes: 160 * 512,
          writeMs: 200,
          inFlight: 3,
          busyMs: 250,
          weightedMs: 300,
        },
      ]);
    }
  });

  it('leaves out the short lines that partitions had before 2.6.25', () => {
    assert.deepEqual(
      parseDiskstats('8 1 sda1 1 2 3 4\n8 0 sda 1 1 1 1 1 1 1 1 1 1 1\n')?.map((disk) => disk.name),
      ['sda'],
    );
  });

  it('may be empty, but not rubbish', () => {
    assert.deepEqual(parseDiskstats(''), []);
    assert.equal(parseDiskstats(fixture('rubbish', 'diskstats')), null);
  });
});

describe('block devices', () => {
  const facts = blockFacts(
    new Map([
      ['/sys/block/sda/size', '100\n'],
      ['/sys/block/sda/queue/rotational', '1\n'],
      ['/sys/block/dm-0/size', '50\n'],
      ['/sys/block/dm-0/dm/name', 'vg0-root\n'],
      ['/sys/block/dm-0/slaves/sdb1/dev', '8:17\n'],
      ['/sys/block/dm-0/slaves/sda2/dev', '8:2\n'],
      ['/sys/block/cciss!c0d0/size', '9\n'],
    ]),
  );

  it('know their size, kind, name and what they are made of', () => {
    assert.equal(facts.get('sda')?.sizeBytes, 51_200);
    assert.equal(facts.get('sda')?.rotational, true);
    assert.equal(facts.get('dm-0')?.alias, 'vg0-root');
    assert.deepEqual(facts.get('dm-0')?.madeOf, ['sda2', 'sdb1']);
    assert.ok(facts.has('cciss/c0d0'), 'a slash in the name is an exclamation mark in /sys');
  });

  const names = (text: string, known = facts): readonly string[] =>
    listedDisks(parseDiskstats(text) ?? [], known).map((disk) => disk.name);
  const line = (name: string, reads: number, writes: number): string =>
    `8 0 ${name} ${reads} 0 0 0 ${writes} 0 0 0 0 0 0\n`;

  it('are whole devices', () => {
    assert.deepEqual(names(line('sda', 1, 1) + line('sda1', 1, 1) + line('dm-0', 0, 0)), ['sda', 'dm-0']);
  });

  it('are told from partitions by their names where /sys/block cannot be read', () => {
    const text = ['sda', 'sda1', 'nvme0n1', 'nvme0n1p2', 'mmcblk0', 'mmcblk0p1', 'md0', 'dm-1', 'dm-10'];
    assert.deepEqual(names(text.map((name) => line(name, 1, 1)).join(''), new Map()), [
      'sda',
      'nvme0n1',
      'mmcblk0',
      'md0',
      'dm-1',
      'dm-10',
    ]);
  });

  it('are not images and idle memory', () => {
    const text = line('loop0', 44, 0) + line('loop1', 44, 2) + line('ram0', 0, 0) + line('zram0', 0, 0);
    assert.deepEqual(names(text, new Map()), ['loop1']);
  });
});

describe('/proc/net/dev', () => {
  it('reads old kernels, which leave no blank behind the colon, and aliases', () => {
    const interfaces = parseNetdev(fixture('centos6-2.6.32', 'net', 'dev'));
    assert.deepEqual(
      interfaces?.map((one) => one.name),
      ['lo', 'eth0', 'eth0:1'],
    );
    assert.equal(interfaces[1]?.receivedBytes, 4_294_960_000);
    assert.equal(interfaces[1].receiveErrors, 12);
    assert.equal(interfaces[1].receiveDrops, 40);
    assert.equal(interfaces[1].sentBytes, 2_210_331_204);
  });

  it('is nothing when no line is an interface', () => {
    assert.equal(parseNetdev(fixture('rubbish', 'net', 'dev')), null);
    assert.equal(parseNetdev(''), null);
  });
});

describe('/sys/class/net', () => {
  const facts = (files: Readonly<Record<string, string>>): ReturnType<typeof interfaceFacts> =>
    interfaceFacts(
      new Map(Object.entries(files).map(([file, text]) => [`/sys/class/net/eth0/${file}`, `${text}\n`])),
      'eth0',
    );

  it('gives speed in bits a second, and none without a link', () => {
    assert.equal(facts({ speed: '1000' }).speedBitsPerSecond, 1e9);
    assert.equal(facts({ speed: '-1' }).speedBitsPerSecond, null);
    assert.equal(facts({ speed: '4294967295' }).speedBitsPerSecond, null);
    assert.equal(interfaceFacts(new Map([['/sys/class/net/eth0/speed', MISSING]]), 'eth0').speedBitsPerSecond, null);
  });

  it('takes the flag where the state is not known', () => {
    assert.equal(facts({ operstate: 'up' }).up, true);
    assert.equal(facts({ operstate: 'lowerlayerdown', flags: '0x1003' }).up, false);
    assert.equal(facts({ operstate: 'unknown', flags: '0x9' }).up, true);
    assert.equal(facts({ operstate: 'unknown', flags: '0x8' }).up, false);
    assert.equal(facts({ operstate: 'unknown' }).up, null);
    assert.equal(facts({}).up, null);
  });

  it('tells hardware from software', () => {
    assert.equal(facts({ mtu: '1500', 'device/uevent': 'DRIVER=e1000e' }).hardware, true);
    assert.equal(facts({ mtu: '1500' }).hardware, false);
    assert.equal(facts({}).hardware, null);
  });
});
