import { Worker } from 'node:worker_threads';
import { settlesWithin } from '../../lib/deadline';
import { CancelledError } from '../../lib/errors';
import type { ReadReply, ReadRequest, ReadThreadData } from './reads';
import { ReadShared } from './readShared';

/**
 * One thread that reads. It never keeps the process alive; whoever waits for it has a timer that does. But Node waits
 * for its threads when it exits: where one hangs in the kernel, the exit takes until the file system answers.
 */
export interface ReadThread {
  /** One at a time. Rejects when the thread ends before it answers: with a CancelledError after `end`. */
  ask(request: ReadRequest): Promise<ReadReply>;
  /** Asks the thread to leave the rest of a batch, which it then answers at once. */
  cancel(batchId: number): void;
  /** The path that it is at. */
  currentPath(): string;
  /** Ends it and waits for that, but not for ever: nothing ends a thread that hangs in the kernel. */
  end(): Promise<void>;
}

interface Waiting {
  readonly resolve: (reply: ReadReply) => void;
  readonly reject: (error: Error) => void;
}

const END_WAIT_MS = 1_000;

export function startReadThread(workerFile: string): ReadThread {
  const shared = new ReadShared();
  const workerData: ReadThreadData = { memory: shared.memory };
  // Without execArgv the thread would load whatever hooks this process was started with.
  const worker = new Worker(workerFile, { workerData, execArgv: [], name: 'opsdeck-files' });
  let waiting: Waiting | undefined;
  let ended: Error | undefined;
  const fail = (error: Error): void => {
    ended ??= error;
    waiting?.reject(ended);
    waiting = undefined;
  };
  worker.on('message', (reply: ReadReply) => {
    waiting?.resolve(reply);
    waiting = undefined;
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => fail(new Error(`The thread that reads files ended by itself with code ${code}.`)));
  worker.unref();
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        if (ended === undefined) worker.postMessage(request);
        else fail(ended);
      }),
    cancel: (batchId) => shared.cancel(batchId),
    currentPath: () => shared.currentPath(),
    async end() {
      fail(new CancelledError('The machine was closed.'));
      await settlesWithin(worker.terminate(), END_WAIT_MS);
      worker.unref();
    },
  };
}
