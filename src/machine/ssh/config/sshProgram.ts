import * as l10n from '@vscode/l10n';
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
import { shownPath } from '../../../lib/bytePath';
import { runWithDeadline } from '../../../lib/deadline';
import { ExpectedError } from '../../../lib/errors';
import type { HostRequest } from '../options';
import { parseDump } from './dump';
import type { RawOptions } from './rawOptions';
import type { ConfigSettings } from './settings';

/** Where a process started with `detached` leads a process group (setsid(2)). */
const HAS_GROUPS = process.platform !== 'win32';

const DEADLINE_MS = 5_000;
const MAX_OUTPUT = 1_048_576;

/**
 * The path of a program: as it is when it has a folder, else from the absolute folders of PATH. Never from the working
 * folder, which may be that of a project. null: there is none.
 */
export async function findProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const suffixes = process.platform === 'win32' ? ['', '.exe'] : [''];
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const place of path.isAbsolute(name) ? [''] : /[\\/]/u.test(name) ? [] : folders) {
    for (const suffix of suffixes) {
      const file = path.join(place, `${name}${suffix}`);
      if (await isProgram(file)) return file;
    }
  }
  return null;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await fs.access(file, constants.X_OK);
    return (await fs.stat(file)).isFile();
  } catch {
    return false;
  }
}

/**
 * What `ssh -G` says of the host; 'unusable' when this ssh has no -G (another client, or OpenSSH before 6.8). The
 * names in the request have been judged. Throws ExpectedError: 'invalid-config' with what ssh says of the
 * configuration, 'timed-out', or CancelledError.
 */
export async function askSsh(
  program: string,
  request: HostRequest,
  settings: ConfigSettings,
  signal: AbortSignal,
): Promise<RawOptions | 'unusable'> {
  const result = await printOptions(program, argumentsOf(request, settings), request, settings, signal);
  const raw = result.exitCode === 0 ? parseDump(result.stdout) : null;
  if (raw) return raw;
  if (result.exitCode === 0 || /^usage:|(?:illegal|unknown|invalid) option/imu.test(result.stderr)) return 'unusable';
  throw new ExpectedError(
    'invalid-config',
    l10n.t(
      'ssh cannot use the SSH configuration for {0}: {1}. Correct the configuration.',
      request.name,
      shownPath(result.stderr.trim().split(/\r?\n/u).slice(0, 4).join('; ').slice(0, 1_000)),
    ),
  );
}

/** What it says of a host, and the files that it has read for that. */
export interface Traced {
  readonly raw: RawOptions;
  readonly files: ReadonlySet<string>;
}

/** As askSsh; null where there is no answer, whatever the reason. Throws ExpectedError('timed-out'), CancelledError. */
export async function traceSsh(
  program: string,
  request: HostRequest,
  settings: ConfigSettings,
  signal: AbortSignal,
): Promise<Traced | null> {
  const words = ['-v', ...argumentsOf(request, settings)];
  const { exitCode, stdout, stderr } = await printOptions(program, words, request, settings, signal);
  const raw = exitCode === 0 ? parseDump(stdout) : null;
  if (raw === null) return null;
  const read = stderr.matchAll(/^debug1: Reading configuration data (.+?)\r?$/gmu);
  return { raw, files: new Set([...read].map(([, file = '']) => path.normalize(file))) };
}

function printOptions(
  program: string,
  args: readonly string[],
  { name }: HostRequest,
  settings: ConfigSettings,
  signal: AbortSignal,
): Promise<RunResult> {
  return runWithDeadline(
    signal,
    DEADLINE_MS,
    (inner) => run(program, args, settings, inner),
    () =>
      new ExpectedError(
        'timed-out',
        l10n.t(
          '“ssh -G {0}” did not end within {1} seconds. Look for a slow Match exec or CanonicalizeHostname in the SSH configuration.',
          name,
          DEADLINE_MS / 1_000,
        ),
      ),
  );
}

function argumentsOf(request: HostRequest, settings: ConfigSettings): readonly string[] {
  const { name, address, port, user } = request;
  return [
    '-G',
    ...(settings.configFile === null ? [] : ['-F', settings.configFile]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    // A zone (fe80::1%eth0) would be taken for a token.
    ...(address === undefined ? [] : ['-o', `HostName=${address.replaceAll('%', '%%')}`]),
    '--',
    name,
  ];
}

interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Rejects only when the program cannot be started. It leads a process group of its own, without a terminal that it
 * could ask at; the group ends with the signal, what `Match exec` started with it.
 */
function run(
  program: string,
  args: readonly string[],
  settings: ConfigSettings,
  signal: AbortSignal,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      detached: HAS_GROUPS,
      env: settings.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const end = (): void => endGroup(child);
    const stdout = bounded(child.stdout, end);
    const stderr = bounded(child.stderr, end);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    child.on('error', (error) => {
      signal.removeEventListener('abort', end);
      reject(new ExpectedError('failed', l10n.t('{0} could not be started: {1}.', program, error.message)));
    });
    child.on('close', (exitCode) => {
      signal.removeEventListener('abort', end);
      resolve({ exitCode: exitCode ?? 1, stdout: stdout(), stderr: stderr() });
    });
  });
}

/** Gathers the text of a stream, up to a bound. */
function bounded(stream: Readable, onFlood: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_OUTPUT) chunks.push(chunk);
    else onFlood();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (HAS_GROUPS) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    // It has ended by itself meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Runs the command of a `Match exec` by the user's shell, as ssh does; whether it exited with 0. Only for a
 * configuration that is trusted.
 */
export async function runMatchExec(command: string, settings: ConfigSettings, signal: AbortSignal): Promise<boolean> {
  const windows = process.platform === 'win32';
  const shell = windows ? (settings.env['COMSPEC'] ?? 'cmd.exe') : (settings.env['SHELL'] ?? '/bin/sh');
  const result = await runWithDeadline(
    signal,
    DEADLINE_MS,
    (inner) => run(shell, windows ? ['/d', '/s', '/c', command] : ['-c', command], settings, inner),
    () =>
      new ExpectedError(
        'timed-out',
        l10n.t(
          'A command of Match exec did not end within {0} seconds: {1}. Correct the SSH configuration.',
          DEADLINE_MS / 1_000,
          shownPath(command.slice(0, 200)),
        ),
      ),
  );
  return result.exitCode === 0;
}
