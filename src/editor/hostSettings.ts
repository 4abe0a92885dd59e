import * as vscode from 'vscode';
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
  const deadline = new vscode.CancellationTokenSource();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly vscode.Uri[]>((resolve) => {
    timer = setTimeout(() => (deadline.cancel(), resolve([])), searchMs);
  });
  const find = (folder: vscode.WorkspaceFolder): PromiseLike<readonly vscode.Uri[]> => {
    const found = vscode.workspace.findFiles(
      new vscode.RelativePattern(folder, pattern),
      undefined,
      maxFiles,
      deadline.token,
    );
    return Promise.race([found, late]);
  };
  const found = await Promise.all(folders.map(find));
  clearTimeout(timer);
  deadline.dispose();
  const files = found.flat().map(({ fsPath }) => fsPath);
  return files.sort().slice(0, maxFiles);
}

/** Tells of every change of what readHostSettings reads. */
export function watchHostSettings(onChange: (settings: HostSettings) => void): vscode.Disposable {
  const tell = (): void => void readHostSettings().then(onChange);
  const files = vscode.workspace.createFileSystemWatcher(pattern, false, true, false);
  return vscode.Disposable.from(
    files,
    files.onDidCreate(tell),
    files.onDidDelete(tell),
    vscode.workspace.onDidGrantWorkspaceTrust(tell),
    vscode.workspace.onDidChangeWorkspaceFolders(tell),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('opsdeck.ssh')) tell();
    }),
  );
}
