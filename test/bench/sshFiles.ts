import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as readline from 'node:readline';
import { downloadTool, uploadTool } from '../../src/features/ssh/transferTools';
import type { OwnedMachines } from '../../src/machine/machines';
import { runContextOf } from '../support/runContext';
import { memoryFolder } from './memoryFolder';
import { elapsed } from './processes';
import { output } from './programs';
import type { BenchRow } from './row';
import { machinesOf } from '../support/machines';
import type { SshHosts } from './sshHosts';
import { ratioRow } from './sshRows';
import { median } from './statistics';

const LARGE_BYTES = 200_000_000;
const LARGE_ROUNDS = 7;
const SMALL_FILES = 10_000;
const SMALL_FOLDERS = 100;
const SMALL_ROUNDS = 3;
const SMALL_BUDGET = 0.7;

type Direction = 'put' | 'get';

/** Transfers by the tools for them, as they are without being told otherwise, against sftp and scp. */
export async function benchSshFiles(hosts: SshHosts): Promise<readonly BenchRow[]> {
  const folder = fs.mkdtempSync(path.join(memoryFolder(), 'opsdeck-bench-files-'));
  try {
    return [
      ...(await largeRows(hosts, path.join(folder, 'large'))),
      ...(await smallRows(hosts, path.join(folder, 'small'))),
    ];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Over connections that are open; in turn, so that both meet the same weather. */
async function largeRows(hosts: SshHosts, folder: string): Promise<readonly BenchRow[]> {
  const [name = ''] = hosts.names;
  const source = path.join(folder, 'source');
  fs.mkdirSync(folder);
  fs.writeFileSync(source, randomBytes(LARGE_BYTES));
  const machines = machinesOf(hosts.configFile);
  const sftp = await startSftp(hosts.configFile, name);
  try {
    const rows: BenchRow[] = [];
    for (const direction of ['put', 'get'] as const) {
      const own: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round <= LARGE_ROUNDS; round += 1) {
        const target = path.join(folder, 'target');
        const ours = await timedCopy(source, target, () => copy(machines, name, direction, source, target));
        const peer = await timedCopy(source, target, () => sftp.ask(`${direction} ${source} ${target}`));
        // The first is for the compilers.
        if (round > 0) own.push(ours);
        if (round > 0) theirs.push(peer);
      }
      rows.push(throughputRow(direction, own, theirs));
    }
    return rows;
  } finally {
    await sftp.end();
    await machines.close();
  }
}

/** In milliseconds; the copy must be one, which another process sees to: the megabytes would be garbage in this one. */
async function timedCopy(source: string, target: string, work: () => Promise<unknown>): Promise<number> {
  const ms = await elapsed(work);
  await output('cmp', [source, target]);
  fs.rmSync(target);
  return ms;
}

function throughputRow(direction: Direction, own: readonly number[], theirs: readonly number[]): BenchRow {
  const speed = (times: readonly number[]): number => LARGE_BYTES / 1_000 / median(times);
  const ratio = speed(own) / speed(theirs);
  return {
    what: `SFTP ${direction} of 200 MB, over an open connection`,
    ours: `${speed(own).toFixed(0)} MB/s`,
    peer: `sftp ${speed(theirs).toFixed(0)} MB/s`,
    ratio,
    budget: '≥ 1 × sftp',
    met: ratio >= 1,
  };
}

/** Each with a connection of its own, since scp cannot do without. */
async function smallRows({ configFile, names: [name = ''] }: SshHosts, folder: string): Promise<readonly BenchRow[]> {
  const source = path.join(folder, 'source');
  makeTree(source);
  const rows: BenchRow[] = [];
  for (const direction of ['put', 'get'] as const) {
    const own: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < SMALL_ROUNDS; round += 1) {
      const target = path.join(folder, 'target');
      own.push(await timedTree(target, () => copyCold(configFile, name, direction, source, target)));
      const words = direction === 'put' ? [source, `${name}:${target}`] : [`${name}:${source}`, target];
      theirs.push(await timedTree(target, () => output('scp', ['-q', '-r', '-F', configFile, ...words])));
    }
    rows.push(
      ratioRow(`${SMALL_FILES} small files, ${direction}, connection included`, own, 'scp -r', theirs, SMALL_BUDGET),
    );
  }
  return rows;
}

function makeTree(folder: string): void {
  for (let index = 0; index < SMALL_FILES; index += 1) {
    const inside = path.join(folder, `folder-${index % SMALL_FOLDERS}`);
    if (index < SMALL_FOLDERS) fs.mkdirSync(inside, { recursive: true });
    fs.writeFileSync(path.join(inside, `file-${index}`), randomBytes(100 + (index % 4_000)));
  }
}

async function timedTree(target: string, work: () => Promise<unknown>): Promise<number> {
  const ms = await elapsed(work);
  const files = fs.readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  if (files.length !== SMALL_FILES) throw new Error(`${files.length} files came`);
  fs.rmSync(target, { recursive: true });
  return ms;
}

async function copyCold(config: string, name: string, direction: Direction, from: string, to: string): Promise<void> {
  const machines = machinesOf(config);
  try {
    await copy(machines, name, direction, from, to);
  } finally {
    await machines.close();
  }
}

async function copy(
  machines: OwnedMachines,
  name: string,
  direction: Direction,
  from: string,
  to: string,
): Promise<void> {
  const tool = direction === 'put' ? uploadTool : downloadTool;
  const machine = await machines.open(name, new AbortController().signal);
  for await (const { state, failedCount } of tool.run(
    tool.input.parse({ from, to }),
    runContextOf(machine, { machines }),
  )) {
    if (state !== 'done' || failedCount > 0) throw new Error(`${direction}: ${state}, ${failedCount} failed`);
  }
}

interface Sftp {
  /** When it has done it. */
  ask(command: string): Promise<void>;
  end(): Promise<void>;
}

/** An sftp that stays, so that no time is spent on its connection. */
async function startSftp(configFile: string, name: string): Promise<Sftp> {
  const child = spawn('sftp', ['-q', '-F', configFile, '-b', '-', name], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += String(text)));
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (command: string): Promise<void> => {
    child.stdin.write(`${command}\n!echo done\n`);
    for (;;) {
      const next: IteratorResult<string, unknown> = await lines.next();
      if (next.done === true) throw new Error(`sftp ended: ${complaints}`);
      if (next.value === 'done') return;
    }
  };
  await ask('pwd');
  return {
    ask,
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
