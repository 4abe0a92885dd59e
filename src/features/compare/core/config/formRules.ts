import * as l10n from '@vscode/l10n';
import { excluder } from '../../../../lib/globs';
import { configForms, type ConfigForm } from './forms';

/** How files of certain names are compared. */
export interface FormRule {
  readonly glob: string;
  readonly form: ConfigForm | 'plain';
}

export const chosenForms: readonly FormRule['form'][] = ['plain', ...configForms];

/** 'GLOB=FORM', separated by commas. Text: why they are none. */
export function parseFormRules(text: string): readonly FormRule[] | string {
  const rules: FormRule[] = [];
  for (const part of text.split(/[,\n]/).map((one) => one.trim())) {
    if (part === '') continue;
    const equals = part.lastIndexOf('=');
    const name = part.slice(equals + 1).trim();
    const form = chosenForms.find((one) => one === name);
    if (equals < 1) return l10n.t('“{0}” is not NAME=KIND, such as *.tmpl=nginx', part);
    if (form === undefined) return l10n.t('“{0}” is none of {1}', name, chosenForms.join(', '));
    rules.push({ glob: part.slice(0, equals).trim(), form });
  }
  return rules;
}

export function formRulesText(rules: readonly FormRule[]): string {
  return rules.map(({ glob, form }) => `${glob}=${form}`).join(', ');
}

/** What the first rule says that fits one of the files; null where none does. */
export function formByRules(rules: readonly FormRule[], files: readonly string[]): FormRule['form'] | null {
  const found = rules.find(({ glob }) => files.some((file) => excluder(glob)(file.replace(/^\/+/, ''), false)));
  return found?.form ?? null;
}
