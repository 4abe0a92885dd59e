import type { AttemptsEnd } from '../../../../machine/copy/attempts';
import type { CopyTally } from '../../../../machine/copy/copyFile';
import type { SourceEntry } from '../../../../machine/copy/entry';
import { FileProgress } from '../../../../machine/copy/fileProgress';
import { count, noCounts } from '../plan/makePlan';
import { MOST_ROWS, type LeftOut, type Step, type SyncResult } from '../plan/schema';

export type TallyStart = Pick<SyncResult, 'task' | 'places' | 'total'> & { readonly left: readonly LeftOut[] };

/** How far it is, and what became of each step. */
export class ChangeTally extends FileProgress implements CopyTally {
  private readonly startedMs = Date.now();
  private readonly startedAt = performance.now();
  private elapsedMs: number | null = null;
  private end: AttemptsEnd | null = null;
  private readonly done = noCounts();
  private readonly steps: SyncResult['steps'] = [];
  private readonly failed: SyncResult['failed'] = [];
  private failedCount = 0;
  private backup: () => SyncResult['backup'] = () => null;
  private kept: SyncResult['kept'] = null;

  constructor(
    private readonly start: TallyStart,
    changed: () => void,
  ) {
    super(changed);
  }

  /** Of a file only: that its step is done is told by `did`. */
  finished({ relative }: SourceEntry): void {
    this.leave(relative);
  }

  did(step: Pick<Step, 'path' | 'action' | 'to'>, sizeBytes: number | null): void {
    const { path, action, to } = step;
    count(this.done, step, sizeBytes ?? 0);
    if (this.steps.length < MOST_ROWS) this.steps.push({ path, action, to, sizeBytes });
    this.changed();
  }

  fail(path: string, to: Step['to'], reason: string): void {
    this.leave(path);
    this.failedCount += 1;
    if (this.failed.length < MOST_ROWS) this.failed.push({ path, to, reason });
    this.changed();
  }

  /** From now on something is kept, of which this tells. */
  keeps(backup: () => SyncResult['backup']): void {
    this.backup = backup;
    this.changed();
  }

  keepsInAll(kept: SyncResult['kept']): void {
    this.kept = kept;
  }

  over(end: AttemptsEnd): void {
    this.end = end;
    this.elapsedMs = performance.now() - this.startedAt;
    this.leave();
    this.changed();
  }

  result(): SyncResult {
    const { task, places, total, left } = this.start;
    return {
      task,
      places,
      state: this.end?.state ?? 'working',
      stopReason: this.end?.stopReason ?? null,
      total,
      done: { ...this.done, bytes: this.done.bytes + this.bytesUnderWay() },
      steps: [...this.steps],
      failed: [...this.failed],
      failedCount: this.failedCount,
      left: left.slice(0, MOST_ROWS),
      leftCount: left.length,
      current: this.current(),
      backup: this.backup(),
      kept: this.kept,
      startedMs: this.startedMs,
      elapsedMs: Math.round(this.elapsedMs ?? performance.now() - this.startedAt),
    };
  }
}
