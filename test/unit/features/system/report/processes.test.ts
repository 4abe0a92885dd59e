import * as assert from 'node:assert/strict';
import { ProcessReader } from '../../../../../src/features/system/core/processes/processReader';
import { ALL_PROCESSES, type ProcessQuery } from '../../../../../src/features/system/core/processes/query';
import type { ProcessesResult } from '../../../../../src/features/system/core/processes/schema';
import { report } from '../../../../../src/features/system/report/processes';
import { commandText, shellText } from '../../../../../src/features/system/report/processWords';
import { printMarkdown } from '../../../../../src/report/markdown';
import type { Report, TableBlock } from '../../../../../src/report/model';
import { reportSchema } from '../../../../../src/report/schema';
import { fakeClock } from '../../../../support/fixtureMachine';
import { assertGolden } from '../../../../support/golden';
import { fakeMachine, procEntries, type FakeProcess } from '../core/processes/fakeProc';

const signal = new AbortController().signal;

const BEFORE: readonly FakeProcess[] = [
  {
    pid: 1,
    comm: 'systemd',
    parentPid: 0,
    commandLine: ['/sbin/init'],
    exe: '/usr/lib/systemd/systemd',
    startTicks: 1,
  },
  { pid: 2, comm: 'kthreadd', parentPid: 0, flags: 0x200040, residentKibibytes: 0, state: 'I' },
  {
    pid: 300,
    comm: 'nginx',
    commandLine: ['nginx: master process'],
    exe: '/usr/sbin/nginx (deleted)',
    cgroup: '0::/system.slice/nginx.service\n',
  },
  { pid: 301, comm: 'nginx', parentPid: 300, uid: 33, commandLine: ['nginx: worker process'], denied: true },
  {
    pid: 400,
    comm: 'python3',
    commandLine: ['python3', '-c', "print('a b')", ''],
    userTicks: 100,
    residentKibibytes: 204_800,
  },
  { pid: 401, comm: 'python3', parentPid: 400, state: 'Z', fds: [] },
  { pid: 500, comm: 'rsync', state: 'D', threads: 2, commandLine: ['rsync', '-a', '/', '/mnt'], readBytes: 1_000_000 },
];

function after(process: FakeProcess): FakeProcess {
  if (process.pid === 400) return { ...process, userTicks: 199 };
  return process.pid === 500 ? { ...process, readBytes: 3_000_000, userTicks: 20 } : process;
}

async function resultOf(query: Partial<ProcessQuery> = {}, looks = 3, processes = BEFORE): Promise<ProcessesResult> {
  const clock = fakeClock();
  const machine = fakeMachine([
    procEntries(processes, { uptimeSeconds: 100.01 }),
    procEntries(processes, { uptimeSeconds: 101.01 }),
    procEntries(processes.map(after), { uptimeSeconds: 102.01 }),
  ]);
  const reader = new ProcessReader(machine, clock, { ...ALL_PROCESSES, ...query });
  let result = await reader.read(signal);
  for (let done = 1; done < looks; done++) result = await reader.read(signal);
  return result;
}

function tableOf({ blocks }: Report): TableBlock {
  return blocks.find((block) => block.kind === 'table') ?? assert.fail();
}

describe('the report of processes', () => {
  const queries: Readonly<Record<string, Partial<ProcessQuery>>> = {
    all: {},
    filtered: { name: 'nginx', tree: true, sort: 'pid' },
    top: { sort: 'memory', limit: 2 },
    none: { port: 8080, user: 'nobody' },
  };
  for (const [name, query] of Object.entries(queries)) {
    it(`reads well: ${name}`, async () => {
      const shown = report(await resultOf(query));
      assertGolden(`system/processes-${name}.md`, printMarkdown(shown, { locale: 'en', timeZone: 'UTC' }));
    });

    it(`is of the right form, at first and later: ${name}`, async () => {
      for (const looks of [1, 3]) {
        const shown = report(await resultOf(query, looks));
        reportSchema.parse(shown);
        const table = tableOf(shown);
        assert.equal(table.id, 'processes');
        for (const row of table.rows) assert.equal(row.length, table.columns.length);
        assert.equal(table.parents?.length, name === 'all' || name === 'filtered' ? table.rows.length : undefined);
        for (const list of [table.rowKeys, table.menu?.inputs]) assert.equal(list?.length, table.rows.length);
        assert.equal(new Set(table.columns.map((one) => one.id)).size, table.columns.length);
      }
    });
  }

  it('has exact memory where it is asked for, or says that it is denied', async () => {
    const rollup = '1000-2000 ---p 00000000 00:00 0 [rollup]\nPss: 3 kB\nPrivate_Clean: 1 kB\nPrivate_Dirty: 1 kB\n';
    const processes = BEFORE.map((one) => (one.pid === 400 ? { ...one, rollup } : one));
    const result = await resultOf({ exact: true, sort: 'pid' }, 3, processes);
    const shown = report(result);
    const { columns, rows } = tableOf(shown);
    const places = ['pid', 'pss', 'uss'].map((id) => columns.findIndex((one) => one.id === id && one.hidden !== true));
    const cells = rows.map((row) => places.map((at) => row[at]));
    assert.deepEqual(cells[0], [1, null, null]);
    const denied = cells.find(([pid]) => pid === 301)?.[1];
    assert.match(JSON.stringify(denied), /denied/);
    assert.deepEqual(
      cells.find(([pid]) => pid === 400),
      [400, 3 * 1024, 2 * 1024],
    );
    assert.match(JSON.stringify(shown.blocks), /may see their [^"]*exact memory/);
    assert.ok(!tableOf(report(await resultOf())).columns.some(({ id }) => id === 'pss'));
  });

  it('has details where they are asked for', async () => {
    const limits = 'Max cpu time  unlimited  unlimited  seconds\nMax open files  1024  unlimited  files\n';
    const threadNames = ['python3', 'worker', 'worker'];
    const processes = BEFORE.map((one) => (one.pid === 400 ? { ...one, limits, threadNames } : one));
    const shown = report(await resultOf({ details: true, sort: 'pid' }, 3, processes));
    const { columns, rows } = tableOf(shown);
    const ids = ['pid', 'ioPriority', 'limits', 'threadNames'];
    const places = ids.map((id) => columns.findIndex((one) => one.id === id));
    assert.deepEqual(
      places.map((at) => columns[at]?.hidden === true),
      [false, false, true, true],
    );
    const cells = rows.map((row) => places.map((at) => row[at]));
    const notKnown = { text: 'not known', status: 'unknown' };
    assert.deepEqual(
      cells.find(([pid]) => pid === 400),
      [400, notKnown, 'nofile 1024/unlimited', 'python3, worker × 2'],
    );
    assert.match(JSON.stringify(cells.find(([pid]) => pid === 301)?.[2]), /denied/);
    assert.match(JSON.stringify(shown.blocks), /I\/O priorities are not known: /);
    assert.ok(!tableOf(report(await resultOf())).columns.some(({ id }) => ids.slice(1).includes(id)));
  });

  it('says what stands out', async () => {
    assert.equal(report(await resultOf()).status, 'warning');
    assert.match(report(await resultOf({}, 1)).verdict, /being measured/);
    const calm = BEFORE.filter(({ pid }) => pid < 400);
    const shown = report(await resultOf({}, 3, calm));
    assert.deepEqual([shown.status, shown.verdict.includes('none is busy')], ['info', true]);
  });

  it('has a tree, keys and a menu of every row', async () => {
    const result = await resultOf({ sort: 'pid' });
    const { parents, rowKeys, menu } = tableOf(report(result));
    assert.deepEqual(parents, [null, null, 0, 2, 0, 4, 0]);
    assert.equal(rowKeys?.[0], '1:1');
    assert.deepEqual(menu?.inputs[0], { pid: 1, startTicks: 1 });
    assert.equal(menu?.actions[0]?.tool, 'system.process');
    assert.deepEqual(menu?.actions.find((one) => one.input !== undefined)?.input, { signal: 'KILL' });
  });

  it('shows a command line as a shell takes it, and no endless one', () => {
    assert.equal(commandText([]), null);
    assert.equal(commandText(['nginx: worker process']), 'nginx: worker process');
    assert.equal(commandText(['a', '', 'b c', "it's", 'x\ny']), `a '' 'b c' 'it'\\''s' 'x\ny'`);
    assert.equal(commandText(['find', '.', '-name', '*.log', '-a', '$HOME']), `find . -name '*.log' -a '$HOME'`);
    assert.equal(commandText(['x'.repeat(200_000), 'y'])?.length, 2000);
    assert.equal(shellText(['x'.repeat(200_000), 'y']).length, 200_002);
    assert.ok((commandText(['a', "'".repeat(200_000)])?.length ?? 0) <= 2000);
  });
});
