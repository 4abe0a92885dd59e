import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseBuddyinfo, unusablePercent } from '../../../../../../src/features/system/core/kernel/buddyinfo';
import { parseNodevTypes } from '../../../../../../src/features/system/core/kernel/filesystems';
import { chosenOf, hugePagePools } from '../../../../../../src/features/system/core/kernel/hugepages';
import { parseMappedFiles } from '../../../../../../src/features/system/core/kernel/mapsPaths';
import { parseSlabinfo } from '../../../../../../src/features/system/core/kernel/slabinfo';
import { fileKey, parseStatText } from '../../../../../../src/features/system/core/kernel/statText';
import { parseSwaps } from '../../../../../../src/features/system/core/kernel/swaps';

describe('the nine words of stat', () => {
  it('are read', () => {
    assert.deepEqual(parseStatText('f 644 10000000 254:0 18446744073709551615 0 1000 100 1700000000'), {
      kind: 'file',
      mode: 0o644,
      sizeBytes: 10_000_000,
      device: '254:0',
      inode: '18446744073709551615',
      links: 0,
      uid: 1000,
      gid: 100,
      modifiedSeconds: 1_700_000_000,
    });
    assert.equal(parseStatText('? 0 0 0:1 1 1 0 0 -5.5\n')?.kind, 'unknown');
  });

  it('keep inodes apart that are the same number to JavaScript', () => {
    const key = (inode: string): string => fileKey({ device: '0:50', inode });
    assert.notEqual(key('9007199254740993'), key('9007199254740992'));
  });

  it('are refused when they are not', () => {
    for (const text of [
      '',
      'f',
      'x 644 1 1:1 1 1 0 0 0',
      'f 689 1 1:1 1 1 0 0 0',
      'f 644 1 11 1 1 0 0 0',
      'f 644 1 1:1 1',
    ])
      assert.equal(parseStatText(text), null, text);
    fc.assert(fc.property(fc.string(), (text) => parseStatText(text) === null || text.trim().split(' ').length >= 9));
  });
});

const MAPS = `559e6a000000-559e6a002000 r--p 00000000 fe:00 260131                     /usr/bin/a program
559e6a002000-559e6a006000 r-xp 00002000 fe:00 260131                     /usr/bin/a program
559e6b000000-559e6b021000 rw-p 00000000 00:00 0                          [heap]
7f0000000000-7f0000010000 rw-s 00000000 00:01 77                         /memfd:notes (deleted)
00400000-00401000 rw-s 00001000 08:11 5                                  /srv/two\\012lines\xc3\xa4 (deleted)
7f1000000000-7f1000010000 rw-p 00000000 00:00 0
7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0                          [stack]
`;

describe('the files of maps', () => {
  it('are added up, each once', () => {
    const [program, memory, odd, ...others] = parseMappedFiles(MAPS);
    assert.deepEqual(program, {
      path: '/usr/bin/a program',
      deleted: false,
      device: '254:0',
      inode: '260131',
      mappedBytes: 0x6000,
      permissions: 'rx',
      shared: false,
      firstRange: '559e6a000000-559e6a002000',
    });
    assert.deepEqual([memory?.path, memory?.deleted, memory?.shared], ['/memfd:notes', true, true]);
    assert.deepEqual([odd?.path, odd?.device, odd?.deleted], ['/srv/two\nlinesä', '8:17', true]);
    assert.deepEqual(others, []);
  });

  it('are none of rubbish', () => {
    fc.assert(fc.property(fc.string(), (text) => parseMappedFiles(text).length === 0));
    assert.deepEqual(parseMappedFiles(MAPS.slice(0, 60)), []);
  });
});

describe('swap areas', () => {
  it('are read with blanks in their names and negative priorities', () => {
    const text = `Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority
/dev/dm-1                               partition\t8388604\t\t1024\t\t-2
/swap\\040file                           file\t\t1048572\t\t0\t\t10
`;
    assert.deepEqual(parseSwaps(text), [
      { path: '/dev/dm-1', kind: 'partition', sizeBytes: 8_388_604 * 1024, usedBytes: 1024 * 1024, priority: -2 },
      { path: '/swap file', kind: 'file', sizeBytes: 1_048_572 * 1024, usedBytes: 0, priority: 10 },
    ]);
  });

  it('are none where there are none', () => {
    assert.deepEqual(parseSwaps('Filename\tType\tSize\tUsed\tPriority\n'), []);
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseSwaps(text))));
  });
});

describe('huge pages', () => {
  it('are told for each size, smallest first', () => {
    const folder = '/sys/kernel/mm/hugepages/hugepages';
    const texts = new Map([
      [`${folder}-1048576kB/nr_hugepages`, '2\n'],
      [`${folder}-1048576kB/free_hugepages`, '1\n'],
      [`${folder}-2048kB/nr_hugepages`, '512\n'],
      [`${folder}-2048kB/free_hugepages`, '500\n'],
      [`${folder}-2048kB/resv_hugepages`, '3\n'],
      [`${folder}-2048kB/surplus_hugepages`, '0\n'],
    ]);
    assert.deepEqual(hugePagePools(texts), [
      { pageBytes: 2 ** 21, pages: 512, freePages: 500, reservedPages: 3, surplusPages: 0 },
      { pageBytes: 2 ** 30, pages: 2, freePages: 1, reservedPages: null, surplusPages: null },
    ]);
  });

  it('are used as the word in brackets says', () => {
    assert.equal(chosenOf('always [madvise] never'), 'madvise');
    assert.equal(chosenOf('none'), null);
    assert.equal(chosenOf(null), null);
  });
});

describe('slabs', () => {
  it('are sorted by size', () => {
    const text = `slabinfo - version: 2.1
# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit>
dentry            10 20 192 21 1 : tunables 0 0 0 : slabdata 1 1 0
ext4_inode_cache  5 30 1128 29 8 : tunables 0 0 0 : slabdata 1 1 0
`;
    assert.deepEqual(parseSlabinfo(text), [
      { name: 'ext4_inode_cache', objects: 30, activeObjects: 5, objectBytes: 1_128, sizeBytes: 33_840 },
      { name: 'dentry', objects: 20, activeObjects: 10, objectBytes: 192, sizeBytes: 3_840 },
    ]);
    assert.equal(parseSlabinfo('slabinfo - version: 1.1\n'), null);
  });
});

describe('fragmentation', () => {
  it('is the share of free memory in blocks that are too small', () => {
    const [zone, ...others] = parseBuddyinfo('Node 1, zone   Normal      4      2      0      1\nNode x\n');
    assert.deepEqual(zone, { node: 1, zone: 'Normal', blocks: [4, 2, 0, 1] });
    assert.deepEqual(others, []);
    // 4 + 4 of 16 pages.
    assert.equal(unusablePercent({ node: 1, zone: 'Normal', blocks: [4, 2, 0, 1] }, 3), 50);
    assert.equal(unusablePercent({ node: 1, zone: 'Normal', blocks: [0, 0] }, 3), null);
  });
});

describe('types of file systems', () => {
  it('that need no device are known', () => {
    assert.deepEqual([...parseNodevTypes('nodev\tsysfs\nnodev\ttmpfs\n\text4\n\txfs\nnodev\tcut')], ['sysfs', 'tmpfs']);
  });
});
