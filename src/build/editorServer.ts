import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Editor } from './editorInstall';
import type { Processes, Running } from './processes';
import { tail, Trouble } from './terminal';

/** What a start of VS Code sets unless told otherwise: nothing that hides the extension, asks, or calls home. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

export interface EditorOptions {
  /** An empty folder for everything the server keeps; the caller removes it. */
  readonly dataFolder: string;
  /** Folders of extensions, copied; each has its package.json. */
  readonly extensions?: readonly string[];
  /** Packed extensions, installed in the way a user would. */
  readonly packages?: readonly string[];
  /** User settings over `quietSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whoever opens the page must know a random token. Default: everyone on this machine may. */
  readonly token?: boolean;
  /** Lets the page's `payload` name an extension and tests to run in the extension host. */
  readonly testDriver?: boolean;
  /** Added to the environment of the server and of its extension hosts. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface EditorServer {
  readonly pid: number;
  readonly port: number;
  /** The page that opens a folder; the payload needs `testDriver`. */
  url(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** The URI by which the page names a file of this machine. */
  uri(file: string): string;
  /** The last lines of the server and of its extension hosts, for a failure. */
  logTail(): string;
  /** When it ended, by itself or stopped. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const startDeadlineMs = 60_000;

/** Starts a VS Code server on a free loopback port and waits until it answers. */
export async function startEditor(processes: Processes, editor: Editor, options: EditorOptions): Promise<EditorServer> {
  const extensionsFolder = path.join(options.dataFolder, 'extensions');
  prepareFolders(options, extensionsFolder);
  const program = path.join(editor.folder, 'out', 'server-main.js');
  const places = ['--server-data-dir', options.dataFolder, '--extensions-dir', extensionsFolder];
  for (const file of options.packages ?? []) await installPackage(processes, editor.node, [program, ...places], file);

  const token = options.token ? randomBytes(20).toString('hex') : undefined;
  const args = [program, ...places, ...networkArguments(options.dataFolder, token), '--telemetry-level', 'off'];
  if (options.testDriver) args.push('--enable-smoke-test-driver');
  const running = processes.start(editor.node, args, { env: options.env ?? {} });
  try {
    const port = await waitForPort(running);
    return describe(running, port, token, options.dataFolder);
  } catch (error) {
    await running.stop();
    throw error;
  }
}

function prepareFolders(options: EditorOptions, extensionsFolder: string): void {
  const user = path.join(options.dataFolder, 'data', 'User');
  fs.mkdirSync(user, { recursive: true });
  const settings = { ...quietSettings, ...options.settings };
  fs.writeFileSync(path.join(user, 'settings.json'), JSON.stringify(settings, undefined, 2));
  fs.mkdirSync(extensionsFolder, { recursive: true });
  for (const folder of options.extensions ?? []) {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<string, string>;
    const name = `${manifest['publisher']}.${manifest['name']}-${manifest['version']}`;
    fs.cpSync(folder, path.join(extensionsFolder, name), { recursive: true });
  }
}

/** The token goes through a file: arguments of a process are there for everyone on the machine to read. */
function networkArguments(dataFolder: string, token: string | undefined): readonly string[] {
  const common = ['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms'];
  if (token === undefined) return [...common, '--without-connection-token'];
  const file = path.join(dataFolder, 'token');
  fs.writeFileSync(file, token, { mode: 0o600 });
  return [...common, '--connection-token-file', file];
}

async function installPackage(
  processes: Processes,
  node: string,
  server: readonly string[],
  file: string,
): Promise<void> {
  const signal = AbortSignal.timeout(startDeadlineMs);
  const args = [...server, '--install-extension', file, '--accept-server-license-terms'];
  const { exitCode, output } = await processes.run(node, args, { signal });
  if (exitCode !== 0) throw new Trouble(`VS Code did not install ${path.basename(file)}:\n${tail(output, 15)}`);
}

/** The server picks the port and prints it when it listens. */
async function waitForPort(running: Running): Promise<number> {
  const deadline = Date.now() + startDeadlineMs;
  let exited = false;
  void running.ended.then(() => (exited = true));
  while (!exited && Date.now() < deadline) {
    const port = /Extension host agent listening on (\d+)/.exec(running.output())?.[1];
    if (port !== undefined) return Number(port);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const what = exited ? 'ended at once' : `did not answer within ${startDeadlineMs / 1000} s`;
  throw new Trouble(`The VS Code server ${what}. It said:\n${tail(running.output(), 15)}`);
}

function describe(running: Running, port: number, token: string | undefined, dataFolder: string): EditorServer {
  const authority = `127.0.0.1:${port}`;
  return {
    pid: running.pid,
    port,
    url: (folder, payload) => {
      const url = new URL(`http://${authority}/`);
      if (token !== undefined) url.searchParams.set('tkn', token);
      url.searchParams.set('folder', asUriPath(folder));
      if (payload) url.searchParams.set('payload', JSON.stringify(payload));
      return url.href;
    },
    uri: (file) => `vscode-remote://${authority}${encodeURI(asUriPath(file))}`,
    logTail: () => logTail(running, dataFolder),
    ended: running.ended,
    stop: () => running.stop(),
  };
}

/** /abs/path, and on Windows /c:/abs/path. */
function asUriPath(file: string): string {
  const slashes = file.split(path.sep).join('/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}

function logTail(running: Running, dataFolder: string): string {
  const logs = path.join(dataFolder, 'data', 'logs');
  const hostLogs = fs.existsSync(logs)
    ? fs
        .readdirSync(logs, { recursive: true, encoding: 'utf8' })
        .filter((file) => path.basename(file) === 'remoteexthost.log' || path.basename(file) === 'Opsdeck.log')
        .map((file) => `--- ${file}\n${tail(fs.readFileSync(path.join(logs, file), 'utf8'), 30)}`)
    : [];
  return [`--- VS Code server\n${tail(running.output(), 20)}`, ...hostLogs].join('\n');
}
