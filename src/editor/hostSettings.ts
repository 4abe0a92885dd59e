import * as vscode from 'vscode';
import type { HostSettings } from '../machine/hostSettings';

/** Where hosts files are looked for in a workspace; more than that are not read. */
const maxFiles = 50;

/** What the settings and, where it is trusted, the workspace say about hosts. */
export async function readHostSettings(): Promise<HostSettings> {
  const configuration = vscode.workspace.getConfiguration('opsdeck.ssh');
  const configFile = configuration.get<string>('configFile', '').trim();
  const trusted = vscode.workspace.isTrusted;
  const found = trusted ? await vscode.workspace.findFiles('**/*.hosts.{yaml,yml}', undefined, maxFiles) : [];
  const inWorkspace = found.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  return {
    configFile: configFile === '' ? null : configFile,
    inventoryFiles: [...configuration.get<readonly string[]>('inventories', []), ...inWorkspace.sort()],
    trusted,
    idleMinutes: configuration.get<number>('idleMinutes', 5),
  };
}

/** Tells of every change of what readHostSettings reads. */
export function watchHostSettings(onChange: (settings: HostSettings) => void): vscode.Disposable {
  const tell = (): void => void readHostSettings().then(onChange);
  const files = vscode.workspace.createFileSystemWatcher('**/*.hosts.{yaml,yml}', false, true, false);
  return vscode.Disposable.from(
    files,
    files.onDidCreate(tell),
    files.onDidDelete(tell),
    vscode.workspace.onDidGrantWorkspaceTrust(tell),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('opsdeck.ssh')) tell();
    }),
  );
}
