import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { walkInputs } from './inputs';
import { LISTED_BY, READ_BY } from './schema';

export const manifestInput = z.object({
  folder: z
    .string()
    .min(1)
    .describe(l10n.t('The folder: a path, or HOST:/path.'))
    .meta({ title: 'Folder', examples: ['/srv/site', 'web01:/etc'] }),
  output: z
    .string()
    .min(1)
    .describe(l10n.t('The file on this computer that the manifest is written to. It must not be there yet.'))
    .meta({ title: 'Manifest File', examples: ['site.manifest'] }),
  ...walkInputs,
});
export type ManifestInput = z.infer<typeof manifestInput>;

/** Failures that a result holds; beyond that they are only counted. */
export const MOST_FAILURES = 1_000;

export const manifestResult = z.object({
  state: z.enum(['reading', 'done']),
  machine: z.string(),
  folder: z.string(),
  output: z.string().describe('Absolute, on this computer.'),
  files: z.number(),
  folders: z.number(),
  others: z.number(),
  bytes: z.number().describe('Of the files.'),
  sha256: z
    .string()
    .nullable()
    .describe('Of the manifest, when it is written: who keeps it sees whether it was changed.'),
  sizeBytes: z.number().describe('Of the manifest.'),
  listedBy: z.enum(LISTED_BY).nullable(),
  readBy: z.enum(READ_BY).nullable(),
  movedBytes: z.number().describe('What came and went over the network.'),
  failures: z.array(z.object({ path: z.string(), reason: z.string() })).max(MOST_FAILURES),
  failureCount: z.number(),
  takenAtMs: z.number().describe('Milliseconds since 1970 UTC.'),
  elapsedMs: z.number(),
});
export type ManifestResult = z.infer<typeof manifestResult>;
