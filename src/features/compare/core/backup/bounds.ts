import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { ExpectedError } from '../../../../lib/errors';
import type { SyncResult } from '../plan/schema';
import { DAY_MS, emptyBackup, listBackups, type BackupsContext } from './backups';
import type { Backup } from './inputs';

const GIBIBYTE = 1_073_741_824;

/** Of what changes something and keeps what was there. */
export const boundFields = {
  keepDays: z
    .number()
    .min(0)
    .max(36_500)
    .default(30)
    .describe(
      l10n.t(
        'Earlier backups that are older than so many days are emptied when it is done; 0 keeps them however old they are.',
      ),
    )
    .meta({ title: l10n.t('Keep Backups for Days') }),
  keepGibibytes: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(10)
    .describe(
      l10n.t(
        'The oldest of the earlier backups are emptied when it is done, until all take no more than so many GiB; 0 for no limit.',
      ),
    )
    .meta({ title: l10n.t('Keep Backups up to GiB') }),
};
export type Bounds = Readonly<Record<keyof typeof boundFields, number>>;

/**
 * Empties what is beyond the bounds, but never the backup that was just made, and nothing on machines that have no part
 * in this: of those nobody was asked. Tells what is kept then; null where that cannot be read. Throws CancelledError.
 */
export async function keepWithin(
  bounds: Bounds,
  latest: string,
  machines: ReadonlySet<string>,
  context: BackupsContext,
): Promise<SyncResult['kept']> {
  try {
    const all = await listBackups(context);
    const emptied: Backup[] = [];
    for (const backup of beyond(all, bounds, latest)) {
      if (backup.folders.some(({ machine }) => !machines.has(machine))) continue;
      const outcome = await emptyBackup(backup, context);
      if (outcome.reason === null) emptied.push(outcome);
    }
    const bytes = bytesOf(all) - bytesOf(emptied);
    return { backups: all.length - emptied.length, bytes, emptied: emptied.length, emptiedBytes: bytesOf(emptied) };
  } catch (error) {
    if (error instanceof ExpectedError) return null;
    throw error;
  }
}

/** Those that are too old or too much, of the newest first. What cannot be read is left to the user. */
function beyond(all: readonly Backup[], { keepDays, keepGibibytes }: Bounds, latest: string): readonly Backup[] {
  const before = keepDays === 0 ? -Infinity : Date.now() - keepDays * DAY_MS;
  const most = keepGibibytes === 0 ? Infinity : keepGibibytes * GIBIBYTE;
  let kept = 0;
  return all.filter(({ id, takenAtMs, bytes, reason }) => {
    if (id !== latest && reason === null && (takenAtMs <= before || (bytes > 0 && kept + bytes > most))) return true;
    kept += bytes;
    return false;
  });
}

export function bytesOf(backups: readonly Backup[]): number {
  return backups.reduce((sum, { bytes }) => sum + bytes, 0);
}
