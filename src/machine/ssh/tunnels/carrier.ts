import * as l10n from '@vscode/l10n';
import { setTimeout as pause } from 'node:timers/promises';
import { untilAborted, withDeadline } from '../../../lib/deadline';
import { CancelledError, ExpectedError, isCancelled, messageOf } from '../../../lib/errors';
import type { Transport } from '../transport';
import type { TunnelStatus } from './status';

export interface TunnelParts {
  /**
   * The connection, opened anew after a loss; it is the giver's, and a tunnel never closes it. Must ask nobody when it
   * is called again: nobody waits for a question then.
   */
  transport(signal: AbortSignal): Promise<Transport>;
  onLog(message: string): void;
  /** Before the first, the second … try after a loss; the last one holds on. Default 1, 2, 5, 10 and 30 seconds. */
  readonly pausesMs?: readonly number[];
  /** How long a connection that comes while the tunnel waits is kept waiting too. Default 10,000. */
  readonly holdMs?: number;
}

/** Takes up a fresh connection: listens on it. Throws when that fails. */
type TakeUp = (transport: Transport) => Promise<void>;

const PAUSES_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000, 30_000];
const HOLD_MS = 10_000;
const MAX_HELD = 256;
/** What may mend itself. Anything else (a wrong password, a changed host key) only gets worse by trying again. */
const PASSING = new Set(['closed', 'refused', 'unreachable', 'timed-out', 'not-found', 'failed', 'in-use', 'exists']);

/** The connection under a tunnel, which is opened anew whenever it is lost. */
export class Carrier {
  #transport: Transport | undefined;
  /** Of callers that wait for a connection. */
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly parts: TunnelParts,
    private readonly status: TunnelStatus,
    private readonly takeUp: TakeUp,
    private readonly signal: AbortSignal,
  ) {}

  /** The first connection, whose failure is the caller's. */
  async open(): Promise<void> {
    const transport = await untilAborted(this.parts.transport(this.signal), this.signal);
    await this.takeUp(transport);
    this.#isUp(transport);
  }

  /**
   * Watches over the connection until the signal fires. `onLoss` is told of each loss. Settles when there will be no
   * connection any more, with why.
   */
  async keep(onLoss: () => void): Promise<string> {
    while (this.#transport !== undefined) {
      const reason = await untilAborted(this.#transport.closed, this.signal).catch(() => undefined);
      if (this.signal.aborted) return '';
      this.#transport = undefined;
      const text = reason === undefined ? l10n.t('The connection was closed.') : reason.message;
      this.parts.onLog(text);
      this.status.enter('waiting', text);
      onLoss();
      const final = await this.#reopen();
      if (final !== null) return final;
    }
    return '';
  }

  /** The connection; while there is none, a bounded number of callers waits for a bounded time. */
  async current(signal: AbortSignal): Promise<Transport> {
    if (this.#transport === undefined && this.#waiting.size < MAX_HELD) await this.#wait(signal);
    if (this.#transport !== undefined) return this.#transport;
    throw new ExpectedError('closed', l10n.t('The connection to the host is lost and being opened again.'));
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const deadline = withDeadline([signal, this.signal], this.parts.holdMs ?? HOLD_MS);
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done);
        resolve();
      };
      this.#waiting.add(done);
      deadline.signal.addEventListener('abort', done, { once: true });
      if (deadline.signal.aborted) done();
    });
    deadline.clear();
  }

  #isUp(transport: Transport): void {
    this.#transport = transport;
    this.status.enter('open', '');
    for (const done of [...this.#waiting]) done();
  }

  /** null when the connection is there again; else why it is given up. */
  async #reopen(): Promise<string | null> {
    const pauses = this.parts.pausesMs ?? PAUSES_MS;
    for (let round = 0; ; round++) {
      try {
        await pause(pauses[Math.min(round, pauses.length - 1)], undefined, { signal: this.signal });
        await this.open();
        return null;
      } catch (error) {
        if (this.signal.aborted) return '';
        this.parts.onLog(messageOf(error));
        if (!mayPass(error)) return messageOf(error);
        this.status.enter('waiting', messageOf(error));
      }
    }
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof CancelledError || isCancelled(error)) return false;
  return !(error instanceof ExpectedError) || PASSING.has(error.code);
}
