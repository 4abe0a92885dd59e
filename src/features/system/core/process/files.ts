import { isFailure } from '../../../../machine/machine';
import { descriptorFacts } from '../files/descriptor';
import { parseFdInfo, type FdInfo } from '../kernel/fdinfo';
import type { FileLock } from '../kernel/fileLocks';
import { fileKey, parseStatText, type StatText } from '../kernel/statText';
import { isNamedDeleted, statPath } from './details';
import { fdLinksOf, shownLinks, type FdLink } from './links';
import { heldLocks } from './locks';
import type { ProcessReading } from './reading';
import type { Connection, OpenFile, OpenFileKind, OpenFiles } from './schema/files';
import { MOST_ROWS } from './schema/process';
import { textOf } from './texts';

/** null where the descriptors may not be seen. */
export function openFilesOf(
  reading: ProcessReading,
  connections: readonly Connection[],
  locks: readonly FileLock[],
): OpenFiles | null {
  const { stat, texts } = reading;
  const folder = texts.get(`/proc/${stat.pid}/fd`);
  if (folder === undefined || isFailure(folder)) return isFailure(folder) && folder.code === 'missing' ? NONE : null;
  const links = fdLinksOf(texts, stat.pid);
  const byInode = new Map(connections.map((one) => [one.inode, one]));
  const drafts = shownLinks(links, MOST_ROWS).map((link) => draftOf(link, reading));
  const list = drafts.map((draft) => fileOf(draft, reading, byInode, locks));
  const counted = (group: FdLink['group']): number => links.filter((link) => link.group === group).length;
  const deleted = drafts.filter((one) => one.deleted);
  const unshown = links.filter((link) => link.marked && link.group === 'path').length - deleted.length;
  return {
    total: links.length,
    sockets: counted('socket'),
    pipes: counted('pipe'),
    anonymous: counted('anonymous') + counted('namespace') + counted('memory'),
    others: counted('path'),
    deleted: deleted.length + (links.length > MOST_ROWS ? Math.max(0, unshown) : 0),
    deletedBytes: bytesOf(deleted),
    list,
  };
}

const NONE: OpenFiles = {
  total: 0,
  sockets: 0,
  pipes: 0,
  anonymous: 0,
  others: 0,
  deleted: 0,
  deletedBytes: 0,
  list: [],
};

interface Draft {
  readonly link: FdLink;
  readonly stat: StatText | null;
  readonly info: FdInfo | null;
  readonly deleted: boolean;
}

function draftOf(link: FdLink, { stat: { pid }, details }: ProcessReading): Draft {
  const stat = parseStatText(textOf(details, statPath(`/proc/${pid}`, link.fd)) ?? '');
  const info = textOf(details, `/proc/${pid}/fdinfo/${link.fd}`);
  return {
    link,
    stat,
    info: info === null ? null : parseFdInfo(info),
    deleted: link.group === 'path' && link.marked && !isNamedDeleted(details, pid, link.target),
  };
}

/** Two descriptors of one file hold its space once. A file that has another name keeps its space anyway. */
function bytesOf(deleted: readonly Draft[]): number {
  const sizes = new Map<string, number>();
  for (const { stat } of deleted)
    if (stat?.kind === 'file' && stat.links === 0) sizes.set(fileKey(stat), stat.sizeBytes);
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

function fileOf(
  { link, stat, info, deleted }: Draft,
  { stat: { pid }, surroundings }: ProcessReading,
  connections: ReadonlyMap<string, Connection>,
  locks: readonly FileLock[],
): OpenFile {
  const { architecture } = surroundings;
  const facts = descriptorFacts(info, { pid, file: stat, allLocks: locks, architecture });
  const kind = kindOf(link, stat);
  const hasSize = stat !== null && (stat.kind === 'file' || stat.kind === 'directory');
  const inode = stat?.inode ?? /^[a-z]+:\[(\d+)\]$/.exec(link.target)?.[1] ?? null;
  return {
    fd: link.fd,
    kind,
    path: link.marked && !deleted && link.group === 'path' ? `${link.path} (deleted)` : link.path,
    deleted,
    mode: facts.mode,
    flags: [...facts.flags],
    positionBytes: kind === 'file' || kind === 'memory' ? facts.positionBytes : null,
    sizeBytes: hasSize ? stat.sizeBytes : null,
    device: stat?.device ?? null,
    inode,
    links: stat?.links ?? null,
    locks: heldLocks(facts.locks, locks),
    socket: kind === 'socket' && inode !== null ? endsOf(connections.get(inode)) : null,
    anonymous: link.group === 'anonymous' && info !== null ? anonymousOf(info) : null,
    peers: kind === 'pipe' ? [...(surroundings.pipes.get(link.target) ?? [])] : [],
  };
}

function kindOf({ group }: FdLink, stat: StatText | null): OpenFileKind {
  if (group !== 'path') return group;
  switch (stat?.kind) {
    case 'file':
    case 'directory':
    case 'socket':
      return stat.kind;
    case 'fifo':
      return 'pipe';
    case 'block':
    case 'character':
      return 'device';
    default:
      return 'unknown';
  }
}

function anonymousOf({ eventCount, epollTargets, watches, pid, timer }: FdInfo): OpenFile['anonymous'] {
  return {
    eventCount,
    epollTargets: [...epollTargets],
    watches,
    pid,
    timerNextMs: timer?.nextMs ?? null,
    timerIntervalMs: timer?.intervalMs ?? null,
  };
}

function endsOf(connection: Connection | undefined): OpenFile['socket'] {
  if (connection === undefined) return null;
  const { protocol, localAddress, localPort, remoteAddress, remotePort, path, state } = connection;
  return {
    protocol,
    local: path ?? endText(localAddress, localPort),
    remote: endText(remoteAddress, remotePort),
    state,
  };
}

/** As in a URL: an IPv6 address stands in brackets. */
export function endText(address: string | null, port: number | null): string | null {
  if (address === null) return null;
  if (port === null) return address;
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
