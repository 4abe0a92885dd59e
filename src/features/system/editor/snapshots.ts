import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import type { CompareResult } from '../core/snapshot/compare/schema';

/** Takes a snapshot and writes it where the user says. */
export async function saveSnapshot(host: EditorHost): Promise<void> {
  const title = l10n.t('Save a Snapshot to a File');
  await host.attempt(title, async () => {
    const snapshot = await withProgress(title, (signal) =>
      host.resultOf({ tool: 'system.snapshot', input: {}, machine: 'local' }, signal),
    );
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(process.env['HOME'] ?? process.cwd());
    const name = `snapshot-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')}.json`;
    const target = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(folder, name), title });
    if (target === undefined) return;
    await vscode.workspace.fs.writeFile(
      target,
      new TextEncoder().encode(`${JSON.stringify(snapshot, undefined, 2)}\n`),
    );
    vscode.window.setStatusBarMessage(l10n.t('The snapshot was written to {0}.', target.fsPath), 8_000);
  });
}

/** Two snapshots, each section as a pair of documents, in VS Code's own multi-file diff editor. */
export async function compareSnapshots(host: EditorHost): Promise<void> {
  const title = l10n.t('Compare Snapshots');
  await host.attempt(title, async () => {
    const before = await pickFile(l10n.t('The earlier snapshot'));
    if (before === undefined) return;
    const after = await pickAfter();
    if (after === undefined) return;
    const input = { before: before.fsPath, after };
    const result = await withProgress(title, (signal) =>
      host.resultOf({ tool: 'system.compare', input, machine: 'local' }, signal),
    );
    const { sections } = result as CompareResult;
    const changed = sections.filter((section) => section.beforeText !== section.afterText);
    if (changed.length === 0) {
      void vscode.window.showInformationMessage(l10n.t('The two snapshots do not differ.'));
      return;
    }
    const pairs = changed.map(({ name, beforeText, afterText }) => {
      const uri = (side: string, text: string): vscode.Uri => host.texts.add(`${side}/${name}.txt`, text);
      const left = uri(l10n.t('before'), beforeText);
      const right = uri(l10n.t('after'), afterText);
      return [right, left, right] as const;
    });
    await vscode.commands.executeCommand('vscode.changes', title, pairs);
  });
}

async function pickFile(title: string): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({ title, filters: { JSON: ['json'] }, canSelectMany: false });
  return picked?.[0];
}

async function pickAfter(): Promise<string | undefined> {
  const now = l10n.t('This machine as it is now');
  const file = l10n.t('A file…');
  const picked = await vscode.window.showQuickPick([now, file], { title: l10n.t('The later snapshot') });
  if (picked === undefined || picked === now) return picked === undefined ? undefined : 'now';
  return (await pickFile(l10n.t('The later snapshot')))?.fsPath;
}

function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    vscode.window.withProgress(options, (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return work(controller.signal);
    }),
  );
}
