/** Gives the names within a folder, or throws the system error. */
export type ListNames = (folder: string) => readonly string[];

/** A path that a pattern may stand for, or the rest of the pattern below a folder that could not be listed. */
export type Expansion = ExpandedPath | UnlistedFolder;

export interface ExpandedPath {
  readonly kind: 'path';
  readonly path: string;
}

export interface UnlistedFolder {
  readonly kind: 'unlisted';
  readonly path: string;
  readonly error: unknown;
}

export function isPattern(path: string): boolean {
  return path.includes('*');
}

/**
 * The paths that a pattern with `*` stands for, as a shell would expand it: `*` is any run of characters within one
 * segment, and a leading `*` leaves out hidden names. Segments after the last `*` are appended unchecked.
 */
export function expandPattern(pattern: string, list: ListNames): Generator<Expansion> {
  return expandSegments('', pattern.split('/'), list);
}

/** `done` is what is already settled, '' or with a slash at its end; a `*` in it comes from a file's real name. */
function* expandSegments(done: string, segments: readonly string[], list: ListNames): Generator<Expansion> {
  const at = segments.findIndex(isPattern);
  if (at < 0) {
    yield { kind: 'path', path: done + segments.join('/') };
    return;
  }
  const folder =
    done +
    segments
      .slice(0, at)
      .map((segment) => `${segment}/`)
      .join('');
  const rest = segments.slice(at + 1);
  let names: readonly string[];
  try {
    names = list(folder === '' ? '.' : folder);
  } catch (error) {
    yield { kind: 'unlisted', path: folder + segments.slice(at).join('/'), error };
    return;
  }
  const matches = segmentMatcher(segments[at] ?? '');
  for (const name of names) {
    if (!matches(name)) continue;
    if (rest.length === 0) yield { kind: 'path', path: folder + name };
    else yield* expandSegments(`${folder}${name}/`, rest, list);
  }
}

function segmentMatcher(segment: string): (name: string) => boolean {
  if (segment === '*') return (name) => !name.startsWith('.');
  const source = segment.split('*').map(escapeForRegExp).join('.*');
  const expression = new RegExp(`^${source}$`, 's');
  const hiddenToo = segment.startsWith('.');
  return (name) => (hiddenToo || !name.startsWith('.')) && expression.test(name);
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
