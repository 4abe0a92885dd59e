import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import { recentMachines } from '../../../editor/pickMachine';
import { messageOf } from '../../../lib/errors';
import type { Inventory } from '../../../machine/machines';
import { filterHosts } from '../core/filterHosts';
import { hostTree, type HostNode } from '../core/hostTree';
import { folderItem, hostItem } from './hostItem';

/** Many hosts connect in a burst: they are drawn together. */
const REDRAW_MS = 100;

/** The view "Hosts": every host that files name, in their groups. Reads files only; connects to nothing. */
export class HostsView implements vscode.TreeDataProvider<HostNode> {
  private readonly changed = new vscode.EventEmitter<HostNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly ticked = new Set<string>();
  private filter = '';
  private inventory: Promise<Inventory> | undefined;
  private redraw: NodeJS.Timeout | undefined;

  constructor(
    private readonly host: EditorHost,
    private readonly view: vscode.TreeView<unknown>,
  ) {
    host.context.subscriptions.push(
      this.changed,
      host.onDidChangeConnected(() => this.refreshSoon()),
      view.onDidChangeVisibility(({ visible }) => (visible ? this.refresh() : undefined)),
      view.onDidChangeCheckboxState(({ items }) => this.tick(items)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => void this.refreshFor(uri)),
      host.onDidChangeHosts(() => this.refreshSoon()),
      { dispose: () => clearTimeout(this.redraw) },
    );
  }

  /** Those that a command of a row is for: all that are ticked where the row is one of them, else that one. */
  hostsOf(node: unknown): readonly string[] {
    const leaf = node as HostNode | undefined;
    if (leaf?.kind !== 'host') return [];
    const { name } = leaf.host;
    return this.ticked.has(name) ? [...this.ticked] : [name];
  }

  /** What a click on its box does. */
  toggle(host: string | undefined): void {
    if (host === undefined) return;
    if (!this.ticked.delete(host)) this.ticked.add(host);
    this.tick([]);
  }

  untick(): void {
    this.ticked.clear();
    this.tick([]);
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
    if (text !== undefined) this.narrow(text.trim());
  }

  narrow(filter: string): void {
    this.filter = filter;
    void vscode.commands.executeCommand('setContext', 'opsdeck.hostsFiltered', filter !== '');
    this.changed.fire(undefined);
  }

  async getChildren(node?: HostNode): Promise<HostNode[]> {
    if (node !== undefined) return node.kind === 'folder' ? [...node.children] : [];
    this.inventory ??= this.host.inventory(new AbortController().signal);
    try {
      const inventory = await this.inventory;
      const shown = filterHosts(inventory, this.filter);
      this.view.message = this.messageFor(shown, inventory);
      // Not before it is known: while files are read there may be hosts.
      void vscode.commands.executeCommand('setContext', 'opsdeck.noHosts', inventory.hosts.length === 0);
      const recent = this.filter === '' ? recentMachines(this.host.context.globalState) : [];
      return [...hostTree(shown, recent)];
    } catch (error) {
      this.view.message = messageOf(error);
      return [];
    }
  }

  getTreeItem(node: HostNode): vscode.TreeItem {
    if (node.kind === 'folder') return folderItem(node, this.filter !== '');
    const { name } = node.host;
    const connection = this.host.connected().find((host) => host.name === name);
    return hostItem(node, connection, this.ticked.has(name));
  }

  private messageFor(shown: Inventory, all: Inventory): string {
    const count = this.ticked.size;
    return [
      ...(this.filter === ''
        ? []
        : [l10n.t('{0} of {1} hosts with "{2}"', shown.hosts.length, all.hosts.length, this.filter)]),
      ...(count < 2 ? [] : [l10n.t('{0} hosts are ticked: a command of one of them is for all.', count)]),
      ...(all.problems.length === 0
        ? []
        : [l10n.t('{0} places were not understood: see List Hosts.', all.problems.length)]),
    ].join(' · ');
  }

  private refreshSoon(): void {
    this.redraw ??= setTimeout(() => {
      this.redraw = undefined;
      this.refresh();
    }, REDRAW_MS);
  }

  /** Where one of the files was saved that name the hosts. */
  private async refreshFor({ scheme, fsPath }: vscode.Uri): Promise<void> {
    if (scheme !== 'file' || this.inventory === undefined) return;
    const { hosts, problems } = await this.inventory.catch(() => ({ hosts: [], problems: [] }));
    const names = hosts.some(({ sources }) => sources.some(({ file }) => file === fsPath));
    const isHostsFile = /\.hosts\.ya?ml$|[/\\]\.ssh[/\\]/.test(fsPath);
    if (names || isHostsFile || problems.some(({ file }) => file === fsPath)) this.refreshSoon();
  }

  private tick(items: readonly (readonly [unknown, vscode.TreeItemCheckboxState])[]): void {
    for (const [element, state] of items) {
      const node = element as HostNode;
      if (node.kind !== 'host') continue;
      if (state === vscode.TreeItemCheckboxState.Checked) this.ticked.add(node.host.name);
      else this.ticked.delete(node.host.name);
    }
    const count = this.ticked.size;
    this.view.badge = count === 0 ? undefined : { value: count, tooltip: l10n.t('{0} hosts are ticked', count) };
    void vscode.commands.executeCommand('setContext', 'opsdeck.hostsTicked', count > 0);
    this.changed.fire(undefined);
  }
}
