/**
 * Watches how long the other side says nothing while somebody waits. What arrives and what is taken off our hands are
 * signs of life: a transfer of any length may go on as long as it moves.
 */
export class SilenceWatch {
  private lastSignMs = 0;
  private timer: NodeJS.Timeout | undefined;
  private immediate: NodeJS.Immediate | undefined;

  /** `oldestMs`: since when the longest-waiting one waits. `onSilence`: those that wait since then have waited too long. */
  constructor(
    private readonly deadlineMs: number,
    private readonly oldestMs: () => number | undefined,
    private readonly onSilence: (sinceMs: number) => void,
  ) {}

  /** The clock that all times here are of. */
  nowMs(): number {
    return performance.now();
  }

  sign(): void {
    this.lastSignMs = this.nowMs();
  }

  /** To be called when somebody begins to wait, and when somebody ends. */
  update(): void {
    const oldestMs = this.oldestMs();
    if (oldestMs === undefined) return this.stop();
    if (this.timer !== undefined || this.immediate !== undefined) return;
    const dueMs = Math.max(oldestMs, this.lastSignMs) + this.deadlineMs;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      // What has arrived by now is handed out first: an event loop that was held up runs its timers before.
      this.immediate = setImmediate(() => this.check());
    }, dueMs - this.nowMs());
    // It only watches: what keeps the process alive is the channel.
    this.timer.unref();
  }

  stop(): void {
    clearTimeout(this.timer);
    clearImmediate(this.immediate);
    this.timer = undefined;
    this.immediate = undefined;
  }

  private check(): void {
    this.immediate = undefined;
    const sinceMs = this.nowMs() - this.deadlineMs;
    if (this.lastSignMs <= sinceMs) this.onSilence(sinceMs);
    this.update();
  }
}
