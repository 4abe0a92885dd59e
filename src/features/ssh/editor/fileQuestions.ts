import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { machineOf } from '../../../lib/fileUri';

/** May a file that is not the user's own be written as root? */
export async function askElevated(uri: vscode.Uri): Promise<boolean> {
  const question = l10n.t('{0} on {1} is not yours to write.', uri.path, machineOf(uri.authority));
  return ask(question, l10n.t('It can be written as root with sudo; its owner and mode stay.'), sudoText());
}

/** May a file that was opened as root be written as root? */
export async function askElevatedSave(uri: vscode.Uri): Promise<boolean> {
  const question = l10n.t('Write {0} on {1} as root?', uri.path, machineOf(uri.authority));
  const detail = l10n.t(
    'It was opened with sudo. Its owner and mode stay. You are not asked again until it is closed.',
  );
  return ask(question, detail, sudoText());
}

/** May what somebody else has written meanwhile be replaced? */
export async function askReplace(uri: vscode.Uri): Promise<boolean> {
  const question = l10n.t('{0} was changed on {1} since you opened it.', uri.path, machineOf(uri.authority));
  const detail = l10n.t('Saving replaces what was written there meanwhile. To look at it first, cancel and compare.');
  return ask(question, detail, l10n.t('Replace'));
}

async function ask(question: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

function sudoText(): string {
  return l10n.t('Write with sudo');
}
