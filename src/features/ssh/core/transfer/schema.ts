import * as z from 'zod';

/** Rows of each kind that a result holds; beyond that they are only counted. */
export const MOST_ROWS = 1_000;

const counts = z.object({ files: z.number(), folders: z.number(), links: z.number(), bytes: z.number() });
export type Counts = z.infer<typeof counts>;

const row = z.object({
  path: z.string().describe('Within what is copied; empty for itself.'),
  reason: z.string(),
});
export type TransferRow = z.infer<typeof row>;

export const transferResult = z.object({
  direction: z.enum(['upload', 'download', 'across']),
  sourceMachine: z.string(),
  targetMachine: z.string(),
  from: z.string(),
  to: z.string(),
  state: z.enum(['looking', 'copying', 'deleting', 'done', 'cancelled', 'stopped']),
  stopReason: z.string().nullable().describe('Why it went on no further: the disk is full, the connection is gone.'),
  total: counts.describe('What is to be copied.'),
  done: counts.describe('What is copied; bytes also of files under way.'),
  copied: z
    .array(z.object({ path: z.string(), sizeBytes: z.number() }))
    .max(MOST_ROWS)
    .describe('The first thousand files.'),
  skipped: z.array(row).max(MOST_ROWS),
  skippedCount: z.number(),
  failed: z.array(row).max(MOST_ROWS),
  failedCount: z.number(),
  current: z.array(z.string()).describe('Some of the files under way.'),
  verify: z.enum(['none', 'size', 'hash']),
  verifiedFiles: z.number(),
  resumedFiles: z.number().describe('Files that went on from what was there of them.'),
  resumedBytes: z.number().describe('What was there of them.'),
  moves: z.boolean().describe('Whether the original is deleted when all of it is there.'),
  deletedCount: z.number().describe('Files, folders and links of the original that are deleted.'),
  undeleted: z.array(row).max(MOST_ROWS).describe('What is there, and here still.'),
  undeletedCount: z.number(),
  keptParts: z.number().describe('Files of which a part is kept, for a later run that resumes.'),
  startedMs: z.number().describe('Milliseconds since 1970 UTC.'),
  elapsedMs: z.number(),
  bytesPerSecond: z.number().nullable(),
});
export type TransferResult = z.infer<typeof transferResult>;
