import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import { mapPool } from '../../../lib/pool';
import { localName } from '../../../machine/machines';
import type { DirectoryRow, SideResult } from '../core/trees/schema';
import { grouped } from '../report/words';
import type { Comparison } from './comparison';
import { documentOf, noContent, sourceOf } from './documents';
import type { ComparisonNode } from './items';
import { shortPlace, uriIn } from './places';

/** Of all that are opened at once: each is read, also from hosts. */
const MOST_AT_ONCE = 100;
const LARGEST_AT_ONCE_BYTES = 2 * 1024 * 1024;
const READ_AT_ONCE = 4;

type Sides = readonly [left: SideResult, right: SideResult];

function sidesOf({ summary }: Comparison): Sides {
  const [left, right] = summary?.sides ?? [];
  if (left === undefined || right === undefined)
    throw new ExpectedError('not-ready', l10n.t('There is no comparison yet. Compare two folders first.'));
  return [left, right];
}

/** Both sides of a row in the diff editor; what that cannot show, as a report. */
export async function openRow(host: EditorHost, comparison: Comparison, row: DirectoryRow): Promise<void> {
  const sides = sidesOf(comparison);
  const isFolder = (row.left ?? row.right)?.kind === 'directory';
  if (row.difference === 'error' || row.difference === 'kind') return;
  if (isFolder && row.difference !== 'metadata') return revealRow(comparison, row);
  const pair = await pairOf(host, row, sides, new AbortController().signal);
  if (pair === null) return reportRow(comparison, row);
  await vscode.commands.executeCommand('vscode.diff', ...pair, titleOf(row), { preview: true });
}

/** Line by line or byte by byte, as a report that reads what editors do not. */
export async function reportRow(comparison: Comparison, row: DirectoryRow): Promise<void> {
  const [one, other] = sidesOf(comparison);
  const [left, right] = [sourceOf(row, 'left', one), sourceOf(row, 'right', other)];
  if (left === null || right === null) throw noContent(row);
  await vscode.commands.executeCommand('opsdeck.compare.texts', { input: { left, right }, machine: localName });
}

/** Where it is, in the Explorer. */
export async function revealRow(comparison: Comparison, row: DirectoryRow): Promise<void> {
  const [left, right] = sidesOf(comparison);
  const uri = row.left === null ? uriIn(right, row.path) : uriIn(left, row.path);
  if (uri !== undefined) await vscode.commands.executeCommand('revealInExplorer', uri);
}

/** One side of a row by itself. */
export async function openSide(
  host: EditorHost,
  comparison: Comparison,
  row: DirectoryRow,
  side: 'left' | 'right',
): Promise<void> {
  const [left, right] = sidesOf(comparison);
  const uri = await documentOf(host, row, side, side === 'left' ? left : right, new AbortController().signal);
  if (uri === null) throw noContent(row);
  await vscode.commands.executeCommand('vscode.open', uri);
}

/** What is below a line of the view, or all that differs, in the multi-file diff editor. */
export async function openAll(
  host: EditorHost,
  comparison: Comparison,
  node: ComparisonNode | undefined,
): Promise<void> {
  const sides = sidesOf(comparison);
  const { rows, count } = await comparison.part({
    kind: 'rows',
    group: node?.group ?? null,
    folder: node === undefined ? '' : folderOf(node),
    most: MOST_AT_ONCE,
  });
  const { left = '', right = '' } = comparison.input ?? {};
  const title = l10n.t('{0} ↔ {1}', shortPlace(left), shortPlace(right));
  const isQuick = sides.every(({ source }) => source === 'folder');
  const triples = await withProgress(title, isQuick, async (signal) => {
    const made = await mapPool(rows.filter(isShownAtOnce), READ_AT_ONCE, async (row) => {
      const pair = await pairOf(host, row, sides, signal);
      if (pair === null) return [];
      const [one, other] = pair;
      // The editor itself knows what it is that only one side has.
      return [[row.left === null ? other : one, row.left && one, row.right && other].map((uri) => uri ?? undefined)];
    });
    return made.flat();
  });
  if (triples.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There is no difference that the editor could show.'));
    return;
  }
  await vscode.commands.executeCommand('vscode.changes', title, triples);
  if (triples.length < count) tellLeftOut(triples.length, count);
}

function tellLeftOut(opened: number, count: number): void {
  void vscode.window.showInformationMessage(
    l10n.t(
      '{0} of {1} differences were opened: at most {2} at once, and no folders, errors or files above 2 MiB.',
      grouped(opened),
      grouped(count),
      MOST_AT_ONCE,
    ),
  );
}

function isShownAtOnce({ left, right, inside }: DirectoryRow): boolean {
  return inside === null && [left, right].every((facts) => (facts?.sizeBytes ?? 0) <= LARGEST_AT_ONCE_BYTES);
}

function folderOf(node: ComparisonNode): string {
  switch (node.kind) {
    case 'group':
      return '';
    case 'folder':
      return node.path;
    case 'range':
      return node.folder;
    case 'row':
      return node.row.path;
  }
}

/** null where the editor cannot show them. */
async function pairOf(
  host: EditorHost,
  row: DirectoryRow,
  [one, other]: Sides,
  signal: AbortSignal,
): Promise<readonly [vscode.Uri, vscode.Uri] | null> {
  const left = await documentOf(host, row, 'left', one, signal);
  const right = await documentOf(host, row, 'right', other, signal);
  return left === null || right === null ? null : [left, right];
}

function titleOf({ path, movedTo, difference, left, right }: DirectoryRow): string {
  const name = shownPath(path);
  if (movedTo !== null) return l10n.t('{0} ↔ {1}', name, shownPath(movedTo));
  if (difference === 'metadata') return l10n.t('{0} (metadata)', name);
  if (right === null) return l10n.t('{0} (only left)', name);
  return left === null ? l10n.t('{0} (only right)', name) : l10n.t('{0} (left ↔ right)', name);
}

/** What only the editor reads needs no notification. */
function withProgress<T>(title: string, isQuick: boolean, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const { Window, Notification } = vscode.ProgressLocation;
  const options = { location: isQuick ? Window : Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return work(controller.signal);
  });
}
