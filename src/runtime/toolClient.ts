import * as l10n from '@vscode/l10n';
import { CancelledError, ExpectedError } from '../lib/errors';
import type { RunRequest } from '../report/protocol';
import type { Log, Secrets } from '../tool/tool';
import type { CallName, Calls, ResultMessage, ToClient, ToServer, Wants } from './protocol';
import { fromWire, toWire } from './wireError';

/** The other end: a thread with a ToolServer. */
export interface Connection {
  post(message: ToServer): void;
  end(): void;
}

export interface ConnectionEvents {
  onMessage(message: ToClient): void;
  /** The thread has ended by itself. */
  onFailure(error: Error): void;
}

export interface ClientParts {
  /** Starts a thread. */
  connect(events: ConnectionEvents): Connection;
  readonly log: Log;
  readonly secrets: Secrets;
  /** How long an idle thread is kept; default 60,000. */
  readonly idleMs?: number;
}

export interface RunEvents {
  onResult(message: ResultMessage): void;
  onProgress(message: string): void;
  /** The last event, with why it ended where that was not the natural end. */
  onEnd(error: Error | undefined): void;
}

/** A run in the other thread. */
export interface RemoteRun {
  readonly id: number;
  next(): void;
  want(wants: Wants): void;
  cancel(): void;
  /** Cancels and drops what it found; nothing is told any more. */
  forget(): void;
}

export interface RunOptions {
  readonly live: boolean;
  readonly confirmed: boolean;
  readonly wants: Wants;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The editor's door to the thread in which tools run. The thread starts with the first use, is ended when nothing has
 * needed it for a while, and is started anew when it died.
 */
export class ToolClient {
  private connection: Connection | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private readonly runs = new Map<number, RunEvents>();
  private lastId = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(private readonly parts: ClientParts) {}

  /** Rejects with what the other side threw, and with a CancelledError as soon as the signal fires. */
  call<Name extends CallName>(
    name: Name,
    args: Calls[Name]['args'],
    signal?: AbortSignal,
  ): Promise<Calls[Name]['answer']> {
    if (signal?.aborted === true) return Promise.reject(new CancelledError('cancelled'));
    const id = ++this.lastId;
    return new Promise<unknown>((resolve, reject) => {
      const cancel = (): void => {
        this.post({ kind: 'cancelCall', id });
        this.settle(id)?.reject(new CancelledError('cancelled'));
      };
      const done = (): void => signal?.removeEventListener('abort', cancel);
      this.waiting.set(id, {
        resolve: (value) => (done(), resolve(value)),
        reject: (error) => (done(), reject(error)),
      });
      signal?.addEventListener('abort', cancel, { once: true });
      this.post({ kind: 'call', id, name, args });
    });
  }

  begin(request: RunRequest, options: RunOptions, events: RunEvents): RemoteRun {
    const id = ++this.lastId;
    this.runs.set(id, events);
    this.post({ kind: 'begin', run: id, request, ...options });
    const tell = (message: ToServer): void => {
      if (this.runs.has(id)) this.post(message);
    };
    return {
      id,
      next: () => tell({ kind: 'next', run: id }),
      want: (wants) => tell({ kind: 'wants', run: id, wants }),
      cancel: () => tell({ kind: 'cancel', run: id }),
      forget: () => {
        tell({ kind: 'forget', run: id });
        this.runs.delete(id);
        this.endWhenIdle();
      },
    };
  }

  dispose(): void {
    clearTimeout(this.idle);
    this.end(new CancelledError('cancelled'));
  }

  private post(message: ToServer): void {
    clearTimeout(this.idle);
    this.connection ??= this.parts.connect({
      onMessage: (answer) => this.take(answer),
      onFailure: (error) => this.fail(error),
    });
    this.connection.post(message);
  }

  private take(message: ToClient): void {
    switch (message.kind) {
      case 'answer':
        return this.settle(message.id)?.resolve(message.value);
      case 'refused':
        return this.settle(message.id)?.reject(fromWire(message.error));
      case 'result':
        return this.runs.get(message.run)?.onResult(message);
      case 'progress':
        return this.runs.get(message.run)?.onProgress(message.message);
      case 'ended':
        return this.runs.get(message.run)?.onEnd(message.error && fromWire(message.error));
      case 'log':
        return this.parts.log[message.level](message.message, message.error && fromWire(message.error));
      case 'secret':
        return void this.answerSecret(message);
    }
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    this.endWhenIdle();
    return waiting;
  }

  private async answerSecret({ id, operation, key, value }: ToClient & { kind: 'secret' }): Promise<void> {
    const { secrets } = this.parts;
    try {
      const found = operation === 'get' ? await secrets.get(key) : undefined;
      if (operation === 'store') await secrets.store(key, value ?? '');
      if (operation === 'delete') await secrets.delete(key);
      this.post({ kind: 'secret', id, value: found, error: undefined });
    } catch (error) {
      this.post({ kind: 'secret', id, value: undefined, error: toWire(error) });
    }
  }

  private fail(error: Error): void {
    this.parts.log.error('The thread in which tools run has ended by itself.', error);
    const message = l10n.t(
      'Opsdeck stopped working on this ({0}). Run it again; the log has the details.',
      error.message,
    );
    this.end(new ExpectedError('stopped', message));
  }

  private end(reason: Error): void {
    this.connection?.end();
    this.connection = undefined;
    const calls = [...this.waiting.values()];
    const runs = [...this.runs.values()];
    this.waiting.clear();
    this.runs.clear();
    for (const call of calls) call.reject(reason);
    for (const run of runs) run.onEnd(reason);
  }

  private endWhenIdle(): void {
    clearTimeout(this.idle);
    if (this.connection === undefined || this.runs.size > 0 || this.waiting.size > 0) return;
    this.idle = setTimeout(() => this.end(new CancelledError('cancelled')), this.parts.idleMs ?? 60_000).unref();
  }
}
