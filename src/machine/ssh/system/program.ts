import * as l10n from '@vscode/l10n';
import { execFile } from 'node:child_process';
import { runWithDeadline } from '../../../lib/deadline';
import { ExpectedError } from '../../../lib/errors';
import { findProgram } from '../config/sshProgram';
import type { Environment } from './environment';

/** The first with SSH_ASKPASS_REQUIRE, without which it would want a terminal for its questions. */
const OLDEST: SshVersion = { major: 8, minor: 4 };
const VERSION_DEADLINE_MS = 5_000;

/** An ssh program that will do. */
export interface SshProgram {
  readonly path: string;
  readonly version: SshVersion;
}

export interface SshVersion {
  readonly major: number;
  readonly minor: number;
}

export function isSince({ major, minor }: SshVersion, sinceMajor: number, sinceMinor: number): boolean {
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

/** Finds the ssh program and asks its version. Throws ExpectedError('unsupported') where there is none that will do. */
export async function findSsh(name: string, env: Environment, signal: AbortSignal): Promise<SshProgram> {
  if (process.platform === 'win32') throw unsupported(l10n.t('OpenSSH for Windows shares no connections.'));
  const path = await findProgram(name, env);
  if (path === null) throw unsupported(l10n.t('There is no program “{0}”. Install an OpenSSH client.', name));
  const late = (): Error => unsupported(l10n.t('“{0} -V” did not answer in time.', path));
  const said = await runWithDeadline(signal, VERSION_DEADLINE_MS, (inner) => askVersion(path, env, inner), late);
  const found = /OpenSSH_(\d+)\.(\d+)\S*/.exec(said);
  if (found === null) throw unsupported(l10n.t('{0} is not the ssh of OpenSSH.', path));
  const version = { major: Number(found[1]), minor: Number(found[2]) };
  if (!isSince(version, OLDEST.major, OLDEST.minor)) {
    throw unsupported(l10n.t('{0} is {1}, but OpenSSH 8.4 or newer is needed. Update it.', path, found[0]));
  }
  return { path, version };
}

function askVersion(path: string, env: Environment, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    // It says so on stderr, and exits with 0; a program that does otherwise says nothing of use.
    const options = { signal, env, maxBuffer: 65_536, killSignal: 'SIGKILL' } as const;
    const child = execFile(path, ['-V'], options, (_error, stdout, stderr) => resolve(`${stderr}${stdout}`));
    child.stdin?.end();
  });
}

function unsupported(reason: string): ExpectedError {
  return new ExpectedError('unsupported', l10n.t('The system’s ssh cannot be used: {0}', reason));
}
