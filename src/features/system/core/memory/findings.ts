import { THRESHOLDS } from '../overview/verdict';
import { MEMORY_FINDINGS, type GroupRow, type MemoryFinding, type MemoryResult } from './schema';

/** Pages a second, in and out together, from where on programs are slow for it. */
const THRASHING_PAGES = 500;
/** Of the commit limit, where no more than that is promised. */
const COMMIT_PERCENT = { warning: 90, error: 98 };

type Parts = Pick<
  MemoryResult,
  'memory' | 'swap' | 'pressure' | 'settings' | 'details' | 'ownGroup' | 'groups' | 'oomKillsSinceStart'
>;

/** What is wrong, most serious first. */
export function memoryFindings(parts: Parts): readonly MemoryFinding[] {
  const { memory, swap, pressure, details, oomKillsSinceStart } = parts;
  const available = memory?.availablePercent ?? null;
  const stalled = pressure?.full?.average10Percent ?? null;
  const paging = (swap?.inPagesPerSecond ?? 0) + (swap?.outPagesPerSecond ?? 0);
  const used = swap?.usedPercent ?? null;
  const groups = parts.groups ?? (parts.ownGroup === null ? [] : [parts.ownGroup]);
  const found = [
    ...finding('available', below(available, THRESHOLDS.memoryAvailablePercent)),
    ...finding('stalled', above(stalled, THRESHOLDS.memoryFullPercent)),
    ...finding('commit', above(committedPercent(parts), COMMIT_PERCENT)),
    ...finding('thrashing', paging >= THRASHING_PAGES ? 'warning' : null),
    ...finding('swap', used !== null && used >= THRESHOLDS.swapUsedPercent.warning ? 'warning' : null),
    ...finding('oomRecent', oomKillsSinceStart > 0 ? 'error' : null),
    ...finding('corrupted', (details?.corruptedBytes ?? 0) > 0 ? 'warning' : null),
    ...groups.flatMap(ofGroup),
  ];
  const rank = ({ severity, kind }: MemoryFinding): number =>
    (severity === 'error' ? 0 : MEMORY_FINDINGS.length) + MEMORY_FINDINGS.indexOf(kind);
  return found.sort((one, other) => rank(one) - rank(other));
}

/** Only where no more is promised than there is does the commit limit refuse anything. */
export function committedPercent({ memory, settings }: Pick<Parts, 'memory' | 'settings'>): number | null {
  if (settings.overcommit !== 'never' || memory?.committedBytes == null || !memory.commitLimitBytes) return null;
  return (memory.committedBytes / memory.commitLimitBytes) * 100;
}

/** Cache counts as use, so only the working set, where it is known, says that the limit is near. */
function ofGroup(group: GroupRow): readonly MemoryFinding[] {
  const { workingSetBytes, maxBytes, memoryStallPercent, throttledPercent, path } = group;
  const percent = workingSetBytes === null || !maxBytes ? null : (workingSetBytes / maxBytes) * 100;
  return [
    ...finding('limit', above(percent, THRESHOLDS.memoryOfLimitPercent), path),
    ...finding('stalled', above(memoryStallPercent, THRESHOLDS.memoryFullPercent), path),
    ...finding('throttled', (throttledPercent ?? 0) >= THRESHOLDS.throttledPercent.warning ? 'warning' : null, path),
  ];
}

function finding(
  kind: MemoryFinding['kind'],
  severity: MemoryFinding['severity'] | null,
  subject = '',
): readonly MemoryFinding[] {
  return severity === null ? [] : [{ kind, severity, subject }];
}

interface Threshold {
  readonly warning: number;
  readonly error: number;
}

function above(value: number | null, { warning, error }: Threshold): MemoryFinding['severity'] | null {
  if (value === null || value < warning) return null;
  return value >= error ? 'error' : 'warning';
}

function below(value: number | null, { warning, error }: Threshold): MemoryFinding['severity'] | null {
  if (value === null || value >= warning) return null;
  return value < error ? 'error' : 'warning';
}
