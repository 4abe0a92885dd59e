import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { SYSTEM_CLOCK } from '../../src/features/system/core/clock';
import { ProcessReader } from '../../src/features/system/core/processes/processReader';
import { ALL_PROCESSES } from '../../src/features/system/core/processes/query';
import { report } from '../../src/features/system/report/processes';
import { createLocalMachine } from '../../src/machine/local';
import type { Machine } from '../../src/machine/machine';
import { projectPath } from '../support/project';
import type { LiveListFigures } from './processMemory';
import { startPsutil, type PythonPeer } from './python';
import type { BenchRow } from './row';
import { median } from './statistics';

const SIZES = [100, 600, 6_000];
/** Of a few milliseconds each, some wait for the scheduler for as long again: the middle of many is not by chance. */
const MANY_ROUNDS = 41;
const ROUNDS = 7;
const MANY_ROUNDS_UP_TO = 600;
/** Readings until the compilers have seen enough. */
const WARM_UP_READINGS = 100;
const RATIO_BUDGET = 0.5;
const MEMORY_BUDGET_MIB = 80;
const STALL_BUDGET_MS = 20;
/** Beyond it systeminformation needs ten seconds and more a list. */
const MOST_FOR_SYSTEMINFORMATION = 600;

/** The list of processes against psutil and systeminformation, on as many processes as it makes. Linux only. */
export async function benchProcesses(): Promise<BenchRow[]> {
  const psutil = process.platform === 'linux' ? startPsutil('psutil_processes.py') : undefined;
  if (psutil === undefined) return [];
  const machine = createLocalMachine();
  try {
    const rows: BenchRow[] = [];
    await warmUp(machine);
    for (const size of SIZES) rows.push(...(await withCrowd(size, () => rowsAt(size, machine, psutil))));
    return rows;
  } finally {
    await machine.dispose();
    await psutil.end();
  }
}

/** By the machine that is measured, as it is in an editor that has been open for a while: its threads compile too. */
async function warmUp(machine: Machine): Promise<void> {
  for (let reading = 0; reading < WARM_UP_READINGS; reading += 1) {
    await new ProcessReader(machine, SYSTEM_CLOCK, ALL_PROCESSES).read(new AbortController().signal);
  }
}

/** Runs with at least `size` processes on this machine. */
export async function withCrowd<T>(size: number, work: () => Promise<T>): Promise<T> {
  const present = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
  const crowd = spawn('python3', [projectPath('test', 'bench', 'crowd.py'), String(Math.max(0, size - present))]);
  try {
    await once(crowd.stdout, 'data');
    return await work();
  } finally {
    const ended = once(crowd, 'exit');
    crowd.stdin.end();
    await ended;
  }
}

async function rowsAt(size: number, machine: Machine, psutil: PythonPeer): Promise<BenchRow[]> {
  const query = ALL_PROCESSES;
  const { signal } = new AbortController();
  const live = new ProcessReader(machine, SYSTEM_CLOCK, query);
  await live.read(signal);
  await psutil.ask('processes 1');
  const anew: number[] = [];
  const again: number[] = [];
  const theirs: number[] = [];
  const rounds = size <= MANY_ROUNDS_UP_TO ? MANY_ROUNDS : ROUNDS;
  for (let round = 0; round < rounds; round += 1) {
    const reader = new ProcessReader(machine, SYSTEM_CLOCK, query);
    anew.push(await elapsed(() => reader.read(signal)));
    again.push(await elapsed(() => live.read(signal)));
    theirs.push(...((await psutil.ask('processes 1')) as number[]));
  }
  return [
    ratioRow(`${size} processes, everything read anew`, median(anew), psutil, median(theirs)),
    ratioRow(`${size} processes, the next sample of the live list`, median(again), psutil, median(theirs)),
    ...(size <= MOST_FOR_SYSTEMINFORMATION ? [await systeminformationRow(size, median(anew))] : []),
    ...(size === Math.max(...SIZES) ? [await reportRow(live), ...(await liveRows())] : []),
  ];
}

export async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function ratioRow(what: string, ours: number, psutil: PythonPeer, theirs: number): BenchRow {
  return {
    what,
    ours: `${ours.toFixed(1)} ms`,
    peer: `psutil ${psutil.version} ${theirs.toFixed(1)} ms`,
    ratio: ours / theirs,
    budget: `≤ ${RATIO_BUDGET} × psutil`,
    met: ours / theirs <= RATIO_BUDGET,
  };
}

async function systeminformationRow(size: number, ours: number): Promise<BenchRow> {
  const { processes } = await import('systeminformation');
  const theirs = await elapsed(() => processes());
  return {
    what: `${size} processes against systeminformation`,
    ours: `${ours.toFixed(1)} ms`,
    peer: `systeminformation ${theirs.toFixed(1)} ms`,
    ratio: ours / theirs,
    budget: '',
    met: null,
  };
}

/** What the panel adds to a reading; it runs in the tools' thread, so it holds nobody up. */
async function reportRow(reader: ProcessReader): Promise<BenchRow> {
  const result = await reader.read(new AbortController().signal);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    times.push(await elapsed(() => Promise.resolve(JSON.stringify(report(result)))));
  }
  return {
    what: `the report of ${result.processes.length} processes as JSON`,
    ours: `${median(times).toFixed(0)} ms`,
    peer: '',
    ratio: null,
    budget: '',
    met: null,
  };
}

/** The list in a thread as VS Code runs it, seen from the thread that asks: a process of its own that does nothing else. */
async function liveRows(): Promise<BenchRow[]> {
  const child = spawn(process.execPath, [projectPath('out', 'test', 'bench', 'processMemory.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (part) => (text += String(part)));
  await once(child, 'close');
  const figures = JSON.parse(text) as LiveListFigures;
  const { idleMiB, sampleMs, longestStallMs, longestWorkMs } = figures;
  const above = figures.middleMiB - idleMiB;
  return [
    {
      what: `memory above idle (${idleMiB.toFixed(0)} MiB) while 6,000 processes are sampled 20 times, each in ${sampleMs.toFixed(0)} ms`,
      ours: `${above.toFixed(0)} MiB`,
      peer: `the middle of all looks; at most ${(figures.mostMiB - idleMiB).toFixed(0)} MiB`,
      ratio: null,
      budget: `≤ ${MEMORY_BUDGET_MIB} MiB`,
      met: above <= MEMORY_BUDGET_MIB,
    },
    {
      what: "longest work in one turn of the asking thread's event loop meanwhile",
      ours: longestWorkMs === null ? '' : `${longestWorkMs.toFixed(1)} ms`,
      peer: `by the clock ${longestStallMs.toFixed(0)} ms, other processes included`,
      ratio: null,
      budget: `≤ ${STALL_BUDGET_MS} ms`,
      met: longestWorkMs === null ? null : longestWorkMs <= STALL_BUDGET_MS,
    },
  ];
}
