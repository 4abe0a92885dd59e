import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { pickOrType } from '../../../editor/pickOrType';
import { withoutIcons } from '../../../lib/withoutIcons';
import { placeText } from '../core/sources/place';
import type { ComparisonHistory } from './history';
import { isPlace, placeOf, shortPlace } from './places';

interface SideItem extends vscode.QuickPickItem {
  /** The side, or how it is asked for. */
  readonly side?: string | (() => Promise<string | undefined>);
}

/** A folder here or on a host, or a manifest; undefined when the user leaves. */
export async function askSide(title: string, history: ComparisonHistory): Promise<string | undefined> {
  const choice = await pickOrType<SideItem>({
    title,
    placeholder: l10n.t('A folder, HOST:/folder, git:REVISION:/folder, an archive or a manifest'),
    items: sideItems(history),
    typed: (text) => (/[/\\:~]/.test(text) ? typedItem(text) : undefined),
  });
  return typeof choice?.side === 'function' ? choice.side() : choice?.side;
}

function typedItem(typed: string): SideItem {
  const label = `$(arrow-right) ${withoutIcons(typed)}`;
  return { label, description: l10n.t('press Enter'), side: typed, alwaysShow: true };
}

function sideItems(history: ComparisonHistory): readonly SideItem[] {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => isPlace(uri))
    .map(({ name, uri }) => ({
      label: `$(root-folder) ${withoutIcons(name)}`,
      description: placeOf(uri),
      side: placeOf(uri),
    }));
  const recent = [...new Set(history.list().flatMap(({ input }) => [input.left, input.right]))].map((side) => ({
    label: `$(history) ${withoutIcons(shortPlace(side))}`,
    description: side,
    side,
  }));
  const ways: readonly SideItem[] = [
    { label: `$(folder-opened) ${l10n.t('A Folder of This Computer…')}`, side: askFolder },
    { label: `$(remote) ${l10n.t('A Folder of a Host…')}`, side: askHostFolder },
    { label: `$(archive) ${l10n.t('An Archive or Manifest…')}`, side: askArchive },
  ];
  const known = [...folders, ...recent.filter(({ side }) => folders.every((folder) => folder.side !== side))];
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return known.length === 0 ? ways : [...ways, separator, ...known];
}

async function askFolder(): Promise<string | undefined> {
  const options = { canSelectFolders: true, canSelectFiles: false, openLabel: l10n.t('Compare') };
  return (await vscode.window.showOpenDialog(options))?.[0]?.fsPath;
}

async function askHostFolder(): Promise<string | undefined> {
  const place = await vscode.commands.executeCommand<{ machine: string; path: string } | undefined>(
    'opsdeck.ssh.pickFolder',
  );
  return place && placeText(place.machine, place.path);
}

export async function askArchive(): Promise<string | undefined> {
  return (await vscode.window.showOpenDialog({ openLabel: l10n.t('Compare') }))?.[0]?.fsPath;
}
