import * as fs from 'node:fs';
import type { CommandContext } from '../../src/build/command';
import { inHost, type HostParts } from '../../src/build/hostRun';
import type { HostFigures } from './host/index';
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
  const settings = { 'opsdeck.system.intervalSeconds': 1 };
  const all: HostFigures[] = [];
  for (let start = 0; start < starts; start += 1) {
    all.push(await inHost(context, { ...parts, program, settings }, (results) => waitForFigures(context, results)));
  }
  const loadMs = all.map((figures) => figures.loadMs ?? NaN);
  const activateMs = all.map((figures) => figures.activateMs ?? NaN);
  return [
    row('activate() in the real host, median of 5 windows', median(activateMs), 'ms', '', 10),
    row('reading extension.js in the real host, median', median(loadMs), 'ms', '', null),
    row(
      "longest stall of the host's event loop, overview open",
      median(all.map((figures) => figures.longestStallMs)),
      'ms',
      `idle host ${median(all.map((figures) => figures.longestIdleStallMs)).toFixed(1)} ms`,
      20,
    ),
    row(
      'extension host while the panel is sampled at 1 Hz',
      median(all.map((figures) => figures.cpuPercent)),
      '% of a core',
      `idle host ${median(all.map((figures) => figures.idleCpuPercent)).toFixed(1)} %`,
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
