import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { valueOf, type Field } from '../../../tool/values';
import type { ComparisonInput } from './comparison';

const TOOL = 'compare.directories';
/** What the view has other ways for, or cannot show. */
const NOT_ASKED = ['left', 'right', 'more', 'only', 'closure'];

interface OptionItem extends vscode.QuickPickItem {
  /** null: that is all. */
  readonly field: Field | null;
}

type Values = Readonly<Record<string, string | number | boolean>>;

/** Every option of the comparison with its value, one after another, until it is to be run; undefined when left. */
export async function askOptions(host: EditorHost, input: ComparisonInput): Promise<ComparisonInput | undefined> {
  const fields = (await host.fields(TOOL)).filter(({ name }) => !NOT_ASKED.includes(name));
  const values: Record<string, string | number | boolean> = { ...input };
  let last: Field | null = null;
  for (;;) {
    const field = await pickField(fields, values, last);
    if (field === undefined) return undefined;
    if (field === null) return { ...values, left: input.left, right: input.right };
    const text = await askValue(host, field, textOf(field, values));
    if (text === field.defaultValue) delete values[field.name];
    else if (text !== undefined) values[field.name] = valueOf(field, text) as Values[string];
    last = field;
  }
}

function pickField(fields: readonly Field[], values: Values, last: Field | null): Promise<Field | null | undefined> {
  const run = { label: `$(play) ${l10n.t('Compare with These Options')}`, field: null };
  const items: readonly OptionItem[] = [
    run,
    ...fields.map((field) => ({
      label: field.title,
      description: shown(field, textOf(field, values)),
      detail: field.description,
      field,
    })),
  ];
  const box = vscode.window.createQuickPick<OptionItem>();
  box.title = l10n.t('Options of the Comparison');
  box.placeholder = l10n.t('Choose what to change, then compare');
  box.matchOnDetail = true;
  box.ignoreFocusOut = true;
  box.items = items;
  box.activeItems = items.filter(({ field }) => last !== null && field?.name === last.name);
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      resolve(box.activeItems[0]?.field);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

/** As a person would type it. */
function textOf({ name, defaultValue = '' }: Field, values: Values): string {
  const value = values[name];
  return value === undefined ? defaultValue : String(value);
}

function shown({ kind }: Field, text: string): string {
  if (kind === 'boolean') return text === 'true' ? l10n.t('yes') : l10n.t('no');
  return text === '' ? l10n.t('none') : text;
}

async function askValue(host: EditorHost, field: Field, text: string): Promise<string | undefined> {
  const { title, description, kind, choices, examples } = field;
  if (kind === 'boolean') return text === 'true' ? 'false' : 'true';
  if (kind === 'choice') {
    const items = choices.map((label) => ({ label, ...(label === text ? { description: '$(check)' } : {}) }));
    return (await vscode.window.showQuickPick(items, { title, placeHolder: description, ignoreFocusOut: true }))?.label;
  }
  return vscode.window.showInputBox({
    title,
    prompt: description,
    value: text,
    ignoreFocusOut: true,
    ...(examples[0] === undefined ? {} : { placeHolder: examples[0] }),
    validateInput: (typed) => host.refusal(TOOL, field, typed),
  });
}
