import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { ExpectedError, isCancelled } from '../lib/errors';
import { createMachines } from '../machine/directory';
import { DEFAULT_HOST_SETTINGS } from '../machine/hostSettings';
import { createLocalMachine } from '../machine/local';
import type { OwnedMachines } from '../machine/machines';
import type { Report } from '../report/model';
import { computeApart } from '../runtime/compute';
import { createRecordings } from '../runtime/recordings';
import { fieldsOf } from '../tool/fields';
import type { ToolEntry } from '../tool/registry';
import { runTool } from '../tool/run';
import { isChangeTool, type AnyTool, type Log, type RunContext, type Secrets } from '../tool/tool';
import { readArguments, type Asked } from './arguments';
import { change } from './change';
import { textsOf } from './language';
import { printed } from './printed';
import type { ExitCode, Shell } from './shell';

/** Runs a tool and prints its result, or with --watch every result until it is cancelled. */
export async function runOnce(
  entry: ToolEntry,
  words: readonly string[],
  shell: Shell,
  title: string,
): Promise<ExitCode> {
  const tool = await entry.load();
  const read = readArguments(words, fieldsOf(tool));
  const asked = entry.manifest.lasts === true ? { ...read, watch: true } : read;
  refuseWatch(entry, asked);
  const machines = machinesOf(shell);
  try {
    const context: RunContext = {
      machine: await machines.open(asked.machine, shell.signal),
      machines,
      person: shell.person ?? null,
      signal: shell.signal,
      live: asked.watch,
      progress: (message) => (shell.terminal ? shell.err(`${title}: ${message}\n`) : undefined),
      log: errorLog(shell),
      secrets: noSecrets,
      recordings: createRecordings(path.join(shell.stateFolder, 'recordings')),
      ...computes(entry.id, shell),
    };
    if (isChangeTool(tool)) return await change(tool, asked, context, shell);
    return asked.watch ? await watch(tool, asked, context, shell) : await printLast(tool, asked, context, shell);
  } finally {
    await machines.close();
  }
}

function computes(tool: string, { computeFile, language, signal }: Shell): Pick<RunContext, 'compute'> {
  if (computeFile === undefined) return {};
  return { compute: (task) => computeApart({ file: computeFile, texts: textsOf(language) }, tool, task, signal) };
}

function machinesOf(shell: Shell): OwnedMachines {
  return createMachines({
    local: createLocalMachine(),
    settings: { ...DEFAULT_HOST_SETTINGS, configFile: shell.sshConfigFile, inventoryFiles: shell.inventoryFiles },
    person: shell.person ?? null,
    secrets: noSecrets,
    log: errorLog(shell),
    onConnected: () => undefined,
  });
}

function refuseWatch(entry: ToolEntry, asked: Asked): void {
  if (!asked.watch) return;
  if (!entry.manifest.live) {
    throw new ExpectedError('usage', l10n.t('{0} gives one result; --watch is for live tools.', entry.id));
  }
  if (asked.format !== 'md' && asked.format !== 'json') {
    const message =
      entry.manifest.lasts === true
        ? l10n.t('{0} goes on and prints md or json (one line a result), not {1}.', entry.id, asked.format)
        : l10n.t('--watch prints md or json (one line a result), not {0}.', asked.format);
    throw new ExpectedError('usage', message);
  }
}

async function printLast(tool: AnyTool, asked: Asked, context: RunContext, shell: Shell): Promise<ExitCode> {
  let last: unknown;
  const print = async (): Promise<Report> => {
    const report = tool.report(last);
    shell.out(await printed(tool, last, report, asked.format));
    return report;
  };
  try {
    for await (const result of runTool(tool, asked.input, context)) last = result;
  } catch (error) {
    if (isCancelled(error) && last !== undefined) await print();
    throw error;
  }
  return (await print()).status === 'error' ? 1 : 0;
}

async function watch(tool: AnyTool, asked: Asked, context: RunContext, shell: Shell): Promise<ExitCode> {
  let status: Report['status'] = 'ok';
  try {
    for await (const result of runTool(tool, asked.input, context)) {
      const report = tool.report(result);
      status = report.status;
      const text =
        asked.format === 'json' ? `${JSON.stringify(result)}\n` : await printed(tool, result, report, asked.format);
      // On a terminal each result takes the place of the last one: cursor home, then clear (ECMA-48 CUP and ED).
      shell.out(shell.terminal && asked.format === 'md' ? `\u001b[H\u001b[2J${text}` : text);
      await pause(asked.intervalSeconds * 1_000, context.signal);
    }
  } catch (error) {
    // Ctrl-C is how a watch ends.
    if (!context.signal.aborted) throw error;
  }
  return status === 'error' ? 1 : 0;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}

function errorLog(shell: Shell): Log {
  const verbose = process.env['OPSDECK_DEBUG'] === '1';
  const line = (level: string) => (message: string) => shell.err(`opsdeck: ${level}: ${message}\n`);
  const quiet = (): void => undefined;
  return {
    debug: verbose ? line('debug') : quiet,
    info: verbose ? line('info') : quiet,
    warn: line('warning'),
    error: line('error'),
  };
}

/** The command line keeps no secrets; a tool that needs one says so. */
const noSecrets: Secrets = {
  get: () => Promise.resolve(undefined),
  store: () => Promise.reject(new ExpectedError('unsupported', l10n.t('The command line stores no secrets.'))),
  delete: () => Promise.resolve(),
};
