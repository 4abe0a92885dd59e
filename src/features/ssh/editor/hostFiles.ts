import * as os from 'node:os';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { HostLeaf } from '../core/hostTree';

/** A hosts file to begin with. */
const EXAMPLE = `hosts:
  web[01-03]:
    user: deploy
    tags: [prod]
  gateway:
    address: 192.0.2.1
    port: 2222
    note: the way in

groups:
  databases:
    policy: { readOnly: true, colour: red }
    hosts: [db-a, db-b]
`;

/** A line that tells of the host; where several do, the user says which. The first decides. */
export async function openSource({ host }: HostLeaf): Promise<void> {
  const places = host.sources.map((source) => ({
    label: path.basename(source.file),
    description: l10n.t('line {0}', source.line),
    detail: source.file,
    source,
  }));
  const chosen = places.length < 2 ? places[0] : await vscode.window.showQuickPick(places, { title: host.name });
  if (chosen === undefined) return;
  const { source } = chosen;
  const place = new vscode.Position(source.line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(source.file), { selection: new vscode.Range(place, place) });
}

/** The user's own configuration, or the one that the setting puts in its place; a new one where there is none. */
export async function openSshConfig(): Promise<void> {
  const set = vscode.workspace.getConfiguration('opsdeck.ssh').get<string>('configFile', '').trim();
  const uri = vscode.Uri.file(set === '' ? path.join(os.homedir(), '.ssh', 'config') : set);
  await vscode.window.showTextDocument((await exists(uri)) ? uri : uri.with({ scheme: 'untitled' }));
}

/** Writes an example where the user wants it, and sees to it that it is read from now on. */
export async function newHostsFile(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('New Hosts File'),
    defaultUri: vscode.Uri.joinPath(folder ?? vscode.Uri.file(os.homedir()), 'servers.hosts.yaml'),
    filters: { [l10n.t('Hosts files')]: ['hosts.yaml', 'hosts.yml'] },
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(exampleText()));
  if (!isFound(target)) await addInventory(target.fsPath);
  await vscode.window.showTextDocument(target);
}

function exampleText(): string {
  const about = l10n.t('Hosts of Opsdeck: an example. Names may hold ranges; what a group says holds for its hosts.');
  return `# ${about}\n${EXAMPLE}`;
}

/** Those of a trusted workspace are found by their names. */
function isFound(file: vscode.Uri): boolean {
  const inside = vscode.workspace.getWorkspaceFolder(file) !== undefined;
  return inside && vscode.workspace.isTrusted && /\.hosts\.ya?ml$/.test(file.path);
}

async function addInventory(file: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('opsdeck.ssh');
  const known = settings.get<readonly string[]>('inventories', []);
  if (!known.includes(file)) await settings.update('inventories', [...known, file], vscode.ConfigurationTarget.Global);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
