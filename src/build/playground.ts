import * as fs from 'node:fs';
import * as path from 'node:path';
import { inProject } from './project';

/** Copies the sample workspace, so that whatever is done to it leaves the clone clean. */
export function copyPlayground(folder: string): string {
  const target = path.join(folder, 'playground');
  fs.cpSync(inProject('media', 'playground'), target, { recursive: true });
  return target;
}

/**
 * Writes a small extension that shows a newcomer around: once in a window it opens the sample's README and, before
 * it, the live overview. It is not part of what is shipped.
 */
export function writeGuide(folder: string): string {
  const target = path.join(folder, 'guide');
  fs.mkdirSync(target);
  const manifest = {
    name: 'opsdeck-guide',
    displayName: 'Opsdeck: start of the playground',
    publisher: 'opsdeck',
    version: '1.0.0',
    engines: { vscode: '^1.105.0' },
    main: './main.js',
    activationEvents: ['onStartupFinished'],
  };
  fs.writeFileSync(path.join(target, 'package.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(target, 'main.js'), guideProgram);
  return target;
}

const guideProgram = `'use strict';
const vscode = require('vscode');

exports.activate = async (context) => {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder || context.workspaceState.get('shown')) return;
  await context.workspaceState.update('shown', true);
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(folder.uri, 'README.md'));
  await vscode.commands.executeCommand('opsdeck.system.overview');
};
`;
