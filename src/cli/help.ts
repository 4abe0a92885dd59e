import * as l10n from '@vscode/l10n';
import { fieldsOf, schemasOf } from '../tool/fields';
import { inLanguage } from '../tool/manifest';
import type { ToolEntry } from '../tool/registry';
import type { Field } from '../tool/values';
import { flagOf } from './arguments';

export function usageText(): string {
  return [
    'opsdeck list',
    'opsdeck help TOOL [--format json]',
    'opsdeck TOOL [--flag value …] [--on HOST] [--format md|json|csv|html|text] [--watch] [--interval SECONDS]',
  ].join('\n');
}

export function helpText(): string {
  return [
    l10n.t("Opsdeck: the operator's workbench on the command line."),
    '',
    usageText(),
    '',
    l10n.t('Exit code: 0 all is well, 1 the verdict is negative, 2 it could not be done, 130 cancelled.'),
    '',
  ].join('\n');
}

/** One line a tool: its id, and what it does. */
export function listText(tools: readonly ToolEntry[], language: string): string {
  const width = Math.max(...tools.map((tool) => tool.id.length));
  return tools.map((tool) => `${tool.id.padEnd(width)}  ${inLanguage(tool.manifest.description, language)}\n`).join('');
}

/** The flags of a tool; with `--format json` the JSON Schemas of its input and its result. */
export async function toolHelp(entry: ToolEntry, words: readonly string[], language: string): Promise<string> {
  const tool = await entry.load();
  if (words.join('=') === '--format=json') return `${JSON.stringify(schemasOf(tool), undefined, 2)}\n`;
  const fields = fieldsOf(tool);
  return [
    `${entry.id}: ${inLanguage(entry.manifest.title, language)}`,
    inLanguage(entry.manifest.description, language),
    '',
    `opsdeck ${[entry.id, ...fields.map(usageOf)].join(' ')}${optionsOf(entry)}`,
    '',
    ...fields.flatMap(linesOf),
    ...(entry.manifest.effect === 'change' ? changeLines() : []),
    l10n.t('`opsdeck help {0} --format json` prints the JSON Schemas of its input and of its result.', entry.id),
    '',
  ].join('\n');
}

function optionsOf({ manifest }: ToolEntry): string {
  return `${manifest.live ? ' [--watch]' : ''}${manifest.effect === 'change' ? ' [--yes] [--dry-run]' : ''}`;
}

function changeLines(): readonly string[] {
  return [
    `  --yes  ${l10n.t('Makes the change without asking.')}`,
    `  --dry-run  ${l10n.t('Only tells what would be done.')}`,
    '',
  ];
}

function usageOf(field: Field): string {
  const flag = `--${flagOf(field.name)}${field.kind === 'boolean' ? '' : ` ${flagOf(field.name).toUpperCase()}`}`;
  return field.required ? flag : `[${flag}]`;
}

function linesOf(field: Field): readonly string[] {
  const facts = [
    field.choices.length > 0 ? field.choices.join(' | ') : '',
    field.defaultValue === undefined ? '' : l10n.t('default {0}', field.defaultValue),
    field.examples.length === 0 ? '' : l10n.t('for example {0}', field.examples.join(', ')),
  ].filter((fact) => fact !== '');
  return [`  --${flagOf(field.name)}  ${field.description}`, ...facts.map((fact) => `      ${fact}`), ''];
}
