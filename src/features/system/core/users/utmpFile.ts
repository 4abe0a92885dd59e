import * as l10n from '@vscode/l10n';
import { isFailure, type FileTexts, type Machine } from '../../../../machine/machine';
import { parseUtmpRecords, type UtmpRecord } from '../kernel/utmp';

/** The second leads to the first where both are. To be read as bytes. */
export const UTMP_FILES = ['/run/utmp', '/var/run/utmp'] as const;
/** Enough for 2,700 logins. */
const MAX_BYTES = 1_048_576;

export type UtmpRead =
  | { readonly kind: 'read'; readonly records: readonly UtmpRecord[] }
  /** As with musl, and in newer distributions. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly message: string };

/** Who is logged in, from the binary file of utmp(5). */
export async function readUtmp(machine: Machine, signal: AbortSignal): Promise<UtmpRead> {
  return utmpOf(await machine.files.readMany(UTMP_FILES, { signal, encoding: 'bytes', maxBytes: MAX_BYTES }));
}

/** `texts`: holds the answers for UTMP_FILES. */
export function utmpOf(texts: FileTexts): UtmpRead {
  for (const path of UTMP_FILES) {
    const content = texts.get(path);
    if (content === undefined) continue;
    if (!isFailure(content)) return { kind: 'read', records: parseUtmpRecords(Buffer.from(content, 'latin1')) };
    if (content.code !== 'missing') return { kind: 'failed', message: l10n.t('{0}: {1}', path, content.message) };
  }
  return { kind: 'missing' };
}
