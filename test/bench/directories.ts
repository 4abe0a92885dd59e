import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { compareDirectories } from '../../src/features/compare/core/trees/compare';
import { directoriesInput } from '../../src/features/compare/core/trees/inputs';
import type { DirectoriesResult } from '../../src/features/compare/core/trees/schema';
import type { OwnedMachines } from '../../src/machine/machines';
import { machinesOf } from '../support/machines';
import { noSshServer, startSshServer } from '../support/sshServer';
import { randomFrom } from '../unit/features/compare/trees/support';
import { elapsed } from './processes';
import type { BenchRow } from './row';
import { median } from './statistics';
import { wholeProcess } from './wholeProcess';

const ROUNDS = 7;
const DIFF_BUDGET = 0.85;
const FILECMP_BUDGET = 0.45;
const LARGE_BUDGET = 1;
const LARGE_BYTES_BUDGET = 300 * 1_048_576;
const RSYNC_BUDGET = 1.2;
const MANY_ROUNDS = 3;
const FIRST_ROWS_MS = 200;

/** Deep, recursive, as dircmp is used: its own shallow comparison would not look. */
const FILECMP = `import filecmp, os, sys
def compare(left, right):
    both = filecmp.dircmp(left, right, ignore=[])
    same, differing, errors = filecmp.cmpfiles(left, right, both.common_files, shallow=False)
    found = len(differing) + len(errors) + len(both.left_only) + len(both.right_only)
    return found + sum(compare(os.path.join(left, name), os.path.join(right, name)) for name in both.common_dirs)
print(compare(*sys.argv[1:]))`;

/** Whole trees against whole processes of peers, warm, in turn. Linux only. */
export async function benchDirectories(): Promise<BenchRow[]> {
  if (process.platform !== 'linux' || spawnSync('diff', ['--version']).error !== undefined) return [];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-bench-'));
  const rows: BenchRow[] = [];
  try {
    const few = path.join(folder, 'few');
    makeTrees(few, { files: 20_000, folders: 400, large: 3 });
    rows.push(...(await besidePeers(few)));
    for (const side of ['left', 'right']) for (const name of largeNames(3)) fs.rmSync(path.join(few, side, name));
    rows.push(...(await besideRsync(few, folder)));
    fs.rmSync(few, { recursive: true });
    const many = path.join(folder, 'many');
    makeTrees(many, { files: 200_000, folders: 4_000, large: 0 });
    rows.push(await manyFiles(many), await firstRows(many));
    return rows;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

interface TreeSize {
  readonly files: number;
  readonly folders: number;
  /** Of 100 MB each. */
  readonly large: number;
}

/** Two trees of files of 1 to 8 KB: 1 % have other bytes, 0.5 % another size, 0.5 % are on one side only. */
function makeTrees(root: string, { files, folders, large }: TreeSize): void {
  const random = randomFrom(files);
  const block = Buffer.from(Array.from({ length: 8_192 }, () => Math.floor(random() * 256)));
  const folderOf = (index: number): string => path.join(`d${index % 20}`, `e${index}`);
  for (const side of ['left', 'right']) {
    for (let index = 0; index < folders; index += 1) {
      fs.mkdirSync(path.join(root, side, folderOf(index)), { recursive: true });
    }
  }
  for (let index = 0; index < files; index += 1) {
    const content = Buffer.concat([Buffer.from(`${index} `), block.subarray(0, 1_024 + Math.floor(random() * 7_168))]);
    const name = path.join(folderOf(index % folders), `file${index}.txt`);
    const chance = random();
    if (chance >= 0.0025) fs.writeFileSync(path.join(root, 'left', name), content);
    if (chance < 0.005 && chance >= 0.0025) continue;
    if (chance > 0.99) content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
    fs.writeFileSync(path.join(root, 'right', name), chance > 0.985 && chance <= 0.99 ? content.subarray(1) : content);
  }
  for (const [index, name] of largeNames(large).entries()) {
    const piece = Buffer.concat([block, Buffer.from([index])]);
    const content = Buffer.alloc(100_000_000, piece);
    for (const side of ['left', 'right']) fs.writeFileSync(path.join(root, side, name), content);
  }
}

function largeNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_none, index) => `large${index}.bin`);
}

async function besidePeers(root: string): Promise<BenchRow[]> {
  const machines = machinesOf(null);
  const [left, right] = [path.join(root, 'left'), path.join(root, 'right')];
  const ours: number[] = [];
  const diff: number[] = [];
  const python: number[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const times = [
        await elapsed(() => compare(machines, left, right)),
        await elapsed(() => program('diff', ['-rq', left, right])),
        await elapsed(() => program('python3', ['-c', FILECMP, left, right])),
      ];
      if (round === 0) continue;
      for (const [index, list] of [ours, diff, python].entries()) list.push(times[index] ?? Number.NaN);
    }
  } finally {
    await machines.close();
  }
  const what = '20,000 small files and 3 of 100 MB, byte by byte, warm';
  return [
    rowOf(what, ours, 'diff -rq', diff, DIFF_BUDGET),
    ...(python.some((ms) => ms < 1) ? [] : [rowOf(what, ours, 'Python filecmp', python, FILECMP_BUDGET)]),
  ];
}

async function besideRsync(root: string, folder: string): Promise<BenchRow[]> {
  if (noSshServer !== undefined || spawnSync('rsync', ['--version']).error !== undefined) return [];
  // What a login does before each program is nobody's merit.
  const server = await startSshServer({ config: [`SetEnv HOME=${folder}`] });
  const machines = machinesOf(server.configFile);
  const [left, right] = [path.join(root, 'left'), path.join(root, 'right')];
  // An open connection for both.
  const shell = `ssh -F ${server.configFile} -o ControlMaster=auto -o ControlPath=${folder}/ssh -o ControlPersist=120`;
  const rsync = ['-nrc', '--delete', '--out-format=%n', '-e', shell, `${left}/`, `${server.alias}:${right}/`];
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const own = await elapsed(() => compare(machines, left, `${server.alias}:${right}`));
      const peer = await elapsed(() => program('rsync', rsync));
      if (round === 0) continue;
      ours.push(own);
      theirs.push(peer);
    }
  } finally {
    spawnSync('ssh', [...shell.split(' ').slice(1), '-O', 'exit', server.alias]);
    await machines.close();
    await server.stop();
  }
  return [
    rowOf('20,000 small files here against a host, by SHA-256', ours, 'rsync -nrc, same SSH', theirs, RSYNC_BUDGET),
  ];
}

/** In a process of its own, of which the memory is looked at. */
async function manyFiles(root: string): Promise<BenchRow> {
  const [left, right] = [path.join(root, 'left'), path.join(root, 'right')];
  const ours: number[] = [];
  const theirs: number[] = [];
  let bytes = 0;
  for (let round = 0; round <= MANY_ROUNDS; round += 1) {
    const own = await elapsed(async () => {
      const { exitCode, peakBytes } = await wholeProcess(['compare.directories', left, right, '--format', 'json']);
      if (exitCode !== 1) throw new Error(`compare.directories ended with ${exitCode}`);
      bytes = Math.max(bytes, peakBytes);
    });
    const peer = await elapsed(() => program('diff', ['-rq', left, right]));
    if (round === 0) continue;
    ours.push(own);
    theirs.push(peer);
  }
  const row = rowOf('200,000 small files, byte by byte, whole process', ours, 'diff -rq', theirs, LARGE_BUDGET);
  const megabytes = Math.round(bytes / 1_048_576);
  return {
    ...row,
    ours: `${row.ours}, ${megabytes} MB`,
    budget: `${row.budget}, ≤ 300 MB`,
    met: row.met === true && bytes <= LARGE_BYTES_BUDGET,
  };
}

/** From the question until there are the first rows. */
async function firstRows(root: string): Promise<BenchRow> {
  const machines = machinesOf(null);
  const times: number[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const ms = await elapsed(() => untilRows(machines, path.join(root, 'left'), path.join(root, 'right')));
      if (round > 0) times.push(ms);
    }
  } finally {
    await machines.close();
  }
  return {
    what: '200,000 small files: until there are the first rows',
    ours: `${Math.round(median(times))} ms`,
    peer: '',
    ratio: null,
    budget: `≤ ${FIRST_ROWS_MS} ms`,
    met: median(times) <= FIRST_ROWS_MS,
  };
}

async function untilRows(machines: OwnedMachines, left: string, right: string): Promise<void> {
  for await (const { rows, state } of comparing(machines, left, right, true)) {
    if (rows.length > 0 && state === 'comparing') return;
  }
  throw new Error('no rows while it compared');
}

/** As the tool does it, until its one result. */
async function compare(machines: OwnedMachines, left: string, right: string): Promise<void> {
  let last: DirectoriesResult | undefined;
  for await (const result of comparing(machines, left, right, false)) last = result;
  if (last?.state !== 'done' || last.counts.differs === 0) throw new Error(`compared: ${last?.state}`);
}

async function* comparing(
  machines: OwnedMachines,
  left: string,
  right: string,
  live: boolean,
): AsyncGenerator<DirectoriesResult> {
  const { signal } = new AbortController();
  const machine = await machines.open('local', signal);
  const context = { machine, machines, signal, live, progress: () => undefined };
  yield* compareDirectories(directoriesInput.parse({ left, right }), context);
}

/** It differs, which is no failure. */
async function program(name: string, args: readonly string[]): Promise<void> {
  const child = spawn(name, args, { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => child.once('error', reject).once('exit', () => resolve()));
}

function rowOf(
  what: string,
  ours: readonly number[],
  peer: string,
  theirs: readonly number[],
  budget: number,
): BenchRow {
  const ratio = median(ours) / median(theirs);
  return {
    what,
    ours: `${Math.round(median(ours))} ms`,
    peer: `${peer} ${Math.round(median(theirs))} ms`,
    ratio,
    budget: `≤ ${budget} × ${peer}`,
    met: ratio <= budget,
  };
}
