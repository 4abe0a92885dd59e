import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { chosenForms, formRulesText, parseFormRules, type FormRule } from '../core/config/formRules';

const section = 'opsdeck.compare';

interface FormItem extends vscode.QuickPickItem {
  /** null: found out by the name and the beginning of each file. */
  readonly form: FormRule['form'] | null;
}

/** Asks how files of a name are compared from now on, and keeps it in the settings of the workspace. */
export async function keepForm(): Promise<void> {
  const title = l10n.t('How Files of a Name Are Compared');
  const open = vscode.window.activeTextEditor?.document.fileName;
  const glob = await vscode.window.showInputBox({
    title,
    prompt: l10n.t('The name of the files; * and ? stand for characters'),
    value: open === undefined ? '' : path.basename(open),
    ignoreFocusOut: true,
    validateInput: (text) => (/^[^,=\s][^,=]*$/.test(text.trim()) ? null : l10n.t('a name without , and = is needed')),
  });
  if (glob === undefined) return;
  const item = await vscode.window.showQuickPick(itemsOf(), { title, placeHolder: glob.trim(), ignoreFocusOut: true });
  if (item === undefined) return;
  await keep(glob.trim(), item.form);
  const text =
    item.form === null
      ? l10n.t('Files named {0} are compared by what their names and contents say.', glob.trim())
      : l10n.t('Files named {0} are compared as {1} from now on.', glob.trim(), item.label);
  void vscode.window.showInformationMessage(text);
}

function itemsOf(): readonly FormItem[] {
  return [
    { label: l10n.t('automatic'), description: l10n.t('by name and content'), form: null },
    ...chosenForms.map((form) => (form === 'plain' ? { label: l10n.t('plain lines'), form } : { label: form, form })),
  ];
}

/** The newest rule stands first, where it decides. */
async function keep(glob: string, form: FormRule['form'] | null): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  const rules = parseFormRules(configuration.get('forms', ''));
  const others = typeof rules === 'string' ? [] : rules.filter((rule) => rule.glob !== glob);
  const text = formRulesText(form === null ? others : [{ glob, form }, ...others]);
  const { Global, Workspace } = vscode.ConfigurationTarget;
  await configuration.update('forms', text, vscode.workspace.name === undefined ? Global : Workspace);
}
