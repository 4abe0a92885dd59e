import * as vscode from 'vscode';
import type { FeatureFactory } from '../../editor/feature';
import { clearRecordings, createRecorder, toggleRecorder } from './editor/recorder';
import { compareSnapshots, saveSnapshot } from './editor/snapshots';
import { createStatusItem } from './editor/statusItem';
import { SystemView } from './editor/systemView';
import type { manifest } from './manifest';

export const createFeature: FeatureFactory<typeof manifest> = (host) => ({
  commands: {
    'opsdeck.system.toggleStatusBar': toggleStatusBar,
    'opsdeck.system.toggleRecorder': toggleRecorder,
    'opsdeck.system.clearRecordings': () => clearRecordings(host),
    'opsdeck.system.saveSnapshot': () => saveSnapshot(host),
    'opsdeck.system.compareSnapshots': () => compareSnapshots(host),
  },
  views: { 'opsdeck.system': (view) => new SystemView(host, view) },
  terminalProfiles: {},
  fileSystems: {},
  backgrounds: {
    'opsdeck.system.statusBar': () => createStatusItem(host),
    'opsdeck.system.recorder': () => createRecorder(host),
  },
});

async function toggleStatusBar(): Promise<void> {
  const setting = 'opsdeck.system.statusBar';
  const configuration = vscode.workspace.getConfiguration();
  const shown = configuration.get<boolean>(setting, false);
  await configuration.update(setting, !shown, vscode.ConfigurationTarget.Global);
}
