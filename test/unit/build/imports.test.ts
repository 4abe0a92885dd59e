import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { checkImports } from '../../../src/build/imports';

/** A project that keeps every rule. */
const sound: Readonly<Record<string, string>> = {
  'src/lib/errors.ts': `export const lib = 1;`,
  'src/machine/machine.ts': `import { lib } from '../lib/errors'; export const machine = lib;`,
  'src/machine/local.ts': `import { machine } from './machine'; export const local = machine;`,
  'src/report/model.ts': `export interface Report { title: string }`,
  'src/tool/manifest.ts': `export const text = 1;`,
  'src/tool/tool.ts': `import type { Report } from '../report/model'; export type Tool = Report;`,
  'src/features/ip/manifest.ts': `import { text } from '../../tool/manifest'; export const manifest = text;`,
  'src/features/ip/core/address.ts': `import { lib } from '../../../lib/errors'; export const address = lib;`,
  'src/features/ip/report.ts': `import { address } from './core/address'; export const report = address;`,
  'src/features/ip/tools.ts': `import { report } from './report'; export const tools = report;`,
  'src/features/ip/feature.ts': `import * as vscode from 'vscode'; export const feature = vscode;`,
  'src/features/dns/core/name.ts': `import { address } from '../../ip/core/address'; export const name = address;`,
  'src/features/dns/feature.ts': `import { name } from './core/name'; export const feature = name;`,
  'src/features/index.ts': `export const features = [() => import('./ip/tools'), () => import('./ip/feature')];`,
  'src/editor/panel.ts': `import * as vscode from 'vscode'; export const panel = vscode;`,
  'src/surfaces/palette.ts': `import { panel } from '../editor/panel'; export const palette = panel;`,
  'src/cli/run.ts': `import { local } from '../machine/local'; export const run = local;`,
  'src/cli.ts': `import { features } from './features/index'; import { run } from './cli/run'; run; features;`,
  'src/extension.ts': `import { features } from './features/index'; export const activate = features;`,
  'src/webview/page.tsx': `import type { Report } from '../report/model'; export const page = {} as Report;`,
  'node_modules/@types/vscode/package.json': `{ "name": "@types/vscode", "version": "1.0.0", "types": "index.d.ts" }`,
  'node_modules/@types/vscode/index.d.ts': `declare module 'vscode' {}`,
};

/** What is planted, and what must be found for it: 'from → to (rule)'. The line goes into the first of the two files. */
const planted: readonly (readonly [what: string, line: string, found: string])[] = [
  ['lib sees a machine', `import '../machine/local';`, 'src/lib/errors.ts → src/machine/local.ts (lib)'],
  ['a machine sees a tool', `import '../tool/tool';`, 'src/machine/local.ts → src/tool/tool.ts (machine)'],
  ['a report sees a machine', `import '../machine/machine';`, 'src/report/model.ts → src/machine/machine.ts (report)'],
  ['a tool sees a real machine', `import '../machine/local';`, 'src/tool/tool.ts → src/machine/local.ts (tool)'],
  ['a tool sees a feature', `import '../features/index';`, 'src/tool/tool.ts → src/features/index.ts (tool)'],
  [
    'core sees a real machine',
    `import '../../../machine/local';`,
    'src/features/ip/core/address.ts → src/machine/local.ts (core)',
  ],
  [
    'core sees a report',
    `import '../../../report/model';`,
    'src/features/ip/core/address.ts → src/report/model.ts (core)',
  ],
  [
    'core sees a type of its own tools',
    `import type { tools } from '../../ip/tools';`,
    'src/features/dns/core/name.ts → src/features/ip/tools.ts (core)',
  ],
  [
    'a manifest sees more than the contract',
    `import '../../tool/tool';`,
    'src/features/ip/manifest.ts → src/tool/tool.ts (feature-manifest)',
  ],
  ['a report sees tools', `import '../../tool/tool';`, 'src/features/ip/report.ts → src/tool/tool.ts (feature-report)'],
  [
    'tools see the report of another feature',
    `import '../dns/feature';`,
    'src/features/ip/tools.ts → src/features/dns/feature.ts (feature-tools)',
  ],
  [
    'an adapter sees the adapter of another feature',
    `import '../dns/feature';`,
    'src/features/ip/feature.ts → src/features/dns/feature.ts (feature-adapter)',
  ],
  [
    'an adapter sees a real machine',
    `import '../../machine/local';`,
    'src/features/ip/feature.ts → src/machine/local.ts (feature-adapter)',
  ],
  [
    'the list sees the core of a feature',
    `import './ip/core/address';`,
    'src/features/index.ts → src/features/ip/core/address.ts (feature-list)',
  ],
  [
    'editor knows a feature',
    `import '../features/ip/manifest';`,
    'src/editor/panel.ts → src/features/ip/manifest.ts (editor)',
  ],
  [
    'a surface knows a feature',
    `import '../features/ip/tools';`,
    'src/surfaces/palette.ts → src/features/ip/tools.ts (surfaces)',
  ],
  ['the command line sees the editor', `import '../editor/panel';`, 'src/cli/run.ts → src/editor/panel.ts (cli)'],
  ['its entry knows a feature', `import './features/ip/tools';`, 'src/cli.ts → src/features/ip/tools.ts (cli-entry)'],
  [
    'the extension knows a feature',
    `import './features/ip/feature';`,
    'src/extension.ts → src/features/ip/feature.ts (extension-entry)',
  ],
  ['the page sees a tool', `import '../tool/tool';`, 'src/webview/page.tsx → src/tool/tool.ts (page)'],
  [
    'core imports vscode',
    `import type * as vscode from 'vscode';`,
    'src/features/ip/core/address.ts → node_modules/@types/vscode/index.d.ts (vscode)',
  ],
  [
    'the list imports vscode',
    `import 'vscode';`,
    'src/features/index.ts → node_modules/@types/vscode/index.d.ts (vscode)',
  ],
  [
    'core opens a file',
    `import 'node:fs/promises';`,
    'src/features/ip/core/address.ts → fs/promises (through-the-machine)',
  ],
  [
    'tools start a program',
    `import 'child_process';`,
    'src/features/ip/tools.ts → child_process (through-the-machine)',
  ],
];

async function violationsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'opsdeck-imports-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      fs.writeFileSync(path.join(root, name), text);
    }
    const { modules, violations } = await checkImports(root);
    assert.equal(modules, Object.keys(files).filter((name) => name.startsWith('src/')).length);
    return violations;
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

/** The sound project with every violation at once, each in a line of its own. */
function withPlanted(): Readonly<Record<string, string>> {
  const files = { ...sound };
  for (const [, line, found] of planted) {
    const file = found.slice(0, found.indexOf(' '));
    files[file] = `${line}\n${files[file]}`;
  }
  return { ...files, 'src/helpers/all.ts': 'export const all = 1;' };
}

describe('the import rule', function () {
  this.timeout(30_000);
  let violations: readonly string[] = [];

  before(async () => {
    violations = await violationsOf(withPlanted());
  });

  it('finds nothing in a sound project', async () => {
    assert.deepEqual(await violationsOf(sound), []);
  });

  for (const [what, line, found] of planted) {
    it(`bites when ${what}`, () => {
      assert.ok(violations.includes(found), `"${line}" was not found:\n${violations.join('\n')}`);
    });
  }

  it('bites when modules import each other in a circle, be it types only', async () => {
    const circle = `import type { local } from './local';\n${sound['src/machine/machine.ts']}`;
    const found = await violationsOf({ ...sound, 'src/machine/machine.ts': circle });
    assert.notDeepEqual(found, []);
    for (const violation of found) {
      assert.match(violation, /^src\/machine\/(local|machine)\.ts → src\/machine\/(local|machine)\.ts \(circle\)$/);
    }
  });

  it('bites when a file stands where no rule applies', () => {
    assert.ok(violations.includes('src/helpers/all.ts stands where no rule applies'));
  });
});
