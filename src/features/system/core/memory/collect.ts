import * as l10n from '@vscode/l10n';
import { throwIfCancelled } from '../../../../lib/errors';
import { isFailure, type FileTexts, type Machine } from '../../../../machine/machine';
import { SYSTEM_CLOCK, type Clock } from '../clock';
import { readings } from '../readings';
import { parseBuddyinfo, unusablePercent } from '../kernel/buddyinfo';
import { HUGE_PAGE_PATTERNS, hugePagePools } from '../kernel/hugepages';
import { parseMountinfo } from '../kernel/mountinfo';
import { percentOf, roundedTo } from '../kernel/numbers';
import { parseSlabinfo } from '../kernel/slabinfo';
import { controlGroupOf } from '../overview/rates/controlGroup';
import { elapsedSeconds } from '../overview/rates/elapsed';
import { memoryOf, swapOf } from '../overview/rates/memory';
import { pressureOf } from '../overview/rates/pressure';
import type { Reading } from '../overview/reading';
import { DETAIL_PATTERNS, memoryDetails, memoryNodes, memorySettings, swapDevices } from './details';
import { memoryFindings } from './findings';
import { groupReadings, type GroupCounters, type GroupReading } from './groups';
import { EMPTY_HISTORY, extendedHistory } from './history';
import { groupItems, groupPlaces, ownGroupRow, type GroupPlaces } from './ownGroup';
import { readProcesses, type ProcessMemory } from './processes';
import { COUNTER_FILES, memoryReading, pageBytesOf } from './reading';
import type { MemoryHistory, MemoryResult } from './schema';
import { requireLinux } from '../linuxOnly';

export interface MemoryInput {
  readonly exact?: boolean | undefined;
  readonly groups?: boolean | undefined;
}

export interface CollectMemoryOptions {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly live: boolean;
  readonly clock?: Clock;
}

const FIRST_INTERVAL_MS = 500;
const LEAST_INTERVAL_MS = 500;
/** All processes, and with exact figures all of their page tables, are not read for every result. */
const PROCESSES_EVERY_MS = 3_000;
const EXACT_EVERY_MS = 15_000;
const SLABS = 10;
/** A transparent huge page of x86 and Arm: 2^9 pages. */
const HUGE_ORDER = 9;

/** The first result without rates, then complete ones. Throws an ExpectedError, or a CancelledError. */
export async function* collectMemory(
  input: MemoryInput,
  options: CollectMemoryOptions,
): AsyncGenerator<MemoryResult, void, undefined> {
  const { machine, signal, live, clock = SYSTEM_CLOCK } = options;
  throwIfCancelled(signal);
  requireLinux(machine);
  const reader = new MemoryReader(machine, input, clock);
  const pace = { firstIntervalMs: FIRST_INTERVAL_MS, leastIntervalMs: LEAST_INTERVAL_MS };
  yield* readings(reader, { signal, live, clock, ...pace });
}

/** Reads again and again; keeps what is needed to compare. */
class MemoryReader {
  private places: GroupPlaces | null = null;
  private earlier: Reading | null = null;
  private counters: ReadonlyMap<string, GroupCounters> = new Map();
  private processes: ProcessMemory | null = null;
  private processesAtMs = Number.NEGATIVE_INFINITY;
  private killsAtStart: number | null = null;
  private history: MemoryHistory = EMPTY_HISTORY;

  constructor(
    private readonly machine: Machine,
    private readonly input: MemoryInput,
    private readonly clock: Clock,
  ) {}

  /** One round trip, and a second one when processes are looked at, or for the first time. */
  async read(signal: AbortSignal): Promise<MemoryResult> {
    const [{ texts, now, places }] = await Promise.all([this.readFigures(signal), this.readProcesses(signal)]);
    const result = this.resultOf(texts, now, places);
    this.earlier = now;
    return result;
  }

  private async readFigures(
    signal: AbortSignal,
  ): Promise<{ readonly texts: FileTexts; readonly now: Reading; readonly places: GroupPlaces }> {
    const places = (this.places ??= await readPlaces(this.machine, signal));
    const groups = groupItems(places, this.input.groups === true);
    const paths = [...COUNTER_FILES, ...DETAIL_PATTERNS, ...HUGE_PAGE_PATTERNS, ...KERNEL_FILES, ...groups];
    const texts = await this.machine.files.readMany(paths, { signal });
    const times = { takenAtMs: this.clock.nowMs(), monotonicMs: this.clock.monotonicMs() };
    return { texts, now: memoryReading(texts, places.own, times), places };
  }

  private async readProcesses(signal: AbortSignal): Promise<void> {
    const exact = this.input.exact === true;
    const nowMs = this.clock.monotonicMs();
    if (nowMs - this.processesAtMs < (exact ? EXACT_EVERY_MS : PROCESSES_EVERY_MS)) return;
    this.processesAtMs = nowMs;
    this.processes = await readProcesses(this.machine, exact, signal);
  }

  private resultOf(texts: FileTexts, now: Reading, places: GroupPlaces): MemoryResult {
    const seconds = this.earlier === null ? null : elapsedSeconds(this.earlier, now);
    const before = seconds === null ? null : this.earlier;
    const readings = groupReadings(texts, places.hierarchies, this.counters, seconds);
    this.counters = new Map([...readings].map(([path, one]) => [path, one.counters]));
    const ownGroup = ownGroupRow(places, readings, controlGroupOf(before, now, seconds));
    const memory = memoryOf(before, now, seconds);
    const swap = swapOf(before, now, seconds);
    const meminfo = textOf(texts, '/proc/meminfo');
    const kills = memory?.outOfMemoryKills ?? null;
    this.killsAtStart ??= kills;
    const pageBytes = pageBytesOf(memory?.freeBytes ?? null, textOf(texts, '/proc/vmstat'));
    this.history = extendedHistory(this.history, now.takenAtMs, { memory, swap }, pageBytes);
    const parts = {
      memory,
      swap,
      details: meminfo === '' ? null : memoryDetails(meminfo),
      settings: memorySettings(texts),
      pressure: pressureOf(before, now, seconds)?.memory ?? null,
      ownGroup,
      groups: this.input.groups === true ? groupRows(readings, ownGroup) : null,
      oomKillsSinceStart: Math.max(0, (kills ?? 0) - (this.killsAtStart ?? 0)),
    };
    return {
      machine: this.machine.name,
      takenAtMs: now.takenAtMs,
      measuring: before === null,
      intervalSeconds: seconds === null ? null : roundedTo(seconds, 2),
      exact: this.input.exact === true,
      ...parts,
      ...kernelParts(texts),
      processes: (this.processes?.processes ?? []).map((row) => ({
        ...row,
        percent: percentOf(row.residentBytes, memory?.totalBytes ?? null),
      })),
      totals: this.processes?.totals ?? null,
      findings: [...memoryFindings(parts)],
      history: this.history,
      problems: problemsOf(texts, this.processes),
    };
  }
}

const KERNEL_FILES: readonly string[] = ['/proc/buddyinfo', '/proc/slabinfo'];

async function readPlaces(machine: Machine, signal: AbortSignal): Promise<GroupPlaces> {
  const texts = await machine.files.readMany(['/proc/self/cgroup', '/proc/self/mountinfo'], { signal });
  return groupPlaces(textOf(texts, '/proc/self/cgroup'), parseMountinfo(textOf(texts, '/proc/self/mountinfo')) ?? []);
}

type KernelParts = Pick<MemoryResult, 'swapDevices' | 'hugePages' | 'nodes' | 'zones' | 'slabs'>;

function kernelParts(texts: FileTexts): KernelParts {
  return {
    swapDevices: [...swapDevices(texts)],
    hugePages: [...hugePagePools(texts)],
    nodes: [...memoryNodes(texts)],
    zones: parseBuddyinfo(textOf(texts, '/proc/buddyinfo')).map((free) => ({
      node: free.node,
      zone: free.zone,
      freeBlocks: [...free.blocks],
      unusableHugePercent: unusablePercent(free, HUGE_ORDER),
    })),
    slabs: (parseSlabinfo(textOf(texts, '/proc/slabinfo')) ?? [])
      .slice(0, SLABS)
      .map(({ name, sizeBytes, objects, activeObjects }) => ({ name, sizeBytes, objects, activeObjects })),
  };
}

function groupRows(
  readings: ReadonlyMap<string, GroupReading>,
  own: MemoryResult['ownGroup'],
): NonNullable<MemoryResult['groups']> {
  return [...readings.values()]
    .map(({ row }) => (row.path === own?.path ? own : row))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function textOf(texts: FileTexts, path: string): string {
  const content = texts.get(path);
  return typeof content === 'string' ? content : '';
}

function problemsOf(texts: FileTexts, processes: ProcessMemory | null): string[] {
  const meminfo = texts.get('/proc/meminfo');
  const totals = processes?.totals ?? null;
  return [
    ...(isFailure(meminfo) ? [l10n.t('{0}: {1}', '/proc/meminfo', meminfo.message)] : []),
    ...(totals?.exact != null && totals.exactOf < totals.processes
      ? [
          l10n.t(
            'Exact sizes of {0} of {1} processes are not known: only their owner or root may see them, and Linux before 4.14 does not tell them.',
            totals.processes - totals.exactOf,
            totals.processes,
          ),
        ]
      : []),
  ];
}
