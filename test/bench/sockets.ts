import { SYSTEM_CLOCK } from '../../src/features/system/core/clock';
import { collectSockets } from '../../src/features/system/core/sockets/collect';
import type { SocketsResult } from '../../src/features/system/core/sockets/schema';
import { createLocalMachine } from '../../src/machine/local';
import type { Machine } from '../../src/machine/machine';
import { elapsed, withCrowd } from './processes';
import { startPsutil, type PythonPeer } from './python';
import type { BenchRow } from './row';
import { median } from './statistics';

const SIZES = [100, 600];
const ROUNDS = 25;
/** Until the compilers have seen enough. */
const WARM_UP_ROUNDS = 50;
const RATIO_BUDGET = 1;

/** All sockets with their owners against psutil, with as many processes as it makes. Linux only. */
export async function benchSockets(): Promise<BenchRow[]> {
  const psutil = process.platform === 'linux' ? startPsutil('psutil_processes.py') : undefined;
  if (psutil === undefined) return [];
  try {
    const rows: BenchRow[] = [];
    for (const size of SIZES) rows.push(await withCrowd(size, () => rowAt(size, psutil)));
    return rows;
  } finally {
    await psutil.end();
  }
}

/** Both in turn, so that both meet the same weather. */
async function rowAt(size: number, psutil: PythonPeer): Promise<BenchRow> {
  const machine = createLocalMachine();
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    let sockets = 0;
    for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
      const own = await elapsed(async () => {
        sockets = (await firstAnswer(machine)).sockets.length;
      });
      const peer = (await psutil.ask('sockets 1')) as number[];
      if (round < WARM_UP_ROUNDS) continue;
      ours.push(own);
      theirs.push(...peer);
    }
    return rowOf(`${sockets} sockets with owners of ${size} processes, everything read anew`, ours, theirs, psutil);
  } finally {
    await machine.dispose();
  }
}

/** What the tool shows at once: all kinds of sockets, each with its owners, their names and start times. */
async function firstAnswer(machine: Machine): Promise<SocketsResult> {
  const { signal } = new AbortController();
  const input = { kind: 'all', namespaces: false } as const;
  for await (const result of collectSockets({ machine, signal, live: false, input, clock: SYSTEM_CLOCK })) {
    return result;
  }
  throw new Error('There is no answer.');
}

function rowOf(what: string, ours: readonly number[], theirs: readonly number[], psutil: PythonPeer): BenchRow {
  const ratio = median(ours) / median(theirs);
  return {
    what,
    ours: `${median(ours).toFixed(1)} ms`,
    peer: `psutil ${psutil.version} ${median(theirs).toFixed(1)} ms`,
    ratio,
    budget: `≤ ${RATIO_BUDGET} × psutil`,
    met: ratio <= RATIO_BUDGET,
  };
}
