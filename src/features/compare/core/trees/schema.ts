import * as z from 'zod';

/** Rows that a result holds; beyond that they are only counted. */
export const MOST_ROWS = 10_000;

const kind = z.enum(['file', 'directory', 'symlink', 'fifo', 'socket', 'block', 'character', 'unknown']);

export const entry = z.object({
  kind,
  sizeBytes: z.number().nullable(),
  modifiedMs: z.number().nullable().describe('Milliseconds since 1970 UTC.'),
  mode: z.number().nullable().describe('Permission bits.'),
  uid: z.number().nullable(),
  gid: z.number().nullable(),
  linkTarget: z.string().nullable(),
  xattrs: z
    .string()
    .optional()
    .describe('Extended attributes, NAME=VALUE in hex one a line; only where they are compared.'),
});
export type EntryFacts = z.infer<typeof entry>;

const DIFFERENCES = [
  'differs',
  'metadata',
  'kind',
  'leftOnly',
  'rightOnly',
  'moved',
  'outlier',
  'error',
  'same',
] as const;
export type DifferenceKind = (typeof DIFFERENCES)[number];

const inside = z.object({ files: z.number(), folders: z.number(), others: z.number(), bytes: z.number().nullable() });
export type Inside = z.infer<typeof inside>;

const row = z.object({
  path: z.string().describe('Below the folders; empty for themselves.'),
  difference: z
    .enum(DIFFERENCES)
    .describe(
      'differs: the content. metadata: only that. kind: kinds clash, or neither can be compared (common_funny). leftOnly, rightOnly. moved: to `movedTo`. outlier: some sides differ from the majority. error: it could not be read (funny_files). same.',
    ),
  left: entry.nullable(),
  right: entry.nullable(),
  reason: z.string().nullable(),
  metadata: z.array(z.enum(['mode', 'owner', 'mtime', 'xattr'])).describe('What of it is not the same.'),
  movedTo: z.string().nullable().describe('Where the right side has it.'),
  inside: inside.nullable().describe('What is in a folder that only one side has.'),
  groups: z
    .array(z.array(z.number()))
    .nullable()
    .describe('With three or more sides: indexes of sides that have the same, the largest group first.'),
  missing: z.array(z.number()).nullable().describe('With three or more sides: indexes of those that do not have it.'),
});
export type DirectoryRow = z.infer<typeof row>;

export const LISTED_BY = ['threads', 'find', 'stat', 'sftp', 'manifest', 'git', 'archive'] as const;
export const READ_BY = ['threads', 'program', 'read', 'manifest', 'git', 'archive'] as const;

const side = z.object({
  machine: z.string(),
  path: z.string(),
  source: z.enum(['folder', 'manifest', 'git', 'archive']),
  listedBy: z
    .enum(LISTED_BY)
    .nullable()
    .describe('threads: this machine. find, stat, git: programs over there. sftp. null: not yet known.'),
  readBy: z
    .enum(READ_BY)
    .nullable()
    .describe(
      'threads: this machine. program: hashed over there. read: the content came over. git: as its objects. null: not read.',
    ),
  movedBytes: z.number().describe('What came and went over the network.'),
  readBytes: z.number().describe('Content that was read here.'),
  files: z.number(),
  folders: z.number(),
  others: z.number(),
  stopReason: z.string().nullable().describe('Why it was not read to its end.'),
  takenAtMs: z.number().nullable().describe('Of a manifest: when it was made. Of git: when it was committed.'),
  commit: z.string().nullable().describe('Of git.'),
  xattrs: z.string().nullable().describe('Why extended attributes were not read, where they were asked for.'),
});
export type SideResult = z.infer<typeof side>;

const counts = z.object({
  same: z.number().describe('Files, links and special files that are the same.'),
  differs: z.number(),
  metadata: z.number(),
  kind: z.number(),
  leftOnly: z.number(),
  rightOnly: z.number(),
  moved: z.number(),
  outlier: z.number(),
  error: z.number(),
});
export type Counts = z.infer<typeof counts>;

export const directoriesResult = z.object({
  state: z.enum(['comparing', 'done', 'cancelled', 'stopped']),
  mode: z.enum(['deep', 'hash', 'shallow', 'size']),
  contentBy: z.enum(['bytes', 'hash', 'none']).describe('How contents were compared.'),
  sides: z.array(side).describe('Left, right, and those beyond.'),
  counts,
  commonFolders: z.number(),
  rows: z.array(row).max(MOST_ROWS),
  rowsLeftOut: z.number().describe('Rows beyond ten thousand, that are only counted.'),
  closure: z.string().nullable().describe('The report of filecmp.dircmp.'),
  ignored: z.array(z.string()).describe('Names that were left out.'),
  startedMs: z.number().describe('Milliseconds since 1970 UTC.'),
  elapsedMs: z.number(),
});
export type DirectoriesResult = z.infer<typeof directoriesResult>;
