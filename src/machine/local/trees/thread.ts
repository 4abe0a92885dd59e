import { Worker } from 'node:worker_threads';
import { settlesWithin } from '../../../lib/deadline';
import { TreeShared, type TreeAnswer, type TreeRequest, type TreeThreadData } from './protocol';

/** One thread that works on trees. It never keeps the process alive. */
export interface TreeThread {
  readonly shared: TreeShared;
  post(request: TreeRequest): void;
  /** Ends it and waits for that, but not for ever: nothing ends a thread that hangs in the kernel. */
  end(): Promise<void>;
  /** As `end`, and settled only when it is really gone. */
  leave(): Promise<void>;
}

export interface TreeThreadListener {
  answer(answer: TreeAnswer): void;
  /** It has ended by itself. */
  lost(error: Error): void;
}

const END_WAIT_MS = 1_000;
const RESOURCE_LIMITS = { maxYoungGenerationSizeMb: 4 };

export function startTreeThread(workerFile: string, listener: TreeThreadListener): TreeThread {
  const shared = new TreeShared();
  const workerData: TreeThreadData = { kind: 'trees', memory: shared.memory };
  // Without execArgv the thread would load whatever hooks this process was started with.
  const options = { workerData, execArgv: [], name: 'opsdeck-trees', resourceLimits: RESOURCE_LIMITS };
  const worker = new Worker(workerFile, options);
  let ended = false;
  const lost = (error: Error): void => {
    if (ended) return;
    ended = true;
    listener.lost(error);
  };
  worker.on('message', (answer: TreeAnswer) => listener.answer(answer));
  worker.on('error', (error) => lost(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => lost(new Error(`The thread that works on trees ended by itself with code ${code}.`)));
  worker.unref();
  return {
    shared,
    post: (request) => worker.postMessage(request),
    async end() {
      ended = true;
      await settlesWithin(worker.terminate(), END_WAIT_MS);
      worker.unref();
    },
    async leave() {
      ended = true;
      await worker.terminate();
    },
  };
}
