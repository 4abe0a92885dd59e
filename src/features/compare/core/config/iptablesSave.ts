import * as l10n from '@vscode/l10n';
import { sourceLines, type SourceLine } from './lines';
import { type ConfigFile, type ConfigNode, NotParsed } from './tree';

interface Chain {
  head: string;
  line: number;
  readonly rules: ConfigNode[];
}

interface Table {
  readonly name: string;
  readonly line: number;
  readonly chains: Map<string, Chain>;
}

const CHAIN = /^:(\S+)\s+(\S+)(?:\s+\[\d+:\d+\])?$/u;
const RULE = /^(?:\[\d+:\d+\]\s*)?((?:-A|--append|-I|--insert|-N|--new-chain|-P|--policy)\s+(\S+).*)$/u;

/** What iptables-save(8) and ip6tables-save write: rules in the order of their chain, without counters. Throws NotParsed. */
export function readIptablesSave(text: string): ConfigFile {
  const tables: Table[] = [];
  let table: Table | null = null;
  for (const source of sourceLines(text, '#')) {
    if (source.text.startsWith('*')) {
      table = { name: source.text.slice(1).trim(), line: source.line, chains: new Map() };
      tables.push(table);
    } else if (table === null) throw new NotParsed(l10n.t('this stands in no table'), source.line, source.indent + 1);
    else if (source.text === 'COMMIT') table = null;
    else addTo(table, source);
  }
  if (table !== null) throw new NotParsed(l10n.t('the table {0} has no COMMIT', table.name), table.line, 1);
  return { isUnordered: true, children: tables.map(tableNode) };
}

function addTo({ chains }: Table, { text, line, indent }: SourceLine): void {
  const [, declared, policy] = CHAIN.exec(text) ?? [];
  const [, rule = '', ruled] = RULE.exec(text) ?? [];
  const name = declared ?? ruled;
  if (name === undefined) throw new NotParsed(l10n.t('this is neither a chain nor a rule'), line, indent + 1);
  const chain = chains.get(name) ?? { head: `:${name}`, line, rules: [] };
  chains.set(name, chain);
  if (declared === undefined) chain.rules.push({ text: rule.trimEnd(), line });
  else Object.assign(chain, { head: `:${name} ${policy}`, line });
}

function tableNode({ name, line, chains }: Table): ConfigNode {
  const children = Array.from(chains, ([key, { head, line: of, rules }]) => ({
    text: head,
    line: of,
    key,
    children: rules,
  }));
  return { text: `*${name}`, line, key: name, isUnordered: true, children };
}
