import * as assert from 'node:assert/strict';
import { collectNetwork } from '../../../../../src/features/system/core/network/collect';
import { networkInput, type NetworkResult } from '../../../../../src/features/system/core/network/schema';
import { collectSockets } from '../../../../../src/features/system/core/sockets/collect';
import { socketsInput, type SocketsResult } from '../../../../../src/features/system/core/sockets/schema';
import { networkReport } from '../../../../../src/features/system/report/networkDetails';
import { socketsReport } from '../../../../../src/features/system/report/sockets';
import { networkTool, socketsTool } from '../../../../../src/features/system/networkTools';
import { ExpectedError } from '../../../../../src/lib/errors';
import type { Block, Report } from '../../../../../src/report/model';
import { printMarkdown } from '../../../../../src/report/markdown';
import { reportSchema } from '../../../../../src/report/schema';
import { fakeClock, memoryMachine, type FixtureExec, type MemoryEntry } from '../../../../support/fixtureMachine';
import { assertGolden } from '../../../../support/golden';
import { last, runContext } from '../core/control/fakeProcesses';
import { OFFICE } from '../core/network/office';
import { HOST, inetTable, owner, unixTable } from '../core/sockets/fakeSockets';

const SS_TCP =
  'LISTEN 0 511 0.0.0.0:80 0.0.0.0:* ino:11 sk:1\n\t cubic cwnd:10\n' +
  'ESTAB 0 0 10.0.0.1:80 10.0.0.9:40000 ino:12 sk:2\n\t ts cubic rtt:5.2/1 mss:1448 cwnd:14 bytes_acked:100001 bytes_received:512 retrans:0/3\n' +
  'ESTAB 0 0 10.0.0.1:22 10.0.0.8:50000 ino:13 sk:3\n\t ts cubic rtt:40/2 cwnd:10 bytes_acked:4000 bytes_received:2000\n';

const exec = (command: readonly string[]): FixtureExec => {
  if (command[0] !== 'ss') throw new ExpectedError('not-found', 'not there');
  return command[1] === '-tinae' ? SS_TCP : 'u_str LISTEN 0 5 /run/app.sock 21 * 0\nu_str ESTAB 0 0 * 22 * 23\n';
};

const SERVER: Readonly<Record<string, MemoryEntry>> = {
  ...HOST,
  '/proc/net/tcp': inetTable([
    { local: '10.0.0.1:80', remote: '10.0.0.9:40000', state: '01', inode: 12, uid: 33 },
    { local: '0.0.0.0:80', state: '0A', inode: 11 },
    { local: '10.0.0.1:22', remote: '10.0.0.8:50000', state: '01', inode: 13 },
    { local: '10.0.0.1:80', remote: '10.0.0.9:40001', state: '06', inode: 0, timer: '03:00000BB8' },
    { local: '127.0.0.1:5432', state: '0A', inode: 14, uid: 1000 },
  ]),
  '/proc/net/udp6': inetTable([{ local: '[::1]:53', state: '07', inode: 15 }]),
  '/proc/net/raw': inetTable([{ local: '0.0.0.0:1', state: '07', inode: 16 }]),
  '/proc/net/unix': unixTable([
    '00010000 0001 01 21 /run/app.sock',
    '00000000 0001 03 22',
    '00000000 0001 03 23 /run/\u202eapp.sock',
  ]),
  '/proc/net/netlink': 'sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode\nff 0 812 00000000 0 0 0 2 0 24\n',
  '/proc/net/packet': 'sk RefCnt Type Proto Iface R Rmem User Inode\nff 3 3 0003 2 1 0 0 25\n',
  '/sys/class/net/eth0/ifindex': '2\n',
  ...owner(7, { name: 'nginx', sockets: { 5: 11 } }),
  ...owner(8, { name: 'nginx', uid: 33, sockets: { 5: 11, 9: 12 } }),
  ...owner(9, { name: 'sshd', sockets: { 3: 13, 4: 15, 5: 22 } }),
  ...owner(10, { name: 'app', uid: 1000, sockets: { 3: 21, 4: 23, 5: 24, 6: 25, 7: 16 } }),
  ...owner(11, { name: 'postgres', uid: 1000, sockets: null }),
};

async function sockets(input: unknown): Promise<SocketsResult> {
  const machine = memoryMachine(SERVER, { exec, name: 'web1' });
  return last(
    collectSockets({
      machine,
      signal: new AbortController().signal,
      live: false,
      input: socketsInput.parse(input),
      clock: fakeClock(),
    }),
  );
}

async function network(): Promise<NetworkResult> {
  const machine = memoryMachine(OFFICE, { exec, name: 'gate' });
  return last(
    collectNetwork({
      machine,
      signal: new AbortController().signal,
      live: false,
      input: networkInput.parse({}),
      clock: fakeClock(),
    }),
  );
}

const flat = (blocks: readonly Block[]): readonly Block[] =>
  blocks.flatMap((block) => (block.kind === 'section' ? flat(block.blocks) : [block]));

function check(report: Report): void {
  assert.deepEqual(reportSchema.safeParse(report).error?.issues ?? [], []);
  for (const block of flat(report.blocks)) {
    if (block.kind !== 'table') continue;
    assert.equal(new Set(block.rowKeys).size, block.rows.length, `${block.id} has two rows with one key`);
    for (const row of block.rows) assert.equal(row.length, block.columns.length, block.id);
    if (block.menu !== undefined) assert.equal(block.menu.inputs.length, block.rows.length, block.id);
  }
}

const REPORTS: Readonly<Record<string, () => Promise<Report>>> = {
  'sockets-all': async () => socketsReport(await sockets({ kind: 'all' })),
  'sockets-port': async () => socketsReport(await sockets({ port: 80 })),
  'sockets-denied': async () => socketsReport(await sockets({ port: 5432 })),
  'sockets-none': async () => socketsReport(await sockets({ state: 'closing' })),
  network: async () => networkReport(await network()),
};

describe('the reports of sockets and of the network', () => {
  for (const [name, make] of Object.entries(REPORTS)) {
    it(`read well: ${name}`, async () => {
      const report = await make();
      check(report);
      assertGolden(`system/${name}.md`, printMarkdown(report, { locale: 'en', timeZone: 'UTC' }));
    });
  }

  it('offer what can be done with the owner of a row', async () => {
    const [table] = socketsReport(await sockets({ port: 80 })).blocks;
    assert.ok(table?.kind === 'table' && table.menu !== undefined);
    assert.deepEqual(table.menu.inputs, [
      { pid: 7, startTicks: 1000, spec: '-L localhost:80' },
      { pid: 8, startTicks: 1000 },
      null,
    ]);
    assert.equal(table.menu.actions[0]?.tool, 'system.process');
    const tools = table.menu.actions.map(({ tool }) => tool);
    assert.equal(tools.at(-1), 'ssh.tunnel', 'what listens on another machine can be led to from here');
    for (const tool of tools.slice(0, -1)) assert.match(tool, /^system\./);
    assert.equal(table.menu.actions.at(-1)?.needs, 'spec', 'a row that does not listen has no such action');
    assert.equal(table.menu.actions[0]?.needs, 'pid');
  });
});

describe('the report of routes alone', () => {
  it('has only them and what belongs to them', async () => {
    const machine = memoryMachine(OFFICE, { exec, name: 'web1' });
    const signal = new AbortController().signal;
    const ask = (routes: boolean): Promise<NetworkResult> =>
      last(collectNetwork({ machine, signal, live: false, input: networkInput.parse({ routes }), clock: fakeClock() }));
    const shown = networkReport(await ask(true));
    const tables = (of: Report): readonly string[] =>
      of.blocks.flatMap((block) => (block.kind === 'table' ? [block.id] : []));
    assert.deepEqual(tables(shown), ['routes']);
    assert.equal(shown.title, 'Routes of web1');
    assert.match(shown.verdict, /^\d+ routes; the way out is /);
    assert.ok(tables(networkReport(await ask(false))).includes('interfaces'));
  });
});

describe('the tools of sockets and of the network', () => {
  it('describe their input and their JSON', () => {
    for (const tool of [socketsTool, networkTool]) {
      assert.ok(Object.keys(tool.input.parse({})).length > 0);
    }
    assert.throws(() => socketsTool.input.parse({ port: 0 }));
    assert.throws(() => socketsTool.input.parse({ kind: 'sctp' }));
  });

  it('say where they do not work, and what does', async () => {
    const machine = memoryMachine({}, { platform: 'darwin', name: 'mac' });
    for (const tool of [socketsTool, networkTool] as const) {
      const results =
        tool === socketsTool
          ? socketsTool.run(socketsInput.parse({}), runContext(machine))
          : networkTool.run(networkInput.parse({}), runContext(machine));
      await assert.rejects(
        last<unknown>(results),
        (error: unknown) =>
          error instanceof ExpectedError &&
          error.code === 'unsupported' &&
          error.message.startsWith('Not possible on mac (darwin)'),
      );
    }
  });
});
