import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { rememberMachine } from '../../../editor/pickMachine';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import { machineOf, machinePath, scheme } from '../../../lib/fileUri';
import type { Place } from './across';

type OnConflict = 'refuse' | 'skip' | 'overwrite' | 'newer' | 'resume';

/** What is chosen in the Explorer, or what is asked for, goes to a host. */
export async function uploadFiles(host: EditorHost, clicked: unknown, selected: unknown): Promise<void> {
  const title = l10n.t('Upload to a Host');
  const chosen = resourcesOf(clicked, selected, 'file');
  const sources = chosen.length > 0 ? chosen : await askSources(title);
  if (sources.length === 0) return;
  const target = await askTarget(host, title);
  if (target !== undefined) await upload(sources, target.machine, target.path, title);
}

/** Files and folders of a host, to another one. */
export async function copyToHost(host: EditorHost, clicked: unknown, selected: unknown): Promise<void> {
  const title = l10n.t('Copy to Another Host');
  const sources = resourcesOf(clicked, selected, scheme);
  const target = await askTarget(host, title);
  if (target === undefined) return;
  const onConflict = await askConflict(title);
  if (onConflict === undefined) return;
  for (const uri of sources) {
    const input = { from: machinePath(uri.path), host: target.machine, to: asFolder(target.path), onConflict };
    await call('opsdeck.ssh.transfer', machineOf(uri.authority), input);
  }
}

/** A folder on a host, which need not be there yet. */
async function askTarget(host: EditorHost, title: string): Promise<Place | undefined> {
  const machine = await host.pickMachine(title);
  if (machine === undefined) return undefined;
  await rememberMachine(host.context.globalState, machine);
  const home = await host.files(machine, 'home', {});
  const folder = await vscode.window.showInputBox({
    title: l10n.t('{0}: {1}', title, machine),
    prompt: l10n.t('The folder on {0} into which it goes', machine),
    value: `${home.replace(/\/$/, '')}/`,
    validateInput: (text) => (text.trim() === '' ? l10n.t('Type a path.') : null),
  });
  return folder === undefined ? undefined : { machine, path: folder };
}

async function upload(sources: readonly vscode.Uri[], machine: string, to: string, title: string): Promise<void> {
  if (sources.length === 0) return;
  const onConflict = await askConflict(title);
  if (onConflict === undefined) return;
  for (const { fsPath } of sources) {
    await call('opsdeck.ssh.upload', machine, { from: fsPath, to: asFolder(to), onConflict });
  }
}

/** What is asked for goes into a folder of a host that was clicked in the Explorer. */
export async function uploadHere(clicked: unknown): Promise<void> {
  const [folder] = resourcesOf(clicked, undefined, scheme);
  if (folder === undefined) return;
  const machine = machineOf(folder.authority);
  const to = machinePath(folder.path);
  const title = l10n.t('Upload to {0}', `${machine}:${shownPath(to)}`);
  await upload(await askSources(title), machine, to, title);
}

/** Files and folders of a host, into a folder of this computer that is asked for. */
export async function downloadFiles(clicked: unknown, selected: unknown): Promise<void> {
  const title = l10n.t('Copy to This Computer');
  const sources = resourcesOf(clicked, selected, scheme);
  if (sources.length === 0) {
    throw new ExpectedError('invalid-input', l10n.t('Choose files of a host in the Explorer first.'));
  }
  const [folder] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: l10n.t('Download to Here'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined) return;
  const onConflict = await askConflict(title);
  if (onConflict === undefined) return;
  for (const uri of sources) {
    const input = { from: machinePath(uri.path), to: `${folder.fsPath}${path.sep}`, onConflict };
    await call('opsdeck.ssh.download', machineOf(uri.authority), input);
  }
}

/** By the tool's own command: plan, confirmation, progress and report are the same everywhere. */
async function call(command: string, machine: string, input: Readonly<Record<string, string>>): Promise<void> {
  await vscode.commands.executeCommand(command, { machine, input });
}

function asFolder(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

/** The Explorer tells what was clicked, and all that is selected where that is part of it. */
export function resourcesOf(clicked: unknown, selected: unknown, wanted: string): readonly vscode.Uri[] {
  const all: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  return all.filter((one): one is vscode.Uri => one instanceof vscode.Uri && one.scheme === wanted);
}

async function askSources(title: string): Promise<readonly vscode.Uri[]> {
  const openLabel = l10n.t('Upload');
  const options = { title, openLabel, canSelectFiles: true, canSelectFolders: true, canSelectMany: true };
  return (await vscode.window.showOpenDialog(options)) ?? [];
}

async function askConflict(title: string): Promise<OnConflict | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly value: OnConflict })[] = [
    { label: l10n.t('Copy nothing if something is there already'), value: 'refuse' },
    { label: l10n.t('Leave what is there'), value: 'skip' },
    { label: l10n.t('Replace what is there'), value: 'overwrite' },
    { label: l10n.t('Replace what is older there'), value: 'newer' },
    { label: l10n.t('Complete what was cut off'), value: 'resume' },
  ];
  const placeHolder = l10n.t('What is done with files that are there already?');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.value;
}
