import { setTimeout as pause } from 'node:timers/promises';
import { Session, type Holder, type Shown } from '../../src/editor/session';
import { ToolClient } from '../../src/runtime/toolClient';
import { startToolThread } from '../../src/runtime/toolThread';
import { projectPath } from '../support/project';
import { median } from './statistics';

/** What it costs to have all processes of this machine in a live panel, as JSON on standard output. */
export interface LiveListFigures {
  /**
   * What the system counts as the memory of the whole process (RSS), its threads included: with the thread of the tools
   * and the one that reads files, at rest, before processes were ever read.
   */
  readonly idleMiB: number;
  /** The same while the list is live, as often as the event loop turns: the middle one, and the most. */
  readonly middleMiB: number;
  readonly mostMiB: number;
  /** From asking for a sample until it has come, the middle one. */
  readonly sampleMs: number;
  /** The longest time in which the event loop of the thread that asks did not turn, by the clock. */
  readonly longestStallMs: number;
  /** The most processor time that this thread took between two turns; null before Node 23.9. */
  readonly longestWorkMs: number | null;
}

const SAMPLES = 20;
/** The shortest that a user can choose. */
const INTERVAL_MS = 500;
const TICK_MS = 5;
const SETTLE_MS = 1_000;

/** A program of its own, in the place of VS Code's extension host: it has a session of its own, and shows nothing. */
async function main(): Promise<void> {
  const client = clientOf(projectPath('dist', 'toolWorker.js'));
  // Threads are part of being idle: they are there as soon as anything is. This one reads some files of /sys.
  const small = await follow(client, 'system.sensors', false, 1);
  small.holder.dispose();
  await pause(SETTLE_MS);
  const idleMiB = residentMiB();
  const watch = watched();
  const { holder, elapsed } = await follow(client, 'system.processes', true, SAMPLES);
  const figures = watch.end();
  holder.dispose();
  client.dispose();
  const all: LiveListFigures = { idleMiB, sampleMs: median(elapsed), ...figures };
  process.stdout.write(JSON.stringify(all));
}

function clientOf(workerFile: string): ToolClient {
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const secrets = {
    get: () => Promise.resolve(undefined),
    store: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  };
  const person = { ask: () => Promise.resolve(null) };
  const data = { texts: undefined, settings: null, recordingsFolder: '/nowhere' };
  return new ToolClient({ connect: (events) => startToolThread(workerFile, data, events), log, secrets, person });
}

function ignore(): void {
  // Nobody reads it.
}

interface Followed {
  readonly holder: Holder;
  /** Of each sample, in milliseconds. */
  readonly elapsed: readonly number[];
}

/** Takes so many results of a tool, as a panel does: its report, and the next one when it is time for it. */
function follow(client: ToolClient, tool: string, live: boolean, count: number): Promise<Followed> {
  return new Promise((resolve, reject) => {
    const elapsed: number[] = [];
    let askedMs = performance.now();
    // What holds the process while its threads, which do not, are at work.
    const alive = setInterval(ignore, SETTLE_MS);
    const request = { tool, machine: 'local', input: {} };
    const session = new Session(
      {
        request,
        live,
        begin: (wants, events) => {
          const run = client.begin(request, { live, confirmed: false, wants }, events);
          return { ...run, next: () => ((askedMs = performance.now()), run.next()) };
        },
        intervalMs: () => INTERVAL_MS,
        onBug: reject,
      },
      ignore,
    );
    let last: Uint8Array | null = null;
    const look = ({ report }: Shown): void => {
      if (report === null || report === last || elapsed.length === count) return;
      last = report;
      elapsed.push(performance.now() - askedMs);
      if (elapsed.length < count) return;
      clearInterval(alive);
      holder.setVisible(false);
      resolve({ holder, elapsed });
    };
    const holder = session.hold(look, { visible: true, wants: { report: true, result: false } });
  });
}

/** Looks at memory and the event loop in short turns, until `end`. */
function watched(): { end(): Omit<LiveListFigures, 'idleMiB' | 'sampleMs'> } {
  let [longestStallMs, longestWorkMs] = [0, 0];
  const looksMiB: number[] = [];
  let last = { atMs: performance.now(), workMs: threadWorkMs() };
  const timer = setInterval(() => {
    const now = { atMs: performance.now(), workMs: threadWorkMs() };
    longestStallMs = Math.max(longestStallMs, now.atMs - last.atMs - TICK_MS);
    longestWorkMs = Math.max(longestWorkMs, now.workMs - last.workMs);
    looksMiB.push(residentMiB());
    last = now;
  }, TICK_MS);
  return {
    end: () => {
      clearInterval(timer);
      return {
        middleMiB: median(looksMiB),
        mostMiB: Math.max(...looksMiB),
        longestStallMs,
        longestWorkMs: Number.isNaN(longestWorkMs) ? null : longestWorkMs,
      };
    },
  };
}

/** The types are those of the oldest Node that the extension supports. */
function threadWorkMs(): number {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { readonly user: number; readonly system: number } };
  const used = threadCpuUsage?.call(process) ?? { user: NaN, system: NaN };
  return (used.user + used.system) / 1_000;
}

function residentMiB(): number {
  return process.memoryUsage.rss() / 1_048_576;
}

void main();
