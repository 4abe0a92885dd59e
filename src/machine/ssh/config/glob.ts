import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { matchParts, type PatternPart } from './patterns';

/**
 * The paths that match, as glob(3): `*`, `?` and `[…]` within a segment, names that begin with a dot only where the
 * pattern has the dot, sorted. What has no such character is given back whether it exists or not.
 */
export async function expandGlob(pattern: string, maxPaths: number): Promise<readonly string[]> {
  if (!isGlob(pattern)) return [pattern];
  const { root } = path.parse(pattern);
  let found: readonly string[] = [root];
  for (const segment of pattern.slice(root.length).split(/[\\/]/u).filter(Boolean)) {
    found = isGlob(segment)
      ? await children(found, segment, maxPaths)
      : found.map((folder) => path.join(folder, segment));
  }
  return found;
}

async function children(folders: readonly string[], segment: string, maxPaths: number): Promise<readonly string[]> {
  const matches = segmentMatcher(segment);
  const found: string[] = [];
  for (const folder of folders) {
    const names = await fs.readdir(folder).catch(() => [] as string[]);
    for (const name of names.sort()) {
      if (found.length < maxPaths && matches(name)) found.push(path.join(folder, name));
    }
  }
  return found;
}

function isGlob(text: string): boolean {
  return /[*?[]/u.test(text);
}

function segmentMatcher(segment: string): (name: string) => boolean {
  const parts = [...segment.matchAll(/\[[!^]?\]?[^\]]*\]|[^]/gu)].map(([part]) => partOf(part));
  return (name) => (segment.startsWith('.') || !name.startsWith('.')) && matchParts(name, parts);
}

function partOf(part: string): PatternPart {
  if (part === '*') return '*';
  if (part === '?') return () => true;
  if (part.length === 1) return (character) => character === part;
  const negated = /^\[[!^]/u.test(part);
  const inner = part.slice(negated ? 2 : 1, -1);
  const ranges = [...inner.matchAll(/([^])-([^])|([^])/gu)].map(
    ([, from, to, one]) => [from ?? one ?? '', to ?? one ?? ''] as const,
  );
  return (character) => ranges.some(([from, to]) => character >= from && character <= to) !== negated;
}
