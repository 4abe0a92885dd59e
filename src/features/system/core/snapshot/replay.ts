import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { ExpectedError, throwIfCancelled } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import type { RecordingEntry, Recordings } from '../../../../tool/recordings';
import { percentOf } from '../kernel/numbers';
import { checkedSnapshot, entryAt, noRecordings } from './load';
import { snapshot, type Snapshot, type SnapshotFigures } from './schema';

export const replayInput = z.object({
  at: z
    .number()
    .nonnegative()
    .optional()
    .describe(l10n.t('Milliseconds since 1970 UTC: the recording at or before that time. Without it the last one.'))
    .meta({ title: 'Time', examples: [1_795_500_000_000] }),
});
export type ReplayInput = z.infer<typeof replayInput>;

const values = z.array(z.number().nullable());

export const replayResult = z.object({
  machine: z.string(),
  timesMs: z.array(z.number()).describe('Of all recordings, ascending.'),
  shown: z.int().nonnegative().describe('Which of them this is.'),
  sizeBytes: z.number().nonnegative().describe('Of all recordings on disk.'),
  history: z
    .object({
      timesMs: z.array(z.number()),
      cpuPercent: values.describe('Since the time before.'),
      memoryUsedBytes: values,
      loadOne: values,
      processes: values,
    })
    .describe('At up to 60 of the times.'),
  memoryTotalBytes: z.number().nullable(),
  snapshot,
});
export type ReplayResult = z.infer<typeof replayResult>;

/** Every recording has to be read whole for its few figures. */
const MOST_SAMPLES = 60;

interface Sample {
  readonly atMs: number;
  readonly bootId: string | null;
  readonly figures: SnapshotFigures;
  readonly processes: number;
}

/** Throws ExpectedError('not-found') where nothing was recorded. */
export async function replay(
  { at }: ReplayInput,
  {
    machine,
    signal,
    recordings,
  }: { readonly machine: Machine; readonly signal: AbortSignal; readonly recordings: Recordings },
): Promise<ReplayResult> {
  const entries = await recordings.list(machine.name);
  const entry = entryAt(entries, at ?? Number.POSITIVE_INFINITY);
  if (entry === undefined) throw noRecordings(machine.name);
  const read = async ({ atMs }: RecordingEntry): Promise<Snapshot> =>
    checkedSnapshot(await recordings.read(machine.name, atMs), `recording:${atMs}`);
  const shown = await read(entry);
  const samples: Sample[] = [];
  for (const one of spread(entries, entry)) {
    throwIfCancelled(signal);
    const sample = one === entry ? shown : await readIfThere(one, read);
    if (sample !== null) samples.push(sampleOf(one.atMs, sample));
  }
  return {
    machine: machine.name,
    timesMs: entries.map(({ atMs }) => atMs),
    shown: entries.indexOf(entry),
    sizeBytes: entries.reduce((sum, one) => sum + one.sizeBytes, 0),
    history: historyOf(samples),
    memoryTotalBytes: shown.figures.memoryTotalBytes,
    snapshot: shown,
  };
}

/** Evenly over the whole span, always with the first, the last and the shown one. */
export function spread(entries: readonly RecordingEntry[], shown: RecordingEntry): readonly RecordingEntry[] {
  if (entries.length <= MOST_SAMPLES) return entries;
  const chosen = new Set<RecordingEntry>([shown]);
  for (let index = 0; index < MOST_SAMPLES - 1; index++) {
    const entry = entries[Math.round((index * (entries.length - 1)) / (MOST_SAMPLES - 2))];
    if (entry !== undefined) chosen.add(entry);
  }
  return entries.filter((entry) => chosen.has(entry));
}

/** The ring goes on while it is read: what was dropped or is damaged is a gap in a chart, not an error. */
async function readIfThere(
  entry: RecordingEntry,
  read: (entry: RecordingEntry) => Promise<Snapshot>,
): Promise<Snapshot | null> {
  try {
    return await read(entry);
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

function sampleOf(atMs: number, { bootId, figures, processes }: Snapshot): Sample {
  return { atMs, bootId, figures, processes: processes.length };
}

function historyOf(samples: readonly Sample[]): ReplayResult['history'] {
  return {
    timesMs: samples.map(({ atMs }) => atMs),
    cpuPercent: samples.map((sample, index) => cpuBetween(samples[index - 1], sample)),
    memoryUsedBytes: samples.map(({ figures }) => memoryUsed(figures)),
    loadOne: samples.map(({ figures }) => figures.load?.one ?? null),
    processes: samples.map(({ processes }) => processes),
  };
}

function cpuBetween(before: Sample | undefined, now: Sample): number | null {
  if (before === undefined || before.bootId !== now.bootId) return null;
  const { cpuBusyMs: busyBefore, cpuTotalMs: totalBefore } = before.figures;
  const { cpuBusyMs, cpuTotalMs } = now.figures;
  if (cpuBusyMs === null || cpuTotalMs === null || busyBefore === null || totalBefore === null) return null;
  return percentOf(cpuBusyMs - busyBefore, cpuTotalMs - totalBefore);
}

export function memoryUsed({ memoryTotalBytes, memoryAvailableBytes }: SnapshotFigures): number | null {
  if (memoryTotalBytes === null || memoryAvailableBytes === null) return null;
  return memoryTotalBytes - memoryAvailableBytes;
}
