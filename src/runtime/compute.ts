import { Worker } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { runWithDeadline } from '../lib/deadline';
import { ExpectedError } from '../lib/errors';
import type { ToolThreadData } from './protocol';
import { fromWire, type WireError } from './wireError';

/** Where a tool computes: the entry is computeWorker.ts, a file of its own in dist/. */
export interface ComputeThread {
  readonly file: string;
  readonly texts: ToolThreadData['texts'];
}

/** Given to the thread when it starts. */
export interface ComputeTask {
  readonly texts: ToolThreadData['texts'];
  readonly tool: string;
  readonly task: unknown;
}

/** What the thread says, once. */
export type ComputeAnswer =
  { readonly kind: 'done'; readonly value: unknown } | { readonly kind: 'failed'; readonly error: WireError };

const DEADLINE_MS = 30 * 60_000;
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 2_048 };

/** Has the tool's `compute` done in a thread, which the signal ends at once, whatever it is at. Throws ExpectedError. */
export function computeApart(
  { file, texts }: ComputeThread,
  tool: string,
  task: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const workerData: ComputeTask = { texts, tool, task };
  const late = (): ExpectedError =>
    new ExpectedError('timed-out', l10n.t('This had not come to an end after {0} minutes.', DEADLINE_MS / 60_000));
  return runWithDeadline(signal, DEADLINE_MS, (within) => answered(file, workerData, within), late);
}

function answered(file: string, workerData: ComputeTask, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // Without execArgv the thread would load whatever hooks this process was started with.
    const options = { workerData, execArgv: [], name: 'opsdeck-compute', resourceLimits: RESOURCE_LIMITS };
    const worker = new Worker(file, options);
    const end = (): void => void worker.terminate();
    signal.addEventListener('abort', end, { once: true });
    worker.once('message', (answer: ComputeAnswer) => {
      if (answer.kind === 'done') resolve(answer.value);
      else reject(fromWire(answer.error));
      end();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', end);
      reject(new Error(`The thread that computes ended by itself with code ${code}.`));
    });
  });
}
