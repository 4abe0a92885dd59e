import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Processes } from './processes';
import { Trouble } from './terminal';

/** What a command of the project works with; all of it ends and disappears with the command. */
export interface CommandContext {
  /** Fires at Ctrl-C and when the terminal closes. */
  readonly signal: AbortSignal;
  readonly processes: Processes;
  /** A new temporary folder that only the current user can read. */
  makeFolder(name: string): string;
}

/** Runs a command of the project: failures in one line, signals handled, everything it started ended. */
export async function runCommand(main: (context: CommandContext) => Promise<number>): Promise<void> {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());

  const processes = new Processes();
  const folders: string[] = [];
  const makeFolder = (name: string): string => {
    const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), `opsdeck-${name}-`));
    folders.push(folder);
    return folder;
  };
  try {
    process.exitCode = await main({ signal: interrupt.signal, processes, makeFolder });
  } catch (error) {
    process.exitCode = interrupt.signal.aborted ? 130 : 1;
    if (!interrupt.signal.aborted) report(error);
  } finally {
    await processes.stopAll();
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function report(error: unknown): void {
  if (error instanceof Trouble) process.stderr.write(`opsdeck: ${error.message}\n`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
