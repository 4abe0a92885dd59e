import * as vscode from 'vscode';
import type { Comparison } from './comparison';
import { pathIn } from './places';

/** Looks again at what VS Code saves, makes, renames or deletes in one of the sides. */
export function followSaves(comparison: Comparison): vscode.Disposable {
  const touch = (uris: readonly vscode.Uri[]): void => {
    const { summary, input } = comparison;
    const [left, right] = summary?.sides ?? [];
    if (left === undefined || right === undefined || input === undefined) return;
    const paths = uris.flatMap((uri) => [pathIn(uri, left, input.left), pathIn(uri, right, input.right)]);
    const inside = paths.filter((path) => path !== undefined);
    if (inside.length > 0) comparison.renew(inside);
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidSaveTextDocument(({ uri }) => touch([uri])),
    vscode.workspace.onDidSaveNotebookDocument(({ uri }) => touch([uri])),
    vscode.workspace.onDidCreateFiles(({ files }) => touch(files)),
    vscode.workspace.onDidDeleteFiles(({ files }) => touch(files)),
    vscode.workspace.onDidRenameFiles(({ files }) => touch(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri]))),
  );
}
