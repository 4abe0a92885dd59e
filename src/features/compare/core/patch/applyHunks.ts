import type { FilePatch } from './patch';

/** What became of a hunk. */
export type HunkOutcome =
  | {
      readonly kind: 'applied';
      /** Where its first line is now, from 1. */
      readonly line: number;
      /** How many lines further down than it says. */
      readonly offset: number;
      /** Lines of context at its ends that did not count. */
      readonly fuzz: number;
    }
  | { readonly kind: 'rejected' };

export interface HunksApplied {
  /** With those hunks that fit. */
  readonly text: string;
  /** In the order of the patch. */
  readonly hunks: readonly HunkOutcome[];
}

type Hunk = FilePatch['hunks'][number];

/** A hunk as the lines that it looks for and those that take their place, each with its end. */
interface Change {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Lines of context at its beginning and its end. */
  readonly leading: number;
  readonly trailing: number;
}

interface Found {
  /** The line that the first one which counts is. */
  readonly at: number;
  readonly fuzz: number;
  /** Lines at the beginning that do not count. */
  readonly skipped: number;
}

/**
 * Applies the hunks of one file as patch(1) does: each where it says or as near to that as it fits, after those before
 * it; with fuzz, lines of context at its ends need not be there. Lines of the patch get the ends that the source has,
 * where that has only one kind. Pure.
 */
export function applyHunks(source: string, { hunks }: Pick<FilePatch, 'hunks'>, fuzz: number): HunksApplied {
  const lines = linesOf(source);
  const returns = returnsOf(lines);
  const parts: string[] = [];
  const outcomes: HunkOutcome[] = [];
  /** Lines before are settled. */
  let done = 0;
  /** How much further down than it says the last hunk was. */
  let drift = 0;
  let growth = 0;
  for (const hunk of hunks) {
    const change = changeOf(hunk, returns);
    const expected = hunk.oldStart - 1;
    const found = find(lines, change, { done, guess: expected + drift, isFirst: hunk.oldStart <= 1, fuzz });
    if (found === null) {
      outcomes.push({ kind: 'rejected' });
      continue;
    }
    const { before, after, trailing } = change;
    // Context after it may be looked at again by the next one.
    const end = found.at - found.skipped + before.length - trailing;
    parts.push(...lines.slice(done, found.at), ...after.slice(found.skipped, after.length - trailing));
    drift = found.at - found.skipped - expected;
    outcomes.push({ kind: 'applied', line: found.at + growth + 1, offset: drift, fuzz: found.fuzz });
    growth += after.length - before.length;
    done = end;
  }
  return { text: parts.join('') + lines.slice(done).join(''), hunks: outcomes };
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** Whether all lines end with CR LF, or none; null: some do. */
function returnsOf(lines: readonly string[]): boolean | null {
  const ended = lines.filter((line) => line.endsWith('\n'));
  const returns = ended.filter((line) => line.endsWith('\r\n')).length;
  if (ended.length === 0) return null;
  return returns === 0 ? false : returns === ended.length ? true : null;
}

function changeOf({ lines }: Hunk, returns: boolean | null): Change {
  const before: string[] = [];
  const after: string[] = [];
  const kinds: string[] = [];
  lines.forEach((line, index) => {
    // An empty line of context may have lost its space.
    const kind = line === '' ? ' ' : line.charAt(0);
    if (kind === '\\') return;
    const isEnded = !(lines[index + 1] ?? '').startsWith('\\');
    const text = endedAs(line.slice(1), returns) + (isEnded ? '\n' : '');
    if (kind !== '+') before.push(text);
    if (kind !== '-') after.push(text);
    kinds.push(kind);
  });
  const leading = kinds.findIndex((kind) => kind !== ' ');
  const trailing = [...kinds].reverse().findIndex((kind) => kind !== ' ');
  return { before, after, leading: Math.max(0, leading), trailing: Math.max(0, trailing) };
}

function endedAs(line: string, returns: boolean | null): string {
  if (returns === null) return line;
  const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
  return returns ? `${bare}\r` : bare;
}

interface Search {
  readonly done: number;
  readonly guess: number;
  readonly isFirst: boolean;
  readonly fuzz: number;
}

function find(lines: readonly string[], change: Change, search: Search): Found | null {
  const context = Math.max(change.leading, change.trailing);
  for (let fuzz = 0; fuzz <= Math.min(search.fuzz, context); fuzz++) {
    const at = findWith(lines, change, search, fuzz);
    if (at !== null) return at;
  }
  return null;
}

/** Less context at one end than at the other: it stands at that end of the file. */
function findWith(lines: readonly string[], change: Change, search: Search, fuzz: number): Found | null {
  const { before, leading, trailing } = change;
  const context = Math.max(leading, trailing);
  const [skips, drops] = [fuzz + leading - context, fuzz + trailing - context];
  const [skipped, dropped] = [Math.max(0, skips), Math.max(0, drops)];
  const pattern = before.slice(skipped, before.length - dropped);
  const last = lines.length - pattern.length;
  const fits = (at: number): Found | null =>
    at - skipped >= search.done && at <= last && pattern.every((line, index) => lines[at + index] === line)
      ? { at, fuzz, skipped }
      : null;
  if (skips < 0 && search.isFirst) return drops < 0 && last !== 0 ? null : fits(0);
  if (drops < 0) return fits(last);
  const guess = search.guess + skipped;
  for (let offset = 0; guess - offset >= search.done || guess + offset <= last; offset++) {
    const found = fits(guess + offset) ?? fits(guess - offset);
    if (found !== null) return found;
  }
  return null;
}
