import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';
import { localName } from '../../../machine/machines';
import type { DirectoryRow, EntryFacts, SideResult } from '../core/trees/schema';
import { sideFile } from '../core/trees/sideFile';
import { grouped } from '../report/words';
import type { Comparison } from './comparison';
import type { ComparisonNode } from './items';
import { shortPlace, uriIn } from './places';

/** VS Code's own bound for the files of a diff editor. */
const LARGEST_BYTES = 50 * 1024 * 1024;
/** Of all that are opened at once: each is read, also from hosts. */
const MOST_AT_ONCE = 100;
const LARGEST_AT_ONCE_BYTES = 2 * 1024 * 1024;

type Sides = readonly [left: SideResult, right: SideResult];

export function sidesOf({ summary }: Comparison): Sides {
  const [left, right] = summary?.sides ?? [];
  if (left === undefined || right === undefined)
    throw new ExpectedError('not-ready', l10n.t('There is no comparison yet. Compare two folders first.'));
  return [left, right];
}

/** Both sides of a row in the diff editor; what that cannot show, as a report. */
export async function openRow(host: EditorHost, comparison: Comparison, row: DirectoryRow): Promise<void> {
  const sides = sidesOf(comparison);
  const isFolder = (row.left ?? row.right)?.kind === 'directory';
  if (row.difference === 'error' || row.difference === 'kind' || (isFolder && row.difference !== 'metadata')) {
    // Nothing to show beside each other: its folder, with all that is in it.
    if (isFolder && row.difference !== 'kind') await revealRow(comparison, row);
    return;
  }
  const pair = documentsOf(host, row, sides);
  if (pair === null) return reportRow(comparison, row);
  await vscode.commands.executeCommand('vscode.diff', ...pair, titleOf(row), { preview: true });
}

/** Line by line or byte by byte, as a report that reads what editors do not. */
export async function reportRow(comparison: Comparison, row: DirectoryRow): Promise<void> {
  const sides = sidesOf(comparison);
  const manifest = sides.find(({ source }) => source === 'manifest');
  if (manifest !== undefined || row.left === null || row.right === null) throw noContent(row, manifest);
  const [left, right] = sides.map((side, index) => sideFile(side, index === 0 ? row.path : (row.movedTo ?? row.path)));
  await vscode.commands.executeCommand('opsdeck.compare.texts', { input: { left, right }, machine: localName });
}

/** Where it is, in the Explorer. */
export async function revealRow(comparison: Comparison, row: DirectoryRow): Promise<void> {
  const [left, right] = sidesOf(comparison);
  const uri = row.left === null ? uriIn(right, row.path) : uriIn(left, row.path);
  if (uri !== undefined) await vscode.commands.executeCommand('revealInExplorer', uri);
}

/** One side of a row by itself. */
export async function openSide(comparison: Comparison, row: DirectoryRow, side: 'left' | 'right'): Promise<void> {
  const [left, right] = sidesOf(comparison);
  const uri = side === 'left' ? uriIn(left, row.path) : uriIn(right, row.movedTo ?? row.path);
  if (uri === undefined || row[side] === null) throw noContent(row, side === 'left' ? left : right);
  await vscode.commands.executeCommand('vscode.open', uri);
}

/** What is below a line of the view, or all that differs, in the multi-file diff editor. */
export async function openAll(
  host: EditorHost,
  comparison: Comparison,
  node: ComparisonNode | undefined,
): Promise<void> {
  const { input } = comparison;
  const sides = sidesOf(comparison);
  if (input === undefined) return;
  const { rows, count } = await comparison.part({
    kind: 'rows',
    group: node?.group ?? null,
    folder: node === undefined || node.kind === 'group' ? '' : node.kind === 'range' ? node.folder : pathOf(node),
    most: MOST_AT_ONCE,
  });
  const pairs = rows.flatMap((row) => {
    const isLarge = [row.left, row.right].some((facts) => (facts?.sizeBytes ?? 0) > LARGEST_AT_ONCE_BYTES);
    const pair = isLarge || row.inside !== null ? null : documentsOf(host, row, sides);
    if (pair === null) return [];
    const [left, right] = pair;
    return [[row.left === null ? right : left, row.left && left, row.right && right].map((uri) => uri ?? undefined)];
  });
  if (pairs.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There is no difference that the editor could show.'));
    return;
  }
  const title = l10n.t('{0} ↔ {1}', shortPlace(input.left), shortPlace(input.right));
  await vscode.commands.executeCommand('vscode.changes', title, pairs);
  if (pairs.length === count) return;
  void vscode.window.showInformationMessage(
    l10n.t(
      '{0} of {1} differences were opened: at most {2} at once, and no folders, errors or files above 2 MiB.',
      grouped(pairs.length),
      grouped(count),
      MOST_AT_ONCE,
    ),
  );
}

function pathOf(node: ComparisonNode & { kind: 'folder' | 'row' }): string {
  return node.kind === 'folder' ? node.path : node.row.path;
}

/** null where the editor cannot show them. */
function documentsOf(host: EditorHost, row: DirectoryRow, sides: Sides): readonly [vscode.Uri, vscode.Uri] | null {
  const [left, right] = (['left', 'right'] as const).map((side, index) => {
    const path = side === 'left' ? row.path : (row.movedTo ?? row.path);
    const facts = row[side];
    const name = shownPath(path);
    if (facts === null) return host.texts.empty(name);
    if (row.difference === 'metadata') return host.texts.add(name, metadataText(facts));
    // Never what the link leads to.
    if (facts.kind === 'symlink') return host.texts.add(name, `${shownPath(facts.linkTarget ?? '')}\n`);
    const [of] = sides.slice(index);
    if (of === undefined || facts.kind !== 'file' || (facts.sizeBytes ?? 0) > LARGEST_BYTES) return undefined;
    return uriIn(of, path);
  });
  return left === undefined || right === undefined ? null : [left, right];
}

function metadataText({ kind, sizeBytes, modifiedMs, mode, uid, gid }: EntryFacts): string {
  const lines = [
    `kind: ${kind}`,
    `mode: ${mode === null ? '?' : mode.toString(8).padStart(4, '0')}`,
    `owner: ${uid ?? '?'}:${gid ?? '?'}`,
    `modified: ${modifiedMs === null ? '?' : new Date(modifiedMs).toISOString()}`,
    ...(sizeBytes === null ? [] : [`size: ${sizeBytes}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function titleOf({ path, movedTo, difference, left, right }: DirectoryRow): string {
  const name = shownPath(path);
  if (movedTo !== null) return l10n.t('{0} ↔ {1}', name, shownPath(movedTo));
  if (difference === 'metadata') return l10n.t('{0} (metadata)', name);
  if (right === null) return l10n.t('{0} (only left)', name);
  return left === null ? l10n.t('{0} (only right)', name) : l10n.t('{0} (left ↔ right)', name);
}

function noContent({ path }: DirectoryRow, side: SideResult | undefined): ExpectedError {
  const name = shownPath(path);
  return new ExpectedError(
    'unsupported',
    side?.source === 'manifest'
      ? l10n.t('A manifest holds hashes and no content: there is nothing of {0} that could be shown.', name)
      : l10n.t('There is nothing of {0} on that side that could be shown.', name),
  );
}
