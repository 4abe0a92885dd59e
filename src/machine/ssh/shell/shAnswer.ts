import { kindOfMode, letterOfKind } from '../../fileKinds';
import { isPattern } from '../../local/pattern';
import type { ReadGroup, ReadMember } from '../../local/readGroups';
import { isKernelText } from '../../local/text';
import { deviceText } from '../../local/statWords';
import type { FileFailure } from '../../machine';
import { BatchTexts, type Batch } from './batch';
import { complaintsOf, errnoOfText } from './complaints';
import { WAITS } from './shScript';

/** One value that is wanted: of a match of a pattern, or of one path. Paths with a character for each byte. */
interface Wanted {
  readonly path: string;
  readonly member: ReadMember;
  readonly matched: boolean;
}

const KINDS: Readonly<Record<string, string>> = {
  d: 'kind:directory',
  p: 'kind:fifo',
  s: 'kind:socket',
  b: 'kind:block',
  c: 'kind:character',
  u: 'kind:unknown',
};

const NO_MATCH: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ESRCH', 'EISDIR', 'kind:directory']);

/** What shScript printed, or the beginning of it: `unread` stands for what did not come. */
export function shTexts(
  batch: Batch,
  /** As it was asked for, see inBytes. */
  inBytes: Batch,
  mark: string,
  answer: Buffer,
  unread: FileFailure,
): BatchTexts {
  return new ShAnswer(inBytes, new BatchTexts(batch), mark, answer.toString('latin1'), unread).read();
}

class ShAnswer {
  private at = 0;
  /** By path, of the first item that wants it: kinds of values come one after another, not as they were asked for. */
  private readonly found = new Map<string, { readonly itemIndex: number; readonly tell: () => void }>();

  constructor(
    private readonly batch: Batch,
    private readonly texts: BatchTexts,
    private readonly mark: string,
    private readonly answer: string,
    private readonly unread: FileFailure,
  ) {}

  read(): BatchTexts {
    const words = this.step('w');
    if (words === null) {
      this.texts.addUnread(new Set(), this.unread);
      return this.texts;
    }
    const wanted = this.wantedOf(words.split('\0').slice(0, -1));
    const whats = new Set(this.batch.groups.flatMap(({ members }) => members.map(({ what }) => what)));
    const of = (...some: readonly ReadMember['what'][]): readonly Wanted[] =>
      wanted.filter(({ member }) => some.includes(member.what));
    this.readUnlisted(this.step('u'));
    if (whats.has('text')) this.readTexts(of('text'));
    let links = of('link');
    if (whats.has('names') || whats.has('links')) links = [...links, ...this.readNames(of('names', 'links'))];
    if (whats.has('stat')) this.readStats(of('stat'));
    if (whats.has('link') || whats.has('links')) this.readLinks(links);
    for (const { tell } of this.found.values()) tell();
    return this.texts;
  }

  /** What stands before the mark of that step; null where it did not come. */
  private step(letter: string): string | null {
    const end = `${this.mark}${letter}\0`;
    const at = this.answer.indexOf(end, this.at);
    if (at < 0) return null;
    const part = this.answer.slice(this.at, at);
    this.at = at + end.length;
    return part;
  }

  private wantedOf(words: readonly string[]): readonly Wanted[] {
    const wanted: Wanted[] = [];
    let group: ReadGroup | undefined;
    let next = 0;
    for (const word of words) {
      if (word.startsWith(this.mark)) group = this.batch.groups[next++];
      else if (group !== undefined) {
        const matched = isPattern(group.pattern);
        for (const member of group.members) wanted.push({ path: word + member.rest, member, matched });
      }
    }
    return wanted;
  }

  private readUnlisted(part: string | null): void {
    const words = (part ?? '').split('\0');
    for (let at = 0; at + 1 < words.length; at += 2) {
      const group = this.batch.groups.find(({ index }) => index === Number(words[at]));
      for (const { rest } of group?.members ?? [])
        this.texts.addFailure(this.nameOf((words[at + 1] ?? '') + rest), 'EACCES');
    }
  }

  private readTexts(wanted: readonly Wanted[]): void {
    const kinds = this.step('i') ?? '';
    const end = `M=${this.mark}\0`;
    let kindAt = 0;
    for (const one of wanted) {
      const kernel = isKernelText(one.path);
      const kind = kernel ? undefined : kinds[kindAt++];
      const at = this.answer.indexOf(end, this.at);
      if (at < 0) {
        this.leave(one);
        continue;
      }
      const text = this.answer.slice(this.at, at);
      this.at = at + end.length;
      const code = kernel && WAITS.test(one.path) ? 'EAGAIN' : (KINDS[kind ?? ''] ?? errnoOfText('cat', text));
      if (code === undefined) this.value(one, text);
      else this.failed(one, code);
    }
    this.step('b');
  }

  /** Returns the links that are wanted of what is in the folders. */
  private readNames(wanted: readonly Wanted[]): readonly Wanted[] {
    const part = this.step('n');
    if (part === null) for (const one of wanted) this.leave(one);
    const links: Wanted[] = [];
    const folders = (part ?? '').split(/(?<=^|\0)(?=[+!])/);
    for (const [index, one] of wanted.entries()) {
      const [first = '', ...entries] = (folders[index] ?? '').split('\0');
      if (first.startsWith('!')) this.failed(one, first.slice(1));
      if (first !== '+') continue;
      const names = namesOf(entries);
      this.value(one, names.join('\0'));
      if (one.member.what !== 'links') continue;
      const start = one.path.endsWith('/') ? one.path : `${one.path}/`;
      for (const name of names)
        links.push({ path: start + name, member: { ...one.member, what: 'link' }, matched: true });
    }
    return links;
  }

  /** Lines end with the path that was asked for, in the order of asking. */
  private readStats(wanted: readonly Wanted[]): void {
    const lines = this.step('s');
    const complaints = complaintsOf(this.step('e') ?? '');
    const words = /([0-9a-f]+) (\d+) (\d+) (\d+) (\d+) (\d+) (\d+) (-?\d+) /y;
    let at = 0;
    for (const one of wanted) {
      words.lastIndex = at;
      const match = words.exec(lines ?? '');
      if (match !== null && lines?.startsWith(`${one.path}\n`, words.lastIndex) === true) {
        this.value(one, statText(match));
        at = words.lastIndex + one.path.length + 1;
      } else if (lines === null) this.leave(one);
      else this.failed(one, complaints.get(one.path) ?? 'ENOENT');
    }
  }

  private readLinks(wanted: readonly Wanted[]): void {
    const part = this.step('l');
    const complaints = complaintsOf(this.step('e') ?? '');
    const targets = linkTargets(part ?? '', new Set(wanted.map(({ path }) => path)));
    for (const one of wanted) {
      const target = targets.get(one.path);
      if (part === null) this.leave(one);
      else if (typeof target === 'string') this.value(one, target);
      else this.failed(one, complaints.get(one.path) ?? (target === null ? 'EINVAL' : 'ENOENT'));
    }
  }

  private value({ path, member }: Wanted, value: string): void {
    const tell = (): void => this.texts.add(member.itemIndex, this.nameOf(path), Buffer.from(value, 'latin1'));
    this.note(path, member.itemIndex, tell);
  }

  private failed({ path, member, matched }: Wanted, code: string): void {
    if (matched && (NO_MATCH.has(code) || (member.what === 'link' && code === 'EINVAL'))) return;
    this.note(path, member.itemIndex, () => this.texts.addFailure(this.nameOf(path), code));
  }

  private leave({ path, member }: Wanted): void {
    this.note(path, member.itemIndex, () => this.texts.addLate(this.nameOf(path), this.unread));
  }

  private note(path: string, itemIndex: number, tell: () => void): void {
    const known = this.found.get(path);
    if (known === undefined || itemIndex < known.itemIndex) this.found.set(path, { itemIndex, tell });
  }

  private nameOf(path: string): string {
    return this.texts.pathOf(Buffer.from(path, 'latin1'));
  }
}

/** Without . and .., and without patterns that matched nothing. */
function namesOf(entries: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.startsWith('~')) names.push(entry.slice(1));
    else if (entry.startsWith('=')) {
      const name = entry.slice(entry.lastIndexOf('/') + 1);
      if (!['.', '..', '*', '.*'].includes(name)) names.push(name);
    }
  }
  return names;
}

/** The nine words of ReadWhat 'stat', of the mode in hexadecimal and the others as stat(1) prints them. */
function statText([, mode = '', size, device = '', ...others]: readonly string[]): string {
  const bits = parseInt(mode, 16);
  const kind = letterOfKind(kindOfMode(bits));
  return [kind, (bits & 0o7777).toString(8), size, deviceText(BigInt(device)), ...others].join(' ');
}

/** Of lines of `ls -dln`: path → target, or null for what is no link. A line feed in a target makes a line of its own. */
function linkTargets(lines: string, paths: ReadonlySet<string>): ReadonlyMap<string, string | null> {
  const targets = new Map<string, string | null>();
  for (const line of lines.split(/\n(?=[-dlpsbcD?][-rwxsStT]{9}[.+@]? +\d|$)/)) {
    const [, kind, rest = ''] = /^(.)\S+ +\d+ +\d+ +\d+ +(?:\d+, +)?\d+ +\S+ +\S+ +\S+ ([^]*)$/.exec(line) ?? [];
    if (kind === undefined) continue;
    if (kind !== 'l') targets.set(rest, null);
    for (let at = rest.indexOf(' -> '); at >= 0; at = rest.indexOf(' -> ', at + 1)) {
      if (paths.has(rest.slice(0, at))) targets.set(rest.slice(0, at), rest.slice(at + ' -> '.length));
    }
  }
  return targets;
}
