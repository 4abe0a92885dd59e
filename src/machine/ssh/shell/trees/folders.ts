import { decodePath } from '../../../../lib/bytePath';
import type { EntryStat, FolderListing, WalkEntry } from '../../../machine';
import { joined } from '../../../treePaths';

/** An entry as find tells of it, in the order in which find comes to it: a folder before what is in it. */
export interface FoundEntry {
  /** 0 is the root. */
  readonly depth: number;
  readonly entry: WalkEntry;
  /** Whether find goes into it. */
  readonly isEntered: boolean;
}

interface OpenFolder {
  readonly path: string;
  readonly entries: WalkEntry[];
}

/** Puts together what is in one folder. */
export class FolderAssembly {
  /** From the root to where find is. */
  private readonly open: OpenFolder[] = [];
  private complete: FolderListing[] = [];
  private entryCount = 0;
  /** Whether they are empty or closed is known at the end only. */
  private readonly empty: string[] = [];

  add({ depth, entry, isEntered }: FoundEntry): void {
    this.close(depth);
    const parent = depth === 0 ? undefined : this.open[depth - 1];
    if (parent !== undefined) {
      parent.entries.push(entry);
      this.entryCount += 1;
    }
    if (isEntered) this.open[depth] = { path: depth === 0 ? '' : joined(parent?.path ?? '', entry.name), entries: [] };
  }

  /** Entries that are told in `take`, or will be. */
  get waitingEntries(): number {
    return this.entryCount;
  }

  /** Where find is. */
  get place(): string {
    return this.open.at(-1)?.path ?? '';
  }

  /** The folders that are complete. */
  take(): readonly FolderListing[] {
    const taken = this.complete;
    this.complete = [];
    this.entryCount = 0;
    return taken;
  }

  /** The rest: `failureOf` tells what was complained of a folder. */
  finish(failureOf: (path: string) => FolderListing['failure']): readonly FolderListing[] {
    this.close(0);
    const empty = this.empty.map((path): FolderListing => ({ path, entries: [], failure: failureOf(path) }));
    return [...this.take(), ...empty];
  }

  /** What is at this depth or deeper is complete. */
  private close(depth: number): void {
    for (const { path, entries } of this.open.splice(depth).reverse()) {
      if (entries.length === 0) this.empty.push(path);
      else this.complete.push({ path, entries, failure: null });
    }
  }
}

/** '1700000000.1234567890' → milliseconds. */
export function millisecondsOf(seconds: string): number {
  const point = seconds.indexOf('.');
  if (point === -1) return Number(seconds) * 1_000;
  const fraction = Number(`0${seconds.slice(point)}`) * 1_000;
  const whole = Number(seconds.slice(0, point)) * 1_000;
  return seconds.startsWith('-') ? whole - fraction : whole + fraction;
}

/** Size, time in seconds, octal mode, uid, gid. */
export function statOf(words: readonly string[]): EntryStat {
  const [size = '', seconds = '', mode = '', uid = '', gid = ''] = words;
  return {
    sizeBytes: Number(size),
    modifiedMs: millisecondsOf(seconds),
    mode: parseInt(mode, 8) & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
  };
}

/** Bytes as characters → a path of lib/bytePath.ts. */
export function pathOfLatin(text: string): string {
  // eslint-disable-next-line no-control-regex -- the range is meant
  return /[^\x00-\x7f]/.test(text) ? decodePath(Buffer.from(text, 'latin1')) : text;
}
