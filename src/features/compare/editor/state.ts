import * as vscode from 'vscode';
import type { Comparison } from './comparison';

const view = { viewId: 'opsdeck.comparison' };

/** Tells menus and the bar above the view whether there is a comparison, and whether it still runs. */
export function followState(comparison: Comparison): vscode.Disposable {
  const told = new Map<string, boolean>();
  let ended: (() => void) | undefined;
  const tell = (key: string, value: boolean): void => {
    if (told.get(key) === value) return;
    told.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const update = (): void => {
    const { isRunning, input } = comparison;
    tell('opsdeck.comparison', input !== undefined);
    tell('opsdeck.comparing', isRunning);
    tell('opsdeck.comparisonWithSame', input?.identical === true);
    if (!isRunning) {
      ended?.();
      ended = undefined;
    } else if (ended === undefined) {
      const end = new Promise<void>((resolve) => (ended = resolve));
      void vscode.window.withProgress({ location: view }, () => end);
    }
  };
  return vscode.Disposable.from(comparison.onDidChange(update), { dispose: () => ended?.() });
}
