import * as l10n from '@vscode/l10n';
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../../lib/errors';

export type YamlPath = readonly (string | number)[];

/** A YAML file as plain data, and where its parts stand. */
export interface YamlFile {
  /** null for an empty file or one that cannot be read at all. */
  readonly data: unknown;
  /** The line, from 1, of the nearest thing on that path that has one. */
  lineOf(path: YamlPath): number;
  readonly problems: readonly { readonly line: number | null; readonly message: string }[];
}

/** An alias stands for its anchor; this many of them, nested ones counted as often as they come, are enough for hosts. */
const MAX_ALIASES = 1_000;
/** Group within group; deeper ones have the line of what holds them. */
const MAX_INDEXED_DEPTH = 24;

/** Its reader goes down a step for each of these, and takes seconds for a megabyte of them. */
const STEPS_IN_A_ROW = /(?:[-?:]\s+){64}|(?:[[{]\s*){64}/u;

/** Reads YAML 1.2, or 1.1 as Ansible does (with `<<`). Never throws for what the text holds. */
export function parseYaml(text: string, version: '1.1' | '1.2'): YamlFile {
  try {
    if (STEPS_IN_A_ROW.test(text)) return unreadable(l10n.t('it is nested too deeply'));
    const lineCounter = new LineCounter();
    // The parser's own look for keys that stand there twice takes a minute for 70,000 keys.
    const options = { version, lineCounter, logLevel: 'silent', prettyErrors: false, uniqueKeys: false } as const;
    const document = parseDocument(text, options);
    const { lines, duplicates } = indexLines(document, lineCounter);
    const problems = document.errors.map((error) => ({
      line: lineCounter.linePos(error.pos[0]).line,
      message: firstLine(error.message),
    }));
    for (const line of duplicates) problems.push({ line, message: l10n.t('this key stands there twice') });
    const data: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { data, problems, lineOf: (path) => nearestLine(lines, path) };
  } catch (error) {
    // Too deep for the reader's recursion, or too many aliases.
    return unreadable(firstLine(messageOf(error)));
  }
}

function unreadable(why: string): YamlFile {
  const problems = [{ line: null, message: l10n.t('it cannot be read as YAML: {0}', why) }];
  return { data: null, problems, lineOf: () => 1 };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

interface LineIndex {
  /** Of each path, its steps joined as childKey() does. */
  readonly lines: ReadonlyMap<string, number>;
  /** Lines of keys that their map has already. */
  readonly duplicates: readonly number[];
}

function indexLines(document: Document.Parsed, lineCounter: LineCounter): LineIndex {
  const lines = new Map<string, number>();
  const duplicates: number[] = [];
  /** Whether it is the first of that name. */
  const note = (key: string, node: unknown): boolean => {
    const offset = hasRange(node) ? node.range[0] : undefined;
    if (offset === undefined) return true;
    const { line } = lineCounter.linePos(offset);
    const first = !lines.has(key);
    if (first) lines.set(key, line);
    else if (isScalar(node) && node.value !== '<<') duplicates.push(line);
    return first;
  };
  const walk = (node: unknown, key: string, depth: number): void => {
    if (depth > MAX_INDEXED_DEPTH) return;
    if (isMap(node)) {
      for (const pair of node.items) {
        const name = childKey(key, isScalar(pair.key) ? String(pair.key.value) : '');
        if (note(name, pair.key)) walk(pair.value, name, depth + 1);
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        note(childKey(key, index), item);
        walk(item, childKey(key, index), depth + 1);
      }
    }
  };
  walk(document.contents, '', 0);
  return { lines, duplicates };
}

function hasRange(node: unknown): node is { readonly range: readonly number[] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function childKey(key: string, name: string | number): string {
  return `${key}\u0000${name}`;
}

function nearestLine(lines: ReadonlyMap<string, number>, path: YamlPath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(path.slice(0, length).reduce<string>(childKey, ''));
    if (line !== undefined) return line;
  }
  return 1;
}

/** The entries of a map; none for anything else. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value) : [];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
