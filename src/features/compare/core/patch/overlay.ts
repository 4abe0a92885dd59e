import { decodePath, encodePath } from '../../../../lib/bytePath';
import type { Machine } from '../../../../machine/machine';
import { statIfThere } from '../../../../machine/statIfThere';
import { below } from '../../../../machine/treePaths';
import { factsOf } from '../trees/entry';
import type { EntryFacts } from '../trees/schema';

/** Of one file. */
const LARGEST_BYTES = 64 * 1_048_576;
const DEFAULT_MODE = 0o644;

/** A file or link as a patch sees it; every character of the text is one byte. */
export interface Content {
  readonly kind: 'file' | 'symlink';
  readonly text: string;
  readonly mode: number;
}

/** What something on the way of a patch is, that is neither. */
export interface Other {
  readonly kind: 'other';
}

/** A file before and after all of the patch. */
export interface FileChange {
  readonly path: string;
  /** What is there; null for nothing. */
  readonly facts: EntryFacts | null;
  readonly before: Content | null;
  readonly after: Content | null;
}

/** The files of a folder as they will be: what a patch does to one is seen by what it does to it later. */
export class Overlay {
  private readonly found = new Map<
    string,
    { readonly facts: EntryFacts | null; readonly content: Content | Other | null }
  >();
  private readonly made = new Map<string, Content | null>();

  constructor(
    private readonly machine: Machine,
    private readonly root: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws ExpectedError. */
  async get(path: string): Promise<Content | Other | null> {
    const original = await this.original(path);
    return this.made.get(path) === undefined ? original : (this.made.get(path) ?? null);
  }

  /** As it is before the patch. Throws ExpectedError. */
  async original(path: string): Promise<Content | Other | null> {
    const known = this.found.get(path) ?? (await this.look(path));
    this.found.set(path, known);
    return known.content;
  }

  isMade(path: string): boolean {
    return this.made.has(path);
  }

  set(path: string, content: Content | null): void {
    this.made.set(path, content);
  }

  /** Those that are not as they were. */
  changes(): readonly FileChange[] {
    return [...this.made].flatMap(([path, after]) => {
      const found = this.found.get(path) ?? null;
      const before = found?.content ?? null;
      if (before?.kind === 'other' || isSame(before, after)) return [];
      return [{ path, facts: found?.facts ?? null, before, after }];
    });
  }

  private async look(
    path: string,
  ): Promise<{ readonly facts: EntryFacts | null; readonly content: Content | Other | null }> {
    const { machine, signal } = this;
    const place = below(this.root, path);
    const stat = await statIfThere(machine, place, signal);
    if (stat === null) return { facts: null, content: null };
    const linkTarget = stat.kind === 'symlink' ? await machine.files.readLink(place, signal) : null;
    const facts = factsOf({ name: '', kind: stat.kind, stat, linkTarget, failure: null });
    if (stat.kind === 'symlink') {
      return { facts, content: { kind: 'symlink', text: bytesOf(linkTarget ?? ''), mode: DEFAULT_MODE } };
    }
    if (stat.kind !== 'file') return { facts, content: { kind: 'other' } };
    const bytes = await machine.files.read(place, { signal, maxBytes: LARGEST_BYTES });
    return { facts, content: { kind: 'file', text: Buffer.from(bytes).toString('latin1'), mode: stat.mode } };
  }
}

function isSame(one: Content | null, other: Content | null): boolean {
  if (one === null || other === null) return one === other;
  return one.kind === other.kind && one.text === other.text && one.mode === other.mode;
}

/** A character for each byte. */
export function bytesOf(path: string): string {
  return encodePath(path).toString('latin1');
}

export function pathOfBytes(text: string): string {
  return decodePath(Buffer.from(text, 'latin1'));
}
