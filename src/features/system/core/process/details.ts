import type { FileTexts, ReadItem } from '../../../../machine/machine';
import { treeOf, type ProcessTable } from '../control/family';
import { hangingOnTheWay } from '../files/silentMounts';
import {
  cgroupFigures,
  cgroupLimitFiles,
  cgroupPartFiles,
  cgroupUsageFiles,
  type CgroupFigures,
} from '../kernel/cgroup';
import { cgroupPlaces } from '../kernel/cgroupPlaces';
import type { Mount } from '../kernel/mountinfo';
import type { ProcessStat } from '../kernel/processStat';
import { baseName } from '../kernel/text';
import { parentsOf } from './family';
import { fdLinksOf, shownLinks, type FdLink } from './links';
import { MOST_ROWS } from './schema/process';
import { textOf } from './texts';

/** Of the process's own network namespace. */
export const SOCKET_FILES = [
  'tcp',
  'tcp6',
  'udp',
  'udp6',
  'udplite',
  'udplite6',
  'raw',
  'raw6',
  'icmp',
  'icmp6',
  'unix',
  'netlink',
  'packet',
] as const;

interface Known {
  readonly stat: ProcessStat;
  readonly texts: FileTexts;
  readonly processes: ProcessTable;
  readonly mounts: readonly Mount[];
}

export interface DetailsKnown extends Known {
  /** Mount points whose file system does not answer: what is open there is not looked at. */
  readonly silent: ReadonlySet<string>;
}

/** What the first files of a reading lead to: one more round trip. */
export function detailItems(known: DetailsKnown): readonly ReadItem[] {
  const { stat, texts, processes, mounts, silent } = known;
  const answers = (path: string): boolean =>
    silent.size === 0 || !hangingOnTheWay(path, mounts).some((mountPoint) => silent.has(mountPoint));
  const own = `/proc/${stat.pid}`;
  const links = fdLinksOf(texts, stat.pid);
  const shown = shownLinks(links, MOST_ROWS);
  const family = [...parentsOf(stat, processes), ...treeOf(processes, stat).slice(1, MOST_ROWS + 1)];
  const exe = textOf(texts, `${own}/exe`);
  return [
    ...shown.flatMap((link) => linkItems(own, link, answers(link.path))),
    ...(exe === null || !answers(exe) ? [] : nameItems(own, exe)),
    ...family.map(({ pid }) => `/proc/${pid}/status`),
    ...family.map(({ pid }) => `/proc/${pid}/cmdline`),
    ...(links.some((link) => link.group === 'socket') ? SOCKET_FILES.map((name) => `${own}/net/${name}`) : []),
    ...(links.length === 0 ? [] : ['/proc/locks']),
    ...groupItems(known),
    // Last: is it still the same process?
    `${own}/stat`,
  ];
}

/** In an answer, /proc/PID/fd/N itself stands for where the link leads; this is the same descriptor. */
export function statPath(own: string, fd: number): string {
  return `${own}/task/${baseName(own)}/fd/${fd}`;
}

function linkItems(own: string, link: FdLink, answers: boolean): readonly ReadItem[] {
  const info = `${own}/fdinfo/${link.fd}`;
  if (!answers || (link.group !== 'path' && link.group !== 'memory')) return [info];
  const stat: ReadItem = { path: statPath(own, link.fd), what: 'stat' };
  return link.marked ? [info, stat, ...nameItems(own, link.target)] : [info, stat];
}

/**
 * Where the kernel remarks that a file was deleted, it may just be named so; and where it was, another one may stand
 * in its place. Seen from the root of the process.
 */
function nameItems(own: string, target: string): readonly ReadItem[] {
  if (!target.startsWith('/') || !target.endsWith(DELETED)) return [];
  return [
    { path: `${own}/root${target}`, what: 'stat' },
    { path: `${own}/root${target.slice(0, -DELETED.length)}`, what: 'stat' },
  ];
}

const DELETED = ' (deleted)';

/** Whether a file of that very name, remark and all, is there. */
export function isNamedDeleted(details: FileTexts, pid: number, target: string): boolean {
  return textOf(details, `/proc/${pid}/root${target}`) !== null;
}

/** Whether something stands where the deleted file was. */
export function isReplaced(details: FileTexts, pid: number, target: string): boolean {
  return textOf(details, `/proc/${pid}/root${target.slice(0, -DELETED.length)}`) !== null;
}

function groupItems({ texts, stat, mounts }: Known): readonly string[] {
  const places = cgroupPlaces(textOf(texts, `/proc/${stat.pid}/cgroup`) ?? '', mounts);
  if (places === null) return [];
  return [...cgroupLimitFiles(places), ...cgroupUsageFiles(places), ...cgroupPartFiles(places)];
}

/** The control group of the process; null where there is none to be seen. */
export function groupFiguresOf(known: Known, details: FileTexts): CgroupFigures | null {
  const places = cgroupPlaces(textOf(known.texts, `/proc/${known.stat.pid}/cgroup`) ?? '', known.mounts);
  return places === null ? null : cgroupFigures(details, places);
}
