import * as assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { featureEntry } from '../../../src/editor/feature';
import type { FeatureManifest } from '../../../src/tool/manifest';
import type { AnyTool } from '../../../src/tool/tool';

const title = { en: 'Sample', 'zh-cn': '示例' };

const manifest = {
  name: 'sample',
  title,
  tools: { 'sample.read': { title, description: title, effect: 'read', live: false, icon: 'eye' } },
  commands: { 'opsdeck.sample.act': { title } },
  views: { 'opsdeck.sample': { title, icon: 'eye' } },
  settings: {},
  backgroundSetting: 'opsdeck.sample.on',
} as const satisfies FeatureManifest;

const tool = {} as AnyTool;
const tree = (): vscode.TreeDataProvider<unknown> => ({ getChildren: () => [], getTreeItem: () => ({}) });
const background = (): vscode.Disposable => ({ dispose: () => undefined });
const tools = () => Promise.resolve({ 'sample.read': tool });
const act = (): void => undefined;

describe('a feature and its manifest', () => {
  it('fit together when every tool, command, view and background has its counterpart', async () => {
    const entry = featureEntry(manifest, tools, () =>
      Promise.resolve(() => ({
        commands: { 'opsdeck.sample.act': act },
        views: { 'opsdeck.sample': tree },
        background,
      })),
    );
    assert.deepEqual(Object.keys(await entry.loadTools()), Object.keys(manifest.tools));
  });

  it('do not compile when a counterpart is missing or misspelt', () => {
    // Each directive fails the type check of this very file as soon as the line below it compiles.
    const views = { 'opsdeck.sample': tree };
    const commands = { 'opsdeck.sample.act': act };
    const right = () => Promise.resolve(() => ({ commands, views, background }));
    const noTool = () => Promise.resolve({});
    const misspeltTool = () => Promise.resolve({ 'sample.raed': tool });
    const noCommand = () => Promise.resolve(() => ({ commands: {}, views, background }));
    const misspeltCommand = () =>
      Promise.resolve(() => ({ commands: { 'opsdeck.sample.atc': act }, views, background }));
    const noView = () => Promise.resolve(() => ({ commands, views: {}, background }));
    const noBackground = () => Promise.resolve(() => ({ commands, views }));
    featureEntry(manifest, tools, right);
    // @ts-expect-error a tool is missing
    featureEntry(manifest, noTool, right);
    // @ts-expect-error a tool is misspelt
    featureEntry(manifest, misspeltTool, right);
    // @ts-expect-error the handler of a command is missing
    featureEntry(manifest, tools, noCommand);
    // @ts-expect-error the handler of a command is misspelt
    featureEntry(manifest, tools, misspeltCommand);
    // @ts-expect-error the tree of a view is missing
    featureEntry(manifest, tools, noView);
    // @ts-expect-error what runs in the background is missing
    featureEntry(manifest, tools, noBackground);
    assert.ok(manifest);
  });
});
