import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost, FeatureFactory } from '../../editor/feature';
import { rememberMachine } from '../../editor/pickMachine';
import type { HostNode } from './core/hostTree';
import { remoteAuthority } from './core/remoteAuthority';
import { browseFiles, openWithSudo, pickFolder } from './editor/filesMenu';
import { HostFiles } from './editor/fileSystem';
import { HostsProblems } from './editor/hostsProblems';
import { newHostsFile, openSource, openSshConfig } from './editor/hostFiles';
import { HostsView } from './editor/hostsView';
import { runText } from './editor/runText';
import { openTerminal, profileOptions } from './editor/terminal';
import { copyToHost, downloadFiles, uploadFiles, uploadHere } from './editor/transfers';
import { Tunnels } from './editor/tunnels/tunnels';
import type { manifest } from './manifest';

/** Of Microsoft, and the one for VS Code without Microsoft's parts. */
const REMOTE_SSH = ['ms-vscode-remote.remote-ssh', 'jeanp413.open-remote-ssh'];
/** So many panels or terminals at once are opened without asking. */
const MOST_AT_ONCE = 5;

type Commands = ReturnType<FeatureFactory<typeof manifest>>['commands'];

export const createFeature: FeatureFactory<typeof manifest> = (host) => {
  let view: HostsView | undefined;
  const tunnels = new Tunnels(host);
  lookForRemoteSsh(host);
  return {
    commands: {
      ...hostCommands(host, () => view),
      ...fileCommands(host),
      'opsdeck.ssh.filterHosts': () => view?.search(),
      'opsdeck.ssh.clearFilter': () => view?.narrow(''),
      'opsdeck.ssh.untickHosts': () => view?.untick(),
      'opsdeck.ssh.refreshHosts': () => view?.refresh(),
      'opsdeck.ssh.newHostsFile': () => host.attempt(l10n.t('New Hosts File'), newHostsFile),
      'opsdeck.ssh.openConfig': () => host.attempt(l10n.t('Open SSH Configuration'), openSshConfig),
      ...tunnelCommands(host, tunnels),
    },
    views: {
      'opsdeck.hosts': (tree) => (view = new HostsView(host, tree)),
      'opsdeck.tunnels': (tree) => tunnels.view(tree),
    },
    terminalProfiles: { 'opsdeck.ssh.terminal': () => profileOptions(host) },
    fileSystems: { 'opsdeck-ssh': () => new HostFiles(host) },
    backgrounds: {
      'opsdeck.ssh.tunnels': () => {
        void host.attempt(l10n.t('Tunnels'), () => tunnels.openAtStart());
        // They end with the window, or when they are taken out of the list.
        return { dispose: () => undefined };
      },
      hostsProblems: () => new HostsProblems(host),
    },
  };
};

/** Commands of a row: for all hosts that are ticked where the row is one of them. */
function hostCommands(host: EditorHost, view: () => HostsView | undefined) {
  const each = (action: (machine: string) => unknown) => (node: unknown) =>
    host.attempt('SSH', async () => {
      const machines = view()?.hostsOf(node) ?? [];
      if (await mayOpenAll(machines.length)) for (const machine of machines) await action(machine);
    });
  const run = (command: string) =>
    each(async (machine) => {
      await rememberMachine(host.context.globalState, machine);
      await vscode.commands.executeCommand(command, { machine, input: {} });
    });
  return {
    'opsdeck.ssh.terminal': (node) =>
      nameOf(node) === undefined
        ? host.attempt('SSH', () => openTerminal(host, undefined))
        : each((machine) => openTerminal(host, machine))(node),
    'opsdeck.ssh.runOnHost': (node) =>
      vscode.commands.executeCommand('opsdeck.runOn', { machine: nameOf(node), input: {} }),
    'opsdeck.ssh.overviewOfHost': run('opsdeck.system.overview'),
    'opsdeck.ssh.processesOfHost': run('opsdeck.system.processes'),
    'opsdeck.ssh.checkHost': each((machine) => vscode.commands.executeCommand('opsdeck.ssh.check', { host: machine })),
    'opsdeck.ssh.disconnect': each((machine) => host.disconnect(machine)),
    'opsdeck.ssh.editHost': async (node) => {
      const leaf = node as HostNode | undefined;
      if (leaf?.kind === 'host') await openSource(leaf);
    },
    'opsdeck.ssh.tickHost': (node) => view()?.toggle(nameOf(node)),
    'opsdeck.ssh.copyName': (node) => vscode.env.clipboard.writeText((view()?.hostsOf(node) ?? []).join('\n')),
    'opsdeck.ssh.openRemote': async (node) => {
      const leaf = node as HostNode | undefined;
      if (leaf?.kind !== 'host') return;
      const known = leaf.host.sources.length > 0 ? leaf.host : undefined;
      await vscode.commands.executeCommand('vscode.newWindow', {
        remoteAuthority: remoteAuthority(leaf.host.name, known),
      });
    },
  } satisfies Partial<Commands>;
}

function fileCommands(host: EditorHost) {
  return {
    'opsdeck.ssh.runText': () => host.attempt('Opsdeck', () => runText()),
    'opsdeck.ssh.browseFiles': (node) => host.attempt('SSH', () => browseFiles(host, nameOf(node))),
    'opsdeck.ssh.pickFolder': () => pickFolder(host),
    'opsdeck.ssh.uploadFiles': (...args) => host.attempt('SSH', () => uploadFiles(host, args[0], args[1])),
    'opsdeck.ssh.uploadHere': (...args) => host.attempt('SSH', () => uploadHere(args[0])),
    'opsdeck.ssh.downloadFiles': (...args) => host.attempt('SSH', () => downloadFiles(args[0], args[1])),
    'opsdeck.ssh.copyToHost': (...args) => host.attempt('SSH', () => copyToHost(host, args[0], args[1])),
    'opsdeck.ssh.openWithSudo': (...args) => host.attempt('SSH', () => openWithSudo(args[0], args[1])),
  } satisfies Partial<Commands>;
}

function tunnelCommands(host: EditorHost, tunnels: Tunnels) {
  const tunnel = (action: (node: unknown) => Promise<void>) => (node: unknown) =>
    host.attempt(l10n.t('Tunnels'), () => action(node));
  return {
    'opsdeck.ssh.addTunnel': tunnel((node) => tunnels.add(nameOf(node))),
    'opsdeck.ssh.startTunnel': tunnel((node) => tunnels.start(node)),
    'opsdeck.ssh.stopTunnel': tunnel((node) => tunnels.stop(node)),
    'opsdeck.ssh.showTunnel': tunnel((node) => tunnels.show(node)),
    'opsdeck.ssh.browseTunnel': tunnel((node) => tunnels.browse(node)),
    'opsdeck.ssh.useProxy': tunnel((node) => tunnels.useProxy(node)),
    'opsdeck.ssh.copyTunnelAddress': tunnel((node) => tunnels.copyAddress(node)),
    'opsdeck.ssh.editTunnel': tunnel((node) => tunnels.edit(node)),
    'opsdeck.ssh.renameTunnel': tunnel((node) => tunnels.rename(node)),
    'opsdeck.ssh.openTunnelAtStart': tunnel((node) => tunnels.openWithEditor(node, true)),
    'opsdeck.ssh.openTunnelByHand': tunnel((node) => tunnels.openWithEditor(node, false)),
    'opsdeck.ssh.removeTunnel': tunnel((node) => tunnels.remove(node)),
  } satisfies Partial<Commands>;
}

function nameOf(node: unknown): string | undefined {
  const leaf = node as HostNode | undefined;
  return leaf?.kind === 'host' ? leaf.host.name : undefined;
}

async function mayOpenAll(count: number): Promise<boolean> {
  if (count <= MOST_AT_ONCE) return true;
  const yes = l10n.t('All {0}', count);
  const question = l10n.t('Do this for all {0} hosts that are ticked?', count);
  return (await vscode.window.showWarningMessage(question, { modal: true }, yes)) === yes;
}

/** Menus show what needs it only where it is; it may come and go. */
function lookForRemoteSsh(host: EditorHost): void {
  const look = (): void => {
    const found = REMOTE_SSH.some((id) => vscode.extensions.getExtension(id) !== undefined);
    void vscode.commands.executeCommand('setContext', 'opsdeck.hasRemoteSsh', found);
  };
  look();
  host.context.subscriptions.push(vscode.extensions.onDidChange(look));
}
