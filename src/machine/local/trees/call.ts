import { untilAborted } from '../../../lib/deadline';
import { CancelledError, throwIfCancelled } from '../../../lib/errors';
import type { TreeCall, TreeOutcome, TreePool } from './pool';
import type { TreeTask } from './protocol';

/** Runs tasks of one call; what is on its way is dropped when the signal fires or `close` is called. */
export interface OpenCall {
  run(task: TreeTask): Promise<TreeOutcome>;
  close(): void;
}

export function openCall(pool: TreePool, signal: AbortSignal, onRead?: (bytes: number) => void): OpenCall {
  throwIfCancelled(signal);
  const call: TreeCall = { stop: new SharedArrayBuffer(4), ...(onRead === undefined ? {} : { onRead }) };
  const ending = new AbortController();
  const end = (): void => {
    if (ending.signal.aborted) return;
    ending.abort();
    signal.removeEventListener('abort', end);
    pool.cancel(call);
  };
  signal.addEventListener('abort', end, { once: true });
  return {
    run: (task) => {
      const run = pool.run(task, call);
      run.catch(() => undefined);
      return ending.signal.aborted ? Promise.reject(new CancelledError('cancelled')) : untilAborted(run, ending.signal);
    },
    close: end,
  };
}
