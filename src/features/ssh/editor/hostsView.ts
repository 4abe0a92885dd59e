import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { recentMachines } from '../../../editor/pickMachine';
import { messageOf } from '../../../lib/errors';
import type { Host, Inventory, OpenHost } from '../../../machine/machines';
import { filterHosts } from '../core/hosts';
import { hostTree, type FolderLabel, type HostLeaf, type HostNode } from '../core/hostTree';

/** The view "Hosts": every host that files name, in their groups. Reads files only; connects to nothing. */
export class HostsView implements vscode.TreeDataProvider<HostNode> {
  private readonly changed = new vscode.EventEmitter<HostNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly checked = new Set<string>();
  private filter = '';
  private inventory: Promise<Inventory> | undefined;

  constructor(
    private readonly host: EditorHost,
    private readonly view: vscode.TreeView<unknown>,
  ) {
    host.context.subscriptions.push(
      this.changed,
      host.onDidChangeConnected(() => this.changed.fire(undefined)),
      view.onDidChangeVisibility(({ visible }) => (visible ? this.refresh() : undefined)),
      view.onDidChangeCheckboxState(({ items }) => this.check(items)),
    );
  }

  /** The hosts that the user has ticked, for what runs on several. */
  get checkedHosts(): readonly string[] {
    return [...this.checked];
  }

  refresh(): void {
    this.inventory = undefined;
    this.changed.fire(undefined);
  }

  /** Asks what the hosts shall be narrowed to; leaving it empty shows all again. */
  async search(): Promise<void> {
    const text = await vscode.window.showInputBox({
      title: l10n.t('Filter the Hosts'),
      prompt: l10n.t('Part of a name, address, group, tag or note; empty shows all.'),
      value: this.filter,
    });
    if (text === undefined) return;
    this.filter = text.trim();
    this.changed.fire(undefined);
  }

  async getChildren(node?: HostNode): Promise<HostNode[]> {
    if (node !== undefined) return node.kind === 'folder' ? [...node.children] : [];
    this.inventory ??= this.host.inventory(new AbortController().signal);
    try {
      const inventory = await this.inventory;
      const shown = filterHosts(inventory, this.filter);
      this.view.message = this.messageFor(shown, inventory);
      const recent = this.filter === '' ? recentMachines(this.host.context.globalState) : [];
      return [...hostTree(shown, recent)];
    } catch (error) {
      this.view.message = messageOf(error);
      return [];
    }
  }

  getTreeItem(node: HostNode): vscode.TreeItem {
    return node.kind === 'host' ? this.hostItem(node) : folderItem(node.id, node.label, node.hostCount);
  }

  private messageFor(shown: Inventory, all: Inventory): string {
    const filtered =
      this.filter === ''
        ? ''
        : l10n.t('{0} of {1} hosts with "{2}"', shown.hosts.length, all.hosts.length, this.filter);
    const problems =
      all.problems.length === 0 ? '' : l10n.t('{0} places were not understood: see List Hosts.', all.problems.length);
    return [filtered, problems].filter((text) => text !== '').join(' · ');
  }

  private hostItem({ id, host }: HostLeaf): vscode.TreeItem {
    const item = new vscode.TreeItem(host.name);
    const open = this.host.connected().find(({ name }) => name === host.name);
    item.id = id;
    item.description = [addressText(host), ...host.tags.map((tag) => `#${tag}`)]
      .filter((text) => text !== '')
      .join(' ');
    item.tooltip = tooltipOf(host, open);
    item.iconPath = new vscode.ThemeIcon(open !== undefined ? 'vm-active' : 'vm', colourOf(host));
    item.contextValue = `opsdeck.host${host.sources.length > 0 ? '.listed' : ''}`;
    item.checkboxState = this.checked.has(host.name)
      ? vscode.TreeItemCheckboxState.Checked
      : vscode.TreeItemCheckboxState.Unchecked;
    const state = stateText(open);
    item.accessibilityInformation = { label: `${host.name}, ${state}` };
    return item;
  }

  private check(items: readonly (readonly [unknown, vscode.TreeItemCheckboxState])[]): void {
    for (const [element, state] of items) {
      const node = element as HostNode;
      if (node.kind !== 'host') continue;
      if (state === vscode.TreeItemCheckboxState.Checked) this.checked.add(node.host.name);
      else this.checked.delete(node.host.name);
    }
    const count = this.checked.size;
    this.view.badge = count === 0 ? undefined : { value: count, tooltip: l10n.t('{0} hosts are ticked', count) };
    this.changed.fire(undefined);
  }
}

function addressText({ address, port, user }: Host): string {
  const name = address ?? '';
  const at = user === null || name === '' ? name : `${user}@${name}`;
  return port === null || at === '' ? at : `${at}:${port}`;
}

function stateText(open: OpenHost | undefined): string {
  if (open === undefined) return l10n.t('not connected');
  return open.transport === 'ssh2'
    ? l10n.t('connected by the built-in SSH')
    : l10n.t('connected by the ssh of this computer');
}

function tooltipOf(host: Host, open: OpenHost | undefined): string {
  const policy = [
    ...(host.policy.readOnly ? [l10n.t('read-only')] : []),
    ...(host.policy.confirm ? [l10n.t('asks first')] : []),
  ];
  return [
    host.name,
    addressText(host),
    stateText(open),
    ...(open?.remarks ?? []),
    host.note,
    policy.join(', '),
    host.groups.join(', '),
    ...host.sources.map(({ file, line }) => `${file}:${line}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function colourOf({ policy }: Host): vscode.ThemeColor | undefined {
  return policy.colour === null ? undefined : new vscode.ThemeColor(`charts.${policy.colour}`);
}

function folderItem(id: string, label: FolderLabel, count: number): vscode.TreeItem {
  const open = label.kind === 'known-hosts' ? 'Collapsed' : 'Expanded';
  const item = new vscode.TreeItem(labelOf(label), vscode.TreeItemCollapsibleState[open]);
  item.id = id;
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon(
    label.kind === 'group' ? 'folder' : label.kind === 'recent' ? 'history' : 'file-code',
  );
  return item;
}

function labelOf(label: FolderLabel): string {
  switch (label.kind) {
    case 'group':
      return label.name;
    case 'recent':
      return l10n.t('Recent');
    case 'ssh-config':
      return l10n.t('SSH configuration');
    case 'known-hosts':
      return l10n.t('Known hosts');
    case 'ansible':
      return l10n.t('Ansible inventory');
    case 'hosts-file':
      return l10n.t('Hosts files');
  }
}
