import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

/** By the language of the document; anything else is for sh. */
const shells: Readonly<Record<string, string>> = { python: 'python3', perl: 'perl', shellscript: 'sh' };

/** Runs what is selected in the editor, or the whole text, as a script; the machine is asked for, and a confirmation. */
export async function runText(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(l10n.t('Open the script in an editor first.'));
    return;
  }
  const { document, selection } = editor;
  const script = document.getText(selection.isEmpty ? undefined : selection);
  const first = document.lineAt(0).text;
  const shell = /^#!.*\bbash\b/.test(first) ? 'bash' : (shells[document.languageId] ?? 'sh');
  await vscode.commands.executeCommand('opsdeck.ssh.run.script', { input: { script, shell } });
}
