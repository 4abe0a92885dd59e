import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { syncTool } from '../../src/features/compare/syncTools';
import type { SyncResult } from '../../src/features/compare/core/plan/schema';
import type { OwnedMachines } from '../../src/machine/machines';
import { machinesOf } from '../support/machines';
import { runContextOf } from '../support/runContext';
import { memoryFolder } from './memoryFolder';
import { elapsed } from './processes';
import { output } from './programs';
import type { BenchRow } from './row';
import { median } from './statistics';

const FILES = 5_000;
const FOLDERS = 100;
const ROUNDS = 5;

/** Folders made alike, from finding out what differs to the end, with all of it to be taken back, against rsync. */
export async function benchSynchronize(): Promise<BenchRow[]> {
  if (spawnSync('rsync', ['--version']).error !== undefined) return [];
  const folder = fs.mkdtempSync(path.join(memoryFolder(), 'opsdeck-bench-sync-'));
  const home = process.env['HOME'];
  // What is kept for the undo goes below it.
  process.env['HOME'] = path.join(folder, 'home');
  const machines = machinesOf(null);
  try {
    fs.mkdirSync(path.join(folder, 'home'));
    const [older, newer] = [path.join(folder, 'older'), path.join(folder, 'newer')];
    makeTree(older, 'before');
    makeTree(newer, 'afterwards');
    const peers = ['-a', '--delete'];
    const kept = [...peers, '--backup', `--backup-dir=${path.join(folder, 'kept')}`];
    return [
      await rowOf(machines, folder, `${FILES.toLocaleString('en')} small files to an empty folder`, newer, null, peers),
      await rowOf(machines, folder, 'the same, each in place of another one, which is kept', newer, older, kept),
    ];
  } finally {
    await machines.close();
    if (home !== undefined) process.env['HOME'] = home;
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function makeTree(root: string, content: string): void {
  for (let folder = 0; folder < FOLDERS; folder += 1) {
    fs.mkdirSync(path.join(root, `d${folder % 10}`, `e${folder}`), { recursive: true });
  }
  for (let file = 0; file < FILES; file += 1) {
    const folder = path.join(root, `d${file % 10}`, `e${file % FOLDERS}`);
    fs.writeFileSync(path.join(folder, `file${file}`), `${content} ${file} `.repeat(20 + (file % 200)));
  }
}

/** Each time to a target as it was; in turn, so that both meet the same weather. */
async function rowOf(
  machines: OwnedMachines,
  folder: string,
  what: string,
  source: string,
  before: string | null,
  peerWords: readonly string[],
): Promise<BenchRow> {
  const target = path.join(folder, 'target');
  const ours: number[] = [];
  const theirs: number[] = [];
  const renew = async (): Promise<void> => {
    for (const name of ['target', 'kept']) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
    if (before === null) fs.mkdirSync(target);
    else await output('cp', ['-a', before, target]);
  };
  for (let round = 0; round <= ROUNDS; round += 1) {
    await renew();
    const own = await elapsed(() => synchronize(machines, source, target));
    await renew();
    const peer = await elapsed(() => output('rsync', [...peerWords, `${source}/`, `${target}/`]));
    if (round === 0) continue;
    ours.push(own);
    theirs.push(peer);
  }
  const ratio = median(ours) / median(theirs);
  return {
    what: `folders made alike: ${what}`,
    ours: `${Math.round(median(ours))} ms`,
    peer: `rsync ${peerWords.filter((word) => !word.includes('=')).join(' ')} ${Math.round(median(theirs))} ms`,
    ratio,
    budget: '',
    met: null,
  };
}

async function synchronize(machines: OwnedMachines, left: string, right: string): Promise<void> {
  const machine = await machines.open('local', new AbortController().signal);
  const input = syncTool.input.parse({ left, right, direction: 'mirror-right', keepDays: 0 });
  let last: SyncResult | undefined;
  for await (const result of syncTool.run(input, runContextOf(machine, { machines }))) last = result;
  if (last?.state !== 'done' || last.failedCount > 0 || last.done.files !== FILES) throw new Error('not made alike');
}
