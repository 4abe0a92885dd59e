import * as l10n from '@vscode/l10n';
import { type NginxToken, nginxTokens } from './nginxTokens';
import { type ConfigFile, type ConfigNode, MOST_DEPTH, NotParsed } from './tree';

/** Among these the order counts: what is done one after the other, looked at one after the other, or read from elsewhere. */
const IN_ORDER =
  /^(?:allow|auth_basic|break|deny|if|include|location|return|rewrite|satisfy|server|set|split_clients|\S*_by_lua\w*|set_\S+|more_\S+)$/u;
/** Here each line names what it sets: only lines for the same name are kept in order. */
const BY_NAME =
  /^(?:add_header|env|error_page|(?:fastcgi|grpc|proxy|scgi|uwsgi)_(?:param|set_header)|proxy_set_header)$/u;
/** Within these the words are no directives. */
const WITH_LIST = /^(?:map|geo|split_clients|upstream|match)$/u;

/** Directives and blocks of nginx. Throws NotParsed. */
export function readNginx(text: string): ConfigFile {
  const top: Block = { head: null, isList: false, children: [] };
  const open: Block[] = [top];
  let words: NginxToken[] = [];
  for (const token of nginxTokens(text)) {
    const block = open.at(-1) as Block;
    if (token.kind === 'word') words.push(token);
    else if (token.kind === 'close') {
      if (words.length > 0) throw at(token, l10n.t('a semicolon is missing'));
      if (open.length === 1) throw at(token, l10n.t('a bracket is closed that was not opened'));
      close(open);
    } else if (words.length === 0) {
      throw at(token, l10n.t('“{0}” is not expected here', token.text.slice(0, 1)));
    } else {
      if (token.kind === 'open') open.push(opened(words, token, open.length));
      else block.children.push(directive(words, block, token.kind === 'script' ? token : null));
      words = [];
    }
  }
  const [unfinished] = words;
  if (unfinished !== undefined) throw at(unfinished, l10n.t('a semicolon is missing'));
  const head = open.at(-1)?.head?.[0];
  if (head !== undefined) throw at(head, l10n.t('a bracket is not closed'));
  return { isUnordered: true, children: top.children };
}

interface Block {
  readonly head: readonly NginxToken[] | null;
  readonly isList: boolean;
  readonly children: ConfigNode[];
}

function at({ line, column }: NginxToken, reason: string): NotParsed {
  return new NotParsed(reason, line, column);
}

function opened(head: readonly NginxToken[], token: NginxToken, depth: number): Block {
  if (depth > MOST_DEPTH) throw at(token, l10n.t('it is nested too deeply'));
  return { head, isList: WITH_LIST.test(head[0]?.text ?? ''), children: [] };
}

function close(open: Block[]): void {
  const { head, isList, children } = open.pop() as Block;
  const parent = open.at(-1);
  if (head === null || parent === undefined) return;
  const node = directive(head, parent, null);
  parent.children.push({ ...node, text: `${textOf(head)} {`, close: '}', isUnordered: !isList, children });
}

function directive(words: readonly NginxToken[], { isList }: Block, script: NginxToken | null): ConfigNode {
  const [{ text: name, line }] = words as readonly [NginxToken, ...NginxToken[]];
  const text = textOf(words);
  const place = { line, ...(isList ? {} : { key: keyOf(name, words[1]?.text ?? '') }) };
  if (script === null) return { ...place, text: `${text};` };
  const children = script.text.split('\n').map((one, row) => ({ text: `| ${one.trimEnd()}`, line: script.line + row }));
  return { ...place, text: `${text} {`, close: '}', children };
}

function keyOf(name: string, argument: string): string {
  if (IN_ORDER.test(name)) return '~';
  return BY_NAME.test(name) ? `${name} ${argument.toLowerCase()}` : name;
}

function textOf(words: readonly NginxToken[]): string {
  return words.map(({ text }) => text).join(' ');
}
