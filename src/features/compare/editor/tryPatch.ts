import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { withProgress } from '../../../editor/progress';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import { localName } from '../../../machine/machines';
import type { PatchedFile, PreviewResult } from '../core/patch/schema';
import { patchVerdict } from '../report/patch';
import { askSide } from './askSide';
import type { ComparisonHistory } from './history';
import { isPlace, placeOf } from './places';

const PREVIEW = 'compare.previewPatch';
const MOST_AT_ONCE = 100;

/** Shows what a patch makes of a folder in the diff editor, then applies it when the user says so. */
export async function tryPatch(host: EditorHost, history: ComparisonHistory, clicked: unknown): Promise<void> {
  const patch = await patchOf(clicked);
  if (patch === undefined) return;
  const folder = await askSide(l10n.t('Apply a Patch: the Folder'), history);
  if (folder === undefined) return;
  const input = { ...patch, folder };
  const request = { tool: PREVIEW, input: { ...input, texts: true }, machine: localName };
  const result = (await withProgress(l10n.t('Trying the patch'), (signal) =>
    host.resultOf(request, signal),
  )) as PreviewResult;
  const fitting = result.files.filter(({ reason }) => reason === null);
  if (fitting.length === 0) return openReport(input);
  await openChanges(host, result, fitting);
  await askToApply(result, input);
}

/** The saved file, or what an editor holds. */
async function patchOf(clicked: unknown): Promise<{ readonly patch: string; readonly patchText?: string } | undefined> {
  const uri = clicked instanceof vscode.Uri ? clicked : vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    const filters = { [l10n.t('Patches')]: ['patch', 'diff'], [l10n.t('All Files')]: ['*'] };
    const [chosen] = (await vscode.window.showOpenDialog({ filters, openLabel: l10n.t('Choose') })) ?? [];
    return chosen && { patch: chosen.fsPath };
  }
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (document !== undefined && (document.isDirty || !isPlace(uri))) {
    return { patch: uri.path.slice(uri.path.lastIndexOf('/') + 1), patchText: document.getText() };
  }
  if (isPlace(uri)) return { patch: placeOf(uri) };
  throw new ExpectedError('invalid-input', l10n.t('Open the patch in an editor first.'));
}

async function openChanges(host: EditorHost, result: PreviewResult, files: readonly PatchedFile[]): Promise<void> {
  const shown = files.filter(({ texts }) => texts !== null).slice(0, MOST_AT_ONCE);
  const documents = shown.map(({ path, oldPath, texts }) => {
    const [before, after] = [texts?.before ?? null, texts?.after ?? null];
    const left = before === null ? undefined : host.texts.add(shownPath(oldPath ?? path), before);
    const right = after === null ? undefined : host.texts.add(shownPath(path), after);
    return [right ?? left, left, right];
  });
  if (documents.length > 0) await vscode.commands.executeCommand('vscode.changes', titleOf(result), documents);
}

function titleOf({ patch }: PreviewResult): string {
  return l10n.t('Preview of {0}', patch.slice(patch.lastIndexOf('/') + 1));
}

/** Not modal: the preview is read meanwhile. */
async function askToApply({ files }: PreviewResult, input: Readonly<Record<string, unknown>>): Promise<void> {
  const [apply, report] = [l10n.t('Apply…'), l10n.t('Show Report')];
  const fits = files.every(({ reason }) => reason === null);
  const show = fits ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const choice = await show(patchVerdict(files), apply, report);
  if (choice === report) await openReport(input);
  if (choice !== apply) return;
  await vscode.commands.executeCommand('opsdeck.compare.applyPatch', { input, machine: localName });
}

async function openReport(input: Readonly<Record<string, unknown>>): Promise<void> {
  await vscode.commands.executeCommand(`opsdeck.${PREVIEW}`, { input, machine: localName });
}
