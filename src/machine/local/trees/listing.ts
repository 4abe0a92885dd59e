import * as fs from 'node:fs';
import { letterOfKind } from '../../fileKinds';
import { errnoOf } from '../errors';
import { kindOf } from '../kinds';
import { fsPath, pathOf } from '../localPath';
import type { FileKind } from '../../machine';
import { MOUNT, STAT_NUMBERS, type ListTask, type PackedListing } from './protocol';

export function listPacked(folder: string, { stat, device }: ListTask): PackedListing {
  let entries: readonly Entry[];
  try {
    entries = entriesOf(folder);
  } catch (error) {
    return { names: '', kinds: '', stats: null, links: [], failures: [], errno: errnoOf(error) ?? String(error) };
  }
  const start = folder.endsWith('/') ? folder : `${folder}/`;
  const stats = stat ? new Float64Array(entries.length * STAT_NUMBERS).fill(Number.NaN) : null;
  const links: (readonly [number, string])[] = [];
  const failures: (readonly [number, string])[] = [];
  let kinds = '';
  for (const [index, entry] of entries.entries()) {
    const path = fsPath(start + entry.name);
    let letter = letterOfKind(entry.kind);
    try {
      const looksAtDevice = device !== null && entry.kind === 'directory';
      if (stats !== null || looksAtDevice || entry.kind === 'unknown') {
        const found = fs.lstatSync(path);
        letter = looksAtDevice && found.dev !== device ? MOUNT : letterOfKind(kindOf(found));
        if (stats !== null) pack(stats, index, found);
      }
      if (letter === 'l') links.push([index, pathOf(fs.readlinkSync(path, { encoding: 'buffer' }))]);
    } catch (error) {
      failures.push([index, errnoOf(error) ?? String(error)]);
    }
    kinds += letter;
  }
  return { names: entries.map(({ name }) => name).join('/'), kinds, stats, links, failures, errno: null };
}

interface Entry {
  readonly name: string;
  readonly kind: FileKind;
}

/** As MachineFiles.list has them. */
function entriesOf(folder: string): readonly Entry[] {
  const entries = fs.readdirSync(fsPath(folder), { withFileTypes: true });
  if (!entries.some(({ name }) => name.includes('\ufffd'))) {
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  }
  // Some name may be no UTF-8: only its bytes tell.
  return fs
    .readdirSync(fsPath(folder), { withFileTypes: true, encoding: 'buffer' })
    .map((entry) => ({ name: pathOf(entry.name), kind: kindOf(entry) }));
}

function pack(stats: Float64Array, index: number, found: fs.Stats): void {
  stats.set([found.size, found.mtimeMs, found.mode & 0o7777, found.uid, found.gid], index * STAT_NUMBERS);
}
