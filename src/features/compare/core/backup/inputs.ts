import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { BACKUP_ID } from './place';

const id = z
  .string()
  .refine((text) => BACKUP_ID.test(text), { message: '20261128-151639-3fa9c1' })
  .describe(l10n.t('The name of the backup, as compare.backups lists it.'))
  .meta({ title: l10n.t('Backup'), examples: ['20261128-151639-3fa9c1'] });

export const undoInput = z.object({ backup: id });
export type UndoInput = z.infer<typeof undoInput>;

export const backupsInput = z.object({});

export const emptyInput = z.object({
  backup: id.optional(),
  olderThanDays: z
    .number()
    .min(0)
    .default(0)
    .describe(l10n.t('Only those that were made more than so many days ago; 0 for all.'))
    .meta({ title: l10n.t('Older Than Days'), examples: [30] }),
});
export type EmptyInput = z.infer<typeof emptyInput>;

const place = z.object({ machine: z.string(), path: z.string() });

const backup = z.object({
  id: z.string(),
  task: z.enum(['sync', 'patch']),
  takenAtMs: z.number().describe('Milliseconds since 1970 UTC.'),
  changed: z.array(place).describe('The folders that were changed.'),
  files: z.number().describe('What was replaced or deleted, and is kept.'),
  bytes: z.number(),
  folders: z.array(place).describe('Where it is.'),
  reason: z.string().nullable().describe('Why it cannot be taken back or could not be emptied.'),
});
export type Backup = z.infer<typeof backup>;

export const backupsResult = z.object({
  task: z.enum(['list', 'empty']),
  backups: z.array(backup).describe('The newest first; of empty, those that were to be.'),
});
export type BackupsResult = z.infer<typeof backupsResult>;
