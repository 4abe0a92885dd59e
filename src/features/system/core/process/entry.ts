import { roundedTo, perSecond } from '../kernel/numbers';
import { parseLinkTarget } from '../kernel/processArguments';
import type { ProcessStat } from '../kernel/processStat';
import { cpuTicksOf, entryOf, type Before, type HostScale } from '../processes/entry';
import { fixedPartsOf, GroupsByText, rarePartsOf } from '../processes/fixedParts';
import { RawProcess, type Part } from '../processes/rawProcess';
import type { ProcessEntry } from '../processes/schema';
import { parseProcessIo } from '../kernel/processIo';
import { isNamedDeleted } from './details';
import type { ProcessReading } from './reading';
import { textOf } from './texts';

const PARTS: readonly Part[] = [
  'stat',
  'status',
  'statm',
  'io',
  'fd',
  'cmdline',
  'exe',
  'cwd',
  'cgroup',
  'oom_score',
  'oom_score_adj',
];

/** The figures that the list of processes has as well. */
export function processEntryOf(
  before: ProcessReading | null,
  now: ProcessReading,
  seconds: number | null,
): ProcessEntry {
  const { stat, texts, details } = now;
  const raw = new RawProcess();
  for (const part of PARTS) raw[part] = texts.get(`/proc/${stat.pid}/${part}`);
  const fixed = fixedPartsOf(raw, stat);
  const rare = rarePartsOf(raw, new GroupsByText());
  const entry = entryOf({ stat, raw, fixed, rare, before: countersOf(before), seconds }, scaleOf(now));
  const target = textOf(texts, `/proc/${stat.pid}/exe`);
  if (!entry.executableDeleted || target === null || !isNamedDeleted(details, stat.pid, target)) return entry;
  return { ...entry, executable: `${entry.executable ?? ''} (deleted)`, executableDeleted: false };
}

function countersOf(before: ProcessReading | null): Before | null {
  if (before === null) return null;
  const io = parseProcessIo(textOf(before.texts, `/proc/${before.stat.pid}/io`) ?? '');
  return { cpuTicks: cpuTicksOf(before.stat), readBytes: io?.readBytes ?? null, writeBytes: io?.writeBytes ?? null };
}

function scaleOf({ surroundings }: ProcessReading): HostScale {
  return {
    units: surroundings.units,
    bootTimeMs: surroundings.bootTimeMs,
    memoryTotalBytes: surroundings.memoryBytes,
    terminals: surroundings.terminals,
    userName: surroundings.userName,
  };
}

/** Milliseconds since 1970 UTC of a moment in ticks since boot. */
export function startedAtMs({ surroundings }: ProcessReading, startTicks: number): number | null {
  const { bootTimeMs, units } = surroundings;
  return bootTimeMs === null ? null : Math.round(bootTimeMs + (startTicks * 1000) / units.ticksPerSecond);
}

export function millisecondsOf({ surroundings }: ProcessReading, ticks: number): number {
  return (ticks * 1000) / surroundings.units.ticksPerSecond;
}

/** Percent of one CPU, of a thread or process since an earlier look at the same one. */
export function cpuPercentOf(
  earlier: ProcessStat | undefined,
  task: ProcessStat,
  seconds: number | null,
  now: ProcessReading,
): number | null {
  if (earlier?.startTicks !== task.startTicks) return null;
  const ticks = perSecond(cpuTicksOf(earlier), cpuTicksOf(task), seconds, 4);
  return ticks === null ? null : roundedTo((ticks * 100) / now.surroundings.units.ticksPerSecond, 1);
}

/** Where the root of the process is; a deleted one keeps the kernel's remark. */
export function rootFolderOf({ texts, stat }: ProcessReading): string | null {
  const target = textOf(texts, `/proc/${stat.pid}/root`);
  if (target === null) return null;
  const { path, deleted } = parseLinkTarget(target);
  return deleted ? `${path} (deleted)` : path;
}
