import * as l10n from '@vscode/l10n';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseAllDocuments,
  type Scalar,
} from 'yaml';
import { type DataEntry, type DataValue, dataNode, keyText, NO_STRING } from './data';
import { type ConfigFile, MOST_DEPTH, NotParsed, printed } from './tree';

/** Everything that aliases stand for counts as often as they come. */
const MOST_NODES = 500_000;
/** The parser goes down a step for each of these, and takes seconds for a megabyte of them. */
const STEPS_IN_A_ROW = /(?:[-?:]\s+){64}|(?:[[{]\s*){64}/u;
const CORE_TAG = 'tag:yaml.org,2002:';

/** All documents of a YAML file, with what aliases and `<<` stand for in their places. Throws NotParsed. */
export function readYaml(text: string): ConfigFile {
  const deep = STEPS_IN_A_ROW.exec(text);
  if (deep !== null) throw tooDeep(text.slice(0, deep.index).split('\n').length);
  const lineCounter = new LineCounter();
  // The parser's own look for keys that stand there twice takes a minute for 70,000 keys.
  const options = { lineCounter, logLevel: 'silent', prettyErrors: false, uniqueKeys: false } as const;
  const documents = parseAllDocuments(text, options);
  if (!Array.isArray(documents)) return { children: [] };
  const reader = new YamlReader(lineCounter);
  const nodes = documents.map((document) => dataNode(reader.document(document)));
  if (nodes.length === 1) return { children: nodes };
  return { children: nodes.flatMap((node) => [{ text: '---', line: node.line }, node]) };
}

function tooDeep(line: number): NotParsed {
  return new NotParsed(l10n.t('it is nested too deeply'), line, 1);
}

class YamlReader {
  private nodes = 0;
  private readonly within = new Set<unknown>();

  constructor(private readonly lineCounter: LineCounter) {}

  document(document: Document.Parsed): DataValue {
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = this.lineCounter.linePos(error.pos[0]);
      throw new NotParsed(error.message.split('\n')[0] ?? '', line, col);
    }
    return this.value(document.contents, document, 1, 0);
  }

  private value(given: unknown, document: Document.Parsed, near: number, depth: number): DataValue {
    const node = isAlias(given) ? given.resolve(document) : given;
    const line = this.lineOf(node, near);
    this.nodes += 1;
    if (depth > MOST_DEPTH) throw tooDeep(line);
    if (this.nodes > MOST_NODES) throw new NotParsed(l10n.t('its aliases stand for too much'), near, 1);
    if (this.within.has(node)) throw new NotParsed(l10n.t('an alias stands for what holds it'), near, 1);
    if (isScalar(node)) return scalarOf(node, line);
    if (!isMap(node) && !isSeq(node)) return { kind: 'scalar', text: 'null', line };
    this.within.add(node);
    const tag = node.tag === undefined || node.tag.startsWith(CORE_TAG) ? {} : { tag: node.tag };
    const items: readonly unknown[] = node.items;
    const value: DataValue = isMap(node)
      ? { kind: 'map', line, ...tag, entries: this.entries(node.items, document, line, depth) }
      : { kind: 'list', line, ...tag, items: items.map((item) => this.value(item, document, line, depth + 1)) };
    this.within.delete(node);
    return value;
  }

  /** What `<<` brings comes after, and only where the map has no such key itself. */
  private entries(pairs: readonly Pair[], document: Document.Parsed, near: number, depth: number): DataEntry[] {
    const entries: DataEntry[] = [];
    const merged: DataEntry[] = [];
    for (const pair of pairs) {
      const line = this.lineOf(pair.key, near);
      const value = this.value(pair.value, document, line, depth + 1);
      if (isMergeKey(pair.key) && value.kind === 'map') merged.push(...value.entries);
      else if (isMergeKey(pair.key) && isListOfMaps(value))
        merged.push(...value.items.flatMap(({ entries: of }) => of));
      else entries.push({ key: this.keyOf(pair.key, document, line, depth + 1), line, value });
    }
    const known = new Set(entries.map(({ key }) => key));
    for (const entry of merged) {
      if (!known.has(entry.key)) entries.push(entry);
      known.add(entry.key);
    }
    return entries;
  }

  private keyOf(node: unknown, document: Document.Parsed, line: number, depth: number): string {
    const key = this.value(node, document, line, depth);
    if (key.tag !== undefined || key.kind === 'map' || key.kind === 'list') {
      return `? ${JSON.stringify(printed({ children: [dataNode(key)] }, true).lines)}`;
    }
    return key.kind === 'scalar' ? key.text : keyText(key.value);
  }

  private lineOf(node: unknown, near: number): number {
    const start = hasRange(node) ? node.range[0] : undefined;
    return start === undefined ? near : this.lineCounter.linePos(start).line;
  }
}

/** What reads as no string by any version of YAML stays as it is written: 0777, yes and 1.10 mean various things. */
function scalarOf({ value, source, type, tag }: Scalar, line: number): DataValue {
  const own = tag === undefined || tag.startsWith(CORE_TAG) ? {} : { tag };
  if (typeof value === 'string') {
    const isAsWritten = type === 'PLAIN' && tag === undefined && NO_STRING.test(value);
    return isAsWritten ? { kind: 'scalar', text: value, line } : { kind: 'text', value, line, ...own };
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    return { kind: 'scalar', text: source ?? String(value), line, ...own };
  }
  return { kind: 'scalar', text: String(value), line, ...own };
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

type ListOfMaps = DataValue & { readonly items: readonly (DataValue & { readonly kind: 'map' })[] };

function isListOfMaps(value: DataValue): value is ListOfMaps {
  return value.kind === 'list' && value.items.every(({ kind }) => kind === 'map');
}

function hasRange(node: unknown): node is { readonly range: readonly number[] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
