import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { ExpectedError } from '../../../lib/errors';
import { localName } from '../../../machine/machines';
import type { TextsInput } from '../core/text/toolSchema';
import { isPlace, placeOf } from './places';

/** What is in the clipboard beside a file, or what is open in the editor. */
export async function withClipboard(host: EditorHost, clicked: unknown): Promise<void> {
  const uri = clicked instanceof vscode.Uri ? clicked : editorInFront().document.uri;
  await beside(host, await clipboardText(), uri, path.posix.basename(uri.path));
}

/** What is in the clipboard beside what is selected; of an empty selection, beside its line. */
export async function selectionWithClipboard(host: EditorHost): Promise<void> {
  const { document, selection } = editorInFront();
  const range = selection.isEmpty ? document.lineAt(selection.active.line).range : selection;
  const name = path.posix.basename(document.uri.path);
  const selected = host.texts.add(`${l10n.t('selection')}/${name}`, document.getText(range));
  await beside(host, await clipboardText(), selected, name);
}

async function beside(host: EditorHost, text: string, right: vscode.Uri, name: string): Promise<void> {
  const left = host.texts.add(`${l10n.t('clipboard')}/${name}`, text);
  await vscode.commands.executeCommand('vscode.diff', left, right, l10n.t('Clipboard ↔ {0}', name));
}

/** What the diff editor in front shows, line by line or by its meaning, as a report. */
export async function reportOfDiff(): Promise<void> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputTextDiff))
    throw new ExpectedError('invalid-input', l10n.t('Open two files in the diff editor first.'));
  const [left, right] = await Promise.all([sideOf(input.original), sideOf(input.modified)]);
  const sides: Partial<TextsInput> = {
    left: left.name,
    right: right.name,
    ...(left.text === null ? {} : { leftText: left.text }),
    ...(right.text === null ? {} : { rightText: right.text }),
  };
  await vscode.commands.executeCommand('opsdeck.compare.texts', { input: sides, machine: localName });
}

/** By its place, unless only the editor has it. */
async function sideOf(uri: vscode.Uri): Promise<{ readonly name: string; readonly text: string | null }> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (isPlace(uri) && open?.isDirty !== true) return { name: placeOf(uri), text: null };
  const document = open ?? (await vscode.workspace.openTextDocument(uri));
  return { name: uri.path.replace(/^\/+/, ''), text: document.getText() };
}

async function clipboardText(): Promise<string> {
  const text = await vscode.env.clipboard.readText();
  if (text !== '') return text;
  throw new ExpectedError('not-ready', l10n.t('There is no text in the clipboard. Copy what is to be compared first.'));
}

function editorInFront(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) return editor;
  throw new ExpectedError('invalid-input', l10n.t('Open a file or text in an editor first.'));
}
