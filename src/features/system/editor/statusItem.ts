import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';
import type { Shown } from '../../../editor/session';
import type { SystemOverview } from '../core/overview/schema/overview';
import { statusBarText } from '../core/overview/tree';

/** CPU and memory in the status bar; a click opens the overview. */
export function createStatusItem(host: EditorHost): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('opsdeck.system', vscode.StatusBarAlignment.Right, 50);
  item.name = l10n.t('Opsdeck: CPU and memory');
  item.text = '$(pulse) …';
  item.command = 'opsdeck.system.overview';
  item.show();
  const holder = host.holdLive(
    { tool: 'system.overview', input: {}, machine: 'local' },
    (shown) => show(item, shown),
    true,
  );
  return vscode.Disposable.from(item, { dispose: () => holder.dispose() });
}

function show(item: vscode.StatusBarItem, shown: Shown): void {
  if (shown.state === 'failed') {
    item.text = '$(warning)';
    item.tooltip = shown.message;
    return;
  }
  if (shown.result === undefined) return;
  const { text, tooltipLines } = statusBarText(shown.result as SystemOverview);
  item.text = `$(pulse) ${text}`;
  item.tooltip = tooltipLines.join('\n');
}
