import * as l10n from '@vscode/l10n';
import { CancelledError, ExpectedError } from '../lib/errors';
import type { HostSettings } from '../machine/hostSettings';
import type { OpenHost } from '../machine/machines';
import type { Person } from '../machine/person';
import type { RunRequest } from '../report/protocol';
import type { Log, Secrets } from '../tool/tool';
import type { CallName, Calls, ClientRequest, ResultMessage, ToClient, ToServer, Wants } from './protocol';
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
  readonly person: Person;
  /** Told of every change of `connected`. */
  onConnected?(hosts: readonly OpenHost[]): void;
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
  /** Of a large result. Rejects with ExpectedError('not-ready') before the first. */
  part(ask: unknown): Promise<unknown>;
  /** What another run has found goes into what this one has. */
  merge(from: number, ask: unknown): Promise<unknown>;
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
  private readonly requests = new Map<number, AbortController>();
  private connectedHosts: readonly OpenHost[] = [];
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
      part: (ask) => this.call('part', { run: id, ask }),
      merge: (from, ask) => this.call('merge', { run: id, from, ask }),
      cancel: () => tell({ kind: 'cancel', run: id }),
      forget: () => {
        tell({ kind: 'forget', run: id });
        this.runs.delete(id);
        this.endWhenIdle();
      },
    };
  }

  /** From now on; a thread that starts later is told by its maker. */
  configure(settings: HostSettings): void {
    if (this.connection !== undefined) this.post({ kind: 'settings', settings });
  }

  /** Hosts to which there is a connection. While there is one, the thread is not idle. */
  get connected(): readonly OpenHost[] {
    return this.connectedHosts;
  }

  dispose(): void {
    clearTimeout(this.idle);
    this.end(new CancelledError('cancelled'));
  }

  private setConnected(hosts: readonly OpenHost[]): void {
    this.connectedHosts = hosts;
    this.parts.onConnected?.(hosts);
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
      case 'request':
        return void this.reply(message.id, message.request);
      case 'requestCancelled':
        return this.requests.get(message.id)?.abort();
      case 'connected':
        this.setConnected(message.hosts);
        return this.endWhenIdle();
    }
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    this.endWhenIdle();
    return waiting;
  }

  private async reply(id: number, request: ClientRequest): Promise<void> {
    const controller = new AbortController();
    this.requests.set(id, controller);
    let reply: ToServer;
    try {
      reply = { kind: 'reply', id, value: await this.serve(request, controller.signal), error: undefined };
    } catch (error) {
      reply = { kind: 'reply', id, value: undefined, error: toWire(error) };
    }
    // Nobody waits any more, and perhaps there is no thread that could.
    if (this.requests.delete(id) && !controller.signal.aborted) this.post(reply);
  }

  private serve(request: ClientRequest, signal: AbortSignal): Promise<unknown> {
    const { secrets, person } = this.parts;
    switch (request.kind) {
      case 'getSecret':
        return secrets.get(request.key);
      case 'storeSecret':
        return secrets.store(request.key, request.value);
      case 'deleteSecret':
        return secrets.delete(request.key);
      case 'ask':
        return person.ask(request.question, signal);
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
    if (this.connectedHosts.length > 0) this.setConnected([]);
    for (const request of this.requests.values()) request.abort();
    this.requests.clear();
    const calls = [...this.waiting.values()];
    const runs = [...this.runs.values()];
    this.waiting.clear();
    this.runs.clear();
    for (const call of calls) call.reject(reason);
    for (const run of runs) run.onEnd(reason);
  }

  private endWhenIdle(): void {
    clearTimeout(this.idle);
    if (this.connection === undefined || this.connectedHosts.length > 0 || this.runs.size > 0 || this.waiting.size > 0)
      return;
    this.idle = setTimeout(() => this.end(new CancelledError('cancelled')), this.parts.idleMs ?? 60_000).unref();
  }
}
