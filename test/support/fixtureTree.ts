import * as fs from 'node:fs';
import * as path from 'node:path';
import { expandPattern, isPattern } from '../../src/machine/local/pattern';
import { isFailure, type FileFailure, type FileTexts, type ReadItem, type ReadWhat } from '../../src/machine/machine';

/** Text as UTF-8, or the bytes themselves. */
export type Content = string | Uint8Array;

export interface TreeOptions {
  readonly failures?: ReadonlyMap<string, FileFailure>;
  readonly texts?: ReadonlyMap<string, Content>;
  readonly links?: ReadonlyMap<string, Content>;
  readonly stats?: ReadonlyMap<string, string>;
}

type Encoding = 'utf8' | 'bytes';
type Value = Buffer | FileFailure;

const MISSING: FileFailure = { kind: 'failure', code: 'missing', message: 'does not exist' };
const NOT_A_LINK: FileFailure = { kind: 'failure', code: 'failed', message: 'invalid argument (EINVAL)' };
const IS_FOLDER: FileFailure = { kind: 'failure', code: 'failed', message: 'is a folder, not a file' };
const MAX_LINKS = 10;

/** The files of a fixture machine, and what readMany answers about them. */
export class FixtureTree {
  /** How often /proc/stat was asked for: from the second time on, files of step 1 come first. */
  private looks = 0;
  /** Folder → the names within it. */
  private readonly folders = new Map<string, Set<string>>();

  /** `root` holds the steps `0` and `1`; null where all is in the options. */
  constructor(
    private readonly root: string | null,
    private readonly options: TreeOptions,
  ) {
    const { texts, links, stats, failures } = options;
    for (const map of [texts, links, stats, failures]) for (const file of map?.keys() ?? []) this.add(file);
    if (root !== null) this.addFolder(path.join(root, '0'), '');
  }

  readMany(items: readonly ReadItem[], encoding: Encoding): FileTexts {
    if (items.includes('/proc/stat')) this.looks++;
    const found = new Map<string, string | FileFailure>();
    for (const item of items) {
      const { path: pattern, what } = typeof item === 'string' ? { path: item, what: 'text' as const } : item;
      for (const file of this.expanded(pattern)) {
        for (const [key, value] of this.answers(file, what, isPattern(pattern))) {
          if (!found.has(key)) found.set(key, isFailure(value) ? value : decoded(value, encoding));
        }
      }
    }
    return found;
  }

  /** Follows links that lead to a file of the tree. */
  content(file: string, depth = 0): Buffer | undefined {
    const text = this.options.texts?.get(file);
    if (text !== undefined) return Buffer.from(text);
    const target = this.options.links?.get(file);
    if (target !== undefined) return depth > MAX_LINKS ? undefined : this.content(String(target), depth + 1);
    return (this.looks > 1 ? this.fileAt('1', file) : undefined) ?? this.fileAt('0', file);
  }

  /** As on a real machine, what a pattern finds missing or to be of the wrong kind is no match. */
  private *answers(file: string, what: ReadWhat | 'text', matched: boolean): Generator<[string, Value]> {
    const value = this.options.failures?.get(file) ?? this.valueOf(file, what);
    const noMatch = value === MISSING || value === NOT_A_LINK || value === IS_FOLDER;
    if (!matched || !noMatch) yield [file, value];
    if (what !== 'links' || isFailure(value)) return;
    for (const name of this.folders.get(file) ?? []) yield* this.answers(`${file}/${name}`, 'link', true);
  }

  private valueOf(file: string, what: ReadWhat | 'text'): Value {
    switch (what) {
      case 'text':
        return this.content(file) ?? (this.folders.has(file) ? IS_FOLDER : MISSING);
      case 'link':
        return this.target(file);
      case 'names':
      case 'links': {
        const names = this.folders.get(file);
        return names === undefined ? MISSING : Buffer.from([...names].join('\0'));
      }
      case 'stat':
        return this.stat(file);
    }
  }

  private target(file: string): Value {
    const target = this.options.links?.get(file);
    if (target !== undefined) return Buffer.from(target);
    return this.content(file) !== undefined || this.folders.has(file) ? NOT_A_LINK : MISSING;
  }

  private stat(file: string): Value {
    const words = this.options.stats?.get(file);
    if (words !== undefined) return Buffer.from(words);
    const content = this.content(file);
    if (content !== undefined) return Buffer.from(`f 644 ${content.length} 8:1 1 1 0 0 0`);
    return this.folders.has(file) ? Buffer.from('d 755 0 8:1 1 2 0 0 0') : MISSING;
  }

  private expanded(pattern: string): readonly string[] {
    if (!isPattern(pattern)) return [pattern];
    const list = (folder: string): readonly string[] => [...(this.folders.get(folder.replace(/(?!^)\/$/, '')) ?? [])];
    return [...expandPattern(pattern, list)].map((one) => one.path);
  }

  private add(file: string): void {
    const segments = file.split('/').slice(1);
    for (const [index, name] of segments.entries()) {
      const folder = `/${segments.slice(0, index).join('/')}`;
      const names = this.folders.get(folder) ?? new Set<string>();
      if (name !== '') names.add(name);
      this.folders.set(folder, names);
    }
  }

  private addFolder(place: string, folder: string): void {
    if (!fs.existsSync(place)) return;
    const entries = fs.readdirSync(place, { withFileTypes: true });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      this.add(`${folder}/${entry.name}`);
      if (entry.isDirectory()) this.addFolder(path.join(place, entry.name), `${folder}/${entry.name}`);
    }
  }

  private fileAt(step: string, file: string): Buffer | undefined {
    if (this.root === null) return undefined;
    const place = path.join(this.root, step, file);
    return fs.existsSync(place) && fs.statSync(place).isFile() ? fs.readFileSync(place) : undefined;
  }
}

function decoded(bytes: Buffer, encoding: Encoding): string {
  return bytes.toString(encoding === 'bytes' ? 'latin1' : 'utf8');
}
