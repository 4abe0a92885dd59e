import * as vscode from 'vscode';

/** Runs something as long as a boolean setting is on, or a list has something in it. */
export function whileSetting(setting: string, begin: () => Promise<vscode.Disposable | undefined>): vscode.Disposable {
  let running: Promise<vscode.Disposable | undefined> | undefined;
  const update = (): void => {
    const value = vscode.workspace.getConfiguration().get<unknown>(setting);
    if (value === true || (Array.isArray(value) && value.length > 0)) running ??= begin();
    else end();
  };
  const end = (): void => {
    void running?.then((disposable) => void disposable?.dispose());
    running = undefined;
  };
  update();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) update();
    }),
    { dispose: end },
  );
}

/** Runs something from when a file of that pattern is first open in an editor. */
export function onceOpen(pattern: string, begin: () => Promise<vscode.Disposable | undefined>): vscode.Disposable {
  let running: Promise<vscode.Disposable | undefined> | undefined;
  const look = (document: vscode.TextDocument): void => {
    if (vscode.languages.match({ pattern }, document) > 0) running ??= begin();
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(vscode.workspace.onDidOpenTextDocument(look), {
    dispose: () => void running?.then((disposable) => void disposable?.dispose()),
  });
}
