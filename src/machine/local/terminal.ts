import * as l10n from '@vscode/l10n';
import { execFile, type ChildProcess } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import * as os from 'node:os';
import { promisify } from 'node:util';
import { ExpectedError } from '../../lib/errors';
import type { ExitStatus, StartOptions, TerminalSize } from '../machine';
import { quoteCommand, quoteWord } from '../ssh/shell/quote';

const run = promisify(execFile);
const PROBE_MS = 5_000;
/** What shells, and script(1), add to the number of a signal that ended a program. */
const SIGNAL_BASE = 128;

/** A program in a terminal of its own, by script(1) of util-linux: Node can make none. */
export interface Terminal {
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  statusOf(exitCode: number | null): ExitStatus | undefined;
  /** The leader of the terminal's session. */
  pidOf(script: ChildProcess): Promise<number | undefined>;
  resize(script: ChildProcess, size: TerminalSize): Promise<void>;
  /** Ends what runs in the terminal. */
  end(script: ChildProcess): Promise<void>;
}

/** Throws ExpectedError('unsupported') where there is no such script(1). */
export async function terminalOf(command: readonly string[], options: StartOptions): Promise<Terminal> {
  if (!(await hasScript())) {
    const text = l10n.t('A program gets a terminal on this machine only where script of util-linux is installed.');
    throw new ExpectedError('unsupported', text);
  }
  const { columns, rows } = options.terminal ?? { columns: 80, rows: 24 };
  const shell = options.env?.['SHELL'] ?? process.env['SHELL'];
  const line = [
    shell === undefined ? 'unset SHELL' : `SHELL=${quoteWord(shell)}`,
    `stty cols ${Math.trunc(columns)} rows ${Math.trunc(rows)}`,
    `exec ${quoteCommand(command)}`,
  ].join('; ');
  return {
    command: ['script', '-q', '-e', '-c', line, '/dev/null'],
    // script(1) has its line read by it.
    env: { SHELL: '/bin/sh' },
    statusOf,
    pidOf: (script) => childOf(script.pid),
    async resize(script, size) {
      const pid = await childOf(script.pid);
      if (pid === undefined) return;
      const device = await readlink(`/proc/${pid}/fd/0`).catch(() => '');
      if (!device.startsWith('/dev/pts/')) return;
      const words = ['-F', device, 'cols', String(Math.trunc(size.columns)), 'rows', String(Math.trunc(size.rows))];
      await run('stty', words, { timeout: PROBE_MS }).catch(() => undefined);
    },
    async end(script) {
      const pid = await childOf(script.pid);
      if (pid === undefined) return;
      try {
        process.kill(-pid, 'SIGHUP');
        process.kill(-pid, 'SIGTERM');
      } catch {
        // It has ended by itself.
      }
    },
  };
}

/** BSD's takes other options. */
async function hasScript(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  try {
    const { stdout } = await run('script', ['--version'], { timeout: PROBE_MS });
    return stdout.includes('util-linux');
  } catch {
    return false;
  }
}

function statusOf(exitCode: number | null): ExitStatus | undefined {
  if (exitCode === null || exitCode <= SIGNAL_BASE) return undefined;
  const entry = Object.entries(os.constants.signals).find(([, number]) => number === exitCode - SIGNAL_BASE);
  return entry === undefined ? undefined : { exitCode: null, signal: entry[0].slice('SIG'.length) };
}

async function childOf(pid: number | undefined): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const first = Number(text.split(' ')[0]);
  return first > 0 ? first : undefined;
}
