import * as l10n from '@vscode/l10n';
import { AnsibleModel, setVariable } from './ansibleModel';

interface Section {
  readonly group: string;
  readonly kind: 'hosts' | 'children' | 'vars';
}

/**
 * An inventory in the INI format of Ansible's `ini` inventory plugin: `[group]` with a host or a range on each line and
 * its variables behind, `[group:children]`, `[group:vars]`, comments with # and ;.
 */
export function readAnsibleIni(text: string, maxHosts: number): AnsibleModel {
  const model = new AnsibleModel(maxHosts);
  let section: Section | null = { group: 'ungrouped', kind: 'hosts' };
  for (const [index, raw] of text.split('\n').entries()) {
    const content = raw.trim();
    const line = index + 1;
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue;
    const header = content.startsWith('[') ? /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/u.exec(content) : null;
    if (header) section = beginSection(header[1] ?? '', header[2] ?? 'hosts', line, model);
    else if (section) readLine(content, section, line, model);
  }
  return model;
}

/** null: its lines are passed over. */
function beginSection(group: string, kind: string, line: number, model: AnsibleModel): Section | null {
  if (kind !== 'hosts' && kind !== 'children' && kind !== 'vars') {
    model.problem(line, l10n.t('a section of the kind “{0}” is not known', kind));
    return null;
  }
  const entry = model.group(group, line);
  if (kind !== 'vars') entry.declared = true;
  return { group, kind };
}

function readLine(content: string, { group, kind }: Section, line: number, model: AnsibleModel): void {
  if (kind === 'vars') {
    const at = content.indexOf('=');
    if (at < 0) model.problem(line, l10n.t('“{0}” is not “name=value”', content));
    else {
      const { variables } = model.group(group, line);
      setVariable(variables, content.slice(0, at).trim(), unquoted(content.slice(at + 1).trim()), line);
    }
    return;
  }
  const words = shellWords(content);
  if (!words) model.problem(line, l10n.t('a quote has no end'));
  else if (kind === 'children') model.group(words[0] ?? '', line).parents.add(group);
  else readHosts(words, group, line, model);
}

function readHosts(words: readonly string[], group: string, line: number, model: AnsibleModel): void {
  const [pattern = '', ...assignments] = words;
  const variables: (readonly [string, string])[] = [];
  for (const word of assignments) {
    const at = word.indexOf('=');
    if (at > 0) variables.push([word.slice(0, at), word.slice(at + 1)]);
    else model.problem(line, l10n.t('“{0}” is not “name=value”', word));
  }
  if (pattern !== '') model.addHosts(pattern, group, variables, line);
}

function unquoted(value: string): string {
  return /^(['"])(.*)\1$/su.exec(value)?.[2] ?? value;
}

/** As Python's shlex.split with comments, which Ansible uses; null when a quote has no end. */
function shellWords(text: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote === '' && character === '#') break;
    if (quote === '' && /\s/u.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === quote) quote = '';
    else if (character === '\\' && (quote === '' || (quote === '"' && '"\\'.includes(text.charAt(at + 1))))) {
      at += 1;
      word = (word ?? '') + text.charAt(at);
    } else word = (word ?? '') + character;
  }
  if (quote !== '') return null;
  return word === null ? words : [...words, word];
}
