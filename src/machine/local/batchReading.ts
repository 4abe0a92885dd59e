import type { BufferPool } from './bufferPool';
import { packPaths, pathAt, type PackedPaths } from './packedPaths';
import { expandPattern, isPattern, type ListNames } from './pattern';
import { PartWriter } from './partWriter';
import { groupsOf, pathOf, type ReadGroup } from './readGroups';
import type { FromReadThread, ReadRequest, ShareRequest } from './readProtocol';
import type { ReadShared } from './readShared';
import { ShareCursor } from './shareCursor';
import { isSlow, ValueReader } from './valueReader';

/** With fewer values than this, others would hardly have begun when all is read. */
const LEAST_SHARED_VALUES = 300;
/** A folder with its links is so many values, of a usual process. */
const LINKS = 6;
/** So many matches before the end, what has been read is sent: the owner works on it while the rest is read. */
const LAST_MATCHES = 16;

/** The matches of a group, and how far they have been read. */
interface Matches {
  readonly bases: PackedPaths;
  readonly cursor: ShareCursor;
}

/**
 * One batch, read until its end or until it is cancelled. Items that share their pattern are read together, match by
 * match: what is read of one process is read at one moment. A folder that patterns or items name is listed once.
 */
export class BatchReading {
  private readonly writer: PartWriter;
  private readonly reader: ValueReader;
  private readonly groups: readonly ReadGroup[];
  /** Of groups that were offered before it was their turn. */
  private readonly ahead = new Map<ReadGroup, Matches>();
  /** Of the first item that was not read to its end. */
  private unreadFrom: number | null = null;

  constructor(
    private readonly request: ReadRequest,
    private readonly shared: ReadShared,
    private readonly send: (message: FromReadThread) => void,
    pool: BufferPool,
  ) {
    this.writer = new PartWriter(send, pool);
    this.reader = new ValueReader(request, shared, this.writer);
    this.groups = groupsOf(request.items);
  }

  /** The whole batch, of which others may be offered a share. */
  run(): void {
    const list = onceEach((folder) => this.reader.list(folder));
    for (const group of this.groups) {
      if (this.isOver(group)) break;
      if (isSlow(group.pattern)) this.offerNext(group, list);
      if (isPattern(group.pattern)) this.readMatches(group, list);
      else this.reader.readMembers(group.pattern, false, group, list);
    }
    this.finish();
  }

  /** While this thread is busy with a slow file, others begin with the next matches. */
  private offerNext(slow: ReadGroup, list: ListNames): void {
    const next = this.groups.find(({ index, pattern }) => index > slow.index && isPattern(pattern));
    if (next !== undefined && !this.ahead.has(next)) this.ahead.set(next, this.offer(next, list));
  }

  /** The matches of one group that no other thread has taken. */
  help({ offer, helper }: ShareRequest): void {
    const cursor = new ShareCursor(offer.cursor);
    const group = this.groups[offer.groupIndex];
    cursor.setBusy(helper, true);
    if (group === undefined || !this.takeMatches(group, offer.bases, cursor)) cursor.setBusy(helper, false);
    this.finish();
  }

  private readMatches(group: ReadGroup, list: ListNames): void {
    const { bases, cursor } = this.ahead.get(group) ?? this.offer(group, list);
    this.takeMatches(group, bases, cursor);
  }

  private offer(group: ReadGroup, list: ListNames): Matches {
    const bases = this.expand(group, list);
    const cursor = new ShareCursor();
    const valuesOfMatch = group.members.reduce((sum, { what }) => sum + (what === 'links' ? LINKS : 1), 0);
    if (bases.ends.length * valuesOfMatch >= LEAST_SHARED_VALUES) {
      // What comes before it in the batch is there before anything that others read.
      this.writer.flush();
      this.send({ kind: 'offer', groupIndex: group.index, bases, cursor: cursor.memory });
    }
    return { bases, cursor };
  }

  private expand(group: ReadGroup, list: ListNames): PackedPaths {
    const paths: string[] = [];
    for (const found of expandPattern(group.pattern, list)) {
      if (found.kind === 'path') paths.push(found.path);
      else this.reader.failMembers(found.path, found.error, group);
    }
    return packPaths(paths);
  }

  /** Whether there were any left. */
  private takeMatches(group: ReadGroup, bases: PackedPaths, cursor: ShareCursor): boolean {
    const list = (folder: string): readonly string[] => this.reader.list(folder);
    const total = bases.ends.length;
    const first = cursor.take(total);
    let nearEnd = false;
    for (let range = first; range !== null; range = cursor.take(total)) {
      if (!nearEnd && total - range[0] <= LAST_MATCHES) {
        nearEnd = true;
        this.writer.flushLarge();
      }
      for (let index = range[0]; index < range[1]; index++) {
        if (this.isOver(group)) return true;
        this.reader.readMembers(pathAt(bases, index), true, group, list);
      }
    }
    // Where it was cancelled, there may be more that nobody has taken.
    this.isOver(group);
    return first !== null;
  }

  private isOver(group: ReadGroup): boolean {
    if (this.shared.isCancelled(this.request.id)) this.unreadFrom ??= group.itemIndex;
    return this.unreadFrom !== null;
  }

  private finish(): void {
    const { items, id } = this.request;
    // A folder of many names may have been left in the middle.
    const last = this.groups.at(-1);
    if (this.shared.isCancelled(id) && last !== undefined) this.unreadFrom ??= last.itemIndex;
    this.writer.finish(this.unreadFrom === null ? [] : items.slice(this.unreadFrom).map(pathOf));
  }
}

const NUL = '\0';

/** Remembers what was listed, and what could not be, for as long as the batch takes: names as one text, see PackedPaths. */
function onceEach(list: ListNames): ListNames {
  const known = new Map<string, () => readonly string[]>();
  return (folder) => {
    const key = folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
    const answer = known.get(key);
    if (answer !== undefined) return answer();
    try {
      const names = list(folder);
      const text = names.join(NUL);
      known.set(key, names.length === 0 ? () => [] : () => text.split(NUL));
      return names;
    } catch (error) {
      known.set(key, () => {
        throw error;
      });
      throw error;
    }
  };
}
