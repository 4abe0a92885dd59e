import * as assert from 'node:assert/strict';
import { collectSockets } from '../../../../../../src/features/system/core/sockets/collect';
import {
  socketsInput,
  socketsResult,
  type SocketsResult,
} from '../../../../../../src/features/system/core/sockets/schema';
import { socketsReport } from '../../../../../../src/features/system/report/sockets';
import { CancelledError, ExpectedError } from '../../../../../../src/lib/errors';
import type { Machine } from '../../../../../../src/machine/machine';
import {
  fakeClock,
  memoryMachine,
  type FixtureExec,
  type FixtureMachine,
  type MemoryEntry,
} from '../../../../../support/fixtureMachine';
import { HOST, inetTable, owner, unixTable } from './fakeSockets';

type Exec = (command: readonly string[]) => FixtureExec;
const noPrograms: Exec = () => {
  throw new ExpectedError('not-found', 'ss was not found');
};

function machineWith(entries: Readonly<Record<string, MemoryEntry>>, exec: Exec = noPrograms): FixtureMachine {
  return memoryMachine({ ...HOST, ...entries }, { exec, name: 'web1' });
}

async function all(machine: Machine, input: unknown, live = false, most = 9): Promise<readonly SocketsResult[]> {
  const results: SocketsResult[] = [];
  const options = {
    machine,
    signal: new AbortController().signal,
    live,
    input: socketsInput.parse(input),
    clock: fakeClock(),
  };
  for await (const result of collectSockets(options)) {
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result, 'plain JSON');
    results.push(socketsResult.parse(result));
    if (results.length === most) break;
  }
  return results;
}

async function ask(machine: Machine, input: unknown = {}): Promise<SocketsResult> {
  return (await all(machine, input)).at(-1) ?? assert.fail();
}

const verdict = (result: SocketsResult): string => socketsReport(result).verdict;

describe('system.sockets', () => {
  it('answers from /proc alone, and says what ss would have told', async () => {
    const machine = machineWith({
      '/proc/net/tcp': inetTable([{ local: '0.0.0.0:80', state: '0A', inode: 11, queues: '00000000:00000002' }]),
      ...owner(7, { name: 'nginx', uid: 33, sockets: { 5: 11 } }),
    });
    const result = await ask(machine);
    assert.deepEqual(
      result.sockets.map(({ localPort, owner: who, owners, backlog, traffic }) => [
        localPort,
        who,
        owners[0]?.user,
        backlog,
        traffic,
      ]),
      [[80, 'known', 'www-data', { waiting: 2, limit: null }, null]],
    );
    assert.equal(result.trafficMissing, 'it is not installed');
    assert.equal(verdict(result), 'Sockets on web1: 1; listening: 1; connected: 0.');
    assert.ok(
      machine.calls.filter((call) => call === 'exec ss -tinae').length === 1,
      'a program that is missing is not tried again',
    );
  });

  it('gives what /proc has at once, and rates with the next reading', async () => {
    let bytes = 1000;
    const exec: Exec = (command) => {
      if (command[1] !== '-tinae') return '';
      bytes += 5000;
      return `ESTAB 0 0 10.0.0.1:22 10.0.0.2:5 ino:7 sk:1\n\t cubic rtt:1/2 cwnd:10 bytes_acked:${bytes} bytes_received:10\n`;
    };
    const tcp = inetTable([{ local: '10.0.0.1:22', remote: '10.0.0.2:5', state: '01', inode: 7 }]);
    const machine = machineWith({ '/proc/net/tcp': tcp, ...owner(9, { name: 'sshd', sockets: { 3: 7 } }) }, exec);
    const results = await all(machine, {}, true, 3);
    assert.deepEqual(
      results.map(({ measuring, intervalSeconds }) => [measuring, intervalSeconds]),
      [
        [true, null],
        [false, 0.5],
        [false, 0.2],
      ],
    );
    assert.deepEqual(
      results.map(({ sockets }) => sockets[0]?.traffic?.sentBytesPerSecond ?? null),
      [null, 10_000, 25_000],
    );
    assert.deepEqual(
      results[1]?.processes.map(({ pid, connections, sentBytesPerSecond, receivedBytes }) => [
        pid,
        connections,
        sentBytesPerSecond,
        receivedBytes,
      ]),
      [[9, 1, 10_000, 10]],
    );
    assert.equal(results[0]?.sockets[0]?.key, results[2]?.sockets[0]?.key);
  });

  it('says what only root may see, and calls nobody the owner', async () => {
    const machine = machineWith({
      '/proc/net/tcp': inetTable([{ local: '0.0.0.0:5432', state: '0A', inode: 11, uid: 33 }]),
      ...owner(7, { name: 'postgres', uid: 33, sockets: null }),
    });
    const list = await ask(machine);
    assert.deepEqual([list.sockets[0]?.owner, list.deniedProcesses], ['denied', 1]);
    const asked = await ask(machine, { port: 5432 });
    assert.equal(asked.answer?.outcome, 'denied');
    assert.equal(
      verdict(asked),
      'Port 5432 on web1 is taken at * by a process of user www-data; which one may only be seen by that user or root.',
    );
    const ofProcess = await ask(machine, { pid: 7 }).catch((error: unknown) => error);
    assert.ok(ofProcess instanceof ExpectedError, 'the tables of its namespace are not there');
    const free = await ask(machine, { port: 81 });
    assert.match(verdict(free), /it is free\. Containers of other users can only be looked into by root\.$/);
  });

  it('calls a process denied also where only its descriptors are listed', async () => {
    const denied = { kind: 'failure', code: 'denied', message: 'permission denied' } as const;
    const list = await ask(
      machineWith({
        '/proc/net/tcp': inetTable([{ local: '0.0.0.0:5432', state: '0A', inode: 11, uid: 33 }]),
        ...owner(7, { name: 'postgres', uid: 33, sockets: {} }),
        '/proc/7/fd/3': denied,
        '/proc/7/fd/4': denied,
      }),
    );
    assert.deepEqual([list.sockets[0]?.owner, list.deniedProcesses], ['denied', 1]);
  });

  it('tells of every process that has a socket, and of all its descriptors', async () => {
    const list = await ask(
      machineWith({
        '/proc/net/tcp': inetTable([{ local: '0.0.0.0:80', state: '0A', inode: 11 }]),
        ...owner(30, { name: 'worker', sockets: { 5: 11, 9: 11 } }),
        ...owner(4, { name: 'parent', sockets: { 3: 11 } }),
      }),
    );
    assert.deepEqual(
      list.sockets[0]?.owners.map(({ pid, fds }) => [pid, fds]),
      [
        [4, [3]],
        [30, [5, 9]],
      ],
    );
  });

  it("does not call a socket nobody's where processes are hidden", async () => {
    const host = Object.fromEntries(Object.entries(HOST).filter(([file]) => file !== '/proc/1/fd/'));
    const tcp = inetTable([{ local: '0.0.0.0:80', state: '0A', inode: 11, uid: 33 }]);
    const result = await ask(memoryMachine({ ...host, '/proc/net/tcp': tcp }, { exec: noPrograms, name: 'web1' }), {
      port: 80,
    });
    assert.deepEqual([result.answer?.outcome, result.sockets[0]?.owner], ['denied', 'denied']);
    assert.match(result.problems.join(), /mounted with hidepid/);
  });

  it('does not name a process that has ended meanwhile', async () => {
    const entries = Object.entries(owner(7, { name: 'gone', sockets: { 5: 11 } })).filter(
      ([file]) => file !== '/proc/7/stat',
    );
    const udp = inetTable([{ local: '0.0.0.0:53', state: '07', inode: 11 }]);
    const rest = { ...Object.fromEntries(entries), '/proc/net/udp': udp };
    const result = await ask(machineWith(rest), { kind: 'udp' });
    assert.deepEqual(
      result.sockets.map(({ owner: who, owners }) => [who, owners]),
      [['none', []]],
    );
  });

  it('names all owners, by pid, each with its descriptors', async () => {
    const machine = machineWith({
      '/proc/net/tcp': inetTable([{ local: '0.0.0.0:80', state: '0A', inode: 11 }]),
      ...owner(30, { name: 'nginx', uid: 33, sockets: { 6: 11, 12: 11 } }),
      ...owner(4, { name: 'nginx', sockets: { 6: 11 } }),
    });
    const result = await ask(machine, { port: 80 });
    assert.deepEqual(
      result.sockets[0]?.owners.map(({ pid, fds, user }) => [pid, fds, user]),
      [
        [4, [6], 'root'],
        [30, [6, 12], 'www-data'],
      ],
    );
    assert.equal(
      verdict(result),
      'Port 80 (TCP) on web1 belongs to nginx (PID 4) of user root, started 16 min 30 s ago, and 1 more process, listening at 0.0.0.0.',
    );
  });

  it('takes the whole name where the kernel cut it', async () => {
    const machine = machineWith({
      '/proc/net/tcp': inetTable([{ local: '127.0.0.1:631', state: '0A', inode: 3 }]),
      ...owner(8, { name: 'systemd-resolve', commandLine: '/lib/systemd/systemd-resolved\0', sockets: { 3: 3 } }),
    });
    assert.equal((await ask(machine)).sockets[0]?.owners[0]?.name, 'systemd-resolved');
  });

  it('names the owners of a choice of sockets as they were called with the first live answer', async () => {
    const machine = machineWith({
      '/proc/net/tcp': inetTable([{ local: '127.0.0.1:3000', state: '0A', inode: 3 }]),
      ...owner(8, { name: 'MainThread', commandLine: 'node\0server.js\0', sockets: { 3: 3 } }),
    });
    const { signal } = new AbortController();
    for (const choice of [{ port: 3000 }, { state: 'listening' as const }]) {
      const input = { kind: 'all', namespaces: false, ...choice } as const;
      for await (const result of collectSockets({ machine, signal, live: true, input })) {
        assert.equal(result.sockets[0]?.owners[0]?.name, 'node');
        break;
      }
    }
  });

  it('tells that leftovers hold a port, and for how long', async () => {
    const left = { local: '10.0.0.1:8080', remote: '10.0.0.9:5000', state: '06', inode: 0 };
    const machine = machineWith({
      '/proc/net/tcp': inetTable([
        { ...left, timer: '03:00000BB8' },
        { ...left, remote: '10.0.0.9:5001', timer: '03:00001388' },
      ]),
    });
    const result = await ask(machine, { port: 8080 });
    assert.deepEqual(result.answer, { outcome: 'leftover', leftMs: 50_000 });
    assert.equal(
      verdict(result),
      'No process has port 8080 of web1 any more, but it is still held by 2 closed connections, for 50 s: without SO_REUSEADDR it cannot be bound before.',
    );
    assert.equal(socketsReport(result).status, 'warning');
  });

  it('looks for a port in containers too', async () => {
    const id = 'a'.repeat(64);
    const machine = machineWith({
      '/proc/net/tcp': inetTable([]),
      '/proc/50/net/tcp': inetTable([{ local: '0.0.0.0:6379', state: '0A', inode: 77 }]),
      ...owner(50, {
        name: 'redis-server',
        uid: 999,
        cgroup: `0::/docker/${id}\n`,
        namespace: '4026532999',
        sockets: { 6: 77 },
      }),
      ...owner(51, { name: 'sh', namespace: '4026532999', sockets: {} }),
    });
    const result = await ask(machine, { port: 6379 });
    assert.deepEqual(result.namespaces, [
      { id: '4026532999', pid: 50, name: 'redis-server', container: id, sockets: 1 },
    ]);
    assert.equal(
      verdict(result),
      'Port 6379 is free on web1 itself, but redis-server (PID 50) of user 999, started 16 min 30 s ago has it in container aaaaaaaaaaaa.',
    );
    assert.equal((await ask(machine)).sockets.length, 0, 'not asked for');
    assert.equal((await ask(machine, { namespaces: true })).sockets[0]?.namespace, '4026532999');
  });

  it('chooses by kind, state, address and process', async () => {
    const machine = machineWith({
      '/proc/net/tcp': inetTable([
        { local: '10.0.0.1:22', remote: '10.0.0.2:5', state: '01', inode: 1 },
        { local: '0.0.0.0:22', state: '0A', inode: 2 },
      ]),
      '/proc/net/tcp6': inetTable([{ local: '[::1]:22', state: '0A', inode: 3 }]),
      '/proc/net/udp': inetTable([{ local: '127.0.0.1:53', state: '07', inode: 4 }]),
      '/proc/net/raw': inetTable([{ local: '0.0.0.0:1', state: '07', inode: 5 }]),
      '/proc/net/unix': unixTable(['00010000 0001 01 6 /run/a b', '00000000 0002 01 7']),
      '/proc/net/netlink': 'sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode\nff 0 812 00000000 0 0 0 2 0 8\n',
      '/proc/net/packet': 'sk RefCnt Type Proto Iface R Rmem User Inode\nff 3 3 0003 2 1 0 0 9\n',
      '/sys/class/net/eth0/ifindex': '2\n',
      '/proc/5/net/tcp': inetTable([{ local: '0.0.0.0:22', state: '0A', inode: 2 }]),
      ...owner(5, { name: 'sshd', sockets: { 3: 2 } }),
    });
    const inodes = async (input: unknown): Promise<readonly (number | null)[]> =>
      (await ask(machine, input)).sockets.map(({ inode }) => inode);
    assert.deepEqual(await inodes({}), [2, 3, 4, 1]);
    assert.deepEqual(await inodes({ kind: 'tcp6' }), [3]);
    assert.deepEqual(await inodes({ kind: 'inet4' }), [2, 4, 1]);
    assert.deepEqual(await inodes({ kind: 'udp' }), [4]);
    assert.deepEqual(await inodes({ kind: 'unix' }), [6, 7]);
    assert.deepEqual(await inodes({ kind: 'raw' }), [5]);
    assert.deepEqual((await inodes({ kind: 'all' })).toSorted(), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(await inodes({ state: 'established' }), [1]);
    assert.deepEqual(await inodes({ address: '10.0.0.2' }), [1]);
    assert.deepEqual(await inodes({ kind: 'all', address: 'A B' }), [6]);
    assert.deepEqual(await inodes({ pid: 5 }), [2]);
    assert.deepEqual(await inodes({ port: 22, kind: 'tcp4' }), [2, 1]);
    const { sockets } = await ask(machine, { kind: 'packet' });
    assert.deepEqual(
      sockets.map(({ interface: name, detail }) => [name, detail]),
      [['eth0', 'all']],
    );
    await assert.rejects(ask(machine, { pid: 6 }), /There is no process 6 on web1/);
  });

  it('finds what hurts: a full backlog, and connections that nobody closes', async () => {
    const full = machineWith(
      { '/proc/net/tcp': inetTable([{ local: '0.0.0.0:80', state: '0A', inode: 11, queues: '00000000:00000081' }]) },
      (command) => (command[1] === '-tinae' ? 'LISTEN 129 128 0.0.0.0:80 0.0.0.0:* ino:11 sk:1\n\t cubic\n' : ''),
    );
    assert.equal(
      verdict(await ask(full)),
      '129 connections wait to be accepted at *:80, more than its limit of 128: new ones are turned away.',
    );
    const inodes = Array.from({ length: 60 }, (_none, at) => at + 100);
    const hoarding = machineWith({
      '/proc/net/tcp': inetTable(
        inodes.map((inode) => ({ local: '10.0.0.1:9000', remote: `10.0.0.2:${inode}`, state: '08', inode })),
      ),
      ...owner(5, { name: 'app\u202e', sockets: Object.fromEntries(inodes.map((inode) => [inode, inode])) }),
    });
    const result = await ask(hoarding);
    assert.equal(
      verdict(result),
      'app⟨U+202E⟩ (PID 5) does not close 60 connections that the other side has closed (CLOSE_WAIT).',
    );
    assert.equal(socketsReport(result).status, 'warning');
  });

  it('needs /proc/net, and tells when a table is cut or denied', async () => {
    await assert.rejects(ask(machineWith({})), /The sockets of web1 come from \/proc\/net/);
    const machine = machineWith({
      '/proc/net/tcp': inetTable([{ local: '0.0.0.0:80', state: '0A', inode: 11 }]).slice(0, -10),
      '/proc/net/udp': { kind: 'failure', code: 'denied', message: 'permission denied' },
    });
    assert.deepEqual((await ask(machine)).problems, [
      '/proc/net/tcp: is cut short',
      '/proc/net/udp: permission denied',
    ]);
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const machine = machineWith({ '/proc/net/tcp': inetTable([]) });
    const options = {
      machine,
      signal: controller.signal,
      live: true,
      input: socketsInput.parse({}),
      clock: fakeClock(),
    };
    await assert.rejects(async () => {
      for await (const result of collectSockets(options)) {
        assert.equal(result.machine, 'web1');
        controller.abort();
      }
    }, CancelledError);
  });
});
