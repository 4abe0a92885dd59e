import { isCancelled, messageOf, ExpectedError } from '../lib/errors';
import type { RunRequest, RunState } from '../report/protocol';
import { runTool } from '../tool/run';
import type { AnyTool, RunContext } from '../tool/tool';

/** Where a run stands. */
export interface Shown {
  readonly state: RunState;
  /** undefined until the first result. */
  readonly result: unknown;
  readonly takenAtMs: number;
  /** What is being done, or why it failed. */
  readonly message: string;
}

export interface SessionParts {
  readonly tool: AnyTool;
  readonly request: RunRequest;
  readonly live: boolean;
  /** Everything of the tool's context but what the session itself decides. */
  readonly context: Omit<RunContext, 'signal' | 'live' | 'progress'>;
  /** How long to wait before the next sample of a live tool; asked anew each time. */
  intervalMs(): number;
  /** Told of a failure that is a bug, once. */
  onBug(error: unknown): void;
}

/** One who looks at a session. */
export interface Holder {
  readonly session: Session;
  setVisible(visible: boolean): void;
  dispose(): void;
}

interface Seat {
  visible: boolean;
  readonly onChange: (shown: Shown) => void;
}

/**
 * One run of a tool, looked at by one or more holders. It starts with the first holder and ends with the last. A
 * live tool is asked for its next result only while somebody sees it.
 */
export class Session {
  private readonly seats = new Set<Seat>();
  private controller: AbortController | undefined;
  private wake: (() => void) | undefined;
  private current: Shown = { state: 'running', result: undefined, takenAtMs: 0, message: '' };

  constructor(
    readonly parts: SessionParts,
    private readonly onEmpty: () => void,
  ) {}

  get shown(): Shown {
    return this.current;
  }

  /** Looks at the session; `onChange` is told of every change from now on. */
  hold(onChange: (shown: Shown) => void, visible = true): Holder {
    const seat: Seat = { visible, onChange };
    this.seats.add(seat);
    if (this.controller === undefined) this.start();
    this.wake?.();
    return {
      session: this,
      setVisible: (next) => {
        seat.visible = next;
        if (next) this.wake?.();
      },
      dispose: () => {
        if (!this.seats.delete(seat) || this.seats.size > 0) return;
        this.controller?.abort();
        this.onEmpty();
      },
    };
  }

  /** Ends the present run, keeps what it found, and begins anew. */
  restart(): void {
    this.controller?.abort();
    this.start();
  }

  cancel(): void {
    this.controller?.abort();
  }

  private start(): void {
    const controller = new AbortController();
    this.controller = controller;
    this.show({ state: 'running', message: '' });
    void this.consume(controller);
  }

  private async consume(controller: AbortController): Promise<void> {
    try {
      await this.pull(controller.signal, (change) => {
        if (this.controller === controller) this.show(change);
      });
      if (this.controller === controller) this.show({ state: 'done', message: '' });
    } catch (error) {
      if (this.controller === controller) this.fail(error, controller.signal);
    }
  }

  private async pull(signal: AbortSignal, show: (change: Partial<Shown>) => void): Promise<void> {
    const { tool, request, live, context } = this.parts;
    const progress = (message: string): void => show({ message });
    for await (const result of runTool(tool, request.input, { ...context, signal, live, progress })) {
      show({ result, takenAtMs: Date.now(), state: live ? 'live' : 'running' });
      if (live) await this.untilNext(signal);
    }
  }

  /** Waits for the interval, and as long as nobody looks. */
  private async untilNext(signal: AbortSignal): Promise<void> {
    const due = Date.now() + this.parts.intervalMs();
    while (!signal.aborted && (Date.now() < due || !this.isSeen())) {
      await this.sleep(this.isSeen() ? due - Date.now() : undefined, signal);
    }
  }

  private sleep(ms: number | undefined, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.wake = undefined;
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(end, Math.max(0, ms));
      signal.addEventListener('abort', end, { once: true });
      this.wake = end;
    });
  }

  private isSeen(): boolean {
    return [...this.seats].some((seat) => seat.visible);
  }

  private fail(error: unknown, signal: AbortSignal): void {
    if (signal.aborted || isCancelled(error)) {
      this.show({ state: 'cancelled', message: '' });
      return;
    }
    this.show({ state: 'failed', message: messageOf(error) });
    if (!(error instanceof ExpectedError)) this.parts.onBug(error);
  }

  private show(change: Partial<Shown>): void {
    this.current = { ...this.current, ...change };
    for (const seat of this.seats) seat.onChange(this.current);
  }
}
