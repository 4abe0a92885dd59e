import { untilAborted, withDeadline } from '../../../lib/deadline';
import { CancelledError, ExpectedError, throwIfCancelled } from '../../../lib/errors';
import type { Session } from './session';

const OPEN_DEADLINE_MS = 60_000;

export interface SessionPoolOptions {
  /** Starts one, which can be asked at once. */
  open(signal: AbortSignal): Promise<Session>;
  /** More requests than this at once wait for one another. */
  readonly most: number;
}

export interface AskOptions {
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  /** Whether a session that turns out to have ended meanwhile is replaced by another, once: for what only reads. */
  readonly again?: boolean;
  /** Takes over what is still to come of an answer that is late. Without it the session is ended. */
  onLate?(answer: Promise<Buffer>): void;
}

export interface Answer {
  /** Whether it had to be cut off. */
  readonly late: boolean;
  readonly bytes: Buffer;
}

/**
 * Sessions of one kind, started when they are needed. One that does not answer in time is left aside: a file system
 * that hangs holds up nobody else. One whose request was cancelled is asked again when it has answered.
 */
export class SessionPool {
  private readonly free: Session[] = [];
  private readonly all = new Set<Session>();
  /** Asked in vain; they may still answer. */
  private readonly left = new Set<Session>();
  private readonly waiting: (() => void)[] = [];
  private readonly closing = new AbortController();
  private opening = 0;

  constructor(private readonly options: SessionPoolOptions) {}

  /** One that is there already. */
  add(session: Session): void {
    this.all.add(session);
    this.free.push(session);
  }

  /** Takes one out for something else; false where it is in use or has ended. */
  withdraw(session: Session): boolean {
    const at = this.free.indexOf(session);
    if (at < 0 || !session.isOpen) return false;
    this.free.splice(at, 1);
    return this.all.delete(session);
  }

  /** Rejects with a CancelledError at once, and with ExpectedError when there is no connection or the session ended. */
  async ask(request: (session: Session) => Uint8Array, options: AskOptions): Promise<Answer> {
    const known = new Set(this.all);
    const session = await this.get(options.signal);
    try {
      return await this.askOne(session, request, options);
    } catch (error) {
      const lost = error instanceof ExpectedError && error.code === 'closed';
      if (!lost || options.again !== true || !known.has(session)) throw error;
      return this.askOne(await this.get(options.signal), request, options);
    }
  }

  private async askOne(
    session: Session,
    request: (session: Session) => Uint8Array,
    options: AskOptions,
  ): Promise<Answer> {
    const answer = session.ask(request(session));
    const deadline = withDeadline([options.signal, this.closing.signal], options.deadlineMs);
    try {
      const bytes = await untilAborted(answer, deadline.signal);
      this.release(session);
      return { late: false, bytes };
    } catch (error) {
      if (deadline.fired === undefined) {
        this.drop(session);
        throw error;
      }
      if (deadline.fired === 'timed-out') return this.leave(session, answer, options);
      this.drain(session, answer, options.deadlineMs);
      throw new CancelledError('cancelled');
    } finally {
      deadline.clear();
    }
  }

  /** Ends all; what is on its way rejects with a CancelledError. */
  close(): void {
    this.closing.abort();
    for (const session of [...this.all, ...this.left]) session.close();
    this.all.clear();
    this.free.length = 0;
    this.wake();
  }

  private async get(signal: AbortSignal): Promise<Session> {
    for (;;) {
      throwIfCancelled(signal);
      throwIfCancelled(this.closing.signal);
      const session = this.free.pop();
      if (session?.isOpen === true) return session;
      if (session !== undefined) this.drop(session);
      else if (this.all.size + this.opening < this.options.most) return this.openOne(signal);
      else await untilAborted(new Promise<void>((resolve) => this.waiting.push(resolve)), signal);
    }
  }

  private async openOne(signal: AbortSignal): Promise<Session> {
    this.opening += 1;
    const deadline = withDeadline([signal, this.closing.signal], OPEN_DEADLINE_MS);
    try {
      const session = await this.options.open(deadline.signal);
      this.all.add(session);
      return session;
    } finally {
      deadline.clear();
      this.opening -= 1;
      this.wake();
    }
  }

  private release(session: Session): void {
    if (this.all.has(session)) this.free.push(session);
    this.wake();
  }

  private drop(session: Session): void {
    this.all.delete(session);
    session.close();
    this.wake();
  }

  /** It can be asked again when the rest of the cancelled answer has come. */
  private drain(session: Session, answer: Promise<Buffer>, deadlineMs: number): void {
    const timer = setTimeout(() => this.drop(session), deadlineMs);
    const settle = (then: () => void): void => {
      clearTimeout(timer);
      then();
    };
    answer.then(
      () => settle(() => this.release(session)),
      () => settle(() => this.drop(session)),
    );
  }

  private leave(session: Session, answer: Promise<Buffer>, { onLate }: AskOptions): Answer {
    const bytes = session.soFar();
    this.all.delete(session);
    this.wake();
    const end = (): void => {
      this.left.delete(session);
      session.close();
    };
    if (onLate === undefined) {
      answer.catch(() => undefined);
      end();
    } else {
      this.left.add(session);
      onLate(answer.finally(end));
    }
    return { late: true, bytes };
  }

  /** All of them, since any may have been cancelled meanwhile. */
  private wake(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }
}
