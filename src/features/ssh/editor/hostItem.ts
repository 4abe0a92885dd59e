import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Host, OpenHost } from '../../../machine/machines';
import type { FolderLabel, FolderNode, HostLeaf } from '../core/hostTree';

/** A host as a row of the view. `connection`: undefined where there is none. */
export function hostItem({ id, host }: HostLeaf, connection: OpenHost | undefined, isTicked: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(host.name);
  const more = [
    ...policyWords(host),
    ...(connection?.transport === 'ssh2' && connection.remarks.length > 0 ? ['⚠'] : []),
  ];
  item.id = id;
  item.description = [addressText(host), ...host.tags.map((tag) => `#${tag}`), ...more]
    .filter((text) => text !== '')
    .join(' · ');
  item.tooltip = tooltipOf(host, connection);
  item.iconPath = new vscode.ThemeIcon(connection === undefined ? 'vm' : 'vm-active', colourOf(host));
  item.contextValue = [
    'opsdeck.host',
    ...(host.sources.length > 0 ? ['listed'] : []),
    ...(connection === undefined ? [] : ['connected']),
  ].join('.');
  item.checkboxState = isTicked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked;
  item.accessibilityInformation = { label: [host.name, wayText(connection), ...policyWords(host)].join(', ') };
  return item;
}

function policyWords({ policy }: Host): readonly string[] {
  return [...(policy.readOnly ? [l10n.t('read-only')] : []), ...(policy.confirm ? [l10n.t('asks first')] : [])];
}

function addressText({ address, port, user }: Host): string {
  const name = address ?? '';
  const at = user === null || name === '' ? name : `${user}@${name}`;
  return port === null || at === '' ? at : `${at}:${port}`;
}

function tooltipOf(host: Host, connection: OpenHost | undefined): string {
  return [
    host.name,
    addressText(host),
    wayText(connection),
    ...(connection?.remarks ?? []),
    host.note,
    policyWords(host).join(', '),
    host.groups.join(', '),
    ...host.sources.map(({ file, line }) => `${file}:${line}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function wayText(connection: OpenHost | undefined): string {
  if (connection === undefined) return l10n.t('not connected');
  return connection.transport === 'ssh2'
    ? l10n.t('connected by the built-in SSH')
    : l10n.t('connected by the ssh of this computer');
}

function colourOf({ policy }: Host): vscode.ThemeColor | undefined {
  return policy.colour === null ? undefined : new vscode.ThemeColor(`charts.${policy.colour}`);
}

/** So many hosts of a group are shown at once; more would put the other groups out of sight. */
const MOST_OPEN = 50;

/** `isFound`: of what was searched for, all is shown. */
export function folderItem({ id, label, hostCount }: FolderNode, isFound: boolean): vscode.TreeItem {
  const isClosed = !isFound && (label.kind === 'known-hosts' || hostCount > MOST_OPEN);
  const open = isClosed ? 'Collapsed' : 'Expanded';
  const item = new vscode.TreeItem(labelOf(label), vscode.TreeItemCollapsibleState[open]);
  // VS Code remembers by it what is open.
  item.id = isFound ? `found:${id}` : id;
  item.description = String(hostCount);
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
