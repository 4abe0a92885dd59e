import type { ProcessFinding, ProcessResult } from './schema/process';

/** From where on something is worth telling. */
export const PROCESS_THRESHOLDS = {
  limitPercent: { warning: 80, error: 95 },
  memoryOfLimitPercent: { warning: 90, error: 97 },
  throttledPercent: { warning: 10 },
  /** Space that deleted files hold. */
  deletedBytes: { warning: 1024 ** 3 },
  deletedFiles: { warning: 100 },
  waitedPercent: { warning: 50 },
  /** In swap, of resident and swapped together. */
  swappedPercent: { warning: 30 },
} as const;

type Judged = Omit<ProcessResult, 'findings'>;
type Severity = ProcessFinding['severity'];

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** What stands out, most serious first. */
export function findingsOf(result: Judged): readonly ProcessFinding[] {
  const findings = [
    ...stateFindings(result),
    ...limitFindings(result),
    ...fileFindings(result),
    ...useFindings(result),
  ];
  return findings.sort((one, other) => RANKS[one.severity] - RANKS[other.severity]);
}

function found(
  kind: ProcessFinding['kind'],
  severity: Severity | null,
  value: number | null = null,
  subject = '',
): readonly ProcessFinding[] {
  return severity === null ? [] : [{ kind, severity, subject, value }];
}

function above(
  value: number | null | undefined,
  { warning, error }: { readonly warning: number; readonly error?: number },
): Severity | null {
  if (value === null || value === undefined || value < warning) return null;
  return error !== undefined && value >= error ? 'error' : 'warning';
}

function stateFindings({ process, scheduling, security }: Judged): readonly ProcessFinding[] {
  switch (process.state) {
    case 'zombie':
      return found('zombie', 'warning', process.parentPid);
    case 'disk-sleep':
      return found('diskSleep', 'warning', null, scheduling.waitChannel ?? '');
    case 'stopped':
      return found('stopped', 'warning');
    case 'tracing-stop':
      return found('traced', 'warning', security.tracerPid);
    default:
      return found('traced', security.tracerPid === null ? null : 'info', security.tracerPid);
  }
}

/** Limits that stop a program when they are reached; the kernel enforces none on RSS and none on the priority it has. */
const STOPPING: readonly string[] = ['cpu', 'data', 'stack', 'nproc', 'nofile', 'memlock', 'as', 'sigpending'];

function limitFindings({ limits, controlGroup }: Judged): readonly ProcessFinding[] {
  const near = limits.flatMap(({ name, usedPercent }) =>
    STOPPING.includes(name)
      ? found('limitNear', above(usedPercent, PROCESS_THRESHOLDS.limitPercent), usedPercent, name)
      : [],
  );
  const memory = controlGroup?.memoryUsedPercent ?? null;
  const throttled = controlGroup?.throttledPercent ?? null;
  return [
    ...near,
    ...found('memoryLimitNear', above(memory, PROCESS_THRESHOLDS.memoryOfLimitPercent), memory),
    ...found('throttled', above(throttled, PROCESS_THRESHOLDS.throttledPercent), throttled),
  ];
}

function fileFindings({ process, files, awaitedLocks }: Judged): readonly ProcessFinding[] {
  const holders = awaitedLocks.map((lock) => found('lockAwaited', 'warning', lock.heldBy, lock.path ?? ''));
  const deleted = files?.deleted ?? 0;
  const much =
    above(files?.deletedBytes, PROCESS_THRESHOLDS.deletedBytes) ?? above(deleted, PROCESS_THRESHOLDS.deletedFiles);
  return [
    ...holders.flat(),
    ...found('executableReplaced', process.executableDeleted ? 'info' : null),
    ...found('deletedFiles', much, deleted),
  ];
}

function useFindings({ process: { memory }, scheduling }: Judged): readonly ProcessFinding[] {
  const swap = memory.swapBytes ?? 0;
  const swapped = swap === 0 ? 0 : (swap / (swap + memory.residentBytes)) * 100;
  const waited = scheduling.waitedPercent;
  return [
    ...found('cpuWaited', above(waited, PROCESS_THRESHOLDS.waitedPercent), waited),
    ...found('swapped', above(swapped, PROCESS_THRESHOLDS.swappedPercent), Math.round(swapped)),
  ];
}
