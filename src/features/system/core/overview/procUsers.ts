import * as l10n from '@vscode/l10n';
import type { Machine } from '../../../../machine/machine';
import { loginsOf } from '../kernel/utmp';
import { readUtmp, UTMP_FILES } from '../users/utmpFile';
import type { UsersReading } from './reading';

/** Who is logged in, or why that is not known. */
export async function readUsers(machine: Machine, signal: AbortSignal): Promise<UsersReading> {
  const utmp = await readUtmp(machine, signal);
  if (utmp.kind === 'read') return { list: loginsOf(utmp.records), unavailable: null };
  const missing = l10n.t('This system keeps no list of logins (there is no {0}).', UTMP_FILES[0]);
  return { list: null, unavailable: utmp.kind === 'missing' ? missing : utmp.message };
}
