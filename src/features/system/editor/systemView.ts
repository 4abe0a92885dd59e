import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import type { Shown } from '../../../editor/session';
import { overviewTree } from '../core/overview/tree';
import type { SystemOverview } from '../core/overview/schema/overview';
import type { TreeItem } from '../core/treeItem';
import { branches, type Branch } from './branches';
import { LiveItems } from './liveItems';

/** The view "System": the live overview as a tree, and branches that are asked for when they are opened. */
export class SystemView implements vscode.TreeDataProvider<TreeItem> {
  private readonly changed = new vscode.EventEmitter<TreeItem | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly overview: LiveItems;
  private readonly branches: ReadonlyMap<string, { readonly root: TreeItem; readonly live: LiveItems }>;

  constructor(
    host: EditorHost,
    private readonly view: vscode.TreeView<unknown>,
  ) {
    this.overview = new LiveItems(host, 'system.overview', {}, (result) => overviewTree(result as SystemOverview), {
      onChange: (shown) => this.showOverview(shown),
    });
    this.branches = new Map(
      branches().map((branch) => {
        const root = rootOf(branch);
        const onChange = (): void => this.changed.fire(root);
        return [root.id, { root, live: new LiveItems(host, branch.tool, branch.input, branch.items, { onChange }) }];
      }),
    );
    host.context.subscriptions.push(
      this.changed,
      this.overview,
      ...[...this.branches.values()].map(({ live }) => live),
      view.onDidChangeVisibility(({ visible }) => this.setVisible(visible)),
      view.onDidExpandElement(({ element }) => this.branchOf(element)?.setOpen(true)),
      view.onDidCollapseElement(({ element }) => this.branchOf(element)?.setOpen(false)),
    );
  }

  async getChildren(element?: TreeItem): Promise<TreeItem[]> {
    const branch = this.branchOf(element);
    if (branch !== undefined) return [...(await branch.begun(this.view.visible))];
    if (element !== undefined) return [...element.children];
    const roots = [...this.branches.values()].map(({ root }) => root);
    return [...(await this.overview.begun(this.view.visible)), ...roots];
  }

  getTreeItem(item: TreeItem): vscode.TreeItem {
    const leaf = item.children.length === 0 && !this.branches.has(item.id);
    const state = leaf ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed;
    const shown = new vscode.TreeItem(item.label, state);
    shown.id = item.id;
    shown.description = item.description;
    shown.tooltip = item.tooltip;
    shown.iconPath = iconOf(item);
    shown.accessibilityInformation = { label: `${item.label} ${item.description}` };
    if (item.about !== undefined) shown.contextValue = `opsdeck.${item.about}`;
    if (item.tool !== undefined) {
      shown.command = { command: `opsdeck.${item.tool}`, title: item.label, arguments: [item.input ?? {}] };
    }
    return shown;
  }

  private branchOf(element: unknown): LiveItems | undefined {
    return this.branches.get((element as TreeItem | undefined)?.id ?? '')?.live;
  }

  private setVisible(visible: boolean): void {
    for (const live of [this.overview, ...[...this.branches.values()].map((branch) => branch.live)]) {
      live.setVisible(visible);
    }
  }

  private showOverview(shown: Shown): void {
    // A failed or cancelled run keeps what it last found and says why it goes no further.
    this.view.message = shown.state === 'failed' ? shown.message : '';
    this.changed.fire(undefined);
  }
}

function rootOf({ id, label, icon, tooltip, tool, input }: Branch): TreeItem {
  return { id, label, description: '', icon, tooltip, status: 'ok', children: [], tool, input };
}

/** The status by icon and colour; the words stand in the description. */
function iconOf(item: TreeItem): vscode.ThemeIcon {
  switch (item.status) {
    case 'error':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'warning':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    case 'ok':
    case 'info':
    case 'unknown':
      return new vscode.ThemeIcon(item.icon);
  }
}
