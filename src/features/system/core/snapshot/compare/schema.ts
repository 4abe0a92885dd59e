import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { SECTIONS } from './entries';

const reference = z.string().trim().min(1);

export const compareInput = z.object({
  before: reference
    .describe(l10n.t('Path of a snapshot file, or recording: and the time in milliseconds since 1970 UTC.'))
    .meta({ title: 'Before', examples: ['/tmp/before.json', 'recording:1795500000000'] }),
  after: reference
    .default('now')
    .describe(l10n.t('The same, or now for a snapshot that is taken for it.'))
    .meta({ title: 'After', examples: ['now'] }),
});
export type CompareInput = z.infer<typeof compareInput>;

const change = z.object({ before: z.string(), after: z.string() });

const section = z.object({
  name: z.enum(SECTIONS),
  known: z.boolean().describe('Both snapshots know this part.'),
  beforeText: z.string().describe('One line a thing, sorted, without anything that changes all the time.'),
  afterText: z.string(),
  added: z.array(z.string()).describe('Lines of what is new.'),
  removed: z.array(z.string()).describe('Lines of what is gone.'),
  changed: z
    .array(change)
    .describe('Lines of what is there in both and differs, such as a process that was restarted.'),
});
export type ComparedSection = z.infer<typeof section>;

const side = z.object({
  reference: z.string().describe('As asked.'),
  machine: z.string(),
  hostName: z.string().nullable(),
  kernel: z.string().nullable(),
  takenAtMs: z.number(),
  bootedAtMs: z.number().nullable(),
});
export type ComparedSide = z.infer<typeof side>;

export const compareResult = z.object({
  machine: z.string(),
  before: side,
  after: side,
  rebooted: z.boolean().nullable().describe('The machine was started anew in between; null where that is not known.'),
  sections: z.array(section),
});
export type CompareResult = z.infer<typeof compareResult>;
