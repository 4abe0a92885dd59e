import * as vscode from 'vscode';
import { settlesWithin } from '../lib/deadline';
import type { HostSettings } from '../machine/hostSettings';

/** Where hosts files are looked for in a workspace; more than that are not read. */
const maxFiles = 50;
const pattern = '**/*.hosts.{yaml,yml}';
/** Whatever waits for a host waits for this. */
const searchMs = 5_000;

/** What the settings and, where it is trusted, the workspace say about hosts. */
export async function readHostSettings(): Promise<HostSettings> {
  const configuration = vscode.workspace.getConfiguration('opsdeck.ssh');
  const configFile = configuration.get<string>('configFile', '').trim();
  const trusted = vscode.workspace.isTrusted;
  const inWorkspace = trusted ? await findHostsFiles() : [];
  return {
    configFile: configFile === '' ? null : configFile,
    inventoryFiles: [...configuration.get<readonly string[]>('inventories', []), ...inWorkspace],
    trusted,
    idleMinutes: configuration.get<number>('idleMinutes', 5),
  };
}

/**
 * In folders of this computer only: VS Code waits without end for somebody who can search any other, and a folder of a
 * host would wait here for itself.
 */
async function findHostsFiles(): Promise<readonly string[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const search = new vscode.CancellationTokenSource();
  const find = async (folder: vscode.WorkspaceFolder): Promise<readonly vscode.Uri[]> => {
    const inFolder = new vscode.RelativePattern(folder, pattern);
    const found = Promise.resolve(vscode.workspace.findFiles(inFolder, undefined, maxFiles, search.token));
    return (await settlesWithin(found, searchMs)) ? found : [];
  };
  const found = await Promise.all(folders.map(find));
  search.cancel();
  search.dispose();
  const files = found.flat().map(({ fsPath }) => fsPath);
  return files.sort().slice(0, maxFiles);
}

/** Tells of every change of what readHostSettings reads, and of what stands in the hosts files of the workspace. */
export function watchHostSettings(onChange: (settings: HostSettings) => void): vscode.Disposable {
  const tell = (): void => void readHostSettings().then(onChange);
  const files = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    files,
    files.onDidCreate(tell),
    files.onDidChange(tell),
    files.onDidDelete(tell),
    vscode.workspace.onDidGrantWorkspaceTrust(tell),
    vscode.workspace.onDidChangeWorkspaceFolders(tell),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('opsdeck.ssh')) tell();
    }),
  );
}
