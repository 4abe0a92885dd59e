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

const DIGIT = '[0-9]';

export function isPattern(path: string): boolean {
  return path.includes('*') || path.includes(DIGIT);
}

/**
 * The paths that a pattern stands for, as a shell would expand it: `*` is any run of characters within one segment,
 * `[0-9]` one digit, and a leading `*` leaves out hidden names. Segments after the last of them are appended unchecked.
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
  if (segment === `${DIGIT}*`) return beginsWithDigit;
  const source = segment
    .split(/(\*|\[0-9\])/)
    .map((part) => (part === '*' ? '.*' : part === DIGIT ? DIGIT : escapeForRegExp(part)))
    .join('');
  const expression = new RegExp(`^${source}$`, 's');
  const hiddenToo = segment.startsWith('.');
  return (name) => (hiddenToo || !name.startsWith('.')) && expression.test(name);
}

function beginsWithDigit(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
