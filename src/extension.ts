import * as vscode from 'vscode';
import { onceOpen, whileSetting } from './editor/background';
import { registerLazyFileSystem } from './editor/lazyFileSystem';
import { createLazyTree } from './editor/lazyTree';
import type { Feature, FileSystem } from './editor/feature';
import { houseCommands, houseViews, panelType, showLogCommand } from './editor/house';
import type { Workbench } from './editor/workbench';
import { inNextTurn } from './editor/turn';
import { features } from './features/index';
import { registerTextLinks } from './surfaces/textLinks';
import type { FeatureManifest, ToolVariant } from './tool/manifest';

/** Registers what the manifests name. Everything behind a name is loaded when it is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel('Opsdeck', { log: true });
  let made: Promise<Workbench> | undefined;
  const workbench = (): Promise<Workbench> =>
    (made ??= inNextTurn(() => import('./editor/workbench')).then(
      (module) => new module.Workbench(context, channel, features),
    ));
  const house = () => inNextTurn(() => import('./surfaces/remembered'));
  const register = (id: string, handler: (...args: unknown[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(id, handler));
  };

  context.subscriptions.push(channel);
  register(showLogCommand, () => channel.show());
  for (const id of Object.keys(houseCommands)) {
    if (id !== showLogCommand)
      register(id, async (argument) => (await house()).runHouseCommand(await workbench(), id, argument));
  }
  for (const id of Object.keys(houseViews)) {
    context.subscriptions.push(createLazyTree(id, async () => (await house()).treeOf(id, await workbench())));
  }
  for (const entry of features) {
    const feature = async () => (await workbench()).feature(entry);
    for (const [id, tool] of Object.entries(entry.manifest.tools)) {
      const run = async (argument: unknown, variant?: ToolVariant): Promise<void> =>
        (await inNextTurn(() => import('./surfaces/palette'))).runFromPalette(await workbench(), id, argument, variant);
      register(`opsdeck.${id}`, (argument) => run(argument));
      for (const [name, variant] of Object.entries(tool.variants ?? {})) {
        register(`opsdeck.${id}.${name}`, (argument) => run(argument, variant));
      }
    }
    for (const id of Object.keys(entry.manifest.commands)) {
      register(id, async (...args) => (await feature()).commands[id]?.(...args));
    }
    for (const [id, { manySelected }] of Object.entries(entry.manifest.views)) {
      context.subscriptions.push(createLazyTree(id, async (view) => (await feature()).views[id]!(view), manySelected));
    }
    for (const scheme of Object.keys(entry.manifest.fileSystems ?? {})) {
      context.subscriptions.push(registerLazyFileSystem(scheme, async () => fileSystemOf(await feature(), scheme)));
    }
    for (const id of Object.keys(entry.manifest.terminalProfiles ?? {})) {
      const provideTerminalProfile = async (): Promise<vscode.TerminalProfile | undefined> =>
        profileOf(await feature(), id);
      context.subscriptions.push(vscode.window.registerTerminalProfileProvider(id, { provideTerminalProfile }));
    }
    for (const setting of entry.manifest.backgroundSettings ?? []) {
      context.subscriptions.push(whileSetting(setting, async () => backgroundOf(await feature(), setting)));
    }
    for (const [id, pattern] of Object.entries(entry.manifest.backgroundFiles ?? {})) {
      context.subscriptions.push(onceOpen(pattern, async () => backgroundOf(await feature(), id)));
    }
  }
  context.subscriptions.push(
    registerTextLinks(features.flatMap((entry) => entry.manifest.textLinks ?? [])),
    vscode.window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: async (panel, state) => (await workbench()).restore(panel, state),
    }),
  );
}

async function profileOf(feature: Feature<FeatureManifest>, id: string): Promise<vscode.TerminalProfile | undefined> {
  const profiles: Readonly<
    Record<string, () => Promise<vscode.TerminalOptions | vscode.ExtensionTerminalOptions | undefined>>
  > = feature.terminalProfiles;
  const options = await profiles[id]?.();
  return options === undefined ? undefined : new vscode.TerminalProfile(options);
}

function fileSystemOf(feature: Feature<FeatureManifest>, scheme: string): FileSystem {
  const systems: Readonly<Record<string, () => FileSystem>> = feature.fileSystems;
  const make = systems[scheme];
  if (make === undefined) throw new Error(`The feature has no file system ${scheme}.`);
  return make();
}

function backgroundOf(feature: Feature<FeatureManifest>, id: string): vscode.Disposable | undefined {
  const backgrounds: Readonly<Record<string, () => vscode.Disposable>> = feature.backgrounds;
  return backgrounds[id]?.();
}
