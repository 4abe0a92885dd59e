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

const DESCRIPTORS = /^\/proc\/(\d+)\/fd$/;

/** `texts`: the answer to HOLDER_ITEMS. */
export function holdersOf(texts: FileTexts): Holders {
  const byInode = new Map<number, Holder[]>();
  const denied = new Set<number>();
  for (const path of texts.keys()) {
    // All texts would have to be made otherwise.
    if (!path.includes('/fd')) continue;
    const content = texts.get(path);
    if (content === undefined) continue;
    if (isFailure(content)) {
      const pid = content.code === 'denied' ? DESCRIPTORS.exec(path)?.[1] : undefined;
      if (pid !== undefined) denied.add(Number(pid));
      continue;
    }
    const inode = socketInode(content);
    if (inode !== null) addHolder(byInode, Number(inode), path);
  }
  for (const holders of byInode.values()) holders.sort((one, other) => one.pid - other.pid);
  return { byInode, denied, hidden: !texts.has('/proc/1/fd') };
}

/** `path`: /proc/PID/fd/N. */
function addHolder(byInode: Map<number, Holder[]>, inode: number, path: string): void {
  const [, , process, , descriptor] = path.split('/');
  const pid = Number(process);
  const fd = Number(descriptor);
  const holders = byInode.get(inode);
  const known = holders?.find((one) => one.pid === pid);
  if (known !== undefined) known.fds.push(fd);
  else if (holders !== undefined) holders.push({ pid, fds: [fd] });
  else byInode.set(inode, [{ pid, fds: [fd] }]);
}

/** What is told of a process that has a socket. */
export type ProcessFacts = Omit<SocketOwner, 'fds'>;
