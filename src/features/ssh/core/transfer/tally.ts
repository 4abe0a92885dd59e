import type { SourceEntry } from '../../../../machine/copy/entry';
import { FileProgress } from '../../../../machine/copy/fileProgress';
import { MOST_ROWS, type Counts, type TransferResult, type TransferRow } from './schema';

export type TallyStart = Pick<
  TransferResult,
  'direction' | 'sourceMachine' | 'targetMachine' | 'from' | 'to' | 'verify' | 'moves'
>;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** How far a transfer is, and what became of each file. */
export class Tally extends FileProgress {
  private readonly startedMs = Date.now();
  private readonly startedAt = performance.now();
  private endedAt: number | null = null;
  private state: TransferResult['state'] = 'looking';
  private stopReason: string | null = null;
  private total = none();
  private readonly done = none();
  private sentBytes = 0;
  private readonly copied: { path: string; sizeBytes: number }[] = [];
  private readonly skipped: TransferRow[] = [];
  private readonly failed: TransferRow[] = [];
  private readonly undeleted: TransferRow[] = [];
  private skippedCount = 0;
  private failedCount = 0;
  private deletedCount = 0;
  private undeletedCount = 0;

  constructor(
    private readonly start: TallyStart,
    changed: () => void,
  ) {
    super(changed);
  }

  begin(entries: readonly SourceEntry[]): void {
    const total = none();
    for (const entry of entries) count(total, entry, entry.sizeBytes);
    this.total = total;
    this.state = 'copying';
    this.changed();
  }

  end(state: 'done' | 'cancelled' | 'stopped', stopReason: string | null): void {
    this.state = state;
    this.stopReason = stopReason;
    this.endedAt = performance.now();
    this.leave();
    this.changed();
  }

  override sent(relative: string, bytes: number): void {
    this.sentBytes += bytes;
    super.sent(relative, bytes);
  }

  finished(entry: SourceEntry, bytes: number): void {
    this.leave(entry.relative);
    count(this.done, entry, bytes);
    if (entry.kind === 'file' && this.copied.length < MOST_ROWS) {
      this.copied.push({ path: entry.relative, sizeBytes: bytes });
    }
    this.changed();
  }

  skip(path: string, reason: string): void {
    this.skippedCount += 1;
    if (this.skipped.length < MOST_ROWS) this.skipped.push({ path, reason });
    this.changed();
  }

  fail(path: string, reason: string): void {
    this.leave(path);
    this.failedCount += 1;
    if (this.failed.length < MOST_ROWS) this.failed.push({ path, reason });
    this.changed();
  }

  /** All is there; what follows is the original's end. */
  beginDeleting(): void {
    this.state = 'deleting';
    this.changed();
  }

  deleted(): void {
    this.deletedCount += 1;
    this.changed();
  }

  keep(path: string, reason: string): void {
    this.undeletedCount += 1;
    if (this.undeleted.length < MOST_ROWS) this.undeleted.push({ path, reason });
    this.changed();
  }

  result(): TransferResult {
    const elapsedMs = (this.endedAt ?? performance.now()) - this.startedAt;
    const { verifiedFiles, resumedFiles, resumedBytes, keptParts } = this;
    return {
      ...this.start,
      state: this.state,
      stopReason: this.stopReason,
      total: { ...this.total },
      done: { ...this.done, bytes: this.done.bytes + this.bytesUnderWay() },
      copied: [...this.copied],
      skipped: [...this.skipped],
      skippedCount: this.skippedCount,
      failed: [...this.failed],
      failedCount: this.failedCount,
      deletedCount: this.deletedCount,
      undeleted: [...this.undeleted],
      undeletedCount: this.undeletedCount,
      current: this.current(),
      verifiedFiles,
      resumedFiles,
      resumedBytes,
      keptParts,
      startedMs: this.startedMs,
      elapsedMs: Math.round(elapsedMs),
      bytesPerSecond: this.sentBytes === 0 ? null : Math.round((this.sentBytes * 1_000) / Math.max(1, elapsedMs)),
    };
  }
}

function none(): Mutable<Counts> {
  return { files: 0, folders: 0, links: 0, bytes: 0 };
}

function count(counts: Mutable<Counts>, { kind }: SourceEntry, bytes: number): void {
  if (kind === 'file') {
    counts.files += 1;
    counts.bytes += bytes;
  } else if (kind === 'folder') counts.folders += 1;
  else counts.links += 1;
}
