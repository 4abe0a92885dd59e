import { setMaxListeners } from 'node:events';
import { CancelledError } from '../../../lib/errors';
import type { Operation } from './protocol';

interface Waiting {
  readonly operation: Operation;
  readonly startedMs: number;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  readonly signal: AbortSignal | null;
}

/** The requests of one signal: a listener for each of hundreds would be looked through for every new one. */
interface Band {
  readonly ids: Set<number>;
  readonly onAbort: () => void;
}

/** The requests that are not answered yet, by their ids, in the order in which they were made. */
export class PendingRequests {
  private readonly waiting = new Map<number, Waiting>();
  /** Nobody waits for these any more, but their answers will come. */
  private readonly dropped = new Map<number, Operation>();
  private readonly bands = new Map<AbortSignal, Band>();
  private lastId = 0;

  get size(): number {
    return this.waiting.size;
  }

  /** Makes a request and hands its id to `send`. Rejects with a CancelledError when the signal fires. */
  add<T>(operation: Operation, startedMs: number, signal: AbortSignal | null, send: (id: number) => void): Promise<T> {
    const id = this.freeId();
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { operation, startedMs, resolve, reject, signal });
      if (signal !== null) this.join(id, signal);
      send(id);
    });
  }

  private join(id: number, signal: AbortSignal): void {
    const band = this.bands.get(signal);
    if (band !== undefined) return void band.ids.add(id);
    const ids = new Set([id]);
    const onAbort = (): void => {
      for (const one of [...ids]) this.drop(one, new CancelledError('cancelled'));
    };
    this.bands.set(signal, { ids, onAbort });
    setMaxListeners(0, signal);
    signal.addEventListener('abort', onAbort, { once: true });
  }

  private leave(id: number, signal: AbortSignal): void {
    const band = this.bands.get(signal);
    if (band === undefined) return;
    band.ids.delete(id);
    if (band.ids.size > 0) return;
    this.bands.delete(signal);
    signal.removeEventListener('abort', band.onAbort);
  }

  /** Whose answer came: what was asked, and who waits for it (nobody where it was dropped). Undefined for nothing. */
  answered(id: number): { readonly operation: Operation; readonly waiting: Waiting | undefined } | undefined {
    const waiting = this.take(id);
    if (waiting !== undefined) return { operation: waiting.operation, waiting };
    const operation = this.dropped.get(id);
    this.dropped.delete(id);
    return operation === undefined ? undefined : { operation, waiting: undefined };
  }

  /** Since when the longest-waiting one waits; undefined when none does. */
  oldestMs(): number | undefined {
    for (const { startedMs } of this.waiting.values()) return startedMs;
    return undefined;
  }

  /** Rejects those that were made at that time or before; their answers may still come. */
  dropUntil(startedMs: number, error: () => Error): void {
    for (const [id, one] of [...this.waiting]) if (one.startedMs <= startedMs) this.drop(id, error());
  }

  /** Rejects all: no answer will come. */
  failAll(error: Error): void {
    this.dropped.clear();
    for (const id of [...this.waiting.keys()]) this.take(id)?.reject(error);
  }

  private drop(id: number, error: Error): void {
    const waiting = this.take(id);
    if (waiting === undefined) return;
    this.dropped.set(id, waiting.operation);
    waiting.reject(error);
  }

  private take(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return undefined;
    this.waiting.delete(id);
    if (waiting.signal !== null) this.leave(id, waiting.signal);
    return waiting;
  }

  private freeId(): number {
    do this.lastId = (this.lastId + 1) >>> 0;
    while (this.waiting.has(this.lastId) || this.dropped.has(this.lastId));
    return this.lastId;
  }
}
