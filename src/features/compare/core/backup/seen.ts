import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { FileStat, Machine } from '../../../../machine/machine';
import { localName } from '../../../../machine/machines';
import { statIfThere } from '../../../../machine/statIfThere';
import type { EntryFacts } from '../trees/schema';

/** What of an entry tells that it is still the same. */
export type Seen = Pick<EntryFacts, 'kind' | 'sizeBytes' | 'modifiedMs'>;

/** Throws ExpectedError('mismatch') where a path is not as it was seen; null for nothing there. */
export async function requireStill(
  machine: Machine,
  path: string,
  seen: Seen | null,
  signal: AbortSignal,
): Promise<void> {
  const now = await statIfThere(machine, path, signal);
  if (!isStill(now, seen, machine)) throw new ExpectedError('mismatch', changedText(now, seen));
}

function changedText(now: FileStat | null, seen: Seen | null): string {
  if (now === null) return l10n.t('it has gone since it was compared; nothing was done');
  return seen === null
    ? l10n.t('something of this name has come since it was compared; it was left alone')
    : l10n.t('it has changed since it was compared; it was left alone');
}

/** Times of a host may be told in whole seconds; on this machine they are set to less than a thousandth of one. */
export function isStill(now: FileStat | null, seen: Seen | null, machine: Machine): boolean {
  if (now === null || seen === null) return now === seen;
  if (now.kind !== seen.kind) return false;
  if (now.kind === 'directory') return true;
  const apart = seen.modifiedMs === null ? 0 : Math.abs(now.modifiedMs - seen.modifiedMs);
  if (apart > (machine.name === localName ? 1 : 1_000)) return false;
  return now.kind !== 'file' || seen.sizeBytes === null || now.sizeBytes === seen.sizeBytes;
}
