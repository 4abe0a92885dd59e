import { parsePlace } from './place';

/** What a side names: where it is, and how it is read there. */
export type Source = {
  /** null: the machine of the tool. */
  readonly machine: string | null;
} & What;

type What =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'git'; readonly ref: string; readonly path: string }
  | { readonly kind: 'member'; readonly archive: string; readonly path: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'command'; readonly line: string };

/** No revision begins so, but a path does: `git:/srv/x` is on a host of that name. */
const GIT = /^git:([^:/~.-][^:]*):(.*)$/s;
/** A drive letter of Windows has a colon of its own. */
const MEMBER = /^archive:((?:[A-Za-z]:[\\/])?[^:]+):(.+)$/s;

/**
 * PATH, git:REVISION:PATH, archive:FILE:PATH, http(s)://… or exec:COMMAND; with HOST: before it, over there. A file
 * with such a name is told by ./ before it.
 */
export function parseSource(text: string): Source {
  const here = parseWhat(text);
  if (here !== null) return { machine: null, ...here };
  const { machine, path } = parsePlace(text);
  return { machine, ...((machine === null ? null : parseWhat(path)) ?? { kind: 'file', path }) };
}

function parseWhat(text: string): What | null {
  const [, ref, path] = GIT.exec(text) ?? [];
  if (ref !== undefined) return { kind: 'git', ref, path: path === undefined || path === '' ? '.' : path };
  const [, archive, member] = MEMBER.exec(text) ?? [];
  if (archive !== undefined && member !== undefined) return { kind: 'member', archive, path: member };
  if (/^https?:\/\//i.test(text)) return { kind: 'url', url: text };
  return text.startsWith('exec:') ? { kind: 'command', line: text.slice('exec:'.length) } : null;
}
