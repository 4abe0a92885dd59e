import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import type { MachineFiles, WalkBatch, WalkEntry, WalkOptions } from '../../../../src/machine/machine';
import { makeFifo } from '../support';

export const never = new AbortController().signal;

/** All that is not to be taken for granted in a tree. Made as root or not. */
export async function makeHostileTree(root: string): Promise<() => Promise<void>> {
  const inside = (...names: readonly string[]): string => path.join(root, ...names);
  fs.mkdirSync(inside('folder', 'below', 'deep'), { recursive: true });
  fs.mkdirSync(inside('empty'));
  fs.mkdirSync(inside('skipped', 'content'), { recursive: true });
  fs.writeFileSync(inside('file'), 'content', { mode: 0o640 });
  fs.writeFileSync(inside('folder', 'none'), '');
  fs.writeFileSync(inside('folder', 'below', 'deep', 'large'), Buffer.alloc(3_000_000, 'x'));
  for (const name of [
    'new\nline',
    'back\\slash',
    "quo'te",
    '-dash',
    ' blank ',
    'grüße',
    'star*[x]',
    'UPPER',
    'upper',
  ]) {
    fs.writeFileSync(inside('folder', name), name);
  }
  fs.writeFileSync(Buffer.concat([Buffer.from(`${inside('folder')}/`), Buffer.from([0x66, 0xff, 0xfe])]), 'bytes');
  fs.mkdirSync(inside('new\nfolder'));
  fs.writeFileSync(inside('new\nfolder', 'file'), '1');
  fs.symlinkSync('nowhere', inside('dangling'));
  fs.symlinkSync('.', inside('folder', 'loop'));
  fs.symlinkSync('self', inside('self'));
  fs.symlinkSync(Buffer.from([0x61, 0xff]), inside('odd-link'));
  makeFifo(inside('pipe'));
  fs.utimesSync(inside('file'), 1_600_000_000.25, 1_600_000_000.25);
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(inside('socket'), resolve));
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** Everything that a walk tells, by path. */
export async function walked(
  files: Pick<MachineFiles, 'walk'>,
  root: string,
  options: Partial<WalkOptions> = {},
): Promise<{
  readonly entries: ReadonlyMap<string, WalkEntry>;
  readonly folders: ReadonlyMap<string, string | null>;
  readonly ways: ReadonlySet<WalkBatch['way']>;
  readonly movedBytes: number;
}> {
  const entries = new Map<string, WalkEntry>();
  const folders = new Map<string, string | null>();
  const ways = new Set<WalkBatch['way']>();
  let moved = 0;
  for await (const { folders: listed, way, movedBytes } of files.walk(root, { signal: never, ...options })) {
    ways.add(way);
    moved += movedBytes;
    for (const folder of listed) {
      if (folders.has(folder.path)) throw new Error(`${folder.path} is come to twice`);
      folders.set(folder.path, folder.failure?.code ?? null);
      for (const entry of folder.entries)
        entries.set(folder.path === '' ? entry.name : `${folder.path}/${entry.name}`, entry);
    }
  }
  return { entries, folders, ways, movedBytes: moved };
}

export async function hashesOf(
  files: Pick<MachineFiles, 'hashMany'>,
  root: string,
  paths: readonly string[],
  signal = never,
): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for await (const batch of files.hashMany(root, paths, { signal })) {
    for (const { path: file, outcome } of batch.hashes) {
      hashes.set(file, outcome.kind === 'hash' ? outcome.sha256 : outcome.code);
    }
  }
  return hashes;
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
