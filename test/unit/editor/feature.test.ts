import * as assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { type FileSystem, featureEntry } from '../../../src/editor/feature';
import type { FeatureManifest } from '../../../src/tool/manifest';
import type { AnyChangeTool, AnyTool } from '../../../src/tool/tool';

const title = { en: 'Sample', 'zh-cn': '示例' };

const manifest = {
  name: 'sample',
  title,
  tools: {
    'sample.read': { title, description: title, effect: 'read', live: false, icon: 'eye' },
    'sample.change': { title, description: title, effect: 'change', live: false, icon: 'edit' },
  },
  commands: { 'opsdeck.sample.act': { title } },
  views: { 'opsdeck.sample': { title, icon: 'eye' } },
  settings: {},
  backgroundSettings: ['opsdeck.sample.on'],
  terminalProfiles: { 'opsdeck.sample.terminal': { title, icon: 'terminal' } },
  fileSystems: { sample: { label: title } },
} as const satisfies FeatureManifest;

const tool = {} as AnyTool;
const change = {} as AnyChangeTool;
const tree = (): vscode.TreeDataProvider<unknown> => ({ getChildren: () => [], getTreeItem: () => ({}) });
const backgrounds = { 'opsdeck.sample.on': (): vscode.Disposable => ({ dispose: () => undefined }) };
const terminalProfiles = { 'opsdeck.sample.terminal': () => Promise.resolve(undefined) };
const fileSystems = { sample: () => ({}) as FileSystem };
const tools = () => Promise.resolve({ 'sample.read': tool, 'sample.change': change });
const act = (): void => undefined;

describe('a feature and its manifest', () => {
  it('fit together when every tool, command, view and background has its counterpart', async () => {
    const entry = featureEntry(manifest, tools, () =>
      Promise.resolve(() => ({
        commands: { 'opsdeck.sample.act': act },
        views: { 'opsdeck.sample': tree },
        terminalProfiles,
        fileSystems,
        backgrounds,
      })),
    );
    assert.deepEqual(Object.keys(await entry.loadTools()), Object.keys(manifest.tools));
  });

  it('do not compile when a counterpart is missing or misspelt', () => {
    // Each directive fails the type check of this very file as soon as the line below it compiles. So each of these
    // differs from what is right in one thing only.
    const commands = { 'opsdeck.sample.act': act };
    const full = { commands, views: { 'opsdeck.sample': tree }, terminalProfiles, fileSystems, backgrounds };
    const right = () => Promise.resolve(() => full);
    const noTool = () => Promise.resolve({ 'sample.change': change });
    const misspeltTool = () => Promise.resolve({ 'sample.raed': tool, 'sample.change': change });
    const changeWithoutPlan = () => Promise.resolve({ 'sample.read': tool, 'sample.change': tool });
    const noCommand = () => Promise.resolve(() => ({ ...full, commands: {} }));
    const misspeltCommand = () => Promise.resolve(() => ({ ...full, commands: { 'opsdeck.sample.atc': act } }));
    const noView = () => Promise.resolve(() => ({ ...full, views: {} }));
    const noProfile = () => Promise.resolve(() => ({ ...full, terminalProfiles: {} }));
    const noFileSystem = () => Promise.resolve(() => ({ ...full, fileSystems: {} }));
    const noBackground = () => Promise.resolve(() => ({ ...full, backgrounds: {} }));
    featureEntry(manifest, tools, right);
    // @ts-expect-error a tool is missing
    featureEntry(manifest, noTool, right);
    // @ts-expect-error a tool is misspelt
    featureEntry(manifest, misspeltTool, right);
    // @ts-expect-error a tool that changes something has no plan
    featureEntry(manifest, changeWithoutPlan, right);
    // @ts-expect-error the handler of a command is missing
    featureEntry(manifest, tools, noCommand);
    // @ts-expect-error the handler of a command is misspelt
    featureEntry(manifest, tools, misspeltCommand);
    // @ts-expect-error the tree of a view is missing
    featureEntry(manifest, tools, noView);
    // @ts-expect-error what a terminal profile runs is missing
    featureEntry(manifest, tools, noProfile);
    // @ts-expect-error a file system is missing
    featureEntry(manifest, tools, noFileSystem);
    // @ts-expect-error what runs in the background is missing
    featureEntry(manifest, tools, noBackground);
    assert.ok(manifest);
  });
});
