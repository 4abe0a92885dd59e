import type { FileTexts } from '../../../../machine/machine';
import type { Mount } from '../kernel/mountinfo';
import { advance, percentOf, perSecond, roundedTo } from '../kernel/numbers';
import { parsePressure } from '../kernel/pressure';
import { count, singleValue, wholeLines, words } from '../kernel/text';
import type { GroupRow } from './schema';

/** Groups further down are not looked for; a session of systemd has five levels. */
const DEPTH = 5;
/** Version 1 writes 'no limit' as the greatest number of whole pages. */
const NO_LIMIT_BYTES = 2 ** 60;

/** Where the files of one kind of figures are: in version 2 all in one hierarchy, in version 1 one a controller. */
export interface GroupHierarchy {
  readonly version: 1 | 2;
  readonly mountPoint: string;
  readonly files: readonly string[];
}

const VERSION_2_FILES = [
  'memory.current',
  'memory.max',
  'memory.high',
  'memory.swap.current',
  'memory.swap.max',
  'memory.events',
  'memory.pressure',
  'cpu.stat',
  'cpu.max',
  'pids.current',
  'pids.max',
];
const VERSION_1_FILES: Readonly<Record<string, readonly string[]>> = {
  memory: ['memory.usage_in_bytes', 'memory.limit_in_bytes', 'memory.failcnt', 'memory.oom_control'],
  cpu: ['cpu.stat', 'cpu.cfs_quota_us', 'cpu.cfs_period_us'],
  cpuacct: ['cpuacct.usage'],
  pids: ['pids.current', 'pids.max'],
};

/** In a hybrid of both versions, that one of version 2 has no controllers: its files are simply not there. */
export function groupHierarchies(mounts: readonly Mount[]): readonly GroupHierarchy[] {
  return mounts.flatMap(({ type, mountPoint }): readonly GroupHierarchy[] => {
    if (type === 'cgroup2') return [{ version: 2, mountPoint, files: VERSION_2_FILES }];
    if (type !== 'cgroup') return [];
    const controllers = mountPoint.slice(mountPoint.lastIndexOf('/') + 1).split(',');
    const files = controllers.flatMap((controller) => VERSION_1_FILES[controller] ?? []);
    return files.length === 0 ? [] : [{ version: 1, mountPoint, files }];
  });
}

/** One pattern a file and level; one batch lists each folder only once. */
export function groupPatterns(hierarchies: readonly GroupHierarchy[]): readonly string[] {
  const levels = Array.from({ length: DEPTH + 1 }, (_none, level) => '/*'.repeat(level));
  return hierarchies.flatMap(({ mountPoint, files }) =>
    levels.flatMap((level) => files.map((file) => `${mountPoint}${level}/${file}`)),
  );
}

/** The files of one group and nothing else. */
export function groupFiles(hierarchies: readonly GroupHierarchy[], path: string): readonly string[] {
  const folder = path === '/' ? '' : path;
  return hierarchies.flatMap(({ mountPoint, files }) => files.map((file) => `${mountPoint}${folder}/${file}`));
}

/** What two readings of a group are compared by. */
export interface GroupCounters {
  readonly usageMicros: number | null;
  readonly periods: number | null;
  readonly throttledPeriods: number | null;
}

export interface GroupReading {
  readonly row: GroupRow;
  readonly counters: GroupCounters;
}

/** All groups that the texts tell of, by path. Rates need the counters of an earlier reading. */
export function groupReadings(
  texts: FileTexts,
  hierarchies: readonly GroupHierarchy[],
  before: ReadonlyMap<string, GroupCounters>,
  seconds: number | null,
): ReadonlyMap<string, GroupReading> {
  const groups = new Map<string, { version: 1 | 2; readonly files: Map<string, string> }>();
  for (const { version, mountPoint, files } of hierarchies) {
    for (const [path, content] of texts) {
      if (typeof content !== 'string' || !path.startsWith(`${mountPoint}/`)) continue;
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (!files.includes(name)) continue;
      const group = path.slice(mountPoint.length, path.length - name.length - 1) || '/';
      const known = groups.get(group) ?? { version, files: new Map<string, string>() };
      if (name.startsWith('memory.')) known.version = version;
      known.files.set(name, content);
      groups.set(group, known);
    }
  }
  return new Map(
    [...groups].map(([path, { version, files }]) => [path, readingOf(path, version, files, before.get(path), seconds)]),
  );
}

function readingOf(
  path: string,
  version: 1 | 2,
  files: ReadonlyMap<string, string>,
  before: GroupCounters | undefined,
  seconds: number | null,
): GroupReading {
  const value = (name: string): string | null => singleValue(files.get(name));
  const number = (name: string): number | null => count(value(name) ?? undefined);
  const cpu = pairsOf(files.get('cpu.stat'));
  const events = pairsOf(files.get('memory.events') ?? files.get('memory.oom_control'));
  const nanos = number('cpuacct.usage');
  const counters: GroupCounters = {
    usageMicros: cpu.get('usage_usec') ?? (nanos === null ? null : nanos / 1000),
    periods: cpu.get('nr_periods') ?? null,
    throttledPeriods: cpu.get('nr_throttled') ?? null,
  };
  const memoryBytes = number('memory.current') ?? number('memory.usage_in_bytes');
  const maxBytes = limit(number('memory.max') ?? number('memory.limit_in_bytes'));
  const throttled = throttledMicros(cpu);
  const pressure = parsePressure(files.get('memory.pressure') ?? '');
  const micros = perSecond(before?.usageMicros, counters.usageMicros, seconds, 0);
  return {
    counters,
    row: {
      path,
      version,
      own: false,
      memoryBytes,
      workingSetBytes: null,
      maxBytes,
      highBytes: limit(number('memory.high')),
      usedOfMaxPercent: percentOf(memoryBytes, maxBytes),
      swapBytes: number('memory.swap.current'),
      swapMaxBytes: limit(number('memory.swap.max')),
      highEvents: events.get('high') ?? null,
      maxEvents: events.get('max') ?? number('memory.failcnt'),
      oomKills: events.get('oom_kill') ?? null,
      cpuCores: micros === null ? null : roundedTo(micros / 1e6, 3),
      cpuMaxCores: coresOf(value('cpu.max'), number('cpu.cfs_quota_us'), number('cpu.cfs_period_us')),
      throttledPercent: percentOf(
        advance(before?.throttledPeriods, counters.throttledPeriods),
        advance(before?.periods, counters.periods),
      ),
      throttledSeconds: throttled === null ? null : roundedTo(throttled / 1e6, 1),
      memoryPressurePercent: pressure?.some?.average10Percent ?? null,
      memoryStallPercent: pressure?.full?.average10Percent ?? null,
      pids: number('pids.current'),
      pidsMax: number('pids.max'),
    },
  };
}

function throttledMicros(cpu: ReadonlyMap<string, number>): number | null {
  const nanos = cpu.get('throttled_time');
  return cpu.get('throttled_usec') ?? (nanos === undefined ? null : nanos / 1000);
}

/** `max` and the greatest number mean none. */
function limit(bytes: number | null): number | null {
  return bytes === null || bytes >= NO_LIMIT_BYTES ? null : bytes;
}

/** Version 2 writes `200000 100000`, or `max 100000`; a quota of -1 is none in version 1. */
function coresOf(max: string | null, quota1: number | null, period1: number | null): number | null {
  const [quota2, period2] = words(max ?? '').map((word) => count(word));
  const quota = quota1 ?? quota2 ?? null;
  const period = period1 ?? period2 ?? null;
  return quota === null || period === null || period === 0 ? null : roundedTo(quota / period, 3);
}

function pairsOf(text: string | undefined): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>();
  for (const line of wholeLines(text ?? '')) {
    const [name, value] = line.split(' ');
    const number = count(value);
    if (name !== undefined && number !== null) pairs.set(name, number);
  }
  return pairs;
}
