import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { ExpectedError } from '../../../lib/errors';
import { localName } from '../../../machine/machines';
import type { RunRequest } from '../../../report/protocol';
import type { Direction } from '../core/plan/inputs';
import { pathsOf } from '../core/plan/paths';
import type { DirectoryRow } from '../core/trees/schema';
import type { Comparison, ComparisonInput } from './comparison';
import type { ComparisonNode } from './items';
import { shortPlace } from './places';

const SYNC = 'compare.sync';
const UNDO = 'compare.undo';
/** As many as a result holds. */
const MOST_ROWS = 10_000;

/** What is done to the sides of the comparison in the view: each time by a plan that the user confirms. */
export class Taking implements vscode.Disposable {
  private readonly watching: vscode.Disposable;

  constructor(
    host: EditorHost,
    private readonly comparison: Comparison,
  ) {
    this.watching = host.onDidCarryOut((request) => this.look(request));
  }

  /** The other side becomes like that one, of what is chosen. */
  async take(nodes: readonly ComparisonNode[], side: 'left' | 'right'): Promise<void> {
    const paths = (await this.rowsOf(nodes)).map(({ path }) => path);
    await this.carryOut({ [side === 'left' ? 'takeLeft' : 'takeRight']: textOf(paths) });
  }

  /** What only one side has goes there. */
  async remove(nodes: readonly ComparisonNode[]): Promise<void> {
    const rows = await this.rowsOf(nodes);
    const only = (difference: DirectoryRow['difference']): string =>
      textOf(rows.filter((row) => row.difference === difference).map(({ path }) => path));
    // Made like the side that does not have it.
    await this.carryOut({ takeRight: only('leftOnly'), takeLeft: only('rightOnly') });
  }

  async synchronize(): Promise<void> {
    const input = this.input();
    const direction = await pickDirection(input);
    if (direction === undefined) return;
    const way = await pickWay();
    if (way === undefined) return;
    const choices = { ...choicesOf(input), direction };
    if (way === 'sync') await run(SYNC, choices);
    else await run('compare.plan', { ...choices, as: way });
  }

  dispose(): void {
    this.watching.dispose();
  }

  private async carryOut(taken: Readonly<Record<string, string>>): Promise<void> {
    if (Object.values(taken).every((text) => text === '')) {
      throw new ExpectedError('invalid-input', l10n.t('Choose files or folders in the view “Comparison” first.'));
    }
    await run(SYNC, { ...choicesOf(this.input()), direction: 'none' satisfies Direction, ...taken });
  }

  /** Rows that are chosen, and those below folders that are. What has moved is left to the user. */
  private async rowsOf(nodes: readonly ComparisonNode[]): Promise<readonly DirectoryRow[]> {
    const rows = await Promise.all(
      nodes.map(async (node) => {
        if (node.kind === 'row') return [node.row];
        if (node.kind !== 'folder') return [];
        const ask = { kind: 'rows', group: node.group, folder: node.path, most: MOST_ROWS } as const;
        return (await this.comparison.part(ask)).rows;
      }),
    );
    return rows.flat().filter(({ difference }) => difference !== 'moved' && difference !== 'same');
  }

  /** Only what was taken is looked at again; after an undo, all. */
  private look({ tool, input }: RunRequest): void {
    if (this.comparison.input === undefined || (tool !== SYNC && tool !== UNDO)) return;
    const { takeLeft = '', takeRight = '', direction } = input as Readonly<Record<string, string | undefined>>;
    if (tool === SYNC && direction === 'none') {
      this.comparison.renew([...pathsOf(takeLeft), ...pathsOf(takeRight)]);
    } else this.comparison.again();
  }

  private input(): ComparisonInput {
    const { input } = this.comparison;
    if (input !== undefined) return input;
    throw new ExpectedError('not-ready', l10n.t('There is no comparison yet. Compare two folders first.'));
  }
}

async function run(tool: string, input: Readonly<Record<string, unknown>>): Promise<void> {
  await vscode.commands.executeCommand(`opsdeck.${tool}`, { input, machine: localName });
}

/** A name may hold commas. */
function textOf(paths: readonly string[]): string {
  return paths.length === 0 ? '' : JSON.stringify(paths);
}

/** The same of both sides takes part as in the comparison; what did not count there is not touched. */
function choicesOf(input: ComparisonInput): Readonly<Record<string, unknown>> {
  const { left, right, mode, ignore, include, exclude, gitignore, oneFileSystem, timeTolerance, metadata = '' } = input;
  const counts = metadata.includes('mtime') ? 'mode, mtime' : metadata.includes('mode') ? 'mode' : 'none';
  const given = { mode, ignore, include, exclude, gitignore, oneFileSystem, timeTolerance };
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  return { left, right, metadata: counts, ...Object.fromEntries(chosen) };
}

async function pickDirection(input: ComparisonInput): Promise<Direction | undefined> {
  const [left, right] = [shortPlace(input.left), shortPlace(input.right)];
  const item = (direction: Direction, icon: string, label: string, detail: string): DirectionItem => ({
    label: `$(${icon}) ${label}`,
    detail,
    direction,
  });
  const onlyNewer = l10n.t('Copies what is missing there or older. Nothing is deleted.');
  const onlyMissing = l10n.t('Copies only what is missing there. Nothing is replaced or deleted.');
  const mirror = (place: string): string => l10n.t('Copies what differs, and deletes what only {0} has.', place);
  const items = [
    item('mirror-right', 'arrow-right', l10n.t('Make the Right Like the Left'), mirror(right)),
    item('update-right', 'arrow-right', l10n.t('Update the Right'), onlyNewer),
    item('add-right', 'arrow-right', l10n.t('Add to the Right'), onlyMissing),
    item('mirror-left', 'arrow-left', l10n.t('Make the Left Like the Right'), mirror(left)),
    item('update-left', 'arrow-left', l10n.t('Update the Left'), onlyNewer),
    item('add-left', 'arrow-left', l10n.t('Add to the Left'), onlyMissing),
    item(
      'both',
      'arrow-swap',
      l10n.t('Both Ways'),
      l10n.t('Each side gets what it lacks, and the newer of two; conflicts are named.'),
    ),
  ];
  const title = l10n.t('Synchronize {0} ↔ {1}', left, right);
  const placeHolder = l10n.t('What is to be done? It is shown before, and can be undone');
  return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true }))?.direction;
}

interface DirectionItem extends vscode.QuickPickItem {
  readonly direction: Direction;
}

type Way = 'sync' | 'report' | 'rsync' | 'patch' | 'tar';

async function pickWay(): Promise<Way | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly way: Way })[] = [
    {
      label: `$(sync) ${l10n.t('Synchronize…')}`,
      detail: l10n.t('Asks once more, with what would be done'),
      way: 'sync',
    },
    {
      label: `$(checklist) ${l10n.t('Show the Plan')}`,
      detail: l10n.t('Step by step as a report; nothing is done'),
      way: 'report',
    },
    { label: `$(terminal) ${l10n.t('As Commands for rsync')}`, way: 'rsync' },
    { label: `$(diff) ${l10n.t('As a Patch')}`, way: 'patch' },
    { label: `$(list-flat) ${l10n.t('As a List for tar')}`, way: 'tar' },
  ];
  return (await vscode.window.showQuickPick(items, { title: l10n.t('Synchronize') }))?.way;
}
