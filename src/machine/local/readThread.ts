import { Worker } from 'node:worker_threads';
import { settlesWithin } from '../../lib/deadline';
import { CancelledError } from '../../lib/errors';
import type { FromReadThread, ReadPart, ReadRequest, ReadThreadData, ShareOffer, ShareRequest } from './readProtocol';
import { ReadShared } from './readShared';

/**
 * One thread that reads. It never keeps the process alive; whoever waits for it has a timer that does. But Node waits
 * for its threads when it exits: where one hangs in the kernel, the exit takes until the file system answers.
 */
export interface ReadThread {
  /**
   * Resolves when the listener has got the last part. One request after the other is worked off. Rejects when the
   * thread ends before that: with a CancelledError after `end`.
   */
  ask(request: ReadRequest | ShareRequest, listener: ReadListener): Promise<void>;
  /** Buffers to be filled again; what is in them is lost. */
  give(buffers: readonly ArrayBuffer[]): void;
  /** Asks the thread to leave the rest of a batch, which it then answers at once. */
  cancel(batchId: number): void;
  /** The path that it is at; every character of it is one byte. */
  currentPath(): string;
  /** How many paths it has touched so far. */
  steps(): number;
  /** Ends it and waits for that, but not for ever: nothing ends a thread that hangs in the kernel. */
  end(): Promise<void>;
}

export interface ReadListener {
  part(part: ReadPart): void;
  offer(offer: ShareOffer): void;
}

interface Waiting {
  readonly listener: ReadListener;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const END_WAIT_MS = 1_000;
/**
 * What it makes are short-lived strings: with room for more of them it only takes more memory. The bound for all, which
 * folders of millions of names do not reach, makes the collector come earlier.
 */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 512 };

export function startReadThread(workerFile: string): ReadThread {
  const shared = new ReadShared();
  const workerData: ReadThreadData = { memory: shared.memory };
  // Without execArgv the thread would load whatever hooks this process was started with.
  const options = { workerData, execArgv: [], name: 'opsdeck-files', resourceLimits: RESOURCE_LIMITS };
  const worker = new Worker(workerFile, options);
  const waiting: Waiting[] = [];
  let ended: Error | undefined;
  const fail = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  worker.on('message', (message: FromReadThread) => {
    if (message.kind === 'offer') waiting[0]?.listener.offer(message);
    else {
      waiting[0]?.listener.part(message);
      if (message.unread !== null) waiting.shift()?.resolve();
    }
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => fail(new Error(`The thread that reads files ended by itself with code ${code}.`)));
  worker.unref();
  return {
    ask: (request, listener) =>
      new Promise((resolve, reject) => {
        waiting.push({ listener, resolve, reject });
        if (ended === undefined) worker.postMessage(request);
        else fail(ended);
      }),
    give: (buffers) => {
      if (ended === undefined && buffers.length > 0) worker.postMessage({ kind: 'buffers', buffers }, buffers);
    },
    cancel: (batchId) => shared.cancel(batchId),
    steps: () => shared.steps(),
    currentPath: () => shared.currentPath(),
    async end() {
      fail(new CancelledError('The machine was closed.'));
      await settlesWithin(worker.terminate(), END_WAIT_MS);
      worker.unref();
    },
  };
}
