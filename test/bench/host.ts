import * as fs from 'node:fs';
import type { CommandContext } from '../../src/build/command';
import { inHost, type HostParts } from '../../src/build/hostRun';
import type { HostFigures, Watched } from './host/index';
import type { BenchRow } from './row';
import { median } from './statistics';

const starts = 5;
const patienceMs = 120_000;

/** What the extension costs the real extension host: several windows, one after another. */
export async function benchHost(
  context: CommandContext,
  parts: Omit<HostParts, 'program'>,
): Promise<readonly BenchRow[]> {
  const program = 'out/test/bench/host/index.js';
  // VS Code's own search for ports to forward starts programs in the host every two seconds; it would be measured too.
  const settings = { 'opsdeck.system.intervalSeconds': 1, 'remote.autoForwardPorts': false };
  const all: HostFigures[] = [];
  for (let start = 0; start < starts; start += 1) {
    all.push(await inHost(context, { ...parts, program, settings }, (results) => waitForFigures(context, results)));
  }
  const middle = (figure: (figures: HostFigures) => number | null): number =>
    median(all.map((figures) => figure(figures) ?? NaN));
  return rowsOf(all.length, middle);
}

function rowsOf(
  windows: number,
  middle: (figure: (figures: HostFigures) => number | null) => number,
): readonly BenchRow[] {
  const idle = middle(({ idle }) => idle.longestWorkMs).toFixed(1);
  const idleStall = middle(({ idle }) => idle.longestStallMs).toFixed(0);
  const turn = (what: string, watched: (figures: HostFigures) => Watched): BenchRow => {
    const stall = middle((figures) => watched(figures).longestStallMs).toFixed(0);
    const peer = `idle host ${idle} ms (by the clock ${stall} against ${idleStall} ms)`;
    return row(
      what,
      middle((figures) => watched(figures).longestWorkMs),
      'ms',
      peer,
      20,
    );
  };
  return [
    row(
      `activate() in the real host, median of ${windows} windows`,
      middle(({ activateMs }) => activateMs),
      'ms',
      '',
      10,
    ),
    row(
      'reading extension.js in the real host, median',
      middle(({ loadMs }) => loadMs),
      'ms',
      '',
      null,
    ),
    turn("longest work in one turn of the host's event loop, overview live", ({ live }) => live),
    turn('the same while the overview opens for the first time', ({ opening }) => opening),
    turn('the same while the side bar opens for the first time', ({ sideBar }) => sideBar),
    turn('the same while a comparison with 12,000 differences fills its view', ({ comparing }) => comparing),
    turn('the same while a saved file is compared again', ({ renewing }) => renewing),
    row(
      'extension host while the panel is sampled at 1 Hz',
      middle(({ live }) => live.cpuPercent),
      '% of a core',
      `idle host ${middle((figures) => figures.idle.cpuPercent).toFixed(1)} %`,
      null,
    ),
  ];
}

function row(what: string, value: number, unit: string, peer: string, budget: number | null): BenchRow {
  return {
    what,
    ours: `${value.toFixed(1)} ${unit}`,
    peer,
    ratio: null,
    budget: budget === null ? '' : `≤ ${budget} ${unit}`,
    met: budget === null || Number.isNaN(value) ? null : value <= budget,
  };
}

async function waitForFigures(context: CommandContext, results: string): Promise<HostFigures> {
  const deadline = Date.now() + patienceMs;
  while (!fs.existsSync(results) || fs.readFileSync(results, 'utf8') === '') {
    context.signal.throwIfAborted();
    if (Date.now() > deadline) throw new Error('The extension host gave no figures.');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return JSON.parse(fs.readFileSync(results, 'utf8')) as HostFigures;
}
