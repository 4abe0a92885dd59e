import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { localName } from '../machine/machines';
import type { JournalEntry } from '../editor/journal';
import type { SavedRun } from '../editor/savedRuns';
import type { Workbench } from '../editor/workbench';
import { undoChange } from './change';
import { runOn } from './runOn';

/** A view of the house. */
export function treeOf(id: string, workbench: Workbench): vscode.TreeDataProvider<unknown> {
  return id === 'opsdeck.saved' ? savedTree(workbench) : changesTree(workbench);
}

/** The view "Changes": what was changed with Opsdeck, newest first, with its way back. */
function changesTree(workbench: Workbench): vscode.TreeDataProvider<unknown> {
  return {
    onDidChangeTreeData: workbench.onDidRemember as vscode.Event<undefined>,
    getChildren: (element) => (element === undefined ? [...workbench.journal.list()] : []),
    getTreeItem: (element) => changeItem(element as JournalEntry),
  };
}

function changeItem(entry: JournalEntry): vscode.TreeItem {
  const item = new vscode.TreeItem(entry.what);
  const when = timeText(entry.atMs);
  item.id = String(entry.id);
  item.description =
    entry.undoneAtMs === undefined ? when : l10n.t('{0}, undone {1}', when, timeText(entry.undoneAtMs));
  item.tooltip = `${entry.what}\n${item.description} · ${entry.machine}`;
  const undoable = entry.undo !== null && entry.undoneAtMs === undefined;
  item.contextValue = undoable ? 'opsdeck.change.undoable' : 'opsdeck.change';
  item.iconPath = new vscode.ThemeIcon(
    entry.undoneAtMs !== undefined ? 'discard' : entry.undo === null ? 'circle-slash' : 'edit',
  );
  return item;
}

function timeText(ms: number): string {
  return new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'short', timeStyle: 'medium' }).format(ms);
}

/** The view "Saved": questions worth asking again. A click asks one. */
function savedTree(workbench: Workbench): vscode.TreeDataProvider<unknown> {
  return {
    onDidChangeTreeData: workbench.onDidRemember as vscode.Event<undefined>,
    getChildren: (element) => (element === undefined ? [...workbench.saved.list()] : []),
    getTreeItem: (element) => savedItem(workbench, element as SavedRun),
  };
}

function savedItem(workbench: Workbench, saved: SavedRun): vscode.TreeItem {
  const { tool, input, machine } = saved.request;
  const item = new vscode.TreeItem(saved.name);
  item.id = saved.name;
  item.description = machine === localName ? workbench.titleOf(tool) : `${workbench.titleOf(tool)} · ${machine}`;
  item.tooltip = `${workbench.titleOf(tool)} ${inputText(input)}`;
  item.contextValue = 'opsdeck.saved';
  item.iconPath = new vscode.ThemeIcon('star');
  item.command = { command: `opsdeck.${tool}`, title: workbench.titleOf(tool), arguments: [{ input, machine }] };
  return item;
}

function inputText(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  return Object.entries(input)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ');
}

/** The house's own commands that need the workbench. */
export async function runHouseCommand(workbench: Workbench, id: string, argument: unknown): Promise<void> {
  switch (id) {
    case 'opsdeck.undo':
      return undo(workbench, argument as JournalEntry | undefined);
    case 'opsdeck.clearChanges':
      return workbench.journal.clear();
    case 'opsdeck.runOn':
      return runOn(workbench, argument);
    case 'opsdeck.save':
      return save(workbench);
    case 'opsdeck.deleteSaved':
      return workbench.saved.remove((argument as SavedRun).name);
    default:
      throw new Error(`${id} is no command of the house.`);
  }
}

async function undo(workbench: Workbench, chosen: JournalEntry | undefined): Promise<void> {
  const entry = chosen ?? (await pickChange(workbench));
  if (entry !== undefined) await undoChange(workbench, entry);
}

async function pickChange(workbench: Workbench): Promise<JournalEntry | undefined> {
  const undoable = workbench.journal.list().filter((entry) => entry.undo !== null && entry.undoneAtMs === undefined);
  if (undoable.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There is no change that can be undone.'));
    return undefined;
  }
  const items = undoable.map((entry) => ({ label: entry.what, description: timeText(entry.atMs), entry }));
  return (await vscode.window.showQuickPick(items, { title: l10n.t('Undo a Change') }))?.entry;
}

async function save(workbench: Workbench): Promise<void> {
  const request = workbench.activeRequest();
  if (request === undefined) {
    void vscode.window.showInformationMessage(l10n.t('Open a report first: its question is what is saved.'));
    return;
  }
  const name = await vscode.window.showInputBox({
    title: l10n.t('Save the Question of This Report'),
    prompt: l10n.t('It will stand in the view "Saved" under this name.'),
    value: `${workbench.titleOf(request.tool)} ${inputText(request.input)}`.trim(),
    validateInput: (text) => (text.trim() === '' ? l10n.t('A name is needed.') : undefined),
  });
  if (name !== undefined) await workbench.saved.save({ name: name.trim(), request });
}
