import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { SocketEntry, SocketsResult } from '../../../../../src/features/system/core/sockets/schema';
import { socketsTool } from '../../../../../src/features/system/networkTools';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import { asOrdinaryUser } from '../../../machine/support';
import { last, runContext } from '../core/control/fakeProcesses';
import { hasProgram, hasPsutil, mayUnshare, namespaced, output, script, type Conversation } from './networkSubjects';

/** A socket that the subject made. */
interface Made {
  readonly fd: number;
  readonly inode: number;
  readonly local: readonly [string, number];
  readonly path: string;
}
type Subject = Readonly<Record<string, Made>> & { readonly pids: Readonly<Record<'own' | 'child', number>> };

/** family, type, local end, remote end, status, pid, fd */
type PsutilRow = readonly [
  string,
  string,
  readonly [string | null, number | null],
  readonly [string | null, number | null],
  string,
  number | null,
  number,
];
type PsutilRows = Readonly<Record<string, readonly PsutilRow[]>>;

const SERVER =
  'import socket, sys; s = socket.socket(); s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen(1); print("up", flush=True); sys.stdin.read()';

describe('sockets against the system (Linux only)', () => {
  let machine: LocalMachine | undefined;
  let folder = '';
  let conversation: Conversation | undefined;
  let subject: Subject | undefined;

  before(async function () {
    if (process.platform !== 'linux') return this.skip();
    machine = createLocalMachine();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-sockets-'));
    conversation = script('sockets_subject.py', folder);
    subject = JSON.parse(await conversation.next()) as Subject;
  });
  after(async () => {
    await conversation?.end();
    await machine?.dispose();
    if (folder !== '') fs.rmSync(folder, { recursive: true });
  });

  const made = (name: string): Made => subject?.[name] ?? assert.fail(name);
  const pids = (): Subject['pids'] => subject?.pids ?? assert.fail();
  const ask = async (input: unknown): Promise<SocketsResult> => {
    const result = await last(socketsTool.run(socketsTool.input.parse(input), runContext(machine ?? assert.fail())));
    return socketsTool.result.parse(result);
  };
  const verdict = (result: SocketsResult): string => socketsTool.report(result).verdict;
  const one = (result: SocketsResult, name: string): SocketEntry =>
    result.sockets.find((socket) => socket.inode === made(name).inode) ?? assert.fail(`${name} is missing`);
  const portOf = (name: string): number => made(name).local[1];

  it('lists what psutil lists, for each of its eleven kinds', async function () {
    this.timeout(30_000);
    if (!hasPsutil()) return this.skip();
    const oracle = script('network_oracle.py');
    try {
      for (const kind of ['inet', 'inet4', 'inet6', 'tcp', 'tcp4', 'tcp6', 'udp', 'udp4', 'udp6', 'unix', 'all']) {
        const before = rowsOf((JSON.parse(await oracle.ask('connections')) as PsutilRows)[kind] ?? []);
        const sockets = (await ask({ kind })).sockets.filter(isPsutils);
        const ours = new Set(sockets.flatMap(asPsutil));
        const after = rowsOf((JSON.parse(await oracle.ask('connections')) as PsutilRows)[kind] ?? []);
        // Others come and go meanwhile: what psutil saw both times is there, and nothing that it never saw.
        for (const row of before) if (after.has(row)) assert.ok(ours.has(row), `${kind}: psutil has ${row}`);
        // Of a socket with several owners psutil names the first only.
        const single = sockets.filter(({ owners }) => owners.length === 1).flatMap(asPsutil);
        const own = single.filter((row) => row.includes(` ${pids().own} `));
        for (const row of own) assert.ok(before.has(row), `${kind}: psutil does not have ${row}`);
        const expected = kind === 'unix' || kind === 'all' ? 5 : kind.endsWith('4') || kind.endsWith('6') ? 1 : 2;
        assert.ok(own.length >= expected, `${kind}: ${own.length} of the subject's own`);
      }
    } finally {
      await oracle.end();
    }
  });

  it('knows every socket that a process made, its descriptor and its name', async () => {
    const result = await ask({ kind: 'all' });
    for (const [name, socket] of Object.entries(subject ?? {})) {
      if (!('fd' in socket)) continue;
      const entry = one(result, name);
      const owner = entry.owners.find(({ pid }) => pid === pids().own);
      assert.deepEqual(owner?.fds, [socket.fd], name);
      assert.equal(owner?.startTicks, startTicksOf(pids().own));
      assert.match(owner?.name ?? '', /^python3/);
      if (socket.local !== undefined) assert.deepEqual([entry.localAddress, entry.localPort], socket.local, name);
    }
    assert.equal(one(result, 'unixListen').path, path.join(folder, 'a 12 b.sock'));
    assert.equal(one(result, 'unixAbstract').path, `@opsdeck-${pids().own}`);
    assert.deepEqual(
      ['tcp4Listen', 'tcp4Client', 'closeWaitServer', 'udp4Bound', 'udp4Connected', 'unixSeqpacket', 'unixListen'].map(
        (name) => `${one(result, name).state} ${one(result, name).type}`,
      ),
      [
        'listening stream',
        'established stream',
        'close-wait stream',
        'unconnected datagram',
        'established datagram',
        'unconnected seqpacket',
        'listening stream',
      ],
    );
    assert.equal(one(result, 'mappedServer').localAddress, '::ffff:127.0.0.1');
    assert.equal(one(result, 'udp4Bound').receiveQueueBytes, queueOf('udp', made('udp4Bound').inode));
    assert.deepEqual(one(result, 'tcp4Listen').backlog, { waiting: 1, limit: 7 });
    assert.equal(one(result, 'netlink').detail, 'route');
  });

  it('reads paths of unix sockets that are neither one line nor UTF-8', async () => {
    const inode = Number(await conversation?.ask('ugly'));
    try {
      const { sockets } = await ask({ kind: 'unix', pid: pids().own });
      const ugly = sockets.find((socket) => socket.inode === inode);
      assert.equal(ugly?.path, `${folder}/line\nfeed \\xff.sock`);
      assert.equal(ugly?.type, 'datagram');
    } finally {
      assert.equal(await conversation?.ask('pretty'), 'closed');
    }
  });

  it('knows raw and packet sockets', async function () {
    // Needs CAP_NET_RAW.
    if (subject?.['packet'] === undefined) return this.skip();
    assert.deepEqual(
      (await ask({ kind: 'raw', pid: pids().own })).sockets.map(({ family, detail }) => `${family} ${detail}`).sort(),
      ['ipv4 icmp', 'ipv6 ipv6-icmp'],
    );
    const packet = one(await ask({ kind: 'packet' }), 'packet');
    assert.deepEqual([packet.detail, packet.interface, packet.type], ['arp', 'lo', 'raw']);
  });

  it('names both owners of a socket that was shared by a fork', async () => {
    const { owners } = one(await ask({}), 'shared');
    assert.deepEqual(
      owners.map(({ pid, fds }) => [pid, fds]),
      [pids().own, pids().child].sort((a, b) => a - b).map((pid) => [pid, [made('shared').fd]]),
    );
  });

  it('agrees with ss on states, queues, timers, users, inodes and owners', async function () {
    if (!hasProgram('ss', '-V')) return this.skip();
    const result = await ask({});
    const lines = output('ss', '-tunapeH')
      .split('\n')
      .filter((line) => line.includes(`pid=${pids().own},`));
    assert.ok(lines.length >= 12, `${lines.length} lines of ss`);
    const names: Readonly<Record<string, string>> = {
      LISTEN: 'listening',
      ESTAB: 'established',
      'CLOSE-WAIT': 'close-wait',
      UNCONN: 'unconnected',
    };
    for (const line of lines) {
      const [protocol, state = '', received, sent, local = '', remote = ''] = line.split(/\s+/);
      const inode = Number(/ino:(\d+)/.exec(line)?.[1]);
      const entry = result.sockets.find((socket) => socket.inode === inode) ?? assert.fail(line);
      assert.equal(entry.protocol, protocol);
      assert.equal(entry.state, names[state], line);
      assert.equal(entry.backlog?.waiting ?? entry.receiveQueueBytes, Number(received), line);
      assert.equal(entry.backlog?.limit ?? entry.sendQueueBytes, Number(sent), line);
      assert.ok(local.endsWith(`:${entry.localPort}`), line);
      assert.ok(remote.endsWith(`:${entry.remotePort ?? '*'}`), line);
      assert.equal(entry.uid, Number(/uid:(\d+)/.exec(line)?.[1] ?? 0), line);
      const owners = [...line.matchAll(/pid=(\d+),fd=(\d+)/g)].map(([, pid, fd]) => `${pid}:${fd}`);
      assert.deepEqual(entry.owners.flatMap(({ pid, fds }) => fds.map((fd) => `${pid}:${fd}`)).sort(), owners.sort());
    }
  });

  it('knows the other end of unix sockets, as ss has it', async function () {
    if (!hasProgram('ss', '-V')) return this.skip();
    const result = await ask({ kind: 'unix' });
    const client = one(result, 'unixClient');
    assert.equal(client.peer?.inode, made('unixServer').inode);
    assert.equal(client.peer?.path, made('unixListen').path);
    assert.deepEqual(
      client.peer?.owners.map(({ pid }) => pid),
      [pids().own],
    );
    assert.equal(one(result, 'unixServer').peer?.inode, made('unixClient').inode);
    assert.equal(one(result, 'unixAbstract').peer, null);
  });

  it('counts the bytes of a connection, and their rate by process', async function () {
    if (!hasProgram('ss', '-V')) return this.skip();
    const context = { ...runContext(machine ?? assert.fail()), live: true };
    const results = socketsTool
      .run(socketsTool.input.parse({ kind: 'tcp', pid: pids().own }), context)
      [Symbol.asyncIterator]();
    const next = async (): Promise<SocketsResult> => socketsTool.result.parse((await results.next()).value);
    assert.equal((await next()).measuring, true);
    const before = one(await next(), 'tcp4Client').traffic ?? assert.fail('no traffic');
    assert.equal(await conversation?.ask('send 1000000'), 'sent');
    const after = await next();
    await results.return?.(undefined);
    const client = one(after, 'tcp4Client').traffic ?? assert.fail('no traffic');
    const server = one(after, 'tcp4Server').traffic ?? assert.fail('no traffic');
    assert.equal((client.sentBytes ?? 0) - (before.sentBytes ?? 0), 1_000_000);
    assert.equal(server.receivedBytes, 1_000_000);
    const seconds = after.intervalSeconds ?? assert.fail();
    assert.ok(
      Math.abs((client.sentBytesPerSecond ?? 0) * seconds - 1_000_000) < 10_000,
      `${client.sentBytesPerSecond}`,
    );
    const [busiest] = after.processes;
    assert.equal(busiest?.pid, pids().own);
    assert.ok((busiest?.receivedBytesPerSecond ?? 0) >= (client.sentBytesPerSecond ?? 0) * 0.99);
    assert.ok((client.roundTripMs ?? 0) > 0 && (client.congestionWindow ?? 0) > 0);
  });

  it('says who has a port', async () => {
    const taken = await ask({ port: portOf('tcp4Listen') });
    assert.equal(taken.answer?.outcome, 'taken');
    assert.match(
      verdict(taken),
      new RegExp(
        `^Port \\d+ \\(TCP\\) on this machine belongs to python3[\\d.]* \\(PID ${pids().own}\\) of user \\w+, started .* ago, listening at 127\\.0\\.0\\.1\\.$`,
      ),
    );
    assert.match(verdict(await ask({ port: portOf('shared') })), /, and 1 more process, listening at/);
    const used = await ask({ port: portOf('mappedClient') });
    assert.equal(used.answer?.outcome, 'in-use');
    assert.match(verdict(used), /Nobody listens on port .* uses it for a connection with 127\.0\.0\.1:/);
    assert.match(verdict(await ask({ port: portOf('udp6Bound') })), /\(UDP\) .* listening at ::1\.$/);
  });

  it('says that a port is held by leftovers in TIME_WAIT, or free', async () => {
    const left = await ask({ port: portOf('timeWait') });
    assert.equal(left.answer?.outcome, 'leftover');
    assert.ok((left.answer?.leftMs ?? 0) > 0 && (left.answer?.leftMs ?? 0) <= 60_000);
    assert.deepEqual(
      left.sockets.map(({ state, owner, inode }) => `${state} ${owner} ${inode}`),
      ['time-wait none 0'],
    );
    assert.match(
      verdict(left),
      /^No process has port \d+ of this machine any more, but it is still held by 1 closed connection, for \d+ s:/,
    );
    const port = freePort();
    const free = await ask({ port });
    assert.equal(free.answer?.outcome, 'free');
    const denied = free.deniedProcesses > 0 ? ' Containers of other users can only be looked into by root.' : '';
    assert.equal(verdict(free), `Nobody has port ${port} on this machine: it is free.${denied}`);
  });

  it('filters by process, state and address', async () => {
    const listening = await ask({ pid: pids().own, state: 'listening' });
    assert.deepEqual(
      listening.sockets.map(({ inode }) => inode).sort(),
      ['tcp4Listen', 'tcp6Listen', 'bothListen', 'shared'].map((name) => made(name).inode).sort(),
    );
    const ofAddress = await ask({ pid: pids().own, address: '::1', kind: 'udp' });
    assert.deepEqual(
      ofAddress.sockets.map(({ inode }) => inode),
      [made('udp6Bound').inode],
    );
    await assert.rejects(ask({ pid: 4_194_304 }), /There is no process 4194304 on this machine/);
  });

  it('tells an ordinary user what is denied', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const ordinary = createLocalMachine();
    try {
      await asOrdinaryUser(async () => {
        const input = socketsTool.input.parse({ port: portOf('tcp4Listen') });
        const result = await last(socketsTool.run(input, runContext(ordinary)));
        assert.deepEqual(result.problems, []);
        assert.equal(result.answer?.outcome, 'denied');
        assert.equal(result.sockets.find(({ state }) => state === 'listening')?.owner, 'denied');
        assert.match(
          socketsTool.report(result).verdict,
          /taken at 127\.0\.0\.1 by a process of user root; which one may only be seen/,
        );
        assert.equal(socketsTool.report(result).status, 'unknown');
      });
    } finally {
      await ordinary.dispose();
    }
  });

  it('finds a port in another network namespace', async function () {
    // Needs root, or a kernel that lets users make namespaces.
    if (!mayUnshare()) return this.skip();
    const port = freePort();
    const inside = namespaced('ip link set lo up', `exec /usr/bin/python3 -c '${SERVER}' ${port}`);
    try {
      assert.equal(await inside.next(), 'up');
      const elsewhere = await ask({ port });
      assert.equal(elsewhere.answer?.outcome, 'elsewhere');
      const [socket] = elsewhere.sockets;
      const number = /\d+/.exec(fs.readlinkSync(`/proc/${inside.pid}/ns/net`))?.[0] ?? assert.fail();
      assert.equal(socket?.namespace, number);
      assert.deepEqual(
        socket?.owners.map(({ pid }) => pid),
        [inside.pid],
      );
      assert.match(
        verdict(elsewhere),
        new RegExp(`is free on this machine itself, but python3.* has it in network namespace ${number}\\.$`),
      );
      const all = await ask({ namespaces: true, state: 'listening' });
      assert.ok(all.namespaces.some(({ id, sockets }) => id === number && sockets === 1));
      const ofProcess = await ask({ pid: inside.pid });
      assert.deepEqual(
        ofProcess.sockets.map(({ localPort, namespace: id }) => [localPort, id]),
        [[port, number]],
      );
    } finally {
      await inside.end();
    }
  });
});

function rowsOf(rows: readonly PsutilRow[]): ReadonlySet<string> {
  // Of paths with a blank psutil leaves out the path.
  return new Set(
    rows.map(([family, type, local, remote, status, pid, fd]) =>
      family === 'AF_UNIX'
        ? `${family} ${type} ${pid} ${fd}`
        : `${family} ${type} ${end(local)} ${end(remote)} ${status} ${pid} ${fd}`,
    ),
  );
}

function end([address, port]: readonly [string | null, number | null]): string {
  return address === null ? '-' : `${address}:${port}`;
}

function isPsutils({ protocol }: SocketEntry): boolean {
  return protocol === 'tcp' || protocol === 'udp' || protocol === 'unix';
}

/** psutil has a row for each descriptor, and names states otherwise. */
function asPsutil(socket: SocketEntry): readonly string[] {
  const family = socket.family === 'ipv4' ? 'AF_INET' : socket.family === 'ipv6' ? 'AF_INET6' : 'AF_UNIX';
  const types: Readonly<Record<string, string>> = {
    stream: 'SOCK_STREAM',
    datagram: 'SOCK_DGRAM',
    seqpacket: 'SOCK_SEQPACKET',
  };
  const states: Readonly<Record<string, string>> = {
    listening: 'LISTEN',
    'fin-wait-1': 'FIN_WAIT1',
    'fin-wait-2': 'FIN_WAIT2',
    closed: 'CLOSE',
    unconnected: 'NONE',
  };
  const status =
    socket.protocol === 'tcp' ? (states[socket.state] ?? socket.state.toUpperCase().replaceAll('-', '_')) : 'NONE';
  const address = (host: string | null, port: number | null): string =>
    host === null || port === 0 ? '-' : `${host}:${port}`;
  const holders = socket.owners.flatMap(({ pid, fds }) => fds.map((fd) => `${pid} ${fd}`));
  const start = `${family} ${types[socket.type] ?? '?'}`;
  const ends = `${address(socket.localAddress, socket.localPort)} ${address(socket.remoteAddress, socket.remotePort)} ${status}`;
  return (holders.length === 0 ? ['null -1'] : holders).map((holder) =>
    family === 'AF_UNIX' ? `${start} ${holder}` : `${start} ${ends} ${holder}`,
  );
}

function startTicksOf(pid: number): number {
  return Number(
    fs
      .readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')[19],
  );
}

function queueOf(table: string, inode: number): number {
  const line = fs
    .readFileSync(`/proc/net/${table}`, 'latin1')
    .split('\n')
    .find((one) => one.split(/\s+/).includes(String(inode)));
  return Number.parseInt(/ [0-9A-F]{8}:([0-9A-F]{8}) /.exec(line ?? '')?.[1] ?? '', 16);
}

/** Nobody has it now, and nobody is given it by chance. */
function freePort(): number {
  const [low = 32_768] = fs
    .readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
    .trim()
    .split(/\s+/)
    .map(Number);
  const taken = output('ss', '-tuanH');
  for (let port = low - 1; port > 1024; port--) if (!taken.includes(`:${port} `)) return port;
  return assert.fail('no port is free');
}
