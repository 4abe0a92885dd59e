import * as path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { ExpectedError, throwIfCancelled } from '../../src/lib/errors';
import { kindOfLetter } from '../../src/machine/fileKinds';
import {
  isFailure,
  type DirectoryEntry,
  type FileChange,
  type FileFailure,
  type FileStat,
  type PathVerbs as AllPathVerbs,
  type ReadWhat,
  type RenameOptions,
  type StreamOptions,
  type WriteOptions,
  type WriteStreamOptions,
} from '../../src/machine/machine';
import { FixtureTree, type Content } from './fixtureTree';

/** The verbs of MachineFiles that concern one path. */
export type PathVerbs = Omit<AllPathVerbs, 'read'>;

/** What the verbs work on; the maps are changed by them. */
export interface FixtureStore {
  readonly root: string | null;
  readonly texts: Map<string, Content>;
  readonly links: Map<string, Content>;
  readonly stats: Map<string, string>;
  readonly failures: Map<string, FileFailure>;
}

const DEFAULT_MODE = 0o644;

/** Files in memory. What comes of the project's folder can be read and covered by others, never removed. */
export class FixtureFiles implements PathVerbs {
  /** Of the store as it is now. */
  tree: FixtureTree;

  constructor(private readonly store: FixtureStore) {
    this.tree = new FixtureTree(store.root, store);
  }

  async list(folder: string, signal: AbortSignal): Promise<readonly DirectoryEntry[]> {
    await asked(signal);
    const names = this.look(folder, 'names').split('\0');
    return names
      .filter((name) => name !== '')
      .map((name) => ({ name, kind: this.statOf(path.posix.join(folder, name)).kind }));
  }

  async stat(file: string, signal: AbortSignal): Promise<FileStat> {
    await asked(signal);
    return this.statOf(file);
  }

  async resolve(file: string, signal: AbortSignal): Promise<string> {
    await asked(signal);
    return path.posix.resolve('/home/fixture', file);
  }

  async readLink(file: string, signal: AbortSignal): Promise<string> {
    await asked(signal);
    return this.look(file, 'link');
  }

  async stream(file: string, { signal, start = 0 }: StreamOptions): Promise<Readable> {
    await asked(signal);
    return Readable.from([this.contentOf(file).subarray(start)], { objectMode: false });
  }

  async writeStream(file: string, options: WriteStreamOptions): Promise<Writable> {
    await asked(options.signal);
    const { start = 0, truncate = false, mode = DEFAULT_MODE } = options;
    const old = truncate || !this.isThere(file) ? Buffer.alloc(0) : this.contentOf(file);
    return collecting((written) => {
      const content = Buffer.alloc(Math.max(old.length, start + written.length));
      old.copy(content);
      written.copy(content, start);
      this.put(file, content, mode);
    });
  }

  async write(file: string, content: Uint8Array, { signal, mode = DEFAULT_MODE }: WriteOptions): Promise<void> {
    await asked(signal);
    this.put(file, content, mode);
  }

  async makeFolder(folder: string, signal: AbortSignal): Promise<void> {
    await asked(signal);
    this.refuseExisting(folder);
    this.store.texts.set(`${folder}/`, '');
    this.renew();
  }

  async makeLink(file: string, target: string, signal: AbortSignal): Promise<void> {
    await asked(signal);
    this.refuseExisting(file);
    this.store.links.set(file, target);
    this.renew();
  }

  async hardLink(file: string, to: string, signal: AbortSignal): Promise<void> {
    await asked(signal);
    this.refuseExisting(to);
    this.put(to, this.contentOf(file), DEFAULT_MODE);
  }

  async rename(from: string, to: string, { signal, overwrite = false }: RenameOptions): Promise<void> {
    await asked(signal);
    this.statOf(from);
    if (!overwrite) this.refuseExisting(to);
    for (const map of mapsOf(this.store)) moveKeys(map, from, to);
    this.renew();
  }

  async remove(file: string, signal: AbortSignal): Promise<void> {
    await asked(signal);
    if (this.statOf(file).kind === 'directory' && this.look(file, 'names') !== '') {
      throw new ExpectedError('not-empty', `${file} is not empty`);
    }
    for (const map of mapsOf(this.store)) for (const key of [file, `${file}/`]) map.delete(key);
    // A folder does not go with the last file in it.
    if (this.isThere(path.posix.dirname(file)))
      this.store.texts.set(`${path.posix.dirname(file)}/`.replace('//', '/'), '');
    this.renew();
  }

  async change(file: string, change: FileChange, signal: AbortSignal): Promise<void> {
    await asked(signal);
    this.store.stats.set(file, changedWords(this.look(file, 'stat'), change));
    this.renew();
  }

  private renew(): void {
    this.tree = new FixtureTree(this.store.root, this.store);
  }

  private look(file: string, what: ReadWhat): string {
    const answer = this.tree.readMany([{ path: file, what }], 'utf8').get(file);
    if (isFailure(answer)) throw new ExpectedError(answer.code, `${file} ${answer.message}`);
    if (answer === undefined) throw new ExpectedError('missing', `${file} does not exist`);
    return answer;
  }

  private statOf(file: string): FileStat {
    if (!this.store.links.has(file)) return parseStat(this.look(file, 'stat'));
    return { kind: 'symlink', sizeBytes: 0, mode: 0o777, modifiedMs: 0, uid: 0, gid: 0 };
  }

  private isThere(file: string): boolean {
    try {
      return this.statOf(file).kind !== 'unknown';
    } catch {
      return false;
    }
  }

  private refuseExisting(file: string): void {
    if (this.isThere(file)) throw new ExpectedError('exists', `${file} exists`);
  }

  private contentOf(file: string): Buffer {
    if (this.statOf(file).kind === 'directory') throw new ExpectedError('is-a-folder', `${file} is a folder`);
    return this.tree.content(file) ?? Buffer.alloc(0);
  }

  private put(file: string, content: Uint8Array, mode: number): void {
    if (!this.isThere(path.posix.dirname(file))) throw new ExpectedError('missing', `no folder for ${file}`);
    const kept = this.store.stats.get(file)?.split(' ')[1] ?? mode.toString(8);
    this.store.texts.set(file, content);
    this.store.stats.set(file, `f ${kept} ${content.length} 8:1 1 1 0 0 0`);
    this.renew();
  }
}

async function asked(signal: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  return Promise.resolve();
}

function mapsOf({ texts, links, stats, failures }: FixtureStore): readonly Map<string, unknown>[] {
  return [texts, links, stats, failures];
}

function moveKeys(map: Map<string, unknown>, from: string, to: string): void {
  map.delete(to);
  for (const [key, value] of [...map]) {
    if (key !== from && !key.startsWith(`${from}/`)) continue;
    map.delete(key);
    map.set(to + key.slice(from.length), value);
  }
}

/** Of the nine words of ReadWhat. */
function parseStat(words: string): FileStat {
  const [kind = '', mode = '0', size = '0', , , , uid = '0', gid = '0', seconds = '0'] = words.split(' ');
  return {
    kind: kindOfLetter(kind) ?? 'unknown',
    sizeBytes: Number(size),
    mode: Number.parseInt(mode, 8),
    modifiedMs: Number(seconds) * 1_000,
    uid: Number(uid),
    gid: Number(gid),
  };
}

function changedWords(words: string, { mode, modifiedMs }: FileChange): string {
  const parts = words.split(' ');
  if (mode !== undefined) parts[1] = mode.toString(8);
  if (modifiedMs !== undefined) parts[8] = String(modifiedMs / 1_000);
  return parts.join(' ');
}

function collecting(finish: (content: Buffer) => void): Writable {
  const chunks: Buffer[] = [];
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
    final(done) {
      try {
        finish(Buffer.concat(chunks));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
