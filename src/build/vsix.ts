import * as fs from 'node:fs';
import * as path from 'node:path';
import { bundle } from './bundle';
import type { CommandContext } from './command';
import { inProject, unlessDone } from './project';
import { announced, tail, Trouble } from './terminal';
import { readZip } from './zip';

/** Builds for production and packs opsdeck-VERSION.vsix into the project's folder; what goes in, .vscodeignore says. */
export async function makeVsix(context: CommandContext): Promise<string> {
  await bundle('production');
  const { version } = JSON.parse(fs.readFileSync(inProject('package.json'), 'utf8')) as { version: string };
  const name = `opsdeck-${version}.vsix`;
  const from = [...packedFiles(), '.vscodeignore'];
  await unlessDone({ makes: name, from, stamp: 'out/.packed' }, () =>
    announced('Packing the extension (vsce)', () => pack(context, name)),
  );
  return inProject(name);
}

async function pack({ processes, signal }: CommandContext, name: string): Promise<void> {
  const vsce = ['node_modules/@vscode/vsce/vsce', 'package', '--out', name, '--no-dependencies'];
  // No repository is published whose address relative links could be turned into.
  const links = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  const { exitCode, output } = await processes.run(process.execPath, [...vsce, ...links], { signal });
  if (exitCode !== 0) throw new Trouble(`vsce failed. It said:\n${tail(output, 15)}`);
}

/** The project's files that are packed, with `/`: .vscodeignore shuts everything out and then names them. */
export function packedFiles(): readonly string[] {
  const patterns = fs
    .readFileSync(inProject('.vscodeignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1).trim());
  return fs
    .globSync(patterns, { cwd: inProject() })
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

/** Unpacks the extension as VS Code does when it installs it; `folder` becomes the extension's folder. */
export function unpackVsix(file: string, folder: string): void {
  const prefix = 'extension/';
  for (const [name, content] of readZip(fs.readFileSync(file))) {
    if (!name.startsWith(prefix)) continue;
    const target = path.resolve(folder, name.slice(prefix.length));
    if (!target.startsWith(path.resolve(folder) + path.sep)) throw new Error(`${name} leaves the folder.`);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
  }
}
