import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { rememberMachine } from '../../../editor/pickMachine';
import { pickOrType } from '../../../editor/pickOrType';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import { authorityOf, scheme, uriPath } from '../../../lib/fileUri';
import { withoutIcons } from '../../../lib/withoutIcons';
import type { FileEntry } from '../../../runtime/files/calls';
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
  await rememberMachine(host.context.globalState, machine);
  const uri = hostUri(machine, path);
  if (!choice.isFolder) await vscode.commands.executeCommand('vscode.open', uri);
  else await addFolder(uri, `${machine}: ${shownPath(path)}`);
}

/** A folder of a host that the user chooses, for other features; undefined when they leave. */
export async function pickFolder(
  host: EditorHost,
): Promise<{ readonly machine: string; readonly path: string } | undefined> {
  const machine = await host.pickMachine(l10n.t('A Folder of a Host'));
  if (machine === undefined) return undefined;
  const start = await host.files(machine, 'home', {});
  const path = await pickPath(host, { machine, start, wantsFolder: true });
  if (path === undefined) return undefined;
  await rememberMachine(host.context.globalState, machine);
  return { machine, path };
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

async function addFolder(uri: vscode.Uri, name: string): Promise<void> {
  // First: a second folder may start the window anew, and nothing is done after it.
  await vscode.commands.executeCommand('workbench.view.explorer');
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.some((folder) => folder.uri.toString() === uri.toString())) return;
  if (vscode.workspace.updateWorkspaceFolders(folders.length, 0, { uri, name })) return;
  throw new ExpectedError('failed', l10n.t('VS Code did not add {0} to the workspace. Try it again.', name));
}

interface Picking {
  readonly machine: string;
  readonly start: string;
  readonly wantsFolder: boolean;
}

interface PathItem extends vscode.QuickPickItem {
  readonly path: string;
  /** 'end': there is nothing to look for below it; 'typed': it is not known yet whether it is there. */
  readonly leads: 'end' | 'on' | 'typed';
}

/** Goes from folder to folder until the person has what they want; undefined when they leave. */
async function pickPath(host: EditorHost, { machine, start, wantsFolder }: Picking): Promise<string | undefined> {
  for (let folder = start; ;) {
    const entries = await host.files(machine, 'list', { path: folder });
    const items: readonly PathItem[] = [
      ...(wantsFolder ? [{ label: l10n.t('$(check) This Folder'), path: folder, leads: 'end' as const }] : []),
      ...(folder === '/' ? [] : [{ label: '$(arrow-up) ..', path: parentOf(folder), leads: 'on' as const }]),
      ...itemsOf(folder, entries, wantsFolder),
    ];
    const choice = await pickOrType({
      title: `${machine}:${shownPath(folder)}`,
      placeholder: l10n.t('A name in this folder, or a whole path from /'),
      items,
      typed: (text) => (text.startsWith('/') ? typedItem(text) : undefined),
    });
    if (choice === undefined || choice.leads === 'end') return choice?.path;
    const isFile = choice.leads === 'typed' && !wantsFolder && (await isNoFolder(host, machine, choice.path));
    if (isFile) return choice.path;
    folder = choice.path;
  }
}

async function isNoFolder(host: EditorHost, machine: string, path: string): Promise<boolean> {
  return (await host.files(machine, 'stat', { path })).kind !== 'directory';
}

function typedItem(typed: string): PathItem {
  const path = typed.length > 1 ? typed.replace(/\/+$/, '') : typed;
  return {
    label: `$(arrow-right) ${withoutIcons(typed)}`,
    path: path === '' ? '/' : path,
    leads: 'typed',
    alwaysShow: true,
  };
}

function itemsOf(folder: string, entries: readonly FileEntry[], wantsFolder: boolean): readonly PathItem[] {
  const isFolder = ({ kind }: FileEntry): boolean => kind === 'directory';
  return [...entries]
    .filter((entry) => isFolder(entry) || !wantsFolder)
    .sort((one, other) => Number(isFolder(other)) - Number(isFolder(one)) || one.name.localeCompare(other.name))
    .map((entry) => ({
      label: `${isFolder(entry) ? '$(folder)' : '$(file)'} ${withoutIcons(shownPath(entry.name))}`,
      path: folder.endsWith('/') ? `${folder}${entry.name}` : `${folder}/${entry.name}`,
      leads: isFolder(entry) ? ('on' as const) : ('end' as const),
    }));
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(1, folder.lastIndexOf('/')));
}
