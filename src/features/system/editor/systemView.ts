import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import type { Shown } from '../../../editor/session';
import type { SystemOverview } from '../core/overview/schema/overview';
import { overviewTree, type TreeItem } from '../core/overview/tree';

/** The view "System": the live overview as a tree, sampled only while it can be seen. */
export class SystemView implements vscode.TreeDataProvider<TreeItem> {
  private readonly changed = new vscode.EventEmitter<TreeItem | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private roots: readonly TreeItem[] = [];
  private begun: Promise<void> | undefined;

  constructor(
    private readonly host: EditorHost,
    private readonly view: vscode.TreeView<unknown>,
  ) {}

  async getChildren(element?: TreeItem): Promise<TreeItem[]> {
    this.begun ??= this.begin();
    await this.begun;
    return [...(element?.children ?? this.roots)];
  }

  getTreeItem(item: TreeItem): vscode.TreeItem {
    const state =
      item.children.length === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed;
    const shown = new vscode.TreeItem(item.label, state);
    shown.id = item.id;
    shown.description = item.description;
    shown.tooltip = item.tooltip;
    shown.iconPath = iconOf(item);
    shown.accessibilityInformation = { label: `${item.label} ${item.description}` };
    return shown;
  }

  private async begin(): Promise<void> {
    const holder = await this.host.holdLive('system.overview', {}, (shown) => this.show(shown), this.view.visible);
    const visibility = this.view.onDidChangeVisibility(({ visible }) => holder.setVisible(visible));
    this.host.context.subscriptions.push(holder, visibility, this.changed);
    this.show(holder.session.shown);
  }

  private show(shown: Shown): void {
    // A failed or cancelled run keeps what it last found and says why it goes no further.
    this.view.message = shown.state === 'failed' ? shown.message : '';
    if (shown.result === undefined) return;
    this.roots = overviewTree(shown.result as SystemOverview);
    this.changed.fire(undefined);
  }
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
