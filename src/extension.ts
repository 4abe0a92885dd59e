import * as vscode from 'vscode';
import { whileSetting } from './editor/background';
import { createLazyTree } from './editor/lazyTree';
import { panelType, showLogCommand } from './editor/house';
import type { Workbench } from './editor/workbench';
import { inNextTurn } from './editor/turn';
import { features } from './features/index';

/** Registers what the manifests name. Everything behind a name is loaded when it is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel('Opsdeck', { log: true });
  let made: Promise<Workbench> | undefined;
  const workbench = (): Promise<Workbench> =>
    (made ??= inNextTurn(() => import('./editor/workbench')).then(
      (module) => new module.Workbench(context, channel, features),
    ));
  const register = (id: string, handler: (...args: unknown[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(id, handler));
  };

  context.subscriptions.push(channel);
  register(showLogCommand, () => channel.show());
  for (const entry of features) {
    const feature = async () => (await workbench()).feature(entry);
    for (const id of Object.keys(entry.manifest.tools)) {
      register(`opsdeck.${id}`, async (argument) =>
        (await inNextTurn(() => import('./surfaces/palette'))).runFromPalette(await workbench(), id, argument),
      );
    }
    for (const id of Object.keys(entry.manifest.commands)) {
      register(id, async (...args) => (await feature()).commands[id]?.(...args));
    }
    for (const id of Object.keys(entry.manifest.views)) {
      context.subscriptions.push(createLazyTree(id, async (view) => (await feature()).views[id]!(view)));
    }
    context.subscriptions.push(
      whileSetting(entry.manifest.backgroundSetting, async () => (await feature()).background?.()),
    );
  }
  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) => (await workbench()).restore(panel, state),
    }),
  );
}
