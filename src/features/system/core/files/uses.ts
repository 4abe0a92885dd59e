import type { Machine } from '../../../../machine/machine';
import { parseFdInfo } from '../kernel/fdinfo';
import { parseFileLocks } from '../kernel/fileLocks';
import type { StatText } from '../kernel/statText';
import { descriptorFacts } from './descriptor';
import { isForeign, type MountsOf } from './foreign';
import { readMapped } from './mapped';
import { matched, type Candidate, type MatchedBy, type Sought } from './matching';
import type { HeldLink, Scan, ScannedProcess } from './scan';
import type { FileUse } from './schema';
import { statLinks, type Stats } from './stats';

/** A use before its process is named. */
export interface Use extends Omit<FileUse, 'pid' | 'startTicks' | 'name' | 'user'> {
  readonly process: ScannedProcess;
}

/** What a use is told by. */
export interface UseContext {
  readonly mountsOf: MountsOf;
  /** Inodes of the sockets bound at the path that is sought. */
  readonly sockets: ReadonlySet<string>;
  /** Of statHeld. */
  readonly stats: Stats;
  readonly signal: AbortSignal;
}

/** stat(2) of all that processes hold by a path. */
export function statHeld(machine: Machine, scan: Scan, signal: AbortSignal): Promise<Stats> {
  const links = scan.processes.flatMap((process) => process.links.filter(({ target }) => target.startsWith('/')));
  return statLinks(machine, links, scan.mounts, signal);
}

/** Reads the maps of all processes; details of descriptors are left out. */
export async function readUses(
  machine: Machine,
  scan: Scan,
  sought: Sought,
  { mountsOf, sockets, stats, signal }: UseContext,
): Promise<readonly Use[]> {
  const held = scan.processes.flatMap((process) => process.links.map((link) => ({ process, link })));
  const uses: Use[] = [];
  for (const { process, link } of held) {
    const socket = /^socket:\[(\d+)\]$/.exec(link.target)?.[1];
    if (socket !== undefined && sockets.has(socket)) uses.push(socketUse(process, link, sought.path));
    if (!link.target.startsWith('/')) continue;
    const stat = stats.byLink.get(link.link) ?? null;
    const deleted = stat === null ? link.markedDeleted : link.markedDeleted && stat.links === 0;
    const by = matched(sought, candidateOf(process, link.target, deleted, stat, scan, mountsOf));
    if (by !== null && !isUsualRoot(link))
      uses.push(linkUse(process, link, stat, deleted, by, isForeign(process, scan)));
  }
  uses.push(...(await mappedUses(machine, scan, sought, mountsOf, signal)));
  return withoutTwins(uses);
}

/** Every process has '/' as its root: that is no use of it. */
function isUsualRoot({ how, target }: HeldLink): boolean {
  return how === 'root' && target === '/';
}

function candidateOf(
  process: ScannedProcess,
  path: string,
  deleted: boolean,
  stat: Pick<StatText, 'device' | 'inode'> | null,
  scan: Scan,
  mountsOf: MountsOf,
): Candidate {
  return { path, deleted, stat, mounts: mountsOf(process), otherNamespace: isForeign(process, scan) };
}

const NOTHING_MORE = {
  mode: null,
  flags: [],
  positionBytes: null,
  mappedBytes: null,
  permissions: null,
  locks: [],
} as const;

function linkUse(
  process: ScannedProcess,
  { how, fd, target }: HeldLink,
  stat: StatText | null,
  deleted: boolean,
  matchedBy: MatchedBy,
  otherNamespace: boolean,
): Use {
  return {
    ...NOTHING_MORE,
    flags: [],
    locks: [],
    process,
    how,
    fd,
    path: target,
    deleted,
    kind: stat?.kind ?? null,
    sizeBytes: stat?.sizeBytes ?? null,
    device: stat?.device ?? null,
    inode: stat?.inode ?? null,
    otherNamespace,
    matchedBy,
  };
}

function socketUse(process: ScannedProcess, link: HeldLink, path: string): Use {
  const use = linkUse(process, { ...link, target: path }, null, false, 'inode', false);
  return { ...use, how: 'socket', kind: 'socket' };
}

async function mappedUses(
  machine: Machine,
  scan: Scan,
  sought: Sought,
  mountsOf: MountsOf,
  signal: AbortSignal,
): Promise<readonly Use[]> {
  const by = new Map<string, MatchedBy | null>();
  const matchOf = (
    process: ScannedProcess,
    file: { path: string; deleted: boolean; device: string; inode: string },
  ) => {
    // Most processes of one namespace map the same libraries.
    const key = `${process.namespace} ${file.device} ${file.inode} ${file.path}`;
    const known = by.get(key);
    if (known !== undefined) return known;
    const found = matched(sought, candidateOf(process, file.path, file.deleted, file, scan, mountsOf));
    by.set(key, found);
    return found;
  };
  const mapped = await readMapped(machine, scan.processes, (process, file) => matchOf(process, file) !== null, signal);
  return mapped.map(({ process, file }): Use => ({
    ...NOTHING_MORE,
    flags: [],
    locks: [],
    process,
    how: 'map',
    fd: null,
    path: file.path,
    deleted: file.deleted,
    kind: 'file',
    sizeBytes: null,
    device: file.device,
    inode: file.inode,
    mappedBytes: file.mappedBytes,
    permissions: file.permissions + (file.shared ? 's' : ''),
    otherNamespace: isForeign(process, scan),
    matchedBy: matchOf(process, file) ?? 'path',
  }));
}

/** A program is also mapped: once told is enough. */
function withoutTwins(uses: readonly Use[]): readonly Use[] {
  const programs = new Set(uses.filter(({ how }) => how === 'exe').map((use) => `${use.process.pid} ${use.path}`));
  return uses.filter((use) => use.how !== 'map' || !programs.has(`${use.process.pid} ${use.path}`));
}

/** Mode, flags, position and locks of descriptors. */
export async function withDetails(
  machine: Machine,
  uses: readonly Use[],
  scan: Scan,
  signal: AbortSignal,
): Promise<readonly Use[]> {
  const pathOf = ({ process, fd }: Use): string => `/proc/${process.pid}/fdinfo/${fd}`;
  const open = new Set(uses.filter(({ how }) => how === 'fd' || how === 'socket'));
  const texts = open.size === 0 ? null : await machine.files.readMany([...open].map(pathOf), { signal });
  const { architecture } = scan;
  const allLocks = parseFileLocks(scan.locks);
  return uses.map((use): Use => {
    if (!open.has(use)) return use;
    const content = texts?.get(pathOf(use));
    const { device, inode, process } = use;
    const file = use.how === 'fd' && device !== null && inode !== null ? { device, inode } : null;
    const info = typeof content === 'string' ? parseFdInfo(content) : null;
    const facts = descriptorFacts(info, { pid: process.pid, file, allLocks, architecture });
    const locks = facts.locks.map(({ kind, access, waiting }) => ({ kind, access, waiting }));
    return { ...use, ...facts, flags: [...facts.flags], locks };
  });
}
