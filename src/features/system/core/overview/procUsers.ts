import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import type { UsersReading } from './reading';
import { parseUtmp } from '../kernel/utmp';

const UTMP_FILES = ['/run/utmp', '/var/run/utmp'] as const;
/** Enough for 2,700 logins. */
const MAX_BYTES = 1_048_576;

/** Who is logged in, from the binary file of utmp(5), or why that is not known. */
export async function readUsers(machine: Machine, signal: AbortSignal): Promise<UsersReading> {
  for (const path of UTMP_FILES) {
    try {
      return { list: parseUtmp(await machine.files.read(path, { signal, maxBytes: MAX_BYTES })), unavailable: null };
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      if (!isMissing(error)) return { list: null, unavailable: error.message };
    }
  }
  return { list: null, unavailable: l10n.t('This system keeps no list of logins (there is no {0}).', UTMP_FILES[0]) };
}

function isMissing({ code }: ExpectedError): boolean {
  return code === 'missing' || code === 'not-found';
}
