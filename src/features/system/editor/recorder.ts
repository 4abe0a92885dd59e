import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../editor/feature';

const megabytesSetting = 'opsdeck.system.recorderMegabytes';

/** Records as long as the setting is on, whether anybody looks or not; a failure is shown once and ends it. */
export function createRecorder(host: EditorHost): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('opsdeck.system.recorder', vscode.StatusBarAlignment.Right, 49);
  item.name = l10n.t('Opsdeck: flight recorder');
  item.text = '$(record)';
  item.tooltip = l10n.t('Opsdeck is recording snapshots of this machine. Click to look back.');
  item.command = 'opsdeck.system.replay';
  item.show();
  const maxMegabytes = vscode.workspace.getConfiguration().get<number>(megabytesSetting, 200);
  const holder = host.holdLive(
    { tool: 'system.record', input: { maxMegabytes }, machine: 'local' },
    (shown) => {
      if (shown.state !== 'failed') return;
      item.text = '$(warning)';
      item.tooltip = l10n.t('The flight recorder has stopped: {0}', shown.message);
    },
    true,
  );
  return vscode.Disposable.from(item, holder);
}

/** Switches the setting that `createRecorder` hangs on. */
export async function toggleRecorder(): Promise<void> {
  const setting = 'opsdeck.system.recorder';
  const configuration = vscode.workspace.getConfiguration();
  const on = !configuration.get<boolean>(setting, false);
  await configuration.update(setting, on, vscode.ConfigurationTarget.Global);
  const text = on
    ? l10n.t('The flight recorder is on.')
    : l10n.t('The flight recorder is off. What it recorded is kept.');
  vscode.window.setStatusBarMessage(text, 5_000);
}

export async function clearRecordings(host: EditorHost): Promise<void> {
  const yes = l10n.t('Delete');
  const question = l10n.t('Delete everything that the flight recorder has kept?');
  if ((await vscode.window.showWarningMessage(question, { modal: true }, yes)) !== yes) return;
  await host.attempt(l10n.t('Delete Recorded Snapshots'), async () => {
    const folder = vscode.Uri.joinPath(host.context.globalStorageUri, 'recordings');
    const there = await vscode.workspace.fs.stat(folder).then(
      () => true,
      () => false,
    );
    if (there) await vscode.workspace.fs.delete(folder, { recursive: true });
  });
}
