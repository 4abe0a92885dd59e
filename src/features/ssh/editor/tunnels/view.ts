import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { createFormatter } from '../../../../report/format';
import { endResult } from '../../core/tunnel/kept';
import type { SavedTunnel } from '../../core/tunnel/saved';
import type { TunnelEnds } from '../../core/tunnel/schema';
import { kindText, tunnelText, wayText } from '../../report/tunnelWords';
import type { RunningTunnels, TunnelState } from './running';
import { tunnelsSetting, type TunnelStore } from './store';

/** A line of the view "Tunnels". */
export interface TunnelNode {
  readonly kind: 'tunnel';
  readonly name: string;
}

/** The view "Tunnels": those that are saved, with how they are. */
export class TunnelsView implements vscode.TreeDataProvider<TunnelNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TunnelNode | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private nodes = new Map<string, TunnelNode>();
  private readonly parts: vscode.Disposable;

  constructor(
    private readonly store: TunnelStore,
    private readonly running: RunningTunnels,
    private readonly view: vscode.TreeView<unknown>,
  ) {
    this.parts = vscode.Disposable.from(
      this.changed,
      running.onDidChange((name) => this.changed.fire(this.nodes.get(name))),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(tunnelsSetting)) this.changed.fire(undefined);
      }),
    );
  }

  getChildren(node?: TunnelNode): TunnelNode[] {
    if (node !== undefined) return [];
    const { tunnels, problems } = this.store.read();
    this.view.message = problems.length === 0 ? '' : `${tunnelsSetting}: ${problems.join(' ')}`;
    this.nodes = new Map(tunnels.map(({ name }) => [name, this.nodes.get(name) ?? { kind: 'tunnel', name }]));
    return [...this.nodes.values()];
  }

  getTreeItem({ name }: TunnelNode): vscode.TreeItem {
    const item = new vscode.TreeItem(name);
    item.id = `tunnel:${name}`;
    const tunnel = this.store.find(name);
    if (tunnel === undefined) return item;
    const state = this.running.stateOf(name);
    const words = stateText(state);
    const way = wayText(endsOf(tunnel, state));
    item.description = [state.phase === 'closed' ? '' : words, way, tunnel.host]
      .filter((text) => text !== '')
      .join(' · ');
    item.tooltip = tooltipOf(tunnel, state);
    item.iconPath = iconOf(state);
    item.contextValue = contextOf(tunnel, this.running.isRunning(name));
    const label = [name, words, way, tunnel.host, ...(tunnel.startUp ? [l10n.t('Opens with VS Code')] : [])].join(', ');
    item.accessibilityInformation = { label };
    return item;
  }

  dispose(): void {
    this.parts.dispose();
  }
}

/** Decides on its menu. */
function contextOf({ spec, startUp }: SavedTunnel, on: boolean): string {
  const browsable = spec.kind === 'local' && spec.listen.kind === 'tcp' ? '.web' : '';
  return `opsdeck.tunnel.${spec.kind}${browsable}.${on ? 'on' : 'off'}.${startUp ? 'auto' : 'manual'}`;
}

/** With the port that was found, where it is open. */
export function endsOf({ spec }: SavedTunnel, { result }: TunnelState): TunnelEnds {
  const target = spec.kind === 'dynamic' ? null : endResult(spec.target);
  return { kind: spec.kind, listen: result?.listen ?? endResult(spec.listen), target };
}

function stateText({ phase, result }: TunnelState): string {
  switch (phase) {
    case 'closed':
      return l10n.t('closed');
    case 'opening':
      return l10n.t('opening…');
    case 'waiting':
      return l10n.t('reconnecting…');
    case 'failed':
      return l10n.t('failed');
    case 'open': {
      const count = result?.openConnections ?? 0;
      return count === 0 ? l10n.t('open') : l10n.t('open, {0} in use', count);
    }
  }
}

/** The state by shape and colour; the words stand beside it. */
function iconOf({ phase, result }: TunnelState): vscode.ThemeIcon {
  switch (phase) {
    case 'closed':
      return new vscode.ThemeIcon('circle-outline');
    case 'opening':
      return new vscode.ThemeIcon('loading~spin');
    case 'waiting':
      return new vscode.ThemeIcon('sync~spin', new vscode.ThemeColor('list.warningForeground'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'open':
      return (result?.warnings.length ?? 0) > 0
        ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
        : new vscode.ThemeIcon('pass-filled', new vscode.ThemeColor('testing.iconPassed'));
  }
}

function tooltipOf(tunnel: SavedTunnel, state: TunnelState): string {
  const { result, message } = state;
  const lines = [
    tunnel.name,
    `${stateText(state)} · ${kindText(tunnel.spec.kind)}`,
    tunnelText(endsOf(tunnel, state), tunnel.host),
    message,
    ...(result === null ? [] : countLines(result)),
    ...(result?.warnings ?? []),
    tunnel.startUp ? l10n.t('Opens with VS Code') : '',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function countLines(result: NonNullable<TunnelState['result']>): readonly string[] {
  const { value } = createFormatter({ locale: vscode.env.language });
  const { openConnections, totalConnections, sentBytes, receivedBytes, openedAtMs, sinceMs, losses, lastFailure } =
    result;
  return [
    l10n.t('Connections: {0} now, {1} in all', openConnections, totalConnections),
    l10n.t('Sent {0}, received {1}', value(sentBytes, 'bytes'), value(receivedBytes, 'bytes')),
    openedAtMs === null ? '' : l10n.t('Opened {0}', value(openedAtMs, 'time')),
    losses === 0 ? '' : l10n.t('Connection lost {0} times, in this state since {1}', losses, value(sinceMs, 'time')),
    lastFailure === null ? '' : l10n.t('Last failure {0}: {1}', value(lastFailure.atMs, 'time'), lastFailure.message),
  ];
}
