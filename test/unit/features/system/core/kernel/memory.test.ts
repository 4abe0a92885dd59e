import * as assert from 'node:assert/strict';
import { parseMeminfo } from '../../../../../../src/features/system/core/kernel/meminfo';
import { parseVmstat } from '../../../../../../src/features/system/core/kernel/vmstat';
import { projectText } from '../../../../../support/project';

const fixture = (folder: string, file: string): string =>
  projectText('test', 'fixtures', 'system', folder, '0', 'proc', file);
const KIB = 1024;

describe('/proc/meminfo', () => {
  it('counts as free -w of procps 4 does', () => {
    const memory = parseMeminfo(
      'MemTotal: 1000 kB\nMemFree: 200 kB\nMemAvailable: 700 kB\nBuffers: 50 kB\nCached: 300 kB\nShmem: 10 kB\nSReclaimable: 40 kB\n',
      null,
    );
    assert.equal(memory?.totalBytes, 1000 * KIB);
    assert.equal(memory.usedBytes, 300 * KIB);
    assert.equal(memory.freeBytes, 200 * KIB);
    assert.equal(memory.sharedBytes, 10 * KIB);
    assert.equal(memory.buffersBytes, 50 * KIB);
    assert.equal(memory.cacheBytes, 340 * KIB);
    assert.equal(memory.availableBytes, 700 * KIB);
    assert.equal(memory.availableEstimated, false);
  });

  it('works out what is available where the kernel does not tell', () => {
    const memory = parseMeminfo(fixture('centos6-2.6.32', 'meminfo'), 45_056);
    const low = 45_056 * 1.25;
    const files = 610_108 + 546_108;
    const expected = 203_124 - low + (files - low) + (120_440 - low);
    assert.equal(memory?.availableBytes, expected * KIB);
    assert.equal(memory.availableEstimated, true);
  });

  it('takes free and cached where not even that can be worked out', () => {
    const memory = parseMeminfo('MemTotal: 1000 kB\nMemFree: 100 kB\nCached: 300 kB\n', null);
    assert.equal(memory?.availableBytes, 400 * KIB);
  });

  it('never has more available than there is, as an LXC guest beside its host', () => {
    const memory = parseMeminfo('MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 9000 kB\n', null);
    assert.equal(memory?.availableBytes, 1000 * KIB);
    assert.equal(memory.usedBytes, 0);
  });

  it('multiplies huge pages by their size', () => {
    const memory = parseMeminfo('MemTotal: 9 kB\nMemFree: 9 kB\nHugePages_Total: 4\nHugepagesize: 2048 kB\n', null);
    assert.equal(memory?.hugePagesBytes, 4 * 2048 * KIB);
  });

  it('keeps the lines before a cut', () => {
    const memory = parseMeminfo(fixture('rubbish', 'meminfo'), null);
    assert.equal(memory?.buffersBytes, 10_056 * KIB);
    assert.equal(memory.cacheBytes, null);
  });

  it('is nothing without total and free', () => {
    assert.equal(parseMeminfo('MemTotal: 1000 kB\n', null), null);
    assert.equal(parseMeminfo('', null), null);
  });
});

describe('/proc/vmstat', () => {
  it('finds its four lines, also as the first and the last', () => {
    const text = 'pswpin 1\nnr_pswpout 9\npswpout 2\nxpgmajfault 8\npgmajfault 3\noom_kill 4\n';
    assert.deepEqual(parseVmstat(text), { swapInPages: 1, swapOutPages: 2, majorFaults: 3, outOfMemoryKills: 4 });
  });

  it('does not know what is not there', () => {
    assert.equal(parseVmstat(fixture('centos6-2.6.32', 'vmstat'))?.outOfMemoryKills, null);
    assert.equal(parseVmstat('nr_free_pages 5\n'), null);
    assert.equal(parseVmstat('pgmajfault 12'), null, 'a number that may go on');
  });
});
