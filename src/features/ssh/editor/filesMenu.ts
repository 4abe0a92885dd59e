import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { shownPath } from '../../../lib/bytePath';
import type { FileEntry } from '../../../runtime/files/calls';
import { authorityOf, scheme, uriPath } from '../core/fileUri';
import { resourcesOf } from './transfers';

/** Opens the home folder of a host beside the workspace's folders, or looks for one file to open. */
export async function browseFiles(host: EditorHost, named: string | undefined): Promise<void> {
  const title = l10n.t('Browse Files of a Host');
  const machine = named ?? (await host.pickMachine(title));
  if (machine === undefined) return;
  const folder = { label: l10n.t('$(folder-opened) Open a Folder in This Workspace'), isFolder: true };
  const file = { label: l10n.t('$(go-to-file) Open a File'), isFolder: false };
  const choice = await vscode.window.showQuickPick([folder, file], { title: machine });
  if (choice === undefined) return;
  const start = await host.files(machine, 'home', {});
  const path = await pickPath(host, { machine, start, wantsFolder: choice.isFolder });
  if (path === undefined) return;
  const uri = hostUri(machine, path);
  if (!choice.isFolder) await vscode.commands.executeCommand('vscode.open', uri);
  else addFolder(uri, `${machine}: ${shownPath(path)}`);
}

/** The chosen files once more, read and written as root. */
export async function openWithSudo(clicked: unknown, selected: unknown): Promise<void> {
  for (const uri of resourcesOf(clicked, selected, scheme)) {
    await vscode.commands.executeCommand('vscode.open', uri.with({ query: 'sudo' }));
  }
}

export function hostUri(machine: string, path: string): vscode.Uri {
  return vscode.Uri.from({ scheme, authority: authorityOf(machine), path: uriPath(path) });
}

function addFolder(uri: vscode.Uri, name: string): void {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const known = folders.some((folder) => folder.uri.toString() === uri.toString());
  if (!known) vscode.workspace.updateWorkspaceFolders(folders.length, 0, { uri, name });
  void vscode.commands.executeCommand('workbench.view.explorer');
}

interface Picking {
  readonly machine: string;
  readonly start: string;
  readonly wantsFolder: boolean;
}

interface PathItem {
  readonly label: string;
  readonly path: string;
  /** There is nothing to look for below it. */
  readonly isEnd: boolean;
}

/** Goes from folder to folder until the person has what they want; undefined when they leave. */
async function pickPath(host: EditorHost, { machine, start, wantsFolder }: Picking): Promise<string | undefined> {
  for (let folder = start; ;) {
    const entries = await host.files(machine, 'list', { path: folder });
    const items = [
      ...(wantsFolder ? [{ label: l10n.t('$(check) This Folder'), path: folder, isEnd: true }] : []),
      ...(folder === '/' ? [] : [{ label: '$(arrow-up) ..', path: parentOf(folder), isEnd: false }]),
      ...itemsOf(folder, entries, wantsFolder),
    ];
    const placeHolder = shownPath(folder);
    const choice = await vscode.window.showQuickPick(items, { title: machine, placeHolder });
    if (choice === undefined || choice.isEnd) return choice?.path;
    folder = choice.path;
  }
}

function itemsOf(folder: string, entries: readonly FileEntry[], wantsFolder: boolean): readonly PathItem[] {
  const isFolder = ({ kind }: FileEntry): boolean => kind === 'directory';
  return [...entries]
    .filter((entry) => isFolder(entry) || !wantsFolder)
    .sort((one, other) => Number(isFolder(other)) - Number(isFolder(one)) || one.name.localeCompare(other.name))
    .map((entry) => ({
      // '$(' in a name must not become an icon.
      label: `${isFolder(entry) ? '$(folder)' : '$(file)'} ${shownPath(entry.name).replaceAll('$(', '$\u200b(')}`,
      path: folder.endsWith('/') ? `${folder}${entry.name}` : `${folder}/${entry.name}`,
      isEnd: !isFolder(entry),
    }));
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(1, folder.lastIndexOf('/')));
}
