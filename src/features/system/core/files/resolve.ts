import { posix } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { FileTexts, Machine } from '../../../../machine/machine';
import { parseStatText, type StatText } from '../kernel/statText';
import { inTime } from './stats';
import { machineName } from '../machineName';

/** As the kernel: more are taken for a loop. */
const MOST_LINKS = 40;

export interface Resolved {
  readonly asked: string;
  /** With symbolic links followed, as far as they could be. */
  readonly path: string;
  readonly stat: StatText | null;
  /** null when the file system did not answer. */
  readonly exists: boolean | null;
}

/** Throws an ExpectedError for a path that is not absolute, or may not be looked at. */
export async function resolvePath(machine: Machine, asked: string, signal: AbortSignal): Promise<Resolved> {
  if (!asked.startsWith('/')) {
    throw new ExpectedError(
      'invalid-input',
      l10n.t('{0} is not an absolute path. Give one that begins with a slash.', asked),
    );
  }
  const start = withoutSlash(posix.normalize(asked));
  const answer = await inTime(signal, (limited) => follow(machine, start, limited));
  if (answer === null) return { asked, path: start, stat: null, exists: null };
  const { path, failure, stat } = answer;
  if (failure === 'denied') {
    throw new ExpectedError(
      'denied',
      l10n.t('{0} on {1} may not be looked at: permission denied.', path, machineName(machine.name)),
    );
  }
  return { asked, path, stat, exists: stat !== null ? true : failure === 'missing' ? false : null };
}

interface Followed {
  readonly path: string;
  readonly stat: StatText | null;
  readonly failure: string | null;
}

/** What the path leads to is asked at the same time as how: stat(2) follows links by itself. */
async function follow(machine: Machine, start: string, signal: AbortSignal): Promise<Followed> {
  const [path, content] = await Promise.all([
    followLinks(machine, start, signal),
    machine.files.readMany([{ path: start, what: 'stat' }], { signal }).then((texts) => texts.get(start)),
  ]);
  if (typeof content === 'string') return { path, stat: parseStatText(content), failure: null };
  return { path, stat: null, failure: content?.code ?? 'missing' };
}

async function followLinks(machine: Machine, start: string, signal: AbortSignal): Promise<string> {
  let path = start;
  for (let links = 0; links < MOST_LINKS && path !== '/'; links++) {
    const folders = prefixes(path);
    const items = folders.map((folder) => ({ path: folder, what: 'link' as const }));
    const next = firstLinkFollowed(path, folders, await machine.files.readMany(items, { signal }));
    if (next === null) break;
    path = next;
  }
  return path;
}

/** /srv/www/x: /srv, /srv/www, /srv/www/x. */
function prefixes(path: string): readonly string[] {
  const segments = path.split('/').slice(1);
  return segments.map((_segment, index) => `/${segments.slice(0, index + 1).join('/')}`).filter((one) => one !== '/');
}

function firstLinkFollowed(path: string, folders: readonly string[], answer: FileTexts): string | null {
  for (const folder of folders) {
    const target = answer.get(folder);
    if (typeof target !== 'string' || target === '') continue;
    return withoutSlash(posix.normalize(posix.resolve(posix.dirname(folder), target) + path.slice(folder.length)));
  }
  return null;
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
