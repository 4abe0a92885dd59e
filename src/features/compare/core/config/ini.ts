import * as l10n from '@vscode/l10n';
import { sourceLines, type SourceLine } from './lines';
import { type ConfigFile, type ConfigNode, NotParsed } from './tree';

/**
 * Sections with keys, as systemd, Git, MySQL, PHP and Python write them. Sections of the same name are one, all entries of
 * a key are kept in their order. A line that is indented deeper than its key, or follows a backslash, goes on with the
 * value. Throws NotParsed.
 */
export function readIni(text: string): ConfigFile {
  const sections = new Map<string, Section>();
  let section = sectionOf(sections, '', 1);
  let indent = 0;
  let isContinued = false;
  for (const source of sourceLines(text, '#;')) {
    const last = section.entries.at(-1);
    if (
      last !== undefined &&
      ((isContinued && !source.isAfterBlank) || (source.indent > indent && !source.text.startsWith('[')))
    ) {
      last.values.push({ text: withoutBackslash(source.text), line: source.line });
    } else if (source.text.startsWith('[')) section = sectionOf(sections, headerOf(source), source.line);
    else {
      section.entries.push(entryOf(source));
      ({ indent } = source);
    }
    isContinued = source.text.endsWith('\\');
  }
  return { isUnordered: true, children: Array.from(sections.values(), sectionNode) };
}

interface Entry {
  readonly key: string;
  readonly isAssigned: boolean;
  readonly line: number;
  readonly values: { readonly text: string; readonly line: number }[];
}

interface Section {
  readonly name: string;
  readonly line: number;
  readonly entries: Entry[];
}

function sectionOf(sections: Map<string, Section>, name: string, line: number): Section {
  const section = sections.get(name) ?? { name, line, entries: [] };
  sections.set(name, section);
  return section;
}

function headerOf({ text, line, indent }: SourceLine): string {
  const [, name, rest] = /^\[([^\]]*)\](.*)$/u.exec(text) ?? [];
  if (name === undefined) throw new NotParsed(l10n.t('the section has no closing bracket'), line, indent + 1);
  if (/^\s*(?:[#;]|$)/u.test(rest ?? '')) return name.trim();
  throw new NotParsed(l10n.t('something stands after the section'), line, indent + name.length + 3);
}

/** A colon parts key and value only where the line has no equals sign. */
function entryOf({ text, line, indent }: SourceLine): Entry {
  const separator = text.includes('=') ? '=' : ':';
  const at = text.indexOf(separator);
  if (at === 0) throw new NotParsed(l10n.t('a value without a key'), line, indent + 1);
  if (at === -1) return { key: withoutBackslash(text), isAssigned: false, line, values: [] };
  const value = withoutBackslash(text.slice(at + 1).trim());
  return { key: text.slice(0, at).trim(), isAssigned: true, line, values: [{ text: value, line }] };
}

function withoutBackslash(text: string): string {
  return text.endsWith('\\') ? text.slice(0, -1).trim() : text;
}

function sectionNode({ name, line, entries }: Section): ConfigNode {
  const children = entries.map(({ key, isAssigned, line: of, values: [first, ...rest] }): ConfigNode => {
    const text = isAssigned ? `${key} = ${first?.text ?? ''}`.trimEnd() : key;
    return { text, line: of, key, children: rest.map((more) => ({ ...more, text: `+ ${more.text}` })) };
  });
  return { text: name === '' ? '' : `[${name}]`, line, key: name, isUnordered: true, children };
}
