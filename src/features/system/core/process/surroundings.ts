import { isFailure, type FileTexts } from '../../../../machine/machine';
import type { ProcessTable } from '../control/family';
import type { IoPriority } from '../control/ioPriority';
import { parseAuxv, USUAL_UNITS } from '../kernel/clockTicks';
import { parseMeminfo } from '../kernel/meminfo';
import { parseMountinfo } from '../kernel/mountinfo';
import { parsePasswd } from '../kernel/passwd';
import { isBigEndian } from '../kernel/socketAddress';
import { parseStat } from '../kernel/stat';
import { parseTerminalDrivers } from '../kernel/terminal';
import { count, singleValue } from '../kernel/text';
import type { FdLink } from './links';
import type { Surroundings } from './reading';
import type { Peer } from './schema/files';
import type { MemoryMaps } from './schema/maps';
import { gapFrom, textOf } from './texts';

/** What is not found out from the texts of the first batch. */
export interface Extras {
  readonly userName: Surroundings['userName'];
  readonly ioPriority: IoPriority | null;
  readonly pipes: Surroundings['pipes'];
  readonly maps: MemoryMaps | null;
  readonly gaps: Surroundings['gaps'];
}

/** `texts` is the whole first batch; of it only what belongs to the process is kept. */
export function surroundingsOf(texts: FileTexts, pid: number, monotonicMs: number, extras: Extras): Surroundings {
  const text = (path: string): string => textOf(texts, path) ?? '';
  const boot = parseStat(text('/proc/stat'))?.bootTimeSeconds ?? null;
  const kept = new Map([...texts].filter(([path]) => isKept(path, pid)));
  return {
    monotonicMs,
    texts: kept,
    // The lines of both files begin alike: name, password, number.
    groups: parsePasswd(text('/etc/group')),
    lastCapability: count(singleValue(texts.get('/proc/sys/kernel/cap_last_cap')) ?? undefined),
    bigEndian: isBigEndian(text('/proc/self/auxv')),
    units: parseAuxv(text('/proc/self/auxv')) ?? USUAL_UNITS,
    bootTimeMs: boot === null ? null : boot * 1000,
    memoryBytes: parseMeminfo(text('/proc/meminfo'), null)?.totalBytes ?? null,
    mounts: parseMountinfo(text('/proc/self/mountinfo')) ?? [],
    terminals: parseTerminalDrivers(text('/proc/tty/drivers')),
    architecture: singleValue(texts.get('/proc/sys/kernel/arch')),
    threadsOfUsers: threadsOfUsers(texts),
    ...extras,
  };
}

function isKept(path: string, pid: number): boolean {
  if (path.startsWith('/proc/1/ns')) return true;
  const own = `/proc/${pid}/`;
  return path.startsWith(own) && /^(ns|environ|attr|loginuid)/.test(path.slice(own.length));
}

/** What the limit of processes counts: every thread of the real user. */
function threadsOfUsers(texts: FileTexts): ReadonlyMap<number, number> {
  const threads = new Map<number, number>();
  for (const [path, content] of texts) {
    if (isFailure(content) || !path.endsWith('/status')) continue;
    const uid = count(/^Uid:\t(\d+)/m.exec(content)?.[1]);
    const number = count(/^Threads:\t(\d+)/m.exec(content)?.[1]);
    if (uid !== null && number !== null) threads.set(uid, (threads.get(uid) ?? 0) + number);
  }
  return threads;
}

/** More are counted nowhere: a pipe between hundreds of processes is told by the first of them. */
const MOST_PEERS = 20;

/** Which other processes have the same pipes open. `texts`: the links of /proc/PID/fd of all processes. */
export function pipesOf(
  texts: FileTexts,
  links: readonly FdLink[],
  own: number,
  processes: ProcessTable,
): Surroundings['pipes'] {
  const pipes = new Map<string, Map<number, Peer>>();
  for (const { group, target } of links) if (mayBePipe(group)) pipes.set(target, new Map());
  for (const [path, target] of texts) {
    if (isFailure(target)) continue;
    const peers = pipes.get(target);
    const pid = peers === undefined ? null : count(/^\/proc\/(\d+)\/fd\/\d+$/.exec(path)?.[1]);
    if (peers === undefined || pid === null || pid === own || peers.size >= MOST_PEERS) continue;
    peers.set(pid, { pid, name: processes.get(pid)?.name ?? '' });
  }
  return new Map([...pipes].map(([target, peers]) => [target, [...peers.values()]]));
}

/** A pipe with a name looks like any other file until it is asked. */
export function mayBePipe(group: FdLink['group']): boolean {
  return group === 'pipe' || group === 'path';
}

/** Of the maps file that was read, where it could not be. */
export function mapsGap(texts: FileTexts, path: string): Surroundings['gaps'] {
  const content = texts.get(path);
  return isFailure(content) && content.code !== 'missing' ? [gapFrom(content, 'maps')] : [];
}
