import * as vscode from 'vscode';

/** Runs something as long as a boolean setting is on; without a setting, nothing. */
export function whileSetting(
  setting: string | undefined,
  begin: () => Promise<vscode.Disposable | undefined>,
): vscode.Disposable {
  if (setting === undefined) return { dispose: () => undefined };
  let running: Promise<vscode.Disposable | undefined> | undefined;
  const update = (): void => {
    const wanted = vscode.workspace.getConfiguration().get<boolean>(setting, false);
    if (wanted) running ??= begin();
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
