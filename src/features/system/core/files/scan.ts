import { isFailure, type FileTexts, type Machine, type ReadItem } from '../../../../machine/machine';
import { decodeBytes } from '../kernel/bytes';
import { parseProcessStat } from '../kernel/processStat';
import { mountTable, type MountTable } from './mountTable';

/** What one link of a process leads to. */
export interface HeldLink {
  readonly how: 'fd' | 'cwd' | 'root' | 'exe';
  readonly fd: number | null;
  /** Of the link itself: /proc/12/fd/3. */
  readonly link: string;
  /** Decoded, without the kernel's remark that it was deleted. A path, or such as socket:[123]. */
  readonly target: string;
  /** The remark stood there; a file may also be named so. */
  readonly markedDeleted: boolean;
}

export interface ScannedProcess {
  readonly pid: number;
  readonly startTicks: number;
  /** The kernel's, of 15 bytes at most; as a text, and byte by byte. */
  readonly name: string;
  readonly nameBytes: string;
  readonly links: readonly HeldLink[];
  /** Its files may only be seen by its owner or root. */
  readonly denied: boolean;
  /** Of its mounts: mnt:[4026531840]; null where it may not be seen. */
  readonly namespace: string | null;
}

export interface Scan {
  readonly processes: readonly ScannedProcess[];
  readonly mounts: MountTable;
  /** The namespace whose mounts `mounts` are. */
  readonly namespace: string | null;
  /** Of /proc/locks and /proc/sys/fs/file-nr; '' where they cannot be read. */
  readonly locks: string;
  readonly fileNumbers: string;
  /** As uname -m has it; null where the kernel does not tell (before 6.1). */
  readonly architecture: string | null;
  /** The machine did not get through all processes in time. */
  readonly incomplete: boolean;
}

const DELETED = ' (deleted)';
const ITEMS: readonly ReadItem[] = [
  '/proc/self/mountinfo',
  { path: '/proc/self/ns/mnt', what: 'link' },
  '/proc/locks',
  '/proc/sys/fs/file-nr',
  '/proc/sys/kernel/arch',
  '/proc/[0-9]*/stat',
  { path: '/proc/[0-9]*/fd', what: 'links' },
  { path: '/proc/[0-9]*/cwd', what: 'link' },
  { path: '/proc/[0-9]*/root', what: 'link' },
  { path: '/proc/[0-9]*/exe', what: 'link' },
  { path: '/proc/[0-9]*/ns/mnt', what: 'link' },
];

/** What all processes hold, by name only: one round trip, and no file system is asked anything. */
export async function scanProcesses(machine: Machine, signal: AbortSignal): Promise<Scan> {
  const texts = await machine.files.readMany(ITEMS, { signal, encoding: 'bytes' });
  return scanOf(texts);
}

export function scanOf(texts: FileTexts): Scan {
  const found = new Map<number, Draft>();
  const draftOf = (pid: number): Draft => {
    const known = found.get(pid);
    if (known !== undefined) return known;
    const draft: Draft = { links: [], denied: false, namespace: null, startTicks: null, name: '', nameBytes: '' };
    found.set(pid, draft);
    return draft;
  };
  for (const [path, content] of texts) {
    const [, number, part, fd] = PROCESS_PATH.exec(path) ?? [];
    if (number === undefined || part === undefined) continue;
    take(draftOf(Number(number)), path, part, fd, content);
  }
  return {
    processes: [...found].flatMap(([pid, draft]) => processOf(pid, draft)).sort((one, other) => one.pid - other.pid),
    mounts: mountTable(textOf(texts, '/proc/self/mountinfo')),
    namespace: textOf(texts, '/proc/self/ns/mnt') || null,
    locks: textOf(texts, '/proc/locks'),
    fileNumbers: textOf(texts, '/proc/sys/fs/file-nr'),
    architecture: textOf(texts, '/proc/sys/kernel/arch').trim() || null,
    incomplete: [...texts.values()].some((content) => isFailure(content) && content.code === 'timed-out'),
  };
}

interface Draft {
  readonly links: HeldLink[];
  denied: boolean;
  namespace: string | null;
  startTicks: number | null;
  name: string;
  nameBytes: string;
}

const PROCESS_PATH = /^\/proc\/(\d+)\/(stat|fd|cwd|root|exe|ns\/mnt)(?:\/(\d+))?$/;

function take(draft: Draft, path: string, part: string, fd: string | undefined, content: unknown): void {
  if (isFailure(content)) {
    if (part === 'fd' && content.code === 'denied') draft.denied = true;
    return;
  }
  if (typeof content !== 'string') return;
  switch (part) {
    case 'stat': {
      const stat = parseProcessStat(content);
      draft.startTicks = stat?.startTicks ?? null;
      draft.name = stat?.name ?? '';
      draft.nameBytes = stat?.nameBytes ?? '';
      return;
    }
    case 'ns/mnt':
      draft.namespace = content;
      return;
    case 'fd':
      if (fd !== undefined) draft.links.push(linkOf('fd', path, content, Number(fd)));
      return;
    case 'cwd':
    case 'root':
    case 'exe':
      draft.links.push(linkOf(part, path, content, null));
  }
}

function linkOf(how: HeldLink['how'], link: string, target: string, fd: number | null): HeldLink {
  const markedDeleted = target.endsWith(DELETED);
  const path = decodeBytes(markedDeleted ? target.slice(0, -DELETED.length) : target);
  return { how, fd, link, target: path, markedDeleted };
}

/** Without its stat it has ended meanwhile. */
function processOf(pid: number, { startTicks, ...draft }: Draft): readonly ScannedProcess[] {
  return startTicks === null ? [] : [{ pid, startTicks, ...draft }];
}

function textOf(texts: FileTexts, path: string): string {
  const content = texts.get(path);
  return typeof content === 'string' ? content : '';
}
