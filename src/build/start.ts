import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { findProgram } from './program';
import { bundle } from './bundle';
import { runCommand, type CommandContext } from './command';
import { ensureEditor, vscodeVersion } from './editorInstall';
import { startEditor } from './editorServer';
import { copyPlayground, writeGuide } from './playground';
import { inProject, projectRoot } from './project';
import { packedFiles } from './vsix';
import { duration, paint, say, Trouble } from './terminal';

/** `npm start`: the real VS Code with the extension, on a copy of the sample workspace. */
void runCommand(async (context) => {
  const known = ['--desktop', '--no-open'];
  const args = process.argv.slice(2);
  const unknown = args.find((argument) => !known.includes(argument));
  if (unknown !== undefined) throw new Trouble(`"${unknown}" is not known; npm start -- takes ${known.join(' or ')}.`);
  return args.includes('--desktop') ? startDesktop(context) : startInBrowser(context, !args.includes('--no-open'));
});

async function startInBrowser(context: CommandContext, open: boolean): Promise<number> {
  // bootstrap.mjs notes when the user pressed Enter, so that installing and compiling count.
  const startedMs = Number(process.env['OPSDECK_STARTED_MS'] ?? Date.now());
  const editor = await ensureEditor(context);
  await bundle('development');
  const folder = context.makeFolder('start');
  const server = await startEditor(context.processes, editor, {
    dataFolder: path.join(folder, 'editor'),
    extensions: [copyExtension(path.join(folder, 'extension')), writeGuide(folder)],
    token: true,
  });
  const url = server.url(copyPlayground(folder));
  say(`\nVS Code ${vscodeVersion(editor)} with Opsdeck is running (ready in ${duration(Date.now() - startedMs)}):`);
  say(`\n  ${paint('cyan', url)}\n`);
  if (open && openInBrowser(url)) say('Your browser is opening it.');
  say('Press Ctrl-C to end it.');
  await Promise.race([aborted(context.signal), server.ended]);
  if (context.signal.aborted) return 0;
  throw new Trouble(`VS Code ended by itself. It said:\n${server.logTail()}`);
}

/** The files that would be packed, so that what runs here is what a user would install. */
function copyExtension(target: string): string {
  for (const file of packedFiles()) fs.cpSync(inProject(file), path.join(target, file));
  return target;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Opens the default browser where there is a screen for it. It is the user's own: it stays when we end. */
function openInBrowser(url: string): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'win32') startForUser('rundll32', ['url.dll,FileProtocolHandler', url]);
  else if (process.platform === 'darwin') startForUser('open', [url]);
  else if ((DISPLAY ?? WAYLAND_DISPLAY) !== undefined && findProgram('xdg-open')) startForUser('xdg-open', [url]);
  else return false;
  return true;
}

function startForUser(program: string, args: readonly string[]): void {
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  child.on('error', (error) => say(`${program}: ${error.message}`));
  child.unref();
}

/** An installed desktop VS Code. It runs the extension from the clone, with its source maps. */
async function startDesktop(context: CommandContext): Promise<number> {
  const code = findProgram('code');
  if (code === undefined) {
    throw new Trouble('There is no "code" in your PATH: install VS Code, or use npm start without --desktop.');
  }
  await bundle('development');
  const folder = context.makeFolder('start');
  const guide = writeGuide(folder);
  const development = [projectRoot, guide].map((place) => `--extensionDevelopmentPath=${place}`);
  const root = process.getuid?.() === 0 ? ['--no-sandbox', '--user-data-dir', path.join(folder, 'user')] : [];
  say('Opening VS Code; close its window, or press Ctrl-C, to end.');
  const { exitCode, output } = await context.processes.run(
    code,
    ['--new-window', '--wait', '--disable-workspace-trust', ...root, ...development, copyPlayground(folder)],
    { signal: context.signal },
  );
  if (exitCode !== 0) throw new Trouble(`"code" ended with ${exitCode}. It said:\n${output.trim()}`);
  return 0;
}
