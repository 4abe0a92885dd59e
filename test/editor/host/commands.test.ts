import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Contributed {
  readonly commands: readonly { readonly command: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('opsdeck.opsdeck');
  assert.ok(found, 'the packaged extension is installed');
  return found;
}

function contributed(): Contributed {
  return (extension().packageJSON as { readonly contributes: Contributed }).contributes;
}

/** Our own script files that this host has loaded so far. */
function loadedScripts(): readonly string[] {
  const root = extension().extensionPath;
  return Object.keys(require.cache)
    .filter((file) => file.startsWith(root))
    .map((file) => file.slice(root.length + 1));
}

function reportTabs(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => tab.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith('opsdeck.report'))
    .map((tab) => tab.label);
}

async function until<T>(what: string, find: () => T | undefined | false): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the packaged extension in the extension host', () => {
  before(async () => {
    await extension().activate();
  });

  it('loads one script at its activation and no feature', () => {
    assert.deepEqual(loadedScripts(), ['dist/extension.js']);
  });

  it('registers every contributed command', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributed().commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
    for (const view of Object.values(contributed().views).flat()) {
      assert.ok(registered.has(`${view.id}.focus`), `the view ${view.id}`);
    }
  });

  it('runs tools in a thread of their own: no code of a feature is loaded here', async () => {
    await vscode.commands.executeCommand('opsdeck.ip.inspect', { address: '192.0.2.0/24' });
    await until('the report', () => reportTabs().some((label) => label.includes('192.0.2.0/24')));
    const loaded = loadedScripts().join(' ');
    assert.match(loaded, /workbench/);
    assert.doesNotMatch(loaded, /features_/);
  });

  it('shows the same live report once, however often it is asked for', async () => {
    await vscode.commands.executeCommand('opsdeck.system.overview');
    await until('the overview', () => reportTabs().length === 2);
    await vscode.commands.executeCommand('opsdeck.system.overview');
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(reportTabs().length, 2);
  });

  it('turns the status bar item on and off by its setting', async () => {
    const setting = (): boolean | undefined => vscode.workspace.getConfiguration().get('opsdeck.system.statusBar');
    assert.equal(setting(), false);
    await vscode.commands.executeCommand('opsdeck.system.toggleStatusBar');
    assert.equal(setting(), true);
    await vscode.commands.executeCommand('opsdeck.system.toggleStatusBar');
    assert.equal(setting(), false);
  });
});
