import type { ReadItem } from '../../../../machine/machine';
import type { Part } from './rawProcess';
import { isSelective, type ProcessQuery } from './query';

/** What this kernel has to be asked otherwise than the newest ones. */
export interface KernelTraits {
  /** Before 4.5, /proc/PID/status does not tell what memory is shared. */
  readonly needsStatm: boolean;
  /** Before 6.2, the size of /proc/PID/fd is not the number of open ones: its names have to be counted. */
  readonly countsNames: boolean;
}

/** Taken for granted until the first reading has shown something else. */
export const NEWEST: KernelTraits = { needsStatm: false, countsNames: false };

/** Parts that change all the time. */
const MOVING: readonly Part[] = ['stat', 'status', 'io', 'fd'];
/** Parts that change when another program is run, or seldom. */
export const FIXED: readonly Part[] = ['cmdline', 'exe', 'cwd'];
/** Parts that are seldom looked at, and take the kernel as long as the others together. */
export const RARE: readonly Part[] = ['cgroup', 'oom_score', 'oom_score_adj'];

export function movingParts({ needsStatm }: KernelTraits): readonly Part[] {
  return needsStatm ? [...MOVING, 'statm'] : MOVING;
}

/**
 * What has to be read of all processes to choose those that are asked for. What else is shown of the chosen ones is
 * read in a second round, of them only: with 20 of 6,000 that saves most of the time. The bytes of I/O are always among
 * it, for rates have to be known of processes that are chosen only later.
 */
export function partsToChoose(query: ProcessQuery, traits: KernelTraits): readonly Part[] {
  const parts = new Set<Part>(['stat', 'io']);
  if (query.name !== null) parts.add('cmdline').add('exe');
  if (query.sort === 'name') parts.add('cmdline');
  if (query.user !== null) parts.add('status');
  if (query.memoryOverBytes !== null || query.sort === 'memory') {
    parts.add('status');
    if (traits.needsStatm) parts.add('statm');
  }
  if (query.file !== null) parts.add('exe').add('cwd');
  if (query.sort === 'fds' || needsLinks(query)) parts.add('fd');
  return [...parts];
}

/** Where descriptors lead: then their names are there as well, and the folder's size is not asked for. */
export function needsLinks({ port, file }: ProcessQuery): boolean {
  return port !== null || file !== null;
}

/** What it is time to read again of all processes, besides what changes all the time. */
export interface Due {
  readonly fixed: boolean;
  readonly rare: boolean;
}

export function partsOfAll(query: ProcessQuery, traits: KernelTraits, due: Due): readonly Part[] {
  if (isSelective(query)) return partsToChoose(query, traits);
  return [...movingParts(traits), ...(due.fixed ? FIXED : []), ...(due.rare ? RARE : [])];
}

/** One part of one process, or of all of them where `process` is a pattern. */
export function itemOf(process: number | string, part: Part, traits: KernelTraits, links = false): ReadItem {
  const path = `/proc/${process}/${part}`;
  if (part === 'exe' || part === 'cwd') return { path, what: 'link' };
  if (part !== 'fd') return path;
  return { path, what: links ? 'links' : traits.countsNames ? 'names' : 'stat' };
}
