import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DirectoriesResult } from '../../src/features/compare/core/trees/schema';
import { memoryFolder } from './memoryFolder';
import { elapsed } from './processes';
import type { BenchRow } from './row';
import { wholeProcess, type ProcessRun } from './wholeProcess';

const FOLDERS = 1_000;
const FILES_EACH = 1_000;
const MOST_BYTES = 300 * 1_048_576;
const CANCEL_AFTER_MS = 3_000;
const CANCEL_BUDGET_MS = 500;

/** A million empty files on each side, in memory: nothing of what is the same is kept. Takes minutes. Linux only. */
export async function benchMillion(): Promise<BenchRow[]> {
  if (process.platform !== 'linux') return [];
  const folder = fs.mkdtempSync(path.join(memoryFolder(), 'opsdeck-bench-million-'));
  try {
    const sides = ['left', 'right'].map((side) => path.join(folder, side));
    for (const side of sides) makeFiles(side);
    const words = ['compare.directories', ...sides, '--format', 'json'];
    let whole: ProcessRun | undefined;
    const ms = await elapsed(async () => {
      whole = await wholeProcess(words);
    });
    const cancelled = await wholeProcess(words, CANCEL_AFTER_MS);
    const [all, part] = [resultOf(whole), resultOf(cancelled)];
    if (all.counts.same !== FOLDERS * FILES_EACH || part.state !== 'cancelled') throw new Error('not compared');
    const megabytes = Math.round((whole?.peakBytes ?? 0) / 1_048_576);
    return [
      {
        what: '1,000,000 files on each side, byte by byte, whole process',
        ours: `${megabytes} MB, ${(ms / 1_000).toFixed(1)} s`,
        peer: '',
        ratio: null,
        budget: '≤ 300 MB',
        met: (whole?.peakBytes ?? Infinity) <= MOST_BYTES,
      },
      {
        what: `the same, cancelled in the middle (${part.counts.same.toLocaleString('en')} the same by then): until it has told what it found`,
        ours: `${Math.round(cancelled.endedAfterMs)} ms`,
        peer: '',
        ratio: null,
        budget: `≤ ${CANCEL_BUDGET_MS} ms`,
        met: part.counts.same > 0 && cancelled.endedAfterMs <= CANCEL_BUDGET_MS,
      },
    ];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function makeFiles(root: string): void {
  for (let folder = 0; folder < FOLDERS; folder += 1) {
    const place = path.join(root, `d${folder}`);
    fs.mkdirSync(place, { recursive: true });
    for (let file = 0; file < FILES_EACH; file += 1) fs.closeSync(fs.openSync(`${place}/file${file}.txt`, 'w'));
  }
}

function resultOf(run: ProcessRun | undefined): DirectoriesResult {
  return JSON.parse(run?.out ?? '') as DirectoriesResult;
}
