import * as fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { SYSTEM_CLOCK } from '../../src/features/system/core/clock';
import { collectOverviews } from '../../src/features/system/core/overview/collect';
import { ProcReader, USUAL_PACES, type Paces } from '../../src/features/system/core/overview/procReader';
import { sampleOf } from '../../src/features/system/core/overview/rates/rates';
import { report } from '../../src/features/system/report/overview';
import { createLocalMachine } from '../../src/machine/local';
import type { Machine } from '../../src/machine/machine';
import { startPsutil, type PythonPeer } from './python';
import type { BenchRow } from './row';
import { median } from './statistics';

const ROUNDS = 5;
const SAMPLES = 60;
/** Until the compilers of both have seen enough. */
const WARM_UP_SAMPLES = 400;
const RATIO_BUDGET = 0.5;
const CPU_BUDGET_PERCENT = 1;
const CPU_SECONDS = 20;
const STALL_BUDGET_MS = 20;
const STALL_MS = 3_000;

/** Everything that psutil reads each time: sensors, links and the space of the file systems included. */
const ALL_ANEW: Paces = { ...USUAL_PACES, slowMs: 0, usageMs: 0 };

type TakeSample = () => Promise<void>;

/** Samples of this machine against a Python process with psutil that stays. Linux only; elsewhere there are no rows. */
export async function benchSystem(): Promise<BenchRow[]> {
  if (process.platform !== 'linux') return [];
  const machine = createLocalMachine();
  const psutil = startPsutil('psutil_sample.py');
  try {
    return [
      await sampleRow('a system sample as the live view takes it', machine, psutil, USUAL_PACES),
      await sampleRow('a system sample with everything read anew', machine, psutil, ALL_ANEW),
      await pacedRow(machine, psutil),
      await stallRow(machine),
    ].flat();
  } finally {
    await machine.dispose();
    await psutil?.end();
  }
}

/** From one reading to the next, with the rates between them. */
async function sampler(machine: Machine, paces: Paces): Promise<TakeSample> {
  const { signal } = new AbortController();
  const reader = new ProcReader(machine, SYSTEM_CLOCK, paces);
  let earlier = await reader.read(signal);
  return async () => {
    const now = await reader.read(signal);
    sampleOf(machine.name, earlier, now);
    earlier = now;
  };
}

async function timed(take: TakeSample, count: number, gapMs: number): Promise<readonly number[]> {
  const elapsed: number[] = [];
  for (let done = 0; done < count; done++) {
    if (gapMs > 0) await pause(gapMs);
    const begun = performance.now();
    await take();
    elapsed.push(performance.now() - begun);
  }
  return elapsed;
}

/** Both in turn, so that both meet the same weather. */
async function sampleRow(
  what: string,
  machine: Machine,
  psutil: PythonPeer | undefined,
  paces: Paces,
): Promise<BenchRow> {
  const take = await sampler(machine, paces);
  const ours: number[] = [];
  const theirs: number[] = [];
  const both = async (count: number): Promise<readonly [readonly number[], readonly number[]]> => [
    await timed(take, count, 0),
    psutil === undefined ? [] : ((await psutil.ask(`${count} 0`)) as number[]),
  ];
  await both(WARM_UP_SAMPLES);
  for (let round = 0; round < ROUNDS; round++) {
    const [own, peer] = await both(SAMPLES);
    ours.push(...own);
    theirs.push(...peer);
  }
  return comparedRow(what, median(ours), psutil, theirs, paces === USUAL_PACES);
}

function comparedRow(
  what: string,
  ours: number,
  psutil: PythonPeer | undefined,
  theirs: readonly number[],
  held: boolean,
): BenchRow {
  const ratio = psutil === undefined ? null : ours / median(theirs);
  return {
    what,
    ours: `${ours.toFixed(2)} ms`,
    peer: psutil === undefined ? 'psutil is not installed' : `psutil ${psutil.version} ${median(theirs).toFixed(2)} ms`,
    ratio,
    budget: held ? `≤ ${RATIO_BUDGET} × psutil` : '',
    met: held && ratio !== null ? ratio <= RATIO_BUDGET : null,
  };
}

/** One sample a second: how long it takes when everything has gone cold in between, and what it costs. */
async function pacedRow(machine: Machine, psutil: PythonPeer | undefined): Promise<BenchRow[]> {
  const take = await sampler(machine, USUAL_PACES);
  const before = cpuMs();
  const begun = performance.now();
  const ours = await timed(take, CPU_SECONDS, 1000);
  const share = ((cpuMs() - before) / (performance.now() - begun)) * 100;
  const theirs = psutil === undefined ? [] : ((await psutil.ask(`${CPU_SECONDS / 2} 1000`)) as number[]);
  return [
    comparedRow('one system sample a second', median(ours), psutil, theirs, false),
    {
      what: `CPU of one system sample a second, ${CPU_SECONDS} s, threads and child processes included`,
      ours: `${share.toFixed(2)} % of a core`,
      peer: '',
      ratio: null,
      budget: `≤ ${CPU_BUDGET_PERCENT} %`,
      met: share <= CPU_BUDGET_PERCENT,
    },
  ];
}

/** Of this process with all its threads, and of its children that live. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + childrenCpuMs();
}

/** In steps of 10 ms, see proc_pid_stat(5). */
function childrenCpuMs(): number {
  let ticks = 0;
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = textOf(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[1]) === process.pid && !stat.includes('(python'))
      ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks * 10;
}

function textOf(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    // The process has ended since its name was read.
    return '';
  }
}

/**
 * The longest time in which a timer of 5 ms did not fire. Other programs of the machine delay it too, so the calmest
 * of several rounds counts: a stall of our own making is in every round. The same without sampling stands beside it.
 */
async function stallRow(machine: Machine): Promise<BenchRow> {
  const sampling: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < 3; round++) {
    sampling.push(await longestStall((signal) => sampleAndReport(machine, signal)));
    idle.push(await longestStall(() => pause(STALL_MS)));
  }
  const longest = Math.min(...sampling);
  const without = Math.min(...idle);
  return {
    what: 'the longest stall of the event loop while sampling five times a second and making the report',
    ours: `${longest.toFixed(1)} ms`,
    peer: `without sampling ${without.toFixed(1)} ms`,
    ratio: null,
    budget: `≤ ${STALL_BUDGET_MS} ms`,
    // On a machine that delays an idle loop by as much, nothing can be said.
    met: longest <= STALL_BUDGET_MS ? true : without > STALL_BUDGET_MS ? null : false,
  };
}

async function sampleAndReport(machine: Machine, signal: AbortSignal): Promise<void> {
  const endAt = performance.now() + STALL_MS;
  for await (const overview of collectOverviews({ machine, signal, live: true })) {
    report(overview);
    if (performance.now() > endAt) return;
  }
}

async function longestStall(work: (signal: AbortSignal) => Promise<void>): Promise<number> {
  const periodMs = 5;
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - periodMs);
    last = now;
  }, periodMs);
  try {
    await work(new AbortController().signal);
  } finally {
    clearInterval(timer);
  }
  return longest;
}
