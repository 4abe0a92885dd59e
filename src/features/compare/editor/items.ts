import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { shownPath } from '../../../lib/bytePath';
import { countOf, type GroupId } from '../core/trees/groups';
import type { Layout, Line, Summary } from '../core/trees/parts';
import type { DifferenceKind, DirectoryRow } from '../core/trees/schema';
import { detailsOf, differenceWords } from '../report/differences';
import { grouped } from '../report/words';

/** A line of the view "Comparison". */
export type ComparisonNode = { readonly kind: 'group'; readonly group: GroupId } | Line;

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** `sides`: the left and the right one in few words. */
export function groupItem(group: GroupId, summary: Summary, sides: readonly [string, string]): vscode.TreeItem {
  const count = grouped(countOf(summary, group));
  const item = new vscode.TreeItem(groupLabel(group), group === 'same' ? Collapsed : Expanded);
  item.id = group;
  item.contextValue = 'opsdeck.comparison.group';
  item.iconPath = new vscode.ThemeIcon(GROUP_ICONS[group]);
  const side = group === 'leftOnly' ? sides[0] : group === 'rightOnly' ? sides[1] : undefined;
  item.description = side === undefined ? count : `${count} · ${side}`;
  item.accessibilityInformation = { label: `${groupLabel(group)}, ${item.description}` };
  return item;
}

export function lineItem(line: Line, layout: Layout): vscode.TreeItem {
  switch (line.kind) {
    case 'folder':
      return folderItem(line);
    case 'range':
      return rangeItem(line);
    case 'row':
      return rowItem(line, layout);
  }
}

function folderItem({ group, path, above, rows }: Line & { kind: 'folder' }): vscode.TreeItem {
  const label = shownPath(above === '' ? path : path.slice(above.length + 1));
  const item = new vscode.TreeItem(label, Collapsed);
  item.id = `${group}/folder/${path}`;
  item.contextValue = 'opsdeck.comparison.folder';
  item.iconPath = new vscode.ThemeIcon('folder');
  item.description = grouped(rows);
  item.tooltip = shownPath(path);
  return item;
}

function rangeItem({ group, folder, range: [from, to], ends }: Line & { kind: 'range' }): vscode.TreeItem {
  const [first, last] = ends.map((path) => shownPath(nameOf(path)));
  const item = new vscode.TreeItem(l10n.t('{0} to {1}', grouped(from + 1), grouped(to)), Collapsed);
  item.id = `${group}/range/${from}/${folder}`;
  item.contextValue = 'opsdeck.comparison.range';
  item.iconPath = new vscode.ThemeIcon('list-tree');
  item.description = `${first ?? ''} … ${last ?? ''}`;
  return item;
}

function rowItem({ group, row }: Line & { kind: 'row' }, layout: Layout): vscode.TreeItem {
  const path = shownPath(row.path === '' ? '.' : row.path);
  const details = [...sizesOf(row), detailsOf(row)].filter((text) => text !== '');
  const item = new vscode.TreeItem(nameOf(path));
  item.id = `${group}/row/${row.difference}/${row.path}`;
  const isFolder = (row.left ?? row.right)?.kind === 'directory';
  item.contextValue = `opsdeck.comparison.${row.difference}${isFolder ? '.folder' : ''}`;
  item.iconPath = iconOf(row.difference, isFolder);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  item.description = [...(layout === 'list' ? [folder] : []), detailsOf(row)].filter((text) => text !== '').join(' · ');
  item.tooltip = [path, differenceWords(row.difference), ...details].join('\n');
  item.accessibilityInformation = { label: [path, differenceWords(row.difference), ...details].join(', ') };
  item.command = { command: 'opsdeck.compare.open', title: l10n.t('Open'), arguments: [{ kind: 'row', group, row }] };
  return item;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** '1,204 → 1,310 bytes' of a file whose sizes are known. */
function sizesOf({ left, right }: DirectoryRow): readonly string[] {
  const sizes = [left?.sizeBytes, right?.sizeBytes].filter((size) => size !== null && size !== undefined);
  const [one, other] = sizes;
  if (one === undefined) return [];
  if (other === undefined || one === other) return [l10n.t('{0} bytes', grouped(one))];
  return [l10n.t('{0} → {1} bytes', grouped(one), grouped(other))];
}

const GROUP_ICONS: Readonly<Record<GroupId, string>> = {
  differences: 'diff-modified',
  leftOnly: 'diff-removed',
  rightOnly: 'diff-added',
  moved: 'diff-renamed',
  errors: 'warning',
  same: 'pass',
};

function groupLabel(group: GroupId): string {
  switch (group) {
    case 'differences':
      return l10n.t('Differences');
    case 'leftOnly':
      return l10n.t('Only Left');
    case 'rightOnly':
      return l10n.t('Only Right');
    case 'moved':
      return l10n.t('Moved');
    case 'errors':
      return l10n.t('Errors');
    case 'same':
      return l10n.t('The Same');
  }
}

/** Told by shape and colour; the words stand beside it or in the tooltip. */
function iconOf(difference: DifferenceKind, isFolder: boolean): vscode.ThemeIcon {
  const [icon, colour] = ICONS[difference];
  return new vscode.ThemeIcon(isFolder ? 'folder' : icon, new vscode.ThemeColor(colour));
}

const ICONS: Readonly<Record<DifferenceKind, readonly [icon: string, colour: string]>> = {
  differs: ['diff-modified', 'gitDecoration.modifiedResourceForeground'],
  metadata: ['gear', 'gitDecoration.modifiedResourceForeground'],
  outlier: ['diff-modified', 'gitDecoration.modifiedResourceForeground'],
  leftOnly: ['diff-removed', 'gitDecoration.deletedResourceForeground'],
  rightOnly: ['diff-added', 'gitDecoration.addedResourceForeground'],
  moved: ['diff-renamed', 'gitDecoration.renamedResourceForeground'],
  kind: ['warning', 'list.warningForeground'],
  error: ['error', 'list.errorForeground'],
  same: ['pass', 'foreground'],
};
