import * as z from 'zod';

/** The first line of a manifest: JSON Lines, one entry a line, the entries of a folder together. */
export const MANIFEST_FORMAT = 'opsdeck-manifest-1';

export const manifestHead = z.object({
  format: z.literal(MANIFEST_FORMAT),
  machine: z.string(),
  path: z.string(),
  takenAtMs: z.number(),
  ignored: z.array(z.string()),
});
export type ManifestHead = z.infer<typeof manifestHead>;

/** Paths are those of lib/bytePath.ts: a byte that is no UTF-8 is \udc80 to \udcff. */
export const manifestLine = z.object({
  path: z.string(),
  kind: z.enum(['file', 'directory', 'symlink', 'fifo', 'socket', 'block', 'character', 'unknown']),
  size: z.number().optional(),
  mode: z.string().optional(),
  mtimeMs: z.number().optional(),
  uid: z.number().optional(),
  gid: z.number().optional(),
  sha256: z.string().optional(),
  link: z.string().optional(),
  /** Why it was not read, or of a folder not listed. */
  error: z.string().optional(),
});
export type ManifestLine = z.infer<typeof manifestLine>;
