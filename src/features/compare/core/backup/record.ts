import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { entry } from '../trees/schema';
import { BACKUP_ID, backupsFolder } from './place';

/** The first line of a record; then a deed a line, written before it is done. */
const FORMAT = 'opsdeck-backup-1';
const FILE = 'record.jsonl';
const LARGEST_RECORD = 256 * 1_048_576;

const side = z.enum(['left', 'right']);
const place = z.object({ machine: z.string(), path: z.string() });

const head = z.object({
  format: z.literal(FORMAT),
  task: z.enum(['sync', 'patch']),
  takenAtMs: z.number(),
  places: z.object({ left: place.nullable(), right: place.nullable() }).describe('The folders that are changed.'),
  kept: z
    .object({ left: place.nullable(), right: place.nullable() })
    .describe('Where what is replaced or deleted is, by the same paths.'),
});
export type RecordHead = z.infer<typeof head>;

/** How something is when it is done: by it is seen whether it is still so. */
const state = z.object({
  kind: z.enum(['file', 'symlink']),
  sizeBytes: z.number().nullable(),
  modifiedMs: z.number().nullable(),
  linkTarget: z.string().nullable(),
});
export type PutState = z.infer<typeof state>;

const fileKind = entry.shape.kind;
const attributes = { mode: z.number(), modifiedMs: z.number() };
const at = { side, path: z.string().describe('Below the folder of that side.') };

const deed = z.discriminatedUnion('kind', [
  /** A file or link gets the name; `keptBytes`: of what had it before, which is kept; null where there was nothing. */
  z.object({ kind: z.literal('put'), ...at, keptBytes: z.number().nullable(), after: state }),
  /** A file, a link or something special goes, and is kept. */
  z.object({ kind: z.literal('gone'), ...at, keptBytes: z.number() }),
  z.object({ kind: z.literal('folderMade'), ...at }),
  z.object({ kind: z.literal('folderGone'), ...at, ...attributes }),
  /** Mode and time that it had before, and how it is then. */
  z.object({
    kind: z.literal('changed'),
    ...at,
    ...attributes,
    after: z.object({ kind: fileKind, sizeBytes: z.number().nullable(), modifiedMs: z.number().nullable() }),
  }),
  /** The time of a folder, before something in it was changed. */
  z.object({ kind: z.literal('touched'), ...at, modifiedMs: z.number() }),
]);
export type Deed = z.infer<typeof deed>;

export interface BackupRecord extends RecordHead {
  readonly id: string;
  readonly deeds: readonly Deed[];
}

/** What is done to the folders, as it is written down on this computer. */
export class RecordWriter {
  private constructor(
    private readonly stream: Writable,
    private readonly ended: Promise<void>,
  ) {}

  /** `folder` is that of the backup, on the machine where Opsdeck runs. */
  static async begin(
    local: Machine,
    folder: string,
    start: Omit<RecordHead, 'format'>,
    signal: AbortSignal,
  ): Promise<RecordWriter> {
    const path = `${folder}/${FILE}`;
    // Not ended by a cancel: what is done must stand in it.
    const stream = await local.files.writeStream(path, {
      signal: new AbortController().signal,
      truncate: true,
      mode: 0o600,
    });
    const ended = finished(stream);
    ended.catch(() => undefined);
    const writer = new RecordWriter(stream, ended);
    signal.throwIfAborted();
    await writer.line({ format: FORMAT, ...start } satisfies RecordHead);
    return writer;
  }

  note(some: Deed): Promise<void> {
    return this.line(some);
  }

  async end(): Promise<void> {
    this.stream.end();
    await this.ended;
  }

  private line(value: RecordHead | Deed): Promise<void> {
    return new Promise((resolve, reject) =>
      this.stream.write(`${JSON.stringify(value)}\n`, (error) => (error ? reject(error) : resolve())),
    );
  }
}

/** Throws ExpectedError('not-found') where there is none of that name, or not any more. */
export async function readRecord(local: Machine, id: string, signal: AbortSignal): Promise<BackupRecord> {
  if (!BACKUP_ID.test(id)) throw notFound(id);
  const path = `${await backupsFolder(local, signal)}/${id}/${FILE}`;
  let bytes: Uint8Array;
  try {
    bytes = await local.files.read(path, { signal, maxBytes: LARGEST_RECORD });
  } catch (error) {
    if (error instanceof ExpectedError && ['missing', 'not-a-folder'].includes(error.code)) throw notFound(id);
    throw error;
  }
  // After a crash the last line may be cut off: what it announced was not begun.
  const lines = Buffer.from(bytes).toString('utf8').split('\n').slice(0, -1);
  try {
    const [first = '', ...rest] = lines;
    return { ...head.parse(JSON.parse(first)), id, deeds: rest.map((line) => deed.parse(JSON.parse(line))) };
  } catch (error) {
    const text = l10n.t(
      'The record of the backup {0} cannot be read. What it keeps is still in its folder: {1}',
      id,
      path,
    );
    throw new ExpectedError('malformed', text, { cause: error });
  }
}

function notFound(id: string): ExpectedError {
  return new ExpectedError(
    'not-found',
    l10n.t('There is no backup {0} on this computer: it was emptied, or taken back already.', id),
  );
}

/** Names of the backups whose records are on this computer, the oldest first. */
export async function backupIds(local: Machine, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const entries = await local.files.list(await backupsFolder(local, signal), signal);
    return entries
      .map(({ name }) => name)
      .filter((name) => BACKUP_ID.test(name))
      .sort();
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'missing') return [];
    throw error;
  }
}

/** What of it is kept: files and links, and their bytes. */
export function keptOf(deeds: readonly Deed[]): { readonly files: number; readonly bytes: number } {
  const kept = deeds.flatMap((one) => (one.kind === 'put' || one.kind === 'gone' ? [one.keptBytes] : []));
  const some = kept.filter((bytes) => bytes !== null);
  return { files: some.length, bytes: some.reduce((sum, bytes) => sum + bytes, 0) };
}
