import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FeatureFactory } from '../../editor/feature';
import type { HostNode } from './core/hostTree';
import { browseFiles, openWithSudo } from './editor/filesMenu';
import { HostFiles } from './editor/fileSystem';
import { HostsView } from './editor/hostsView';
import { runText } from './editor/runText';
import { openTerminal, terminalOptions } from './editor/terminal';
import { downloadFiles, uploadFiles } from './editor/transfers';
import { Tunnels } from './editor/tunnels/tunnels';
import type { manifest } from './manifest';

const remoteSsh = 'ms-vscode-remote.remote-ssh';

export const createFeature: FeatureFactory<typeof manifest> = (host) => {
  let view: HostsView | undefined;
  const tunnels = new Tunnels(host);
  void vscode.commands.executeCommand(
    'setContext',
    'opsdeck.hasRemoteSsh',
    vscode.extensions.getExtension(remoteSsh) !== undefined,
  );
  const run = (command: string) => (node: unknown) =>
    vscode.commands.executeCommand(command, { machine: nameOf(node), input: {} });
  const tunnel = (action: (node: unknown) => Promise<void>) => (node: unknown) =>
    host.attempt(l10n.t('Tunnels'), () => action(node));
  return {
    commands: {
      'opsdeck.ssh.terminal': (node) => host.attempt('SSH', () => openTerminal(host, nameOf(node))),
      'opsdeck.ssh.runOnHost': run('opsdeck.runOn'),
      'opsdeck.ssh.overviewOfHost': run('opsdeck.system.overview'),
      'opsdeck.ssh.processesOfHost': run('opsdeck.system.processes'),
      'opsdeck.ssh.checkHost': (node) => vscode.commands.executeCommand('opsdeck.ssh.check', { host: nameOf(node) }),
      'opsdeck.ssh.editHost': (node) => openSource(node),
      'opsdeck.ssh.copyName': (node) => vscode.env.clipboard.writeText(nameOf(node) ?? ''),
      'opsdeck.ssh.openRemote': (node) => openRemote(nameOf(node)),
      'opsdeck.ssh.runText': () => host.attempt('Opsdeck', () => runText()),
      'opsdeck.ssh.browseFiles': (node) => host.attempt('SSH', () => browseFiles(host, nameOf(node))),
      'opsdeck.ssh.uploadFiles': (...args) => host.attempt('SSH', () => uploadFiles(host, args[0], args[1])),
      'opsdeck.ssh.downloadFiles': (...args) => host.attempt('SSH', () => downloadFiles(args[0], args[1])),
      'opsdeck.ssh.openWithSudo': (...args) => host.attempt('SSH', () => openWithSudo(args[0], args[1])),
      'opsdeck.ssh.filterHosts': () => view?.search(),
      'opsdeck.ssh.refreshHosts': () => view?.refresh(),
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
    },
    views: {
      'opsdeck.hosts': (tree) => (view = new HostsView(host, tree)),
      'opsdeck.tunnels': (tree) => tunnels.view(tree),
    },
    terminalProfiles: { 'opsdeck.ssh.terminal': () => terminalOptions(host) },
    fileSystems: { 'opsdeck-ssh': () => new HostFiles(host) },
    backgrounds: {
      'opsdeck.ssh.tunnels': () => {
        void host.attempt(l10n.t('Tunnels'), () => tunnels.openAtStart());
        // They end with the window, or when they are taken out of the list.
        return { dispose: () => undefined };
      },
    },
  };
};

function nameOf(node: unknown): string | undefined {
  const leaf = node as HostNode | undefined;
  return leaf?.kind === 'host' ? leaf.host.name : undefined;
}

async function openSource(node: unknown): Promise<void> {
  const leaf = node as HostNode | undefined;
  const source = leaf?.kind === 'host' ? leaf.host.sources[0] : undefined;
  if (source === undefined) return;
  const place = new vscode.Position(source.line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(source.file), { selection: new vscode.Range(place, place) });
}

async function openRemote(name: string | undefined): Promise<void> {
  if (name === undefined) return;
  await vscode.commands.executeCommand('vscode.newWindow', { remoteAuthority: `ssh-remote+${name}` });
}
