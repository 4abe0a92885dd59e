import * as l10n from '@vscode/l10n';
import { sourceLines, type SourceLine } from './lines';
import { type ConfigFile, type ConfigNode, NotParsed } from './tree';

/** Of these all lines count; of the others the first one in its block (sshd_config(5)). */
const SEVERAL = new Set(
  `acceptenv allowgroups allowusers denygroups denyusers hostcertificate hostkey include listenaddress port setenv
  subsystem`.split(/\s+/u),
);
/** Within these, a line counts for what its first argument names. */
const BY_ARGUMENT = new Set(['setenv', 'subsystem']);

interface Block {
  readonly head: ConfigNode;
  readonly entries: ConfigNode[];
  readonly known: Set<string>;
  /** Lines on both sides of an Include are not the same: the first one that sets something holds. */
  part: number;
}

/** sshd_config(5): keywords in any order before the first Match and within each, these in their order. Throws NotParsed. */
export function readSshdConfig(text: string): ConfigFile {
  const blocks: Block[] = [blockOf({ text: '', line: 1 })];
  for (const source of sourceLines(text, '#')) {
    const { keyword, words } = directiveOf(source);
    const told = [keyword, ...words].join(' ');
    if (keyword === 'match') blocks.push(blockOf({ text: told, line: source.line }));
    else add(blocks.at(-1) as Block, keyword, words, { text: told, line: source.line });
  }
  const children = blocks.map(({ head, entries }): ConfigNode => ({ ...head, isUnordered: true, children: entries }));
  return { children };
}

function blockOf(head: ConfigNode): Block {
  return { head, entries: [], known: new Set(), part: 0 };
}

function add(block: Block, keyword: string, words: readonly string[], node: ConfigNode): void {
  const name = BY_ARGUMENT.has(keyword) ? `${keyword} ${(words[0] ?? '').replace(/=.*/u, '')}` : keyword;
  const isSingle = !SEVERAL.has(keyword) || BY_ARGUMENT.has(keyword);
  if (isSingle && block.known.has(name)) return;
  block.known.add(name);
  if (keyword === 'include') block.part += 1;
  const part = String(block.part).padStart(9, '0');
  block.entries.push({ ...node, key: keyword === 'include' ? part : `${part} ${name}` });
}

/** Keyword and arguments; one equals sign may part them, quotation marks hold white space. */
function directiveOf({ text, line, indent }: SourceLine): { keyword: string; words: readonly string[] } {
  const [whole = '', keyword = ''] = /^([^\s=]+)(?:\s*=\s*|\s+|$)/u.exec(text) ?? [];
  const rest = text.slice(whole.length);
  const words: string[] = [];
  const argument = /\s*(?:(#).*|((?:"[^"]*"|[^\s"])+))/uy;
  while (argument.lastIndex < rest.length) {
    const at = argument.lastIndex;
    const found = argument.exec(rest);
    if (found === null)
      throw new NotParsed(l10n.t('a quotation mark is not closed'), line, indent + whole.length + at + 1);
    if (found[1] !== undefined) break;
    words.push(quoted((found[2] ?? '').replaceAll('"', '')));
  }
  if (keyword === '' || words.length === 0) {
    throw new NotParsed(l10n.t('“{0}” has no argument', keyword), line, indent + 1);
  }
  return { keyword: keyword.toLowerCase(), words };
}

function quoted(word: string): string {
  return word === '' || /\s/u.test(word) ? `"${word}"` : word;
}
