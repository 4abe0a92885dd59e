import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../lib/errors';
import type { FeatureManifest, ToolManifest } from './manifest';
import type { AnyTool } from './tool';

/** A tool as it is known before its code is loaded. */
export interface ToolEntry {
  readonly id: string;
  readonly manifest: ToolManifest;
  /** The setting that tells how often it is sampled; only live tools have one. */
  readonly intervalSetting?: string;
  load(): Promise<AnyTool>;
}

/** A feature's manifest and where its tools are, so that nothing is loaded before its first use. */
export interface ToolSource {
  readonly manifest: FeatureManifest;
  loadTools(): Promise<Readonly<Record<string, AnyTool>>>;
}

/** Every tool of every feature, in the order of the features. */
export function toolsOf(sources: readonly ToolSource[]): readonly ToolEntry[] {
  return sources.flatMap((source) =>
    Object.entries(source.manifest.tools).map(([id, manifest]) => entryOf(source, id, manifest)),
  );
}

function entryOf(source: ToolSource, id: string, manifest: ToolManifest): ToolEntry {
  const interval = source.manifest.intervalSetting;
  return {
    id,
    manifest,
    ...(manifest.live && interval !== undefined ? { intervalSetting: interval } : {}),
    load: async () => {
      const tool = (await source.loadTools())[id];
      if (tool === undefined) throw new Error(`The feature ${source.manifest.name} has no tool ${id}.`);
      return tool;
    },
  };
}

/** The tool of that id. Throws ExpectedError('not-found'). */
export function findTool(tools: readonly ToolEntry[], id: string): ToolEntry {
  const found = tools.find((tool) => tool.id === id);
  if (found === undefined) throw new ExpectedError('not-found', l10n.t('Opsdeck has no tool named "{0}".', id));
  return found;
}
