import * as assert from 'node:assert/strict';
import type { ProcessEntry, ProcessesResult } from '../../../../../src/features/system/core/processes/schema';
import type { OracleAnswer, Told } from './processesSupport';

const QUIET_SIGNS = [
  'num_ctx_switches',
  'cpu_times',
  'io_counters',
  'memory_info',
  'num_fds',
  'num_threads',
] as const satisfies readonly (keyof Told)[];

/** Our list between two of psutil's. */
export class Compared {
  constructor(
    private readonly early: OracleAnswer,
    readonly ours: ProcessesResult,
    private readonly late: OracleAnswer,
    /** What looks is not looked at. */
    private readonly lookers: readonly number[],
  ) {}

  /** Every process that all three have seen. */
  seen(): readonly (readonly [ProcessEntry, Told, Told])[] {
    return this.ours.processes.flatMap((entry) => {
      const [early, late] = [this.early.processes[entry.pid], this.late.processes[entry.pid]];
      if (early === undefined || late === undefined || early.create_time !== late.create_time) return [];
      return this.lookers.includes(entry.pid) ? [] : [[entry, early, late] as const];
    });
  }

  /** Pids that psutil has seen both times and we have not. */
  missed(): readonly string[] {
    const ours = new Set(this.ours.processes.map((entry) => String(entry.pid)));
    return Object.keys(this.early.processes).filter((pid) => this.late.processes[pid] !== undefined && !ours.has(pid));
  }

  /** Those that did nothing between psutil's two looks: nothing of them can have changed and changed back. */
  quiet(): readonly (readonly [ProcessEntry, Told])[] {
    return this.seen()
      .filter(([, early, late]) => QUIET_SIGNS.every((key) => JSON.stringify(early[key]) === JSON.stringify(late[key])))
      .map(([entry, , late]) => [entry, late]);
  }

  same<K extends keyof Told>(key: K, ours: (entry: ProcessEntry, told: Told) => Told[K]): void {
    for (const [entry, told] of this.quiet()) {
      assert.deepEqual(ours(entry, told), told[key], `${key} of ${entry.pid} ${entry.name}`);
    }
  }

  /** A counter that only grows; what psutil may not see is null. */
  grows(
    what: string,
    ours: (entry: ProcessEntry) => number | null | undefined,
    theirs: (told: Told) => number | undefined,
  ): void {
    for (const [entry, early, late] of this.seen()) {
      const [low, value, high] = [theirs(early), ours(entry), theirs(late)];
      if (low === undefined || high === undefined) continue;
      assert.ok(value != null, `${what} of ${entry.pid} ${entry.name} is not known`);
      assert.ok(low - 1e-6 <= value && value <= high + 1e-6, `${what} of ${entry.pid}: ${low} ≤ ${value} ≤ ${high}`);
    }
  }
}
