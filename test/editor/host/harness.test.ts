import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';

describe('the extension host', () => {
  const extension = vscode.extensions.getExtension('opsdeck.opsdeck');

  it('has the packed extension, not the clone', () => {
    assert.ok(extension, 'opsdeck.opsdeck is not installed');
    assert.ok(!fs.existsSync(path.join(extension.extensionPath, 'src')), `${extension.extensionPath} has sources`);
    assert.ok(fs.existsSync(path.join(extension.extensionPath, 'dist', 'extension.js')));
  });

  it('activates it', async () => {
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it('has the playground open', () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    assert.deepEqual(
      folders.map((folder) => folder.name),
      ['playground'],
    );
  });
});
