import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import type { Shown } from '../../../editor/session';
import { isCancelled, ExpectedError } from '../../../lib/errors';
import { countOf, GROUPS, type GroupId } from '../core/trees/groups';
import type { Layout, PartAsk } from '../core/trees/parts';
import { grouped } from '../report/words';
import type { Comparison } from './comparison';
import { groupItem, lineItem, type ComparisonNode } from './items';
import { shortPlace } from './places';

const layoutKey = 'comparisonLayout';

/** The view "Comparison": only counts are here until a branch is opened; its lines come from the thread of the tools. */
export class ComparisonView implements vscode.TreeDataProvider<ComparisonNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ComparisonNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly groups = new Map(GROUPS.map((group) => [group, { kind: 'group', group } as const]));
  private drawn = '';
  private readonly parts: vscode.Disposable;

  constructor(
    private readonly host: EditorHost,
    private readonly comparison: Comparison,
    private readonly view: vscode.TreeView<unknown>,
  ) {
    this.parts = vscode.Disposable.from(
      this.changed,
      comparison.onDidChange(() => this.update()),
    );
    this.update();
  }

  get layout(): Layout {
    return this.host.context.globalState.get<Layout>(layoutKey, 'list');
  }

  async setLayout(layout: Layout): Promise<void> {
    await this.host.context.globalState.update(layoutKey, layout);
    await vscode.commands.executeCommand('setContext', 'opsdeck.comparisonAsTree', layout === 'tree');
    this.changed.fire(undefined);
  }

  /** What is selected in the view. */
  get selection(): readonly ComparisonNode[] {
    return this.view.selection as readonly ComparisonNode[];
  }

  async getChildren(node?: ComparisonNode): Promise<ComparisonNode[]> {
    if (node === undefined) return this.shownGroups().flatMap((group) => this.groups.get(group) ?? []);
    const ask = askOf(node, this.layout);
    if (ask === null) return [];
    try {
      return [...(await this.comparison.part(ask))];
    } catch (error) {
      // It was closed or begun anew meanwhile, and is drawn again.
      if (isCancelled(error) || error instanceof ExpectedError) return [];
      throw error;
    }
  }

  getTreeItem(node: ComparisonNode): vscode.TreeItem {
    if (node.kind !== 'group') return lineItem(node, this.layout);
    const { summary, input } = this.comparison;
    if (summary === undefined || input === undefined) return new vscode.TreeItem('');
    return groupItem(node.group, summary, [shortPlace(input.left), shortPlace(input.right)]);
  }

  dispose(): void {
    this.parts.dispose();
  }

  private shownGroups(): readonly GroupId[] {
    const { summary, input } = this.comparison;
    if (summary === undefined) return [];
    return GROUPS.filter((group) => countOf(summary, group) > 0 && (group !== 'same' || input?.identical === true));
  }

  private update(): void {
    const { input, summary, shown } = this.comparison;
    this.view.description = input === undefined ? '' : `${shortPlace(input.left)} ↔ ${shortPlace(input.right)}`;
    this.view.message = messageOf(this.comparison);
    // While it runs, only when there is more.
    const moment = this.comparison.isRunning ? null : shown?.takenAtMs;
    const now = JSON.stringify([moment, summary?.counts, summary?.rowsLeftOut, input]);
    if (now === this.drawn) return;
    this.drawn = now;
    this.changed.fire(undefined);
  }
}

function askOf(node: ComparisonNode, layout: Layout): (PartAsk & { kind: 'lines' }) | null {
  const { group } = node;
  switch (node.kind) {
    case 'group':
      return { kind: 'lines', group, layout, folder: '', range: null };
    case 'folder':
      return { kind: 'lines', group, layout, folder: node.path, range: null };
    case 'range':
      return { kind: 'lines', group, layout, folder: node.folder, range: node.range };
    case 'row':
      return null;
  }
}

function messageOf({ shown, summary, renewalTrouble }: Comparison): string {
  if (shown === undefined) return '';
  const verdict = shown.head?.verdict ?? '';
  const leftOut = summary?.rowsLeftOut ?? 0;
  const lines = [
    ...stateLines(shown, verdict, summary?.state === 'cancelled'),
    ...(leftOut > 0 ? [l10n.t('{0} more rows are only counted.', grouped(leftOut))] : []),
    ...(renewalTrouble === '' ? [] : [l10n.t('What was changed could not be compared again: {0}', renewalTrouble)]),
  ];
  return lines.filter((line) => line !== '').join(' ');
}

function stateLines({ state, message }: Shown, verdict: string, saysSo: boolean): readonly string[] {
  switch (state) {
    case 'running':
    case 'live':
      return [message === '' ? l10n.t('Comparing…') : l10n.t('Comparing: {0}.', message)];
    case 'cancelled':
      return saysSo ? [verdict] : [l10n.t('Cancelled.'), verdict];
    case 'failed':
      return [message];
    default:
      return [verdict];
  }
}
