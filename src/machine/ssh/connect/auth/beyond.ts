import { spawn } from 'node:child_process';
import * as l10n from '@vscode/l10n';
import { runWithDeadline } from '../../../../lib/deadline';
import { isCancelled } from '../../../../lib/errors';
import { findProgram } from '../../config/sshProgram';
import type { HostOptions } from '../../options';
import type { Candidates } from './candidates';

const KLIST_MS = 3_000;

/**
 * A way to log in that ssh has and ssh2 does not, as a clause for a person: an agent's certificate, a key on a token, a
 * Kerberos ticket. null where the server takes none of them, or there is none. `left`: what the server takes.
 */
export async function beyondSsh2(
  options: HostOptions,
  left: readonly string[],
  candidates: Candidates | null,
  signal: AbortSignal,
): Promise<string | null> {
  const [key] = candidates?.sshOnly ?? [];
  if (left.includes('publickey') && key !== undefined) return key;
  const allowed = options.preferredAuthentications;
  const wanted = options.gssapiAuthentication && (allowed.length === 0 || allowed.includes('gssapi-with-mic'));
  return wanted && left.includes('gssapi-with-mic') && (await hasTicket(signal))
    ? l10n.t('there is a Kerberos ticket, and the server takes it (GSSAPI)')
    : null;
}

/** klist(1): -s says nothing and exits with 0 where there is a ticket that has not expired. */
async function hasTicket(signal: AbortSignal): Promise<boolean> {
  const program = await findProgram('klist', process.env);
  if (program === null) return false;
  const late = (): Error => new Error('late');
  try {
    return (await runWithDeadline(signal, KLIST_MS, (inner) => exitCode(program, inner), late)) === 0;
  } catch (error) {
    if (isCancelled(error)) throw error;
    return false;
  }
}

function exitCode(program: string, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['-s'], { stdio: 'ignore', signal, windowsHide: true });
    child.once('error', reject);
    child.once('close', resolve);
  });
}
