import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { parseUtmpRecords, UTMP_ALIGNMENT, type UtmpRecord } from '../kernel/utmp';
import { machineName } from '../machineName';

/** The last records of wtmp or btmp. */
export interface RecordsRead {
  readonly records: readonly UtmpRecord[];
  readonly complete: boolean;
  readonly unavailable: string | null;
}

/** First as much as holds 200 records, then four times that, up to 43,000 records: such files can be gigabytes. */
const FIRST_BYTES = 8 * UTMP_ALIGNMENT;
const MOST_BYTES = 1_720 * UTMP_ALIGNMENT;
const DEADLINE_MS = 10_000;

/**
 * From the end of the file, until `enough` says so. Only a file that is small is read whole; of a long one `tail`
 * gives the end, as a machine has no reading from the middle.
 */
export async function readLastRecords(
  machine: Machine,
  path: string,
  sizeBytes: number,
  enough: (records: readonly UtmpRecord[]) => boolean,
  signal: AbortSignal,
): Promise<RecordsRead> {
  for (let bytes = FIRST_BYTES; ; bytes = Math.min(bytes * 4, MOST_BYTES)) {
    const complete = bytes >= sizeBytes;
    try {
      const content = complete
        ? await machine.files.read(path, { signal, maxBytes: MOST_BYTES + UTMP_ALIGNMENT })
        : await readEnd(machine, path, sizeBytes - bytes, signal);
      const records = parseUtmpRecords(content);
      if (complete || bytes === MOST_BYTES || enough(records)) return { records, complete, unavailable: null };
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return { records: [], complete: false, unavailable: error.message };
    }
  }
}

/** Begins at a record's beginning, at or before that offset, even where the last record is cut short. */
async function readEnd(machine: Machine, path: string, offset: number, signal: AbortSignal): Promise<Uint8Array> {
  const start = Math.floor(offset / UTMP_ALIGNMENT) * UTMP_ALIGNMENT;
  const options = { signal, deadlineMs: DEADLINE_MS, maxBytes: MOST_BYTES + 2 * UTMP_ALIGNMENT };
  const { exitCode, stdout, stderr } = await machine.exec(['tail', '-c', `+${start + 1}`, path], options);
  if (exitCode === 0) return stdout;
  const reason = new TextDecoder().decode(stderr).trim();
  throw new ExpectedError(
    'failed',
    l10n.t('The end of {0} on {1} could not be read: {2}', path, machineName(machine.name), reason),
  );
}
