import { isFailure, type FileTexts, type ReadItem } from '../../../../machine/machine';
import { socketInode } from '../kernel/processSockets';
import type { SocketOwner } from './schema';

/** Of each process, what tells it for good, and where its file descriptors lead: read at one moment. */
export const HOLDER_ITEMS: readonly ReadItem[] = ['/proc/[0-9]*/stat', { path: '/proc/[0-9]*/fd', what: 'links' }];

/** A process that has a socket open, and under which numbers. */
export interface Holder {
  readonly pid: number;
  readonly fds: number[];
}

export interface Holders {
  /** By inode, each by pid. */
  readonly byInode: ReadonlyMap<number, readonly Holder[]>;
  /** Processes whose descriptors may not be seen. */
  readonly denied: ReadonlySet<number>;
  /** Not even the first process is listed, which is everywhere: others are hidden (hidepid). */
  readonly hidden: boolean;
}

const DESCRIPTORS = /^\/proc\/(\d+)\/fd(?:\/(\d+))?$/;

/** `texts`: the answer to HOLDER_ITEMS. */
export function holdersOf(texts: FileTexts): Holders {
  /** Inode → pid. */
  const found = new Map<number, Map<number, Holder>>();
  const denied = new Set<number>();
  for (const path of texts.keys()) {
    const [, process, fd] = DESCRIPTORS.exec(path) ?? [];
    // All texts would have to be made otherwise.
    if (process === undefined) continue;
    const content = texts.get(path);
    // Of some processes the descriptors may be listed, but not where they lead.
    if (isFailure(content) && content.code === 'denied') denied.add(Number(process));
    const inode = typeof content === 'string' && fd !== undefined ? socketInode(content) : null;
    if (inode !== null) addHolder(found, Number(inode), Number(process), Number(fd));
  }
  const byInode = new Map([...found].map(([inode, holders]) => [inode, sorted(holders.values())]));
  return { byInode, denied, hidden: !texts.has('/proc/1/fd') };
}

function addHolder(found: Map<number, Map<number, Holder>>, inode: number, pid: number, fd: number): void {
  const holders = found.get(inode) ?? new Map<number, Holder>();
  const known = holders.get(pid);
  if (known === undefined) holders.set(pid, { pid, fds: [fd] });
  else known.fds.push(fd);
  found.set(inode, holders);
}

function sorted(holders: Iterable<Holder>): readonly Holder[] {
  return [...holders].sort((one, other) => one.pid - other.pid);
}

/** What is told of a process that has a socket. */
export type ProcessFacts = Omit<SocketOwner, 'fds'>;
