import { Worker } from 'node:worker_threads';
import type { ToClient, ToolThreadData } from './protocol';
import type { Connection, ConnectionEvents } from './toolClient';

/**
 * Lists of thousands of rows are made again and again: with the usual room, hundreds of megabytes of old ones would lie
 * about before they are collected. A little room for new objects and a bound for all make the collector come earlier.
 * Beyond the bound the thread ends, which ToolClient tells.
 */
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 1_024 };

/** Starts the thread whose code is toolWorker.js, beside the extension. It does not keep the process alive. */
export function startToolThread(file: string, data: ToolThreadData, events: ConnectionEvents): Connection {
  // Without execArgv the thread would load whatever hooks this process was started with.
  const options = { workerData: data, execArgv: [], name: 'opsdeck-tools', resourceLimits: RESOURCE_LIMITS };
  const worker = new Worker(file, options);
  let ended = false;
  const fail = (error: Error): void => {
    if (!ended) events.onFailure(error);
    ended = true;
  };
  worker.on('message', (message: ToClient) => events.onMessage(message));
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => fail(new Error(`exit code ${code}`)));
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    end: () => {
      ended = true;
      void worker.terminate();
    },
  };
}
