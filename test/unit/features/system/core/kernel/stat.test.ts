import * as assert from 'node:assert/strict';
import { parseStat } from '../../../../../../src/features/system/core/kernel/stat';
import { projectText } from '../../../../../support/project';

const fixture = (folder: string): string => projectText('test', 'fixtures', 'system', folder, '0', 'proc', 'stat');

describe('/proc/stat', () => {
  it('has all columns on a present kernel', () => {
    const stat = parseStat(fixture('debian12-vm-6.18'));
    assert.deepEqual(
      stat?.cores.map((core) => core.id),
      [0, 1],
    );
    assert.equal(stat.total?.guestNice, 0);
    assert.equal(stat.bootTimeSeconds, 1_795_470_981);
    assert.ok((stat.interrupts ?? 0) > 2_000_000, 'the sum, not the first interrupt');
  });

  it('leaves unknown what 2.6.32 does not count', () => {
    const stat = parseStat(fixture('centos6-2.6.32'));
    assert.equal(stat?.cores[0]?.times.steal, 0);
    assert.equal(stat.cores[0].times.guest, 0);
    assert.equal(stat.cores[0].times.guestNice, null);
  });

  it('knows cores by their numbers, with the offline ones missing', () => {
    const ids = parseStat(fixture('manycore-5.14'))?.cores.map((core) => core.id);
    assert.equal(ids?.length, 20);
    assert.deepEqual(ids.slice(3, 7), [3, 4, 8, 9]);
  });

  it('does not take the half of a number for a number', () => {
    const stat = parseStat(fixture('rubbish'));
    assert.deepEqual(
      stat?.cores.map((core) => core.id),
      [0],
    );
    assert.equal(stat.contextSwitches, null);
  });

  it('reads the four columns of very old kernels', () => {
    const stat = parseStat('cpu  1 2 3 4\n');
    assert.equal(stat?.total?.idle, 4);
    assert.equal(stat.total.iowait, null);
  });

  it('is nothing without a line of times', () => {
    assert.equal(parseStat(''), null);
    assert.equal(parseStat('cpu  a b c d\nctxt 5\n'), null);
  });
});
