import type { Machine } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { readDeleted } from '../files/deletedFiles';
import { deletedList } from '../files/deletedList';
import { readNames } from '../processes/names';
import { scanProcesses } from '../files/scan';
import type { DeletedFile } from '../files/schema';

/** They are looked for among all processes: not with every reading. */
const EVERY_MS = 20_000;

/** Deleted files that are still open, from time to time. */
export class DeletedReader {
  /** null before the first look. */
  files: readonly DeletedFile[] | null = null;
  /** Processes that may not be looked into; null before the first look. */
  denied: number | null = null;
  private atMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly machine: Machine,
    private readonly clock: Clock,
  ) {}

  /** Does nothing when the last look was not long ago. */
  async read(signal: AbortSignal): Promise<void> {
    const nowMs = this.clock.monotonicMs();
    if (nowMs - this.atMs < EVERY_MS) return;
    this.atMs = nowMs;
    const scan = await scanProcesses(this.machine, signal);
    const { uses } = await readDeleted(this.machine, scan, false, signal);
    const names = await readNames(this.machine, [...new Set(uses.map((use) => use.process))], signal);
    this.files = deletedList(uses, names);
    this.denied = scan.processes.filter((process) => process.denied).length;
  }
}
