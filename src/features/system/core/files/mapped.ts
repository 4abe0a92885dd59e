import type { Machine, ReadItem } from '../../../../machine/machine';
import { parseMappedFiles, type MappedFile } from '../kernel/mapsPaths';
import { parseStatText, type StatText } from '../kernel/statText';
import type { ScannedProcess } from './scan';

/** So many processes at once: their maps are long, and only the files in them are kept. */
const CHUNK = 150;
/** Some 60,000 maps. */
const MAX_BYTES = 8 * 1_048_576;

export interface MappedUse {
  readonly process: ScannedProcess;
  readonly file: MappedFile;
}

/** The mapped files that `wanted` lets through, of all processes. `denied`: how many did not let their maps be read. */
export async function readMapped(
  machine: Machine,
  processes: readonly ScannedProcess[],
  wanted: (process: ScannedProcess, file: MappedFile) => boolean,
  signal: AbortSignal,
): Promise<readonly MappedUse[]> {
  const uses: MappedUse[] = [];
  for (let at = 0; at < processes.length; at += CHUNK) {
    const chunk = new Map(processes.slice(at, at + CHUNK).map((process) => [`/proc/${process.pid}/maps`, process]));
    const texts = await machine.files.readMany([...chunk.keys()], { signal, encoding: 'bytes', maxBytes: MAX_BYTES });
    for (const [path, process] of chunk) {
      const content = texts.get(path);
      if (typeof content !== 'string') continue;
      for (const file of parseMappedFiles(content)) if (wanted(process, file)) uses.push({ process, file });
    }
  }
  return uses;
}

/** Sizes of mapped files by their link in map_files, which only root may follow. */
export async function statMapped(
  machine: Machine,
  uses: readonly MappedUse[],
  signal: AbortSignal,
): Promise<ReadonlyMap<MappedUse, StatText>> {
  const links = new Map(
    uses.map((use) => [`/proc/${use.process.pid}/map_files/${linkName(use.file.firstRange)}`, use]),
  );
  const items: readonly ReadItem[] = [...links.keys()].map((path) => ({ path, what: 'stat' }));
  const stats = new Map<MappedUse, StatText>();
  if (items.length === 0) return stats;
  for (const [path, content] of await machine.files.readMany(items, { signal })) {
    const use = links.get(path);
    const stat = typeof content === 'string' ? parseStatText(content) : null;
    if (use !== undefined && stat !== null) stats.set(use, stat);
  }
  return stats;
}

/** In maps the addresses have leading zeros where they are short, in map_files they have none. */
function linkName(range: string): string {
  return range
    .split('-')
    .map((address) => address.replace(/^0+(?=.)/, ''))
    .join('-');
}
