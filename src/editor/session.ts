import { isCancelled, messageOf, ExpectedError } from '../lib/errors';
import { freeMemory } from '../lib/freeMemory';
import type { RunRequest, RunState } from '../report/protocol';
import type { Head, ResultMessage, Wants } from '../runtime/protocol';
import type { RemoteRun, RunEvents } from '../runtime/toolClient';

/** Where a run stands. */
export interface Shown {
  readonly state: RunState;
  /** undefined until the first result. */
  readonly head: Head | undefined;
  /** JSON in UTF-8; null while nobody has wanted it. It is gone when the next one comes: see Holder.needs. */
  readonly report: Uint8Array | null;
  /** undefined while nobody has wanted it; a summary where it may be large. */
  readonly result: unknown;
  readonly takenAtMs: number;
  /** What is being done, or why it failed. */
  readonly message: string;
}

export interface SessionParts {
  readonly request: RunRequest;
  readonly live: boolean;
  begin(wants: Wants, events: RunEvents): RemoteRun;
  /** How long to wait before the next sample of a live tool; asked anew each time. */
  intervalMs(): number;
  /** Told of a failure that is a bug, once. */
  onBug(error: unknown): void;
}

export interface HoldOptions {
  readonly visible: boolean;
  readonly wants: Wants;
}

/** Whether more is to come. */
export function isUnderWay({ state }: Shown): boolean {
  return state === 'running' || state === 'live';
}

/** One who looks at a session. */
export interface Holder {
  readonly session: Session;
  setVisible(visible: boolean): void;
  /** The report is on its way to somebody, and has to be there until then. */
  needs(report: Uint8Array, until: PromiseLike<unknown>): void;
  dispose(): void;
}

interface Seat {
  visible: boolean;
  readonly wants: Wants;
  readonly onChange: (shown: Shown) => void;
}

/**
 * One run of a tool, looked at by one or more holders. It starts with the first holder and ends with the last. A
 * live tool is asked for its next result only while somebody sees it.
 */
export class Session {
  private readonly seats = new Set<Seat>();
  private run: RemoteRun | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** When the next sample may be taken; undefined while one is on its way. */
  private dueMs: number | undefined;
  private failedBy: Error | undefined;
  /** How many need a report. */
  private readonly needed = new Map<Uint8Array, number>();
  private current: Shown = {
    state: 'running',
    head: undefined,
    report: null,
    result: undefined,
    takenAtMs: 0,
    message: '',
  };

  constructor(
    readonly parts: SessionParts,
    private readonly onEmpty: () => void,
  ) {}

  get shown(): Shown {
    return this.current;
  }

  /** The run whose result is shown, for questions about it; undefined before the first holder. */
  get runId(): number | undefined {
    return this.run?.id;
  }

  /** What ended the run before its natural end. */
  get failure(): Error | undefined {
    return this.failedBy;
  }

  /** Looks at the session; `onChange` is told of every change from now on. */
  hold(onChange: (shown: Shown) => void, { visible, wants }: HoldOptions): Holder {
    const seat: Seat = { visible, wants, onChange };
    this.seats.add(seat);
    if (this.run === undefined) this.start();
    else this.run.want(this.wants());
    this.pace();
    return {
      session: this,
      setVisible: (next) => {
        seat.visible = next;
        this.pace();
      },
      needs: (report, until) => void this.need(report, until).catch(() => undefined),
      dispose: () => {
        if (!this.seats.delete(seat)) return;
        if (this.seats.size > 0) return this.run?.want(this.wants());
        clearTimeout(this.timer);
        this.run?.forget();
        this.onEmpty();
      },
    };
  }

  /** Ends the present run, keeps what it found until there is something new, and begins anew. */
  restart(): void {
    this.run?.forget();
    this.start();
  }

  cancel(): void {
    this.run?.cancel();
  }

  /** Of a large result. Rejects with ExpectedError('not-ready') where there is none. */
  async part(ask: unknown): Promise<unknown> {
    return this.run?.part(ask);
  }

  /** What a run of another session has found goes into what is shown here. */
  async merge({ run }: Session, ask: unknown): Promise<void> {
    if (run !== undefined) await this.run?.merge(run.id, ask);
  }

  private start(): void {
    clearTimeout(this.timer);
    this.dueMs = undefined;
    this.failedBy = undefined;
    this.show({ state: 'running', message: '' });
    const run = this.parts.begin(this.wants(), {
      onResult: (message) => this.take(message),
      onProgress: (message) => this.show({ message }),
      onEnd: (error) => this.end(error),
    });
    this.run = run;
  }

  private take(message: ResultMessage): void {
    const before = this.current.report;
    this.showResult(message);
    // Everybody who looks has turned to the new one. Of thousands of rows, the other one is megabytes, which would pile up
    // as garbage in the thread of all extensions.
    if (before !== null && !this.needed.has(before)) freeMemory(before.buffer);
  }

  private showResult({ head, report, result, takenAtMs }: ResultMessage): void {
    // What is merged into it comes after its end.
    if (!isUnderWay(this.current)) return this.show({ head, report, result, takenAtMs });
    if (this.parts.live) this.dueMs ??= Date.now() + this.parts.intervalMs();
    this.show({ head, report, result, takenAtMs, state: this.parts.live ? 'live' : 'running' });
    this.pace();
  }

  private async need(report: Uint8Array, until: PromiseLike<unknown>): Promise<void> {
    this.needed.set(report, (this.needed.get(report) ?? 0) + 1);
    try {
      await until;
    } finally {
      const others = (this.needed.get(report) ?? 1) - 1;
      if (others === 0) this.needed.delete(report);
      else this.needed.set(report, others);
    }
  }

  private end(error: Error | undefined): void {
    this.dueMs = undefined;
    this.failedBy = error;
    clearTimeout(this.timer);
    if (error === undefined) return this.show({ state: 'done', message: '' });
    if (isCancelled(error)) return this.show({ state: 'cancelled', message: '' });
    this.show({ state: 'failed', message: messageOf(error) });
    if (!(error instanceof ExpectedError)) this.parts.onBug(error);
  }

  /** Asks for the next sample when it is due and seen; until then, looks again when it will be. */
  private pace(): void {
    clearTimeout(this.timer);
    if (this.dueMs === undefined || !this.isSeen()) return;
    const leftMs = this.dueMs - Date.now();
    if (leftMs > 0) {
      this.timer = setTimeout(() => this.pace(), leftMs);
      return;
    }
    this.dueMs = undefined;
    this.run?.next();
  }

  private isSeen(): boolean {
    return [...this.seats].some((seat) => seat.visible);
  }

  private wants(): Wants {
    const seats = [...this.seats];
    return { report: seats.some((seat) => seat.wants.report), result: seats.some((seat) => seat.wants.result) };
  }

  private show(change: Partial<Shown>): void {
    this.current = { ...this.current, ...change };
    for (const seat of this.seats) seat.onChange(this.current);
  }
}
