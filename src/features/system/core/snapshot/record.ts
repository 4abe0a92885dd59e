import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import type { Clock } from '../clock';
import type { Machine } from '../../../../machine/machine';
import type { Recordings } from '../../../../tool/recordings';
import { takeSnapshot } from './collect';

export interface RecordContext {
  readonly machine: Machine;
  readonly signal: AbortSignal;
  readonly live: boolean;
  readonly recordings: Recordings;
}

export const recordInput = z.object({
  maxMegabytes: z
    .int()
    .min(1)
    .max(100_000)
    .default(200)
    .describe(l10n.t('The oldest recordings are dropped beyond that size on disk.'))
    .meta({ title: 'Megabytes', examples: [200] }),
});
export type RecordInput = z.infer<typeof recordInput>;

export const recordResult = z.object({
  machine: z.string(),
  count: z.int().nonnegative().describe('Recordings that are kept.'),
  sizeBytes: z.number().nonnegative().describe('Their size on disk.'),
  maxBytes: z.number().positive(),
  sinceMs: z.number().nullable().describe('The oldest one, milliseconds since 1970 UTC.'),
  lastMs: z.number().describe('The one just made.'),
  lastSizeBytes: z.number().nonnegative().nullable(),
  processes: z.int().nonnegative().describe('In the one just made.'),
});
export type RecordResult = z.infer<typeof recordResult>;

const MEGABYTE = 1_000_000;

/** One recording; while somebody keeps it going, one more whenever the consumer asks for it. */
export async function* recordSnapshots(
  { maxMegabytes }: RecordInput,
  { machine, signal, live, recordings }: RecordContext,
  clock: Clock,
): AsyncGenerator<RecordResult, void, undefined> {
  const maxBytes = maxMegabytes * MEGABYTE;
  do {
    const snapshot = await takeSnapshot(machine, clock, signal);
    await recordings.append(machine.name, snapshot.takenAtMs, snapshot, { maxBytes });
    const entries = await recordings.list(machine.name);
    yield {
      machine: machine.name,
      count: entries.length,
      sizeBytes: entries.reduce((sum, entry) => sum + entry.sizeBytes, 0),
      maxBytes,
      sinceMs: entries[0]?.atMs ?? null,
      lastMs: snapshot.takenAtMs,
      lastSizeBytes: entries.at(-1)?.sizeBytes ?? null,
      processes: snapshot.processes.length,
    };
  } while (live);
}
