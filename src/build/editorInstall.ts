import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CommandContext } from './command';
import { runNpm } from './npm';
import { inProject } from './project';
import { announced, Trouble } from './terminal';

/** code-server's version; VS Code's own is one with 1.1xx instead of 4.1xx. */
const usualVersion = '4.139.1';

/** An installed VS Code server. */
export interface Editor {
  /** Of code-server: 4.139.1 is VS Code 1.139.1. */
  readonly version: string;
  /** The folder with out/server-main.js. */
  readonly folder: string;
  /** The Node that it runs on: that of the project, or one of its own when it was made for another major version. */
  readonly node: string;
}

/** The editor that OPSDECK_EDITOR names by its version, such as 4.105.1, the oldest supported; else the usual one. */
export function wantedEditor(): Editor {
  const version = process.env['OPSDECK_EDITOR'] ?? usualVersion;
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Trouble(`OPSDECK_EDITOR must be a version of code-server such as ${usualVersion}, not "${version}".`);
  }
  const installation = installationOf(version);
  const own = ownNode(installation);
  return { version, folder: editorFolder(installation), node: fs.existsSync(own) ? own : process.execPath };
}

/** VS Code's own version: 1.139.1. */
export function vscodeVersion(editor: Editor): string {
  return editor.version.replace(/^4/, '1');
}

/** The VS Code that the npm package code-server carries, in .vscode-test/; installed when it is not there. */
export async function ensureEditor(context: CommandContext): Promise<Editor> {
  const editor = wantedEditor();
  const target = installationOf(editor.version);
  if (!fs.existsSync(target)) {
    const what = `Installing VS Code ${vscodeVersion(editor)} (npm package code-server, 600 MB on disk)`;
    await announced(what, () => install(context, editor.version, target));
  }
  return wantedEditor();
}

function installationOf(version: string): string {
  return inProject('.vscode-test', `code-server-${version}`);
}

function editorFolder(installation: string): string {
  return path.join(installation, 'node_modules', 'code-server', 'lib', 'vscode');
}

/** Installs beside the target and renames at the end, so that a target that is there is complete. */
async function install(context: CommandContext, version: string, target: string): Promise<void> {
  removeRemains(path.dirname(target));
  const unfinished = `${target}.unfinished-${process.pid}`;
  fs.mkdirSync(unfinished, { recursive: true });
  try {
    fs.writeFileSync(path.join(unfinished, 'package.json'), '{ "private": true }\n');
    await runNpm(context, unfinished, ['install', '--ignore-scripts', `code-server@${version}`]);
    await installNode(context, unfinished);
    const folder = editorFolder(unfinished);
    mendWatcher(folder);
    await runNpm(context, folder, ['install', '--omit=dev', '--ignore-scripts']);
    replaceBinaries(folder);
    fs.renameSync(unfinished, target);
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
}

/**
 * VS Code 1.105 is made for Node 22, and its extension host hangs on 24. The npm packages that hold nothing but Node's
 * program need no script, unlike the package `node` that picks one of them.
 */
async function installNode(context: CommandContext, installation: string): Promise<void> {
  const manifest = path.join(installation, 'node_modules', 'code-server', 'package.json');
  const { engines } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as { engines: { node: string } };
  const major = /\d+/.exec(engines.node)?.[0];
  if (major === undefined || process.version.startsWith(`v${major}.`)) return;
  await runNpm(context, installation, ['install', '--ignore-scripts', `${nodePackage()}@${major}`]);
}

function nodePackage(): string {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

function ownNode(installation: string): string {
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(installation, 'node_modules', nodePackage(), 'bin', program);
}

/** Removes what an installation that was cut off has left, unless its process still lives. */
function removeRemains(folder: string): void {
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder)) {
    const pid = /\.unfinished-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) fs.rmSync(path.join(folder, name), { recursive: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

interface LockFile {
  readonly packages: Record<string, { dependencies?: Record<string, string> } | undefined>;
}

/**
 * Versions before 4.112 take @parcel/watcher from a git host, which needs git, a compiler and that host. The registry's
 * 2.5.1 does the same work; npm finds its binary by itself once the lock file says nothing about it.
 */
function mendWatcher(folder: string): void {
  const name = '@parcel/watcher';
  const lockFile = path.join(folder, 'npm-shrinkwrap.json');
  const manifestFile = path.join(folder, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8')) as { dependencies: Record<string, string> };
  if (/^[\^~]?\d/.test(manifest.dependencies[name] ?? '0')) return;

  const lock = JSON.parse(fs.readFileSync(lockFile, 'utf8')) as LockFile;
  manifest.dependencies[name] = '2.5.1';
  const top = lock.packages['']?.dependencies;
  if (top) top[name] = '2.5.1';
  for (const key of Object.keys(lock.packages)) {
    if (key.startsWith(`node_modules/${name}`)) delete lock.packages[key];
  }
  fs.writeFileSync(manifestFile, JSON.stringify(manifest));
  fs.writeFileSync(lockFile, JSON.stringify(lock));
}

/** Two small native modules are not in the npm package as binaries; JavaScript takes their place. */
function replaceBinaries(folder: string): void {
  for (const name of ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog']) {
    const entry = path.join(folder, 'node_modules', name, 'index.js');
    const part = inProject('src', 'build', 'editorParts', `${path.basename(name)}.cjs`);
    if (fs.existsSync(entry)) fs.copyFileSync(part, entry);
  }
}
