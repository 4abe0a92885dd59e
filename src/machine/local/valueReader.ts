import * as fs from 'node:fs';
import type { ListNames } from './pattern';
import type { PartWriter } from './partWriter';
import type { ReadGroup, ReadMember } from './readGroups';
import { SKIPPED, type ReadRequest } from './readProtocol';
import type { ReadShared } from './readShared';
import { statWords } from './statWords';
import { isKernelText, openText, ReadError } from './text';

/** A pattern stands for what is there: what is missing, has ended or is of another kind is no match. */
const NO_MATCH: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ESRCH', 'EISDIR', 'kind:directory']);
/** readlink(2) of what is no link. */
const NO_LINK = 'EINVAL';
const DENIED = 'EACCES';

/** Of a process, what the kernel makes whole in one go: with a read that gave less than a page, all is there. */
const WHOLE_AT_ONCE =
  /^\/(?:stat|statm|status|cmdline|comm|io|cgroup|oom_score|oom_score_adj|loginuid|sessionid|limits|wchan)$/;
const PROCESS = /^\/proc\/\d+$/;
const PAGE_BYTES = 4_096;
/**
 * Made page by page, of lines that are much shorter than this. The read that would only find the end makes the kernel
 * go through its whole hash table of connections once more, which takes milliseconds on a machine with much memory.
 */
const TCP_TABLE = /^\/proc\/(?:[^/]+\/)?net\/tcp6?$/;
const LINE_BYTES = 512;

/** Reads what the members of a group want, straight into a part. */
export class ValueReader {
  private readonly encoding: 'latin1' | 'utf8';
  private readonly skip: ReadonlySet<string>;

  constructor(
    private readonly request: ReadRequest,
    private readonly shared: ReadShared,
    private readonly writer: PartWriter,
  ) {
    this.encoding = request.encoding === 'bytes' ? 'latin1' : 'utf8';
    this.skip = new Set(request.skip);
  }

  /** All that is wanted at one match of the group's pattern, or at its one path. */
  readMembers(base: string, matched: boolean, group: ReadGroup, list: ListNames): void {
    const isProcess = PROCESS.test(base);
    for (const member of group.members) {
      this.writer.begin();
      try {
        if (member.what === 'names' || member.what === 'links') this.readNames(base, member, list);
        else this.readMember(base, member, isProcess);
      } catch (error) {
        this.failed(error, base, matched, member);
      }
    }
  }

  /** For a folder on the way of a pattern that could not be listed; `path` is the rest of the pattern below it. */
  failMembers(path: string, error: unknown, group: ReadGroup): void {
    for (const member of group.members) {
      this.writer.begin();
      this.failed(error, path, true, member);
    }
  }

  list(folder: string): readonly string[] {
    return fs.readdirSync(this.enter(folder), this.encoding);
  }

  private readMember(base: string, member: ReadMember, isProcess: boolean): void {
    const path = base + member.rest;
    if (member.what === 'link') this.writer.text(fs.readlinkSync(this.enter(path), this.encoding), this.encoding);
    else if (member.what === 'stat') {
      this.writer.text(statWords(fs.statSync(this.enter(path), { bigint: true })), this.encoding);
    } else this.readText(path, isProcess && WHOLE_AT_ONCE.test(member.rest) ? PAGE_BYTES : tableEnd(path));
    this.writer.commit(base, member.itemIndex);
  }

  private readText(path: string, lessIsEnd: number): void {
    const fd = openText(this.enter(path), lessIsEnd > 0 || isKernelText(path));
    try {
      const ended = this.writer.file(fd, this.request.maxBytes, lessIsEnd);
      if (!ended && this.encoding === 'utf8') this.writer.trimCharacter();
    } finally {
      fs.closeSync(fd);
    }
  }

  /** A folder's names, and for `links` each of them as a link. */
  private readNames(base: string, member: ReadMember, list: ListNames): void {
    const path = base + member.rest;
    const names = list(path);
    this.writer.text(names.join('\0'), this.encoding);
    this.writer.commit(base, member.itemIndex);
    if (member.what === 'names') return;
    const start = path.endsWith('/') ? path : `${path}/`;
    for (const name of names) {
      if (this.shared.isCancelled(this.request.id) || !this.readLink(start + name)) return;
    }
  }

  /** False where it is denied: then it is the folder, or the process whose it is, that may not be looked into. */
  private readLink(path: string): boolean {
    this.writer.begin();
    try {
      this.writer.text(fs.readlinkSync(this.enter(path), this.encoding), this.encoding);
      this.writer.commit(path);
      return true;
    } catch (error) {
      const errno = codeOf(error);
      if (isNoMatch(errno, 'link')) this.writer.drop();
      else this.writer.fail(errno, path);
      return errno !== DENIED;
    }
  }

  private failed(error: unknown, base: string, matched: boolean, member: ReadMember): void {
    const errno = codeOf(error);
    if (matched && isNoMatch(errno, member.what)) this.writer.drop();
    else this.writer.fail(errno, base, member.itemIndex);
  }

  /** The path as the system is to be given it, when the owner has been told that it is touched now. */
  private enter(path: string): string | Buffer {
    const place = this.encoding === 'latin1' && !isAscii(path) ? Buffer.from(path, 'latin1') : path;
    if (this.skip.size > 0 && this.skip.has(byteText(place))) throw new ReadError(SKIPPED);
    this.shared.enter(place);
    return place;
  }
}

/** Whether reading it takes so long that others had better begin with what comes after it. */
export function isSlow(path: string): boolean {
  return TCP_TABLE.test(path);
}

function tableEnd(path: string): number {
  return TCP_TABLE.test(path) ? PAGE_BYTES - LINE_BYTES : 0;
}

function isNoMatch(errno: string, what: ReadMember['what']): boolean {
  return NO_MATCH.has(errno) || (what === 'link' && errno === NO_LINK);
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- the range is meant
  return !/[^\x00-\x7f]/.test(text);
}

/** The bytes of a path, each as a character. */
function byteText(place: string | Buffer): string {
  return (typeof place === 'string' ? Buffer.from(place) : place).toString('latin1');
}

function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code ?? String(error);
}
