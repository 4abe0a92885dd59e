import type { FileTexts } from '../../../../machine/machine';
import type { CgroupPlaces, ControllerPlace } from './cgroupPlaces';
import { count, singleValue, wholeLines, words } from './text';

/** What the machine's own control group may use and has used; null for what it does not tell. */
export interface CgroupFigures {
  readonly path: string;
  readonly memory: CgroupMemory | null;
  readonly cpu: CgroupCpu | null;
}

/** Of the group with the lowest limit among the own one and those above it; of the own one where none has a limit. */
export interface CgroupMemory {
  readonly version: 1 | 2;
  readonly folder: string;
  readonly limitBytes: number | null;
  readonly usageBytes: number | null;
  /** Page cache that is given back without harm: it counts as usage, but not on the way to the limit. */
  readonly inactiveFileBytes: number | null;
}

export interface CgroupCpu {
  readonly version: 1 | 2;
  readonly folder: string;
  /** Cores' worth of time: quota over period. */
  readonly limitCores: number | null;
  readonly usageMicros: number | null;
  /** Enforcement periods that have passed, and those in which the group was held back. */
  readonly periods: number | null;
  readonly throttledPeriods: number | null;
  readonly throttledMicros: number | null;
}

/** Version 1 writes 'no limit' as the greatest number of whole pages. */
const NO_LIMIT_BYTES = 2 ** 60;

const LIMIT_FILES = {
  memory: { 1: ['memory.limit_in_bytes'], 2: ['memory.max'] },
  cpu: { 1: ['cpu.cfs_quota_us', 'cpu.cfs_period_us'], 2: ['cpu.max'] },
} as const;
const PART_FILES = {
  memory: { 1: ['memory.stat'], 2: ['memory.stat'] },
  cpu: { 1: [], 2: [] },
} as const;
const USAGE_FILES = {
  memory: { 1: ['memory.usage_in_bytes'], 2: ['memory.current'] },
  cpu: { 1: ['cpu.stat', 'cpuacct.usage'], 2: ['cpu.stat'] },
} as const;

/** They change seldom. */
export function cgroupLimitFiles(places: CgroupPlaces): readonly string[] {
  return filesOf(places, LIMIT_FILES);
}

/** What the memory consists of, which takes the kernel long to add up. */
export function cgroupPartFiles(places: CgroupPlaces): readonly string[] {
  return filesOf(places, PART_FILES);
}

export function cgroupUsageFiles(places: CgroupPlaces): readonly string[] {
  return filesOf(places, USAGE_FILES);
}

/** The same places with only the folders whose figures count, so that the usage of no others is read. */
export function narrowed(places: CgroupPlaces, figures: CgroupFigures): CgroupPlaces {
  const only = (place: ControllerPlace | null, folder: string | undefined): ControllerPlace | null =>
    place === null || folder === undefined ? null : { version: place.version, folders: [folder] };
  return {
    path: places.path,
    memory: only(places.memory, figures.memory?.folder),
    cpu: only(places.cpu, figures.cpu?.folder),
  };
}

export function cgroupFigures(texts: FileTexts, places: CgroupPlaces): CgroupFigures {
  return {
    path: places.path,
    memory: places.memory === null ? null : memoryFigures(texts, places.memory),
    cpu: places.cpu === null ? null : cpuFigures(texts, places.cpu),
  };
}

function filesOf(
  places: CgroupPlaces,
  names: typeof LIMIT_FILES | typeof PART_FILES | typeof USAGE_FILES,
): readonly string[] {
  return (['memory', 'cpu'] as const).flatMap((controller) => {
    const place = places[controller];
    if (place === null) return [];
    return place.folders.flatMap((folder) => names[controller][place.version].map((name) => `${folder}/${name}`));
  });
}

function memoryFigures(texts: FileTexts, { version, folders }: ControllerPlace): CgroupMemory | null {
  const [limitName] = LIMIT_FILES.memory[version];
  const [statName] = PART_FILES.memory[version];
  const [usageName] = USAGE_FILES.memory[version];
  const chosen = lowest(folders, (folder) => bytesLimit(singleValue(texts.get(`${folder}/${limitName}`))));
  if (chosen === null) return null;
  const stat = pairsOf(texts, `${chosen.folder}/${statName}`);
  return {
    version,
    folder: chosen.folder,
    limitBytes: chosen.limit,
    usageBytes: count(singleValue(texts.get(`${chosen.folder}/${usageName}`)) ?? undefined),
    inactiveFileBytes: stat.get('total_inactive_file') ?? stat.get('inactive_file') ?? null,
  };
}

function cpuFigures(texts: FileTexts, { version, folders }: ControllerPlace): CgroupCpu | null {
  const limitOf = version === 1 ? quotaOfVersion1 : quotaOfVersion2;
  const chosen = lowest(folders, (folder) => limitOf(texts, folder));
  if (chosen === null) return null;
  const stat = pairsOf(texts, `${chosen.folder}/cpu.stat`);
  const nanos = count(singleValue(texts.get(`${chosen.folder}/cpuacct.usage`)) ?? undefined);
  const throttledNanos = stat.get('throttled_time');
  return {
    version,
    folder: chosen.folder,
    limitCores: chosen.limit,
    usageMicros: stat.get('usage_usec') ?? (nanos === null ? null : nanos / 1000),
    periods: stat.get('nr_periods') ?? null,
    throttledPeriods: stat.get('nr_throttled') ?? null,
    throttledMicros: stat.get('throttled_usec') ?? (throttledNanos === undefined ? null : throttledNanos / 1000),
  };
}

/** The first of those with the lowest limit; the own group where none has one. */
function lowest(
  folders: readonly string[],
  limitOf: (folder: string) => number | null,
): { readonly folder: string; readonly limit: number | null } | null {
  const own = folders[0];
  if (own === undefined) return null;
  let found: { folder: string; limit: number | null } = { folder: own, limit: null };
  for (const folder of folders) {
    const limit = limitOf(folder);
    if (limit !== null && (found.limit === null || limit < found.limit)) found = { folder, limit };
  }
  return found;
}

function bytesLimit(text: string | null): number | null {
  const bytes = count(text ?? undefined);
  return bytes === null || bytes >= NO_LIMIT_BYTES ? null : bytes;
}

/** A quota of -1, which is no counter, means that there is none. */
function quotaOfVersion1(texts: FileTexts, folder: string): number | null {
  const quota = count(singleValue(texts.get(`${folder}/cpu.cfs_quota_us`)) ?? undefined);
  return coresOf(quota, count(singleValue(texts.get(`${folder}/cpu.cfs_period_us`)) ?? undefined));
}

/** `200000 100000`, or `max 100000`. */
function quotaOfVersion2(texts: FileTexts, folder: string): number | null {
  const [quota, period] = words(singleValue(texts.get(`${folder}/cpu.max`)) ?? '');
  return coresOf(count(quota), count(period));
}

function coresOf(quotaMicros: number | null, periodMicros: number | null): number | null {
  return quotaMicros === null || periodMicros === null || periodMicros === 0 ? null : quotaMicros / periodMicros;
}

/** A file of lines `name number`, such as cpu.stat and memory.stat. */
function pairsOf(texts: FileTexts, path: string): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>();
  const content = texts.get(path);
  if (typeof content !== 'string') return pairs;
  for (const line of wholeLines(content)) {
    const [name, value] = line.split(' ');
    const number = count(value);
    if (name !== undefined && number !== null) pairs.set(name, number);
  }
  return pairs;
}
