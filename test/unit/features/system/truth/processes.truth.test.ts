import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { IO_CLASSES } from '../../../../../src/features/system/core/control/ioPriority';
import { decodeBytes } from '../../../../../src/features/system/core/kernel/bytes';
import { parseCpuList } from '../../../../../src/features/system/core/kernel/cpuList';
import type { ProcessEntry } from '../../../../../src/features/system/core/processes/schema';
import { projectPath } from '../../../../support/project';
import { Compared } from './processesCompared';
import {
  byPid,
  hasPsutil,
  stage,
  startPython,
  type Conversation,
  type OracleAnswer,
  type Stage,
} from './processesSupport';

const onLinux = process.platform === 'linux' ? describe : describe.skip;
/** btime is in whole seconds, and the kernel works it out anew each time. */
const START_TOLERANCE_MS = 1_010;
const MEMORY_TOLERANCE_BYTES = 2 ** 20;

const seconds = (milliseconds: number | null): number | null => (milliseconds === null ? null : milliseconds / 1000);

/** Ours, and the names of psutil's attribute and field. */
const COUNTERS: readonly (readonly [
  (entry: ProcessEntry) => number | null | undefined,
  'cpu_times' | 'io_counters' | 'num_ctx_switches',
  string,
])[] = [
  [({ cpu }) => seconds(cpu.userMs), 'cpu_times', 'user'],
  [({ cpu }) => seconds(cpu.systemMs), 'cpu_times', 'system'],
  [({ cpu }) => seconds(cpu.childrenUserMs), 'cpu_times', 'children_user'],
  [({ cpu }) => seconds(cpu.childrenSystemMs), 'cpu_times', 'children_system'],
  [({ cpu }) => seconds(cpu.ioWaitMs), 'cpu_times', 'iowait'],
  [({ io }) => io?.readCalls, 'io_counters', 'read_count'],
  [({ io }) => io?.writeCalls, 'io_counters', 'write_count'],
  [({ io }) => io?.readBytes, 'io_counters', 'read_bytes'],
  [({ io }) => io?.writeBytes, 'io_counters', 'write_bytes'],
  [({ io }) => io?.readCharacters, 'io_counters', 'read_chars'],
  [({ io }) => io?.writeCharacters, 'io_counters', 'write_chars'],
  [({ contextSwitches }) => contextSwitches?.voluntary, 'num_ctx_switches', 'voluntary'],
  [({ contextSwitches }) => contextSwitches?.involuntary, 'num_ctx_switches', 'involuntary'],
];

onLinux('the list of processes against psutil (Linux only, skipped where Python has no psutil)', () => {
  const scene = stage();
  let oracle: Conversation<OracleAnswer> | undefined;
  let compared: Compared | undefined;

  before(async function () {
    this.timeout(60_000);
    if (!hasPsutil()) return this.skip();
    oracle = startPython<OracleAnswer>('processes_oracle.py');
    const early = await oracle.ask();
    const ours = await scene.list();
    compared = new Compared(early, ours, await oracle.ask(), [process.pid, oracle.pid]);
  });
  after(() => oracle?.end());

  const looks = (): Compared => compared ?? assert.fail();
  it('has every process', () => {
    assert.deepEqual(looks().missed(), []);
    const quiet = new Set(
      looks()
        .quiet()
        .map(([entry]) => entry.pid),
    );
    const { busy, ...subjects } = scene.subjects().pids;
    assert.ok(busy !== undefined && !quiet.has(busy), 'a busy process is not quiet');
    assert.deepEqual(
      Object.values(subjects).filter((pid) => !quiet.has(pid)),
      [],
    );
  });
  identityAgainstPsutil(looks);
  figuresAgainstPsutil(looks);
  countersAgainstPsutil(looks);

  it('has USS and PSS of memory_full_info where they are asked for', async () => {
    const { threads: sleeper = 0 } = scene.subjects().pids;
    const code = `import psutil; m = psutil.Process(${sleeper}).memory_full_info(); print(m.uss, m.pss)`;
    const { exactMemory } = byPid(await scene.list({ exact: true })).get(sleeper) ?? assert.fail();
    const [uss = NaN, pss = NaN] = execFileSync('/usr/bin/python3', ['-c', code], { encoding: 'utf8' })
      .split(' ')
      .map(Number);
    assert.ok(Math.abs((exactMemory?.uniqueBytes ?? NaN) - uss) <= MEMORY_TOLERANCE_BYTES, `USS ${uss}`);
    assert.ok(Math.abs((exactMemory?.proportionalBytes ?? NaN) - pss) <= MEMORY_TOLERANCE_BYTES, `PSS ${pss}`);
    assert.equal(byPid(looks().ours).get(sleeper)?.exactMemory, null, 'only where they are asked for');
  });

  detailsAgainstPsutil(scene, looks);

  it('has the scores of the OOM killer that the kernel tells', () => {
    const ours = byPid(looks().ours);
    for (const pid of Object.values(scene.subjects().pids)) {
      const told = Number(fs.readFileSync(`/proc/${pid}/oom_score`, 'latin1'));
      const entry = ours.get(pid);
      assert.ok(Math.abs((entry?.oomScore ?? NaN) - told) <= 2, `${entry?.oomScore}, the kernel says ${told}`);
      assert.equal(entry?.oomScoreAdjust, Number(fs.readFileSync(`/proc/${pid}/oom_score_adj`, 'latin1')));
    }
  });
});

function detailsAgainstPsutil(scene: Stage, looks: () => Compared): void {
  it('has ionice, rlimit and threads where they are asked for', async () => {
    // Without CAP_SYS_RESOURCE psutil is denied the limits of another user's.
    const { zombie: _ended, busy: _moving, foreign: _denied, ...quiet } = scene.subjects().pids;
    const listed = byPid(await scene.list({ details: true }));
    const told = detailsByPsutil(Object.values(quiet));
    for (const [name, pid] of Object.entries(quiet)) {
      const details = listed.get(pid)?.details ?? assert.fail(name);
      const { threads: ours, ...rest } = asPsutil(details);
      const { threads: theirs, ...toldRest } = told[pid] ?? assert.fail(name);
      assert.deepEqual(rest, toldRest, name);
      assert.deepEqual(ours.map(tidOf), theirs.map(tidOf), name);
      // Where the name of a thread has a parenthesis, psutil takes other fields for the times.
      const isClear = ([tid]: ThreadTold): boolean =>
        details.threads?.find((one) => one.tid === tid)?.name.includes(')') === false;
      assert.deepEqual(ours.filter(isClear), theirs.filter(isClear), name);
      for (const thread of details.threads ?? []) {
        const comm = fs.readFileSync(`/proc/${pid}/task/${thread.tid}/comm`);
        assert.equal(thread.name, decodeBytes(comm.toString('latin1').slice(0, -1)), name);
      }
    }
    const of = (name: string): ProcessEntry['details'] | undefined => listed.get(quiet[name] ?? 0)?.details;
    assert.deepEqual([of('idle')?.ioClass, of('first')?.ioClass, of('first')?.ioPriority], ['idle', 'best-effort', 1]);
    const { soft, hard } = of('limited')?.limits?.find((one) => one.name === 'nofile') ?? assert.fail();
    assert.deepEqual([soft, hard], [100, 200]);
    assert.equal(of('threads')?.threads?.length, 4);
    assert.equal(byPid(looks().ours).get(quiet['idle'] ?? 0)?.details, null, 'only where they are asked for');
  });
}

/** See processes_details_oracle.py. */
interface DetailsTold {
  readonly ionice: readonly [ioClass: number, level: number];
  readonly limits: Readonly<Record<string, readonly [soft: number, hard: number]>>;
  readonly threads: readonly ThreadTold[];
}

type ThreadTold = readonly [tid: number, userSeconds: number, systemSeconds: number];

const tidOf = ([tid]: ThreadTold): number => tid;

function detailsByPsutil(pids: readonly number[]): Readonly<Record<number, DetailsTold>> {
  const script = projectPath('test', 'unit', 'features', 'system', 'truth', 'processes_details_oracle.py');
  const answer = execFileSync('/usr/bin/python3', [script, ...pids.map(String)], { encoding: 'utf8' });
  const told = JSON.parse(answer) as Record<number, DetailsTold>;
  const isLevelled = (ioClass: number): boolean => ioClass === 1 || ioClass === 2;
  // A level means nothing in the classes that have none.
  return Object.fromEntries(
    Object.entries(told).map(([pid, one]) => {
      const [ioClass, level] = one.ionice;
      return [pid, { ...one, ionice: [ioClass, isLevelled(ioClass) ? level : 0] }];
    }),
  );
}

function asPsutil({ ioClass, ioPriority, limits, threads }: NonNullable<ProcessEntry['details']>): DetailsTold {
  return {
    ionice: [IO_CLASSES.findIndex((one) => one === ioClass), ioPriority ?? 0],
    limits: Object.fromEntries((limits ?? []).map(({ name, soft, hard }) => [name, [soft ?? -1, hard ?? -1]])),
    threads: (threads ?? []).map(({ tid, userMs, systemMs }) => [tid, userMs / 1000, systemMs / 1000]),
  };
}

function identityAgainstPsutil(looks: () => Compared): void {
  it('has names, arguments, programs and folders', () => {
    // Where the kernel cuts bytes, psutil counts characters: it does not make such a name whole.
    looks().same('name', (entry, told) => {
      // psutil takes the name of a thread for it, where we have the program's.
      if (told.name === 'MainThread') return entry.name === programOf(entry) ? told.name : entry.name;
      return /^[ -~]*$/.test(entry.name) ? entry.name : cutTo15(entry.name);
    });
    looks().same('cmdline', (entry, told) => {
      const ours = entry.commandLine.map(shortened);
      // A title that a program has put in the place of its arguments leaves NULs behind it, which psutil takes for more.
      const rest = told.cmdline?.slice(1) ?? [];
      const isTitle = ours.length === 1 && rest.every((argument) => argument === '');
      return isTitle ? [...ours, ...rest] : ours;
    });
    looks().same('exe', (entry) => entry.executable ?? (entry.denied.includes('exe') ? null : ''));
    // The kernel's own threads are said to be at the root.
    looks().same('cwd', (entry) => entry.workingFolder ?? (entry.kernelThread ? '/' : null));
  });

  it('has parents, users and terminals', () => {
    looks().same('ppid', (entry) => entry.parentPid);
    looks().same('username', (entry) => entry.user);
    looks().same('uids', (entry) => entry.uids);
    looks().same('gids', (entry) => entry.gids);
    looks().same('terminal', (entry) => (entry.terminal === null ? null : `/dev/${entry.terminal}`));
    looks().same('ids', (entry) => {
      const policy = ['other', 'fifo', 'rr', 'batch', '', 'idle', 'deadline'].indexOf(entry.schedulingPolicy);
      return [entry.groupId ?? NaN, entry.sessionId ?? NaN, policy];
    });
  });
}

/** As processes_oracle.py does, for a failure that can be read. */
function shortened(argument: string): string {
  const characters = [...argument];
  return characters.length <= 1000 ? argument : `${characters.slice(0, 9).join('')}…${characters.length}`;
}

function programOf({ commandLine }: ProcessEntry): string {
  return path.basename(commandLine[0] ?? '');
}

function cutTo15(name: string): string {
  const bytes = Buffer.from(name);
  return bytes.length <= 15 || name.includes('\\x') ? name : bytes.subarray(0, 15).toString();
}

function figuresAgainstPsutil(looks: () => Compared): void {
  it('has states, starts, threads, descriptors, nice and affinity', () => {
    looks().same('status', (entry) => entry.state);
    looks().same('num_threads', (entry) => entry.threads);
    looks().same('nice', (entry) => entry.nice);
    looks().same('cpu_num', (entry) => entry.cpu.number);
    looks().same('cpu_affinity', (entry) => parseCpuList(entry.affinity ?? ''));
    for (const [entry, told] of looks().quiet()) {
      const what = `${entry.pid} ${entry.name}`;
      const startedAtMs = entry.startedAtMs ?? NaN;
      assert.ok(Math.abs(startedAtMs - told.create_time * 1000) <= START_TOLERANCE_MS, `start of ${what}`);
      // Where psutil is denied the names, newer kernels tell their number all the same. Where it is denied the I/O, as of
      // the first process of a container, other threads than the first may have opened something unseen.
      if (told.num_fds !== null && told.io_counters !== null)
        assert.equal(entry.fileDescriptors, told.num_fds, `descriptors of ${what}`);
    }
  });

  it('has the memory', () => {
    for (const [entry, told] of looks().quiet()) {
      const { memory } = entry;
      const theirs = told.memory_info ?? {};
      const what = `${entry.pid} ${entry.name}`;
      const near = (ours: number | null, name: string): boolean =>
        Math.abs((ours ?? NaN) - (theirs[name] ?? NaN)) <= MEMORY_TOLERANCE_BYTES;
      assert.ok(near(memory.residentBytes, 'rss') && near(memory.sharedBytes ?? 0, 'shared'), `memory of ${what}`);
      const exact = [memory.virtualBytes, memory.textBytes ?? 0, memory.dataBytes ?? 0];
      assert.deepEqual(exact, [theirs['vms'], theirs['text'], theirs['data']], what);
      assert.ok(Math.abs((memory.percent ?? NaN) - (told.memory_percent ?? NaN)) <= 0.1, `share of ${what}`);
    }
  });
}

function countersAgainstPsutil(looks: () => Compared): void {
  for (const [ours, attribute, field] of COUNTERS) {
    it(`has ${field} of ${attribute}`, () => {
      looks().grows(field, ours, (told) => told[attribute]?.[field]);
    });
  }
}
