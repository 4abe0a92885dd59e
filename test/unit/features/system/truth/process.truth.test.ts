import * as assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as readline from 'node:readline';
import type { OpenFile } from '../../../../../src/features/system/core/process/schema/files';
import type { ProcessResult } from '../../../../../src/features/system/core/process/schema/process';
import { processTool } from '../../../../../src/features/system/depthTools';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import { projectPath } from '../../../../support/project';
import { eventually } from '../../../machine/processes';
import { asOrdinaryUser, temporaryFolder } from '../../../machine/support';
import { last, runContext } from '../core/control/fakeProcesses';

const onLinuxAsRoot = process.platform === 'linux' && process.getuid?.() === 0 ? it : it.skip;
const PYTHON = '/usr/bin/python3';
const MIB = 1_048_576;
/** The kernel may take back, or age, pages of an idle process between two looks. */
const MAP_TOLERANCE_BYTES = 256 * 1024;
/** Pages shared with programs that start and end meanwhile count for more or less. */
const SHARED_TOLERANCE_BYTES = 4 * MIB;
const SECRET = 'a value that nobody should see';

interface Made extends Readonly<Record<string, number>> {
  readonly child: number;
  readonly port: number;
}

type Row = Readonly<Record<string, number | string>>;

/** See process_oracle.py. */
interface Told {
  readonly name: string;
  readonly cmdline: readonly string[];
  readonly exe: string;
  readonly cwd: string;
  readonly ppid: number;
  readonly username: string;
  readonly uids: readonly number[];
  readonly gids: readonly number[];
  readonly createTime: number;
  readonly terminal: string | null;
  readonly status: string;
  readonly nice: number;
  readonly ionice: readonly [string, number];
  readonly affinity: readonly number[];
  readonly cpuTimes: Readonly<Record<string, number>>;
  readonly memory: Readonly<Record<string, number>>;
  readonly fds: number;
  readonly switches: readonly number[];
  readonly io: Readonly<Record<string, number>>;
  readonly threads: readonly (readonly [number, number, number])[];
  readonly files: readonly Row[];
  readonly connections: readonly (readonly [number, string, string, End, End, string])[];
  readonly grouped: readonly Row[];
  readonly maps: readonly Row[];
  readonly limits: Readonly<Record<string, readonly [number | null, number | null]>>;
  readonly environ: Readonly<Record<string, string>>;
  readonly children: readonly number[];
  readonly parents: readonly number[];
}
type End = readonly [string | null, number | null];

function output(program: string, ...words: readonly string[]): string {
  // lsof says 1 when it has a warning.
  const found = spawnSync(program, words, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  assert.equal(found.error, undefined, `${program} does not start`);
  return found.stdout.trimEnd();
}

function near(actual: number | null | undefined, expected: number | undefined, tolerance: number, what: string): void {
  assert.ok(
    typeof actual === 'number' && expected !== undefined && Math.abs(actual - expected) <= tolerance,
    `${what}: ${actual}, the system says ${expected}`,
  );
}

/** There is no /proc elsewhere to compare with. */
function linuxOnly(): void {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
}

/** Python's stand-ins for bytes that are no UTF-8, as this house writes them. */
function escaped(text: string): string {
  return text.replace(/[\udc80-\udcff]/g, (one) => `\\x${(one.charCodeAt(0) - 0xdc00).toString(16)}`);
}

/** The process of process_subject.py, and what its tests need; ended by its pid. */
function subject(): {
  readonly pid: number;
  readonly made: Made;
  told(): Told;
  depth(input?: Partial<Parameters<typeof processTool.run>[0]>): Promise<ProcessResult>;
} {
  const folder = temporaryFolder();
  let machine: LocalMachine | undefined;
  let child: ChildProcess | undefined;
  let made: Made | undefined;
  before(async function () {
    this.timeout(20_000);
    machine = createLocalMachine();
    const script = projectPath('test', 'unit', 'features', 'system', 'truth', 'process_subject.py');
    const env = { ...process.env, OPSDECK_TRUTH_TOKEN: SECRET, OPSDECK_TRUTH_PLAIN: 'seen\nby all' };
    child = spawn(PYTHON, [script, folder()], { stdio: ['pipe', 'pipe', 'inherit'], env, cwd: folder() });
    const lines = readline.createInterface({ input: child.stdout ?? assert.fail() })[Symbol.asyncIterator]();
    const first: IteratorResult<string, unknown> = await lines.next();
    made = JSON.parse(first.done === true ? 'null' : first.value) as Made;
  });
  after(async () => {
    await machine?.dispose();
    if (made !== undefined) {
      const sleeper = output('ps', '-o', 'pid=', '--ppid', String(made.child)).trim();
      for (const pid of [made.child, Number(sleeper)]) if (pid > 0) process.kill(pid, 'SIGKILL');
    }
    child?.kill('SIGKILL');
    if (child !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const pidOf = (): number => child?.pid ?? assert.fail();
  return {
    get pid() {
      return pidOf();
    },
    get made() {
      return made ?? assert.fail();
    },
    told() {
      const oracle = projectPath('test', 'unit', 'features', 'system', 'truth', 'process_oracle.py');
      const found = spawnSync(PYTHON, [oracle], { encoding: 'utf8', input: `${pidOf()}\n` });
      assert.equal(found.status, 0, found.stderr);
      return JSON.parse(found.stdout) as Told;
    },
    depth: (input = {}) =>
      last(
        processTool.run(
          { pid: pidOf(), environment: true, reveal: true, maps: 'grouped', ...input },
          runContext(machine ?? assert.fail()),
        ),
      ),
  };
}

describe('system.process against psutil (Linux only)', function () {
  this.timeout(20_000);
  linuxOnly();
  const one = subject();

  it('has the identity, user, times, priorities and counters', async () => {
    const before = one.told();
    const result = await one.depth();
    const after = one.told();
    const { process: ours } = result;
    assert.deepEqual(processTool.result.safeParse(result).error?.issues ?? [], []);
    assert.equal(ours.name, before.name);
    assert.deepEqual(ours.commandLine, before.cmdline);
    assert.equal(ours.executable, before.exe);
    assert.equal(ours.workingFolder, before.cwd);
    assert.equal(ours.parentPid, before.ppid);
    assert.equal(ours.user, before.username);
    assert.deepEqual([ours.uids?.real, ours.uids?.effective, ours.uids?.saved], before.uids);
    assert.deepEqual([ours.gids?.real, ours.gids?.effective, ours.gids?.saved], before.gids);
    near((ours.startedAtMs ?? 0) / 1000, before.createTime, 0.02, 'started');
    near(result.ageSeconds, Date.now() / 1000 - before.createTime, 3, 'age');
    assert.equal(ours.state, before.status);
    assert.equal(ours.nice, before.nice);
    assert.deepEqual([result.scheduling.ioClass, before.ionice[0]], ['none', 'IOPRIO_CLASS_NONE']);
    assert.deepEqual(ours.affinity?.split(',').map(Number), before.affinity);
    for (const [name, milliseconds] of [
      ['user', ours.cpu.userMs],
      ['system', ours.cpu.systemMs],
    ] as const) {
      near(milliseconds, (before.cpuTimes[name] ?? NaN) * 1000, 50, name);
    }
    const switches = ours.contextSwitches?.voluntary ?? -1;
    assert.ok(switches >= (before.switches[0] ?? NaN) && switches <= (after.switches[0] ?? NaN));
    assert.equal(ours.io?.readCharacters, before.io['read_chars']);
    assert.equal(ours.io?.writeBytes, before.io['write_bytes']);
    assert.equal(ours.fileDescriptors, before.fds);
  });

  it('has the memory, with USS and PSS', async () => {
    const { memory } = one.told();
    const ours = await one.depth();
    near(ours.process.memory.residentBytes, memory['rss'], MAP_TOLERANCE_BYTES, 'rss');
    assert.equal(ours.process.memory.virtualBytes, memory['vms']);
    near(ours.process.memory.sharedBytes, memory['shared'], MAP_TOLERANCE_BYTES, 'shared');
    assert.equal(ours.process.memory.textBytes, memory['text']);
    assert.equal(ours.process.memory.dataBytes, memory['data']);
    assert.equal(ours.memory.source, 'smaps_rollup');
    near(ours.memory.uniqueBytes, memory['uss'], SHARED_TOLERANCE_BYTES, 'uss');
    near(ours.memory.proportionalBytes, memory['pss'], SHARED_TOLERANCE_BYTES, 'pss');
    assert.equal(ours.process.memory.swapBytes, memory['swap']);
  });

  it('has the threads with their names and times', async () => {
    const { threads } = one.told();
    const ours = (await one.depth()).threads;
    assert.equal(ours.total, 51);
    assert.deepEqual(
      ours.list.map(({ tid }) => tid),
      threads.map(([tid]) => tid).sort((first, second) => first - second),
    );
    // psutil reads wrong times where the name of a thread holds a parenthesis, as all but this one do.
    const busy = ours.list.find(({ name }) => name === 'busy') ?? assert.fail();
    const [, user, system] = threads.find(([tid]) => tid === busy.tid) ?? assert.fail();
    near(busy.userMs, user * 1000, 20, 'user time');
    near(busy.systemMs, system * 1000, 20, 'system time');
    assert.ok((busy.userMs ?? 0) > 0);
    const names = new Set(ours.list.map(({ name }) => name));
    for (let number = 1; number < 50; number++) assert.ok(names.has(`worker ) ${String(number).padStart(2, '0')}`));
    const told = output('ps', '-L', '-o', 'lwp=,psr=,ni=,stat=', '-p', String(one.pid)).split('\n');
    for (const [tid, , nice, state] of told.map((row) => row.trim().split(/\s+/))) {
      const thread = ours.list.find((each) => String(each.tid) === tid);
      assert.deepEqual(
        [String(thread?.nice), thread?.state, state?.charAt(0)],
        [nice, 'sleeping', 'S'],
        `thread ${tid}`,
      );
    }
  });

  it('has the regular files, with position and mode', async () => {
    const { files } = one.told();
    const { files: ours } = await one.depth();
    for (const file of files) {
      const found = ours?.list.find(({ fd }) => fd === file['fd']) ?? assert.fail(`no descriptor ${file['fd']}`);
      assert.equal(found.path, escaped(String(file['path'])));
      assert.equal(found.positionBytes, file['position'], found.path);
      const writes = found.mode === 'write' || found.mode === 'read-write';
      assert.equal(writes, /[wa+]/.test(String(file['mode'])), found.path);
      assert.equal(found.flags.includes('O_APPEND'), String(file['mode']).startsWith('a'), found.path);
    }
  });

  it('has the connections', async () => {
    const { connections } = one.told();
    const list = (await one.depth()).connections?.list ?? [];
    const types: Readonly<Record<string, string>> = { SOCK_STREAM: 'stream', SOCK_DGRAM: 'datagram' };
    const unix = connections.some(([, family]) => family === 'AF_UNIX');
    const comparable = list.filter(({ protocol }) => protocol !== 'netlink' && (unix || !protocol.startsWith('unix')));
    assert.equal(connections.length, comparable.length);
    for (const [fd, family, type, local, remote, status] of connections) {
      const ours = list.find(({ fds }) => fds.includes(fd)) ?? assert.fail(`no socket ${fd}`);
      if (family === 'AF_UNIX') {
        assert.equal(ours.protocol, `unix ${types[type]}`);
        // psutil loses a path with a blank in it.
        assert.equal(ours.path?.includes(' ') === true ? null : ours.path, local[0]);
        continue;
      }
      assert.equal(ours.protocol, `${type === 'SOCK_STREAM' ? 'tcp' : 'udp'}${family === 'AF_INET6' ? '6' : ''}`);
      assert.deepEqual([ours.localAddress, ours.localPort], local);
      assert.deepEqual([ours.remoteAddress, ours.remotePort], remote);
      const states: Readonly<Record<string, string>> = { LISTEN: 'listening', NONE: 'unconnected' };
      assert.equal(ours.state, states[status] ?? status.toLowerCase());
    }
  });

  it('has the memory maps, grouped and whole', async () => {
    const { grouped, maps } = one.told();
    const ours = (await one.depth()).maps ?? assert.fail();
    assert.equal(ours.groupsTotal, grouped.length);
    for (const group of grouped) {
      const found = ours.groups.find(({ path }) => path === group['path']) ?? assert.fail(`no ${group['path']}`);
      near(found.residentBytes, Number(group['rss']), MAP_TOLERANCE_BYTES, `rss of ${found.path}`);
      near(found.anonymousBytes, Number(group['anonymous']), MAP_TOLERANCE_BYTES, `anonymous of ${found.path}`);
      near(found.proportionalBytes, Number(group['pss']), SHARED_TOLERANCE_BYTES, `pss of ${found.path}`);
      assert.equal(found.sizeBytes, group['size'], found.path);
    }
    const whole = (await one.depth({ maps: 'all' })).maps ?? assert.fail();
    assert.deepEqual(
      whole.list.map((map) => [`${map.start}-${map.end}`, map.permissions, map.path, map.sizeBytes]),
      maps.map((map) => [map['addr'], map['perms'], map['path'], map['size']]),
    );
    assert.ok(
      whole.list.some((map) => map.sizeBytes >= 32 * MIB && map.residentBytes >= 8 * MIB),
      'the 32 MiB map',
    );
    const shared = ours.groups.find(({ path }) => path.endsWith('/mapped file'));
    assert.equal(shared?.sizeBytes, 4 * MIB);
    // What the kernel read ahead may be in memory as well.
    assert.ok(
      (shared?.residentBytes ?? 0) >= MIB && (shared?.privateDirtyBytes ?? 0) + (shared?.sharedDirtyBytes ?? 0) >= MIB,
    );
  });

  it('has the limits, the environment, parents and children', async () => {
    const told = one.told();
    const ours = await one.depth();
    assert.equal(ours.limits.length, 16);
    for (const { name, soft, hard } of ours.limits) {
      if (name in told.limits) assert.deepEqual([soft, hard], told.limits[name], name);
    }
    const variables = Object.fromEntries((ours.environment?.variables ?? []).map(({ name, value }) => [name, value]));
    assert.deepEqual(variables, told.environ);
    assert.deepEqual(
      ours.relatives.children.map(({ pid }) => pid),
      told.children,
    );
    assert.deepEqual(
      ours.relatives.parents.map(({ pid }) => pid),
      told.parents,
    );
  });
});

describe('system.process against lsof, pmap, prlimit, taskset, ionice and ps (Linux only)', function () {
  this.timeout(20_000);
  linuxOnly();
  const one = subject();

  it('has the descriptors of lsof: access, kind, size, inode', async () => {
    const kinds: Readonly<Record<string, string>> = {
      REG: 'file',
      DIR: 'directory',
      CHR: 'device',
      FIFO: 'pipe',
      IPv4: 'socket',
      IPv6: 'socket',
      unix: 'socket',
      netlink: 'socket',
      a_inode: 'anonymous',
    };
    const modes: Readonly<Record<string, string>> = { r: 'read', w: 'write', u: 'read-write' };
    const text = output('lsof', '-nP', '-p', String(one.pid), '-F', 'fatsi');
    const { files } = await one.depth();
    const rows = text.split('\nf').slice(1);
    const described = rows.map(
      (row) => new Map(row.split('\n').map((line, at) => (at === 0 ? ['f', line] : [line.charAt(0), line.slice(1)]))),
    );
    const numbered = described.filter((row) => /^\d+$/.test(row.get('f') ?? ''));
    assert.equal(files?.total, numbered.length);
    for (const row of numbered) {
      const ours: OpenFile = files?.list.find(({ fd }) => fd === Number(row.get('f'))) ?? assert.fail();
      const expected = kinds[row.get('t') ?? ''];
      assert.equal(ours.kind === 'memory' ? 'file' : ours.kind, expected, `${ours.path} is ${row.get('t')}`);
      if (ours.mode !== 'path') assert.equal(ours.mode, modes[row.get('a') ?? ''], ours.path);
      if (ours.kind === 'file') {
        assert.equal(ours.sizeBytes, Number(row.get('s')), ours.path);
        assert.equal(ours.inode, row.get('i'));
      }
    }
  });

  it('knows what it was made of: deleted files, locks, pipes, kernel objects', async () => {
    const { made } = one;
    const { files } = await one.depth();
    const at = (name: string): OpenFile => files?.list.find(({ fd }) => fd === made[name]) ?? assert.fail(name);
    assert.equal(at('plain').positionBytes, 1234);
    assert.equal(at('plain').sizeBytes, 5000);
    assert.deepEqual([at('deleted').deleted, at('deleted').sizeBytes, at('deleted').links], [true, MIB, 0]);
    assert.deepEqual([files?.deleted, files?.deletedBytes], [2, MIB]);
    assert.equal(at('namedDeleted').deleted, false);
    assert.ok(at('namedDeleted').path.endsWith('/not gone (deleted)'));
    assert.ok(at('hostile').path.endsWith('/a \\xff\né'));
    const locks = [...at('flock').locks, ...at('posix').locks];
    assert.deepEqual(
      locks.map(({ kind, access, startByte, endByte }) => [kind, access, startByte, endByte]),
      [
        ['flock', 'write', 0, null],
        ['posix', 'write', 5, 14],
      ],
    );
    assert.deepEqual([at('folder').kind, at('path').mode, at('fifo').kind], ['directory', 'path', 'pipe']);
    assert.ok(at('folder').flags.includes('O_DIRECTORY'));
    assert.equal(at('eventfd').anonymous?.eventCount, 7);
    assert.deepEqual(at('epoll').anonymous?.epollTargets, [made['eventfd']]);
    assert.equal(at('inotify').anonymous?.watches, 2);
    near(at('timerfd').anonymous?.timerNextMs, 3_600_000, 60_000, 'timer');
    assert.equal(at('timerfd').anonymous?.timerIntervalMs, 60_000);
    assert.equal(at('pidfd').anonymous?.pid, one.pid);
    assert.deepEqual([at('memfd').kind, at('memfd').sizeBytes], ['memory', 777]);
    assert.ok(at('pipeRead').peers.some(({ pid, name }) => pid === made.child && name === 'sh'));
    assert.deepEqual(
      [at('netlink').socket?.protocol, at('server').socket?.local],
      ['netlink', `127.0.0.1:${made.port}`],
    );
    const connections = (await one.depth()).connections?.list ?? [];
    assert.equal(connections.find(({ fds }) => fds.includes(made['accepted'] ?? -1))?.receiveQueue, 5);
  });

  it('has the totals of pmap -x', async () => {
    const rows = output('pmap', '-x', String(one.pid)).split('\n');
    const maps = rows.filter((row) => /^[0-9a-f]{8,} /.test(row)).map((row) => row.trim().split(/\s+/));
    const { maps: ours } = await one.depth({ maps: 'all' });
    assert.equal(ours?.total, maps.length);
    assert.deepEqual(
      ours?.list.map((map) => [map.start.padStart(16, '0'), map.sizeBytes / 1024]),
      maps.map(([address, kibibytes]) => [address, Number(kibibytes)]),
    );
    const resident = maps.reduce((sum, row) => sum + Number(row[2]), 0) * 1024;
    near(ours?.sum.residentBytes, resident, MAP_TOLERANCE_BYTES, 'resident');
  });

  it('has the limits of prlimit, the affinity of taskset, the class of ionice', async () => {
    const ours = await one.depth();
    const rows = output('prlimit', '-p', String(one.pid), '--noheadings', '--raw', '-o', 'RESOURCE,SOFT,HARD');
    const told = new Map(rows.split('\n').map((row) => [row.split(' ')[0]?.toLowerCase(), row.split(' ').slice(1)]));
    assert.equal(told.size, 16);
    for (const { name, soft, hard } of ours.limits) {
      assert.deepEqual(
        [soft, hard].map((value) => (value === null ? 'unlimited' : String(value))),
        told.get(name),
        name,
      );
    }
    const open = ours.limits.find(({ name }) => name === 'nofile');
    assert.deepEqual([open?.used, open?.soft, open?.hard], [ours.files?.total, 200, 400]);
    assert.ok(output('taskset', '-pc', String(one.pid)).endsWith(`: ${ours.process.affinity}`));
    assert.equal(ours.scheduling.ioClass, output('ionice', '-p', String(one.pid)).split(':')[0]);
    assert.equal(output('ionice', '-c', '2', '-n', '6', '-p', String(one.pid)), '');
    const { scheduling } = await one.depth();
    assert.deepEqual([scheduling.ioClass, scheduling.ioPriority], ['best-effort', 6]);
  });

  it('has the process group, session, terminal and faults of ps', async () => {
    const columns = 'pgid=,sid=,tpgid=,ni=,pri=,cls=,maj_flt=,nlwp=,psr=';
    const { process: ours, threads } = await one.depth();
    const words: readonly string[] = output('ps', '-o', columns, '-p', String(one.pid)).trim().split(/\s+/);
    const [group, session, foreground, nice, , policy, major, count] = words;
    assert.deepEqual([ours.groupId, ours.sessionId, ours.nice].map(String), [group, session, nice]);
    assert.deepEqual([foreground, ours.terminal], ['-1', null]);
    assert.deepEqual([ours.schedulingPolicy, policy], ['other', 'TS']);
    assert.deepEqual([ours.majorFaults, threads.total].map(String), [major, count]);
  });

  it('masks what looks like a secret unless it is to be revealed', async () => {
    const { environment } = await one.depth({ reveal: false });
    const found = environment?.variables.find(({ name }) => name === 'OPSDECK_TRUTH_TOKEN');
    assert.deepEqual([found?.masked, found?.value.includes(SECRET)], [true, false]);
    assert.equal(environment?.variables.find(({ name }) => name === 'OPSDECK_TRUTH_PLAIN')?.value, 'seen\nby all');
    assert.equal((await one.depth({ environment: false })).environment, null);
  });

  it('takes the number of a thread for its process, and says so', async () => {
    const tid = (await one.depth()).threads.list.at(-1)?.tid ?? assert.fail();
    const result = await one.depth({ pid: tid });
    assert.deepEqual([result.thread, result.process.pid], [tid, one.pid]);
    assert.ok(processTool.report(result).verdict.startsWith(`${tid} is a thread of this process.`));
  });

  it('refuses a pid with another start', async () => {
    const { startTicks } = (await one.depth()).process;
    await one.depth({ startTicks });
    await assert.rejects(one.depth({ startTicks: startTicks + 1 }), { name: 'ExpectedError', code: 'pid-reused' });
  });

  onLinuxAsRoot('tells another user what may not be seen, and who could', async () => {
    const result = await asOrdinaryUser(() => one.depth());
    const denied = result.missing.filter(({ reason }) => reason === 'denied').map(({ part }) => part);
    assert.deepEqual(
      new Set(denied),
      new Set(['executable', 'folders', 'io', 'files', 'memory', 'environment', 'maps', 'namespaces']),
    );
    assert.deepEqual([result.files, result.connections, result.environment, result.maps], [null, null, null, null]);
    assert.equal(result.process.name, 'a) S 1 (\nb');
    assert.equal(result.threads.total, 51);
    assert.equal(result.limits.length, 16);
    const report = processTool.report(result);
    assert.equal(report.status, 'info');
    assert.match(
      JSON.stringify(report),
      /takes root with all capabilities or, unless the process protects itself, user root/,
    );
  });
});

describe('system.process of processes that are not as usual (Linux only)', function () {
  this.timeout(20_000);
  linuxOnly();
  let machine: LocalMachine | undefined;
  const started: ChildProcess[] = [];
  before(() => {
    machine = createLocalMachine();
  });
  after(async () => {
    for (const child of started) child.kill('SIGKILL');
    await machine?.dispose();
  });
  const start = async (program: string, ...words: readonly string[]): Promise<ChildProcess> => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(child);
    await once(child, 'spawn');
    return child;
  };
  const results = (pid: number, live = false): AsyncIterator<ProcessResult> =>
    processTool
      .run(
        { pid, environment: true, reveal: false, maps: 'grouped' },
        { ...runContext(machine ?? assert.fail()), live },
      )
      [Symbol.asyncIterator]();
  const result = (pid: number): Promise<ProcessResult> =>
    last({ [Symbol.asyncIterator]: () => results(pid) } as AsyncIterable<ProcessResult>);

  it('refuses a pid that does not exist', async () => {
    await assert.rejects(result(4_194_304), { name: 'ExpectedError', code: 'missing' });
  });

  it('has a thread of the kernel, which has neither program nor memory', async function () {
    if (!fs.existsSync('/proc/2/stat')) return this.skip();
    const { process: ours, files, connections, maps, missing } = await result(2);
    assert.deepEqual([ours.name, ours.kernelThread, ours.executable], ['kthreadd', true, null]);
    assert.deepEqual([files?.total ?? 0, connections?.total ?? 0, maps], [0, 0, null]);
    const denied = missing.filter(({ reason }) => reason === 'denied').map(({ part }) => part);
    assert.ok(!denied.includes('executable'));
  });

  it('has a zombie', async () => {
    const parent = await start(
      PYTHON,
      '-c',
      'import os,time\npid=os.fork()\nif pid: print(pid, flush=True); time.sleep(99)',
    );
    const [line] = (await once(parent.stdout ?? assert.fail(), 'data')) as [Buffer];
    const pid = Number(line);
    await eventually(() => /\) Z /.test(fs.readFileSync(`/proc/${pid}/stat`, 'latin1')));
    const zombie = await result(pid);
    assert.equal(zombie.process.state, 'zombie');
    assert.deepEqual(
      zombie.findings.map(({ kind, value }) => [kind, value]),
      [['zombie', parent.pid]],
    );
    assert.equal(processTool.report(zombie).status, 'warning');
  });

  it('has a stopped one', async () => {
    const { pid = assert.fail() } = await start('sleep', '99');
    await eventually(() => fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'sleep');
    process.kill(pid, 'SIGSTOP');
    await eventually(() => /\) T /.test(fs.readFileSync(`/proc/${pid}/stat`, 'latin1')));
    assert.deepEqual(
      (await result(pid)).findings.map(({ kind }) => kind),
      ['stopped'],
    );
  });

  it('has one whose program file was deleted, and one that is only named so', async () => {
    const folder = fs.mkdtempSync('/tmp/opsdeck-test-');
    const [gone, named] = [`${folder}/gone`, `${folder}/here (deleted)`];
    for (const file of [gone, named]) fs.copyFileSync(fs.realpathSync('/bin/sleep'), file);
    const [first, second] = [await start(gone, '99'), await start(named, '99')];
    await eventually(() => fs.readFileSync(`/proc/${second.pid}/comm`, 'utf8').startsWith('here'));
    await eventually(() => fs.readFileSync(`/proc/${first.pid}/comm`, 'utf8').startsWith('gone'));
    fs.rmSync(gone);
    const [one, other] = [await result(first.pid ?? assert.fail()), await result(second.pid ?? assert.fail())];
    fs.rmSync(folder, { recursive: true });
    assert.deepEqual([one.process.executable, one.process.executableDeleted], [gone, true]);
    assert.deepEqual(
      one.findings.map(({ kind, severity }) => [kind, severity]),
      [['executableReplaced', 'info']],
    );
    assert.equal(processTool.report(one).status, 'ok');
    assert.deepEqual([other.process.executable, other.process.executableDeleted], [named, false]);
  });

  it('sees a lock that is waited for, and by whom it is held', async () => {
    const file = `${fs.mkdtempSync('/tmp/opsdeck-test-')}/lock`;
    fs.writeFileSync(file, '');
    const holder = await start('flock', file, 'sleep', '99');
    await eventually(() => fs.readFileSync('/proc/locks', 'latin1').includes(`FLOCK  ADVISORY  WRITE ${holder.pid} `));
    const waiter = await start('flock', file, 'true');
    await eventually(() => fs.readFileSync('/proc/locks', 'latin1').includes(`WRITE ${waiter.pid} `));
    const { awaitedLocks } = await result(waiter.pid ?? assert.fail());
    assert.deepEqual(awaitedLocks, [{ kind: 'flock', access: 'write', path: file, heldBy: holder.pid }]);
    const held = (await result(holder.pid ?? assert.fail())).files?.list.find(({ path }) => path === file);
    assert.deepEqual(held?.locks[0]?.waiters, [waiter.pid]);
    const child = Number(output('ps', '-o', 'pid=', '--ppid', String(holder.pid)));
    process.kill(child, 'SIGKILL');
    fs.rmSync(file);
  });

  it('measures, and keeps what it last saw of one that ends', async () => {
    const busy = await start(PYTHON, '-c', 'while True: pass');
    const live = results(busy.pid ?? assert.fail(), true);
    const first = await live.next();
    const second = await live.next();
    assert.ok(first.done !== true && second.done !== true);
    assert.equal(first.value.process.cpu.percent, null);
    assert.ok((second.value.process.cpu.percent ?? 0) > 5, `${second.value.process.cpu.percent} % of a busy loop`);
    // Two files, read one after the other: the clock may tick between them.
    const ofThread = second.value.threads.list[0]?.cpuPercent ?? assert.fail();
    const ofAll = second.value.process.cpu.percent ?? assert.fail();
    assert.ok(Math.abs(ofThread - ofAll) <= 10, `${ofThread} % against ${ofAll} %`);
    busy.kill('SIGKILL');
    await once(busy, 'exit');
    const third = await live.next();
    assert.ok(third.done !== true);
    assert.ok(third.value.ended !== null);
    assert.equal(third.value.process.pid, busy.pid);
    assert.match(processTool.report(third.value).verdict, /has ended: this is what was last seen of it/);
    assert.equal((await live.next()).done, true);
  });
});
