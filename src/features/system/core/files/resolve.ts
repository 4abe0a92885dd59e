import { posix } from 'node:path';
import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { FileTexts, Machine } from '../../../../machine/machine';
import type { Mount } from '../kernel/mountinfo';
import { parseStatText, type StatText } from '../kernel/statText';
import { machineName } from '../machineName';
import { mayHang, mountTable } from './mountTable';
import { hangingOnTheWay, silentMounts } from './silentMounts';
import { inTime } from './stats';

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
  const { path, found } = await follow(machine, start, signal);
  if (found === null) return { asked, path, stat: null, exists: null };
  const { failure, stat } = found;
  if (failure === 'denied') {
    throw new ExpectedError(
      'denied',
      l10n.t('{0} on {1} may not be looked at: permission denied.', path, machineName(machine.name)),
    );
  }
  return { asked, path, stat, exists: stat !== null ? true : failure === 'missing' ? false : null };
}

interface Found {
  readonly stat: StatText | null;
  readonly failure: string | null;
}

interface Followed {
  readonly path: string;
  /** null where it leads to a file system that does not answer; it was not followed any further. */
  readonly found: Found | null;
}

/** Link by link, so that it is known beforehand which file systems are touched. stat(2) follows links by itself. */
async function follow(machine: Machine, start: string, signal: AbortSignal): Promise<Followed> {
  const mounts = start === '/' ? [] : await readMounts(machine, signal);
  const statOf = (path: string): Promise<Found | null> => inTime(signal, (limited) => look(machine, path, limited));
  const early = mounts.some(mayHang) ? null : statOf(start);
  let path = start;
  for (let links = 0; links < MOST_LINKS && path !== '/'; links++) {
    const silent = await silentMounts(machine, hangingOnTheWay(path, mounts), signal);
    const answer = silent.size > 0 ? null : await linksOnTheWay(machine, path, signal);
    if (answer === null) return { path, found: null };
    const next = firstLinkFollowed(path, prefixes(path), answer);
    if (next === null) break;
    path = next;
  }
  return { path, found: await (early ?? statOf(path)) };
}

async function look(machine: Machine, path: string, signal: AbortSignal): Promise<Found> {
  const content = (await machine.files.readMany([{ path, what: 'stat' }], { signal })).get(path);
  if (typeof content === 'string') return { stat: parseStatText(content), failure: null };
  return { stat: null, failure: content?.code ?? 'missing' };
}

function linksOnTheWay(machine: Machine, path: string, signal: AbortSignal): Promise<FileTexts | null> {
  const items = prefixes(path).map((folder) => ({ path: folder, what: 'link' as const }));
  return inTime(signal, (limited) => machine.files.readMany(items, { signal: limited }));
}

async function readMounts(machine: Machine, signal: AbortSignal): Promise<readonly Mount[]> {
  const file = '/proc/self/mountinfo';
  const content = (await machine.files.readMany([file], { signal, encoding: 'bytes' })).get(file);
  return typeof content === 'string' ? mountTable(content).mounts : [];
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
