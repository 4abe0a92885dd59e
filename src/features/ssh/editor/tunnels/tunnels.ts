import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../../editor/feature';
import { rememberMachine } from '../../../../editor/pickMachine';
import { ExpectedError } from '../../../../lib/errors';
import { localName } from '../../../../machine/machines';
import { localAddress, localUrl, socksLines } from '../../core/tunnel/addresses';
import type { TakenPorts } from '../../core/tunnel/ports';
import { inputOf, type SavedTunnel } from '../../core/tunnel/saved';
import type { TunnelEnds } from '../../core/tunnel/schema';
import { readForward } from '../../core/tunnel/wanted';
import { wayText } from '../../report/tunnelWords';
import { askName, askText, askTunnel } from './ask';
import { localPorts } from './localPorts';
import { RunningTunnels } from './running';
import { tunnelsSetting, TunnelStore } from './store';
import { endsOf, TunnelsView, type TunnelNode } from './view';

/** What a person does with tunnels: everything here is a command. */
export class Tunnels {
  private readonly store = new TunnelStore();
  private readonly running: RunningTunnels;

  constructor(private readonly host: EditorHost) {
    this.running = new RunningTunnels(host);
    host.context.subscriptions.push(
      this.running,
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(tunnelsSetting)) this.running.follow(this.store.read().tunnels);
      }),
    );
  }

  view(tree: vscode.TreeView<unknown>): TunnelsView {
    const view = new TunnelsView(this.store, this.running, tree);
    this.host.context.subscriptions.push(view);
    return view;
  }

  /** Those that are to be open whenever VS Code is. */
  async openAtStart(): Promise<void> {
    for (const tunnel of this.store.read().tunnels) {
      if (tunnel.startUp && (await this.mayOpen(tunnel))) this.running.start(tunnel, { quiet: true });
    }
  }

  async add(givenHost: string | undefined): Promise<void> {
    const taken = localPorts(this.host);
    const host = givenHost ?? (await this.host.pickMachine(l10n.t('Open a Tunnel')));
    if (host === undefined) return;
    await rememberMachine(this.host.context.globalState, host);
    const tunnel = await askTunnel({ host, taken: await taken, names: this.names() });
    if (tunnel === undefined) return;
    await this.store.add(tunnel);
    await vscode.commands.executeCommand('opsdeck.tunnels.focus');
    await this.open(tunnel);
  }

  async start(node: unknown): Promise<void> {
    const title = l10n.t('Open a Saved Tunnel');
    const tunnel = await this.chosen(node, title, ({ name }) => !this.running.isRunning(name));
    if (tunnel !== undefined) await this.open(tunnel);
  }

  async stop(node: unknown): Promise<void> {
    const tunnel = await this.chosen(node, l10n.t('Close a Tunnel'), ({ name }) => this.running.isRunning(name));
    if (tunnel !== undefined) this.running.stop(tunnel.name);
  }

  /** The report of its run, which lives as long as one of both looks at it. */
  async show(node: unknown): Promise<void> {
    const tunnel = await this.chosen(node, l10n.t('Show a Tunnel'), ({ name }) => this.running.isRunning(name));
    if (tunnel === undefined) return;
    await vscode.commands.executeCommand('opsdeck.ssh.tunnel', { input: inputOf(tunnel), machine: localName });
  }

  async edit(node: unknown): Promise<void> {
    const tunnel = await this.chosen(node, l10n.t('Edit a Tunnel'));
    if (tunnel === undefined) return;
    const part = await this.askPart(tunnel);
    if (part === 'name') return this.rename({ kind: 'tunnel', name: tunnel.name });
    if (part === 'settings') return void (await openSettings());
    if (part === 'host') {
      const host = await this.host.pickMachine(l10n.t('Tunnel “{0}”', tunnel.name), { except: tunnel.host });
      if (host !== undefined) await this.store.replace(tunnel.name, { ...tunnel, host });
    }
    if (part === 'ends') {
      const { kind } = tunnel.spec;
      const known = { host: tunnel.host, taken: await this.takenByOthers(tunnel), names: [] };
      const text = await askText(tunnel, known);
      if (text !== undefined) {
        await this.store.replace(tunnel.name, { ...tunnel, text, spec: readForward(kind, text).spec });
      }
    }
  }

  async rename(node: unknown): Promise<void> {
    const tunnel = await this.chosen(node, l10n.t('Rename a Tunnel'));
    if (tunnel === undefined) return;
    const others = this.names().filter((other) => other !== tunnel.name);
    const name = await askName(tunnel.name, others);
    if (name === undefined || name === tunnel.name) return;
    const renamed = { ...tunnel, name };
    this.running.rename(tunnel.name, renamed);
    await this.store.replace(tunnel.name, renamed);
  }

  /** At once, with its way back in the message. */
  async remove(node: unknown): Promise<void> {
    const tunnel = await this.chosen(node, l10n.t('Remove a Tunnel'));
    if (tunnel === undefined) return;
    const wasRunning = this.running.isRunning(tunnel.name);
    this.running.stop(tunnel.name);
    const index = await this.store.remove(tunnel.name);
    const undo = l10n.t('Undo');
    const message = l10n.t('The tunnel “{0}” was removed.', tunnel.name);
    void vscode.window.showInformationMessage(message, undo).then((choice) =>
      this.host.attempt(message, async () => {
        if (choice !== undo || this.store.find(tunnel.name) !== undefined) return;
        await this.store.add(tunnel, index);
        if (wasRunning) this.running.start(tunnel);
      }),
    );
  }

  async copyAddress(node: unknown): Promise<void> {
    const tunnel = await this.chosen(node, l10n.t('Copy the Address of a Tunnel'));
    if (tunnel === undefined) return;
    const { kind, listen } = this.ends(tunnel);
    const address = kind === 'remote' ? listen.text : localAddress(listen);
    await vscode.env.clipboard.writeText(address);
    vscode.window.setStatusBarMessage(l10n.t('{0} is in the clipboard.', address), 4_000);
  }

  async browse(node: unknown): Promise<void> {
    const isWeb = (one: SavedTunnel): boolean => one.spec.kind === 'local' && one.spec.listen.kind === 'tcp';
    const tunnel = await this.chosen(node, l10n.t('Open a Tunnel in the Browser'), isWeb);
    if (tunnel === undefined) return;
    if (!this.running.isRunning(tunnel.name)) throw notOpen(tunnel);
    const url = localUrl(this.ends(tunnel));
    if (url !== null) await vscode.env.openExternal(vscode.Uri.parse(url));
  }

  /** How programs are told of the proxy; the chosen line is copied. */
  async useProxy(node: unknown): Promise<void> {
    const title = l10n.t('Use a SOCKS Proxy');
    const tunnel = await this.chosen(node, title, ({ spec }) => spec.kind === 'dynamic');
    if (tunnel === undefined) return;
    const { listen } = this.ends(tunnel);
    if (listen.port === null || listen.port === 0) throw notOpen(tunnel);
    const placeHolder = l10n.t('Choose what to copy; names are looked up by {0}', tunnel.host);
    const line = await vscode.window.showQuickPick(socksLines(listen), { title, placeHolder, ignoreFocusOut: true });
    if (line !== undefined) await vscode.env.clipboard.writeText(line);
  }

  async openWithEditor(node: unknown, startUp: boolean): Promise<void> {
    const title = startUp ? l10n.t('Open with VS Code') : l10n.t('No Longer Open with VS Code');
    const tunnel = await this.chosen(node, title, (one) => one.startUp !== startUp);
    if (tunnel !== undefined) await this.store.replace(tunnel.name, { ...tunnel, startUp });
  }

  private async open(tunnel: SavedTunnel): Promise<void> {
    if (await this.mayOpen(tunnel)) this.running.start(tunnel);
  }

  /** Some hosts are to be asked for each time, by what their hosts file says. */
  private async mayOpen({ name, host }: SavedTunnel): Promise<boolean> {
    if (!(await this.host.policyOf(host)).confirm) return true;
    const open = l10n.t('Open');
    const question = l10n.t('Open the tunnel “{0}” through {1}?', name, host);
    const detail = l10n.t('The hosts file says that everything on {0} is to be confirmed.', host);
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, open)) === open;
  }

  private ends(tunnel: SavedTunnel): TunnelEnds {
    return endsOf(tunnel, this.running.stateOf(tunnel.name));
  }

  private names(): readonly string[] {
    return this.store.read().tunnels.map(({ name }) => name);
  }

  /** The tunnel of the line, or one that is asked for; undefined when the user leaves. */
  private async chosen(
    node: unknown,
    title: string,
    fits: (tunnel: SavedTunnel) => boolean = () => true,
  ): Promise<SavedTunnel | undefined> {
    const line = node as TunnelNode | undefined;
    if (line?.kind === 'tunnel') return this.store.find(line.name);
    const tunnels = this.store.read().tunnels.filter(fits);
    if (tunnels.length === 0) throw new ExpectedError('not-found', l10n.t('There is no such tunnel.'));
    const items = tunnels.map((tunnel) => ({
      label: tunnel.name,
      description: `${wayText(this.ends(tunnel))} · ${tunnel.host}`,
      tunnel,
    }));
    return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true, ignoreFocusOut: true }))
      ?.tunnel;
  }

  private async askPart(tunnel: SavedTunnel): Promise<'ends' | 'host' | 'name' | 'settings' | undefined> {
    const items = [
      { label: l10n.t('Ends'), description: tunnel.text, part: 'ends' },
      { label: l10n.t('Host'), description: tunnel.host, part: 'host' },
      { label: l10n.t('Name'), description: tunnel.name, part: 'name' },
      { label: l10n.t('Edit in settings.json'), description: tunnelsSetting, part: 'settings' },
    ] as const;
    const options = { title: l10n.t('Tunnel “{0}”', tunnel.name), ignoreFocusOut: true };
    return (await vscode.window.showQuickPick(items, options))?.part;
  }

  private async takenByOthers(tunnel: SavedTunnel): Promise<TakenPorts> {
    const { port } = this.ends(tunnel).listen;
    const own = this.running.isRunning(tunnel.name) ? port : null;
    return new Map([...(await localPorts(this.host))].filter(([other]) => other !== own));
  }
}

function notOpen({ name }: SavedTunnel): ExpectedError {
  return new ExpectedError('closed', l10n.t('The tunnel “{0}” is not open. Open it first.', name));
}

async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettingsJson', { revealSetting: { key: tunnelsSetting } });
}
