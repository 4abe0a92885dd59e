import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  ancestorsOf,
  familyOf,
  groupOf,
  membersOf,
  newcomers,
  treeOf,
  type ProcessTable,
} from '../../../../../../src/features/system/core/control/family';
import { parseProcessStat, type ProcessStat } from '../../../../../../src/features/system/core/kernel/processStat';

interface Made {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly group?: number;
  readonly state?: string;
  readonly threads?: number;
}

function made({ pid, parent, ticks, group = pid, state = 'S', threads = 1 }: Made): ProcessStat {
  const text = `${pid} (p) ${state} ${parent} ${group} ${group} 0 -1 0 0 0 0 0 0 0 0 0 20 0 ${threads} 0 ${ticks} 1 1 0\n`;
  return parseProcessStat(text) ?? assert.fail();
}

function tableOf(...list: readonly Made[]): ProcessTable {
  return new Map(list.map((one) => [one.pid, made(one)]));
}

function at(table: ProcessTable, pid: number): ProcessStat {
  return table.get(pid) ?? assert.fail();
}

const pidsOf = (list: readonly ProcessStat[]): readonly number[] => list.map((one) => one.pid);

describe('families of processes', () => {
  const table = tableOf(
    { pid: 1, parent: 0, ticks: 0 },
    { pid: 10, parent: 1, ticks: 100 },
    { pid: 12, parent: 10, ticks: 130 },
    { pid: 11, parent: 10, ticks: 120, group: 10 },
    { pid: 13, parent: 11, ticks: 140, group: 10 },
    { pid: 20, parent: 1, ticks: 105, group: 10 },
  );

  it('has parents before their children', () => {
    assert.deepEqual(pidsOf(treeOf(table, at(table, 10))), [10, 12, 11, 13]);
    assert.deepEqual(pidsOf(groupOf(table, at(table, 11))), [11, 10, 20, 13]);
    assert.deepEqual([...ancestorsOf(table, 13)], [13, 11, 10, 1]);
  });

  it('leaves out what is older than its parent: that pid had another owner', () => {
    const reused = tableOf({ pid: 10, parent: 1, ticks: 500 }, { pid: 11, parent: 10, ticks: 400 });
    assert.deepEqual(pidsOf(treeOf(reused, at(reused, 10))), [10]);
  });

  it('leaves out zombies, but not a process whose first thread alone has ended', () => {
    const zombies = tableOf(
      { pid: 10, parent: 1, ticks: 1 },
      { pid: 11, parent: 10, ticks: 2, state: 'Z' },
      { pid: 12, parent: 10, ticks: 2, state: 'Z', threads: 3 },
    );
    assert.deepEqual(pidsOf(membersOf(zombies, at(zombies, 10), 'tree')), [10, 12]);
  });

  it('ends on a circle of parents', () => {
    const circle = tableOf({ pid: 10, parent: 11, ticks: 1 }, { pid: 11, parent: 10, ticks: 1 });
    assert.deepEqual(pidsOf(treeOf(circle, at(circle, 10))), [10, 11]);
    assert.deepEqual([...ancestorsOf(circle, 10)], [10, 11]);
  });

  it('takes in what was forked since, also after its parent has ended', () => {
    const family = familyOf(table, at(table, 10), 'tree');
    const later = new Map(table);
    // A child of a member, its child within the same tick, an orphan of the member's process group.
    later.set(30, made({ pid: 30, parent: 13, ticks: 200, group: 10 }));
    later.set(29, made({ pid: 29, parent: 30, ticks: 200, group: 29 }));
    later.set(31, made({ pid: 31, parent: 1, ticks: 201, group: 10 }));
    assert.deepEqual([...pidsOf(newcomers(later, family))].sort(), [29, 30, 31]);
  });

  it('does not take in who was there before, or strangers', () => {
    const family = familyOf(table, at(table, 10), 'tree');
    assert.deepEqual(pidsOf(newcomers(table, family)), []);
    const later = new Map(table);
    later.set(40, made({ pid: 40, parent: 1, ticks: 300 }));
    later.set(41, made({ pid: 41, parent: 20, ticks: 300, group: 10 }));
    assert.deepEqual(pidsOf(newcomers(later, family)), []);
  });

  it('does not take in the children of another process that has got the pid of a member', () => {
    const family = familyOf(table, at(table, 10), 'tree');
    const later = new Map(table);
    later.set(12, made({ pid: 12, parent: 1, ticks: 400 }));
    later.set(50, made({ pid: 50, parent: 12, ticks: 401 }));
    assert.deepEqual(pidsOf(newcomers(later, family)), []);
  });

  it('holds nobody twice, whatever the table says', () => {
    const one = fc.record({
      pid: fc.integer({ min: 1, max: 30 }),
      parent: fc.integer({ min: 0, max: 30 }),
      ticks: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1 }), (list) => {
        const any = tableOf(...list);
        const root = [...any.values()][0] ?? assert.fail();
        const pids = pidsOf(treeOf(any, root));
        assert.equal(new Set(pids).size, pids.length);
        assert.equal(pids[0], root.pid);
      }),
    );
  });
});
