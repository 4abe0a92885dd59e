import * as z from 'zod';
import { entry } from '../trees/schema';

/** Steps of one plan, and rows of each kind that it leaves alone. */
export const MOST_STEPS = 100_000;

/** Rows of each kind that a result holds; beyond that they are only counted. */
export const MOST_ROWS = 1_000;

const side = z.enum(['left', 'right']);

const step = z.object({
  path: z.string().describe('Below the folders; empty for themselves.'),
  action: z
    .enum(['folder', 'copy', 'link', 'change', 'delete'])
    .describe('folder: it is made. copy: a file. link: a symbolic link is made. change: only mode or time. delete.'),
  to: side.describe('The side that is changed.'),
  why: z
    .enum(['missing', 'differs', 'newer', 'kind', 'metadata', 'extra'])
    .describe(
      'missing: the side lacks it. newer: the other one is. kind: the other one is something else. extra: the other side lacks it.',
    ),
  source: entry.nullable().describe('What it becomes; null where it is deleted.'),
  target: entry.nullable().describe('What is there before; null for nothing.'),
  metadata: z.array(z.enum(['mode', 'mtime'])).describe('Of a change: what is set.'),
  first: z.boolean().describe('Deleted before anything is made, since something else gets the name.'),
});
export type Step = z.infer<typeof step>;

const leftOut = z.object({
  path: z.string(),
  kind: z.enum(['conflict', 'skipped']),
  why: z
    .enum([
      'same-time',
      'kind',
      'not-read',
      'not-older',
      'extra',
      'there',
      'chosen',
      'metadata',
      'special',
      'not-empty',
    ])
    .describe(
      'same-time: the content differs and neither is newer. not-older: the one there is not older. extra: only the side that is changed has it. there: something is there already. chosen: it was named so. special: neither file, folder nor link. not-empty: something in it stays.',
    ),
  reason: z.string().nullable(),
});
export type LeftOut = z.infer<typeof leftOut>;

const counts = z.object({
  folders: z.number(),
  files: z.number(),
  links: z.number(),
  changes: z.number(),
  deletes: z.number(),
  bytes: z.number().describe('Of the files that are copied.'),
});
export type Counts = z.infer<typeof counts>;

const place = z.object({ machine: z.string(), path: z.string() });
export type Place = z.infer<typeof place>;
const places = z.object({ left: place, right: place });
export type Places = z.infer<typeof places>;

/** What is to be done, as it is kept from the question to the answer. */
export const syncPlan = z.object({
  places,
  steps: z.array(step),
  left: z.array(leftOut),
});
export type SyncPlan = z.infer<typeof syncPlan>;

export const planResult = z.object({
  places,
  direction: z.string(),
  counts,
  backupBytes: z.number().describe('Of what is replaced or deleted, and so kept.'),
  steps: z.array(step).describe('In no particular order.'),
  left: z.array(leftOut).describe('Conflicts, and what is left alone.'),
  as: z.enum(['report', 'rsync', 'patch', 'tar']),
  texts: z.array(
    z.object({
      to: side.describe('The side that it changes.'),
      text: z.string(),
      notes: z.array(z.string()).describe('What the text cannot say.'),
    }),
  ),
  input: z.record(z.string(), z.unknown()).describe('Of compare.sync, to do it.'),
});
export type PlanResult = z.infer<typeof planResult>;

const failure = z.object({ path: z.string(), to: side, reason: z.string() });
export type StepFailure = z.infer<typeof failure>;

export const syncResult = z.object({
  task: z.enum(['sync', 'patch', 'undo']),
  places: z.object({ left: place.nullable(), right: place.nullable() }),
  state: z.enum(['working', 'done', 'cancelled', 'stopped']),
  stopReason: z.string().nullable().describe('Why it went on no further: the disk is full, the connection is gone.'),
  total: counts,
  done: counts,
  steps: z
    .array(z.object({ path: z.string(), action: step.shape.action, to: side, sizeBytes: z.number().nullable() }))
    .max(MOST_ROWS)
    .describe('The first thousand that are done.'),
  failed: z.array(failure).max(MOST_ROWS),
  failedCount: z.number(),
  left: z.array(leftOut).max(MOST_ROWS),
  leftCount: z.number(),
  current: z.array(z.string()).describe('Some of the files under way.'),
  backup: z
    .object({
      id: z.string(),
      files: z.number().describe('What was replaced or deleted, and is kept.'),
      bytes: z.number(),
      folders: z.array(place).describe('Where it is.'),
    })
    .nullable(),
  kept: z
    .object({
      backups: z.number().describe('All that are kept afterwards.'),
      bytes: z.number(),
      emptied: z.number().describe('Earlier ones that were too old or too much.'),
      emptiedBytes: z.number(),
    })
    .nullable()
    .describe('null until it is done.'),
  startedMs: z.number().describe('Milliseconds since 1970 UTC.'),
  elapsedMs: z.number(),
});
export type SyncResult = z.infer<typeof syncResult>;
