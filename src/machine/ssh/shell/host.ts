import * as l10n from '@vscode/l10n';
import { decodePath } from '../../../lib/bytePath';
import { untilAborted } from '../../../lib/deadline';
import { CancelledError, ExpectedError, isCancelled } from '../../../lib/errors';
import type { Platform } from '../../machine';
import type { Transport } from '../transport';
import { shellBytes } from './quote';
import { Session } from './session';

/** What the host is and has, found out once. */
export interface HostFacts {
  readonly platform: Platform;
  readonly user: string;
  readonly uid: number;
  /** As text of lib/bytePath.ts; '' where there is none. */
  readonly home: string;
  /** Of the shell that stays. */
  readonly shellPid: number;
  readonly hasPerl: boolean;
}

/** Every login shell understands it. */
const SHELL_LINE = 'exec sh';
const PERL_LINE = 'exec env LC_ALL=C perl -';

/** A `sh` that takes scripts, see `scriptRequest`. */
export async function openShell(transport: Transport, host: string, signal: AbortSignal): Promise<Session> {
  return new Session(await transport.open({ kind: 'exec', line: SHELL_LINE }, signal), host);
}

/** A `perl` that reads its program first; what is written to it before `ask` is that. */
export async function openPerl(
  transport: Transport,
  host: string,
  program: string,
  signal: AbortSignal,
): Promise<Session> {
  const channel = await transport.open({ kind: 'exec', line: PERL_LINE }, signal);
  const session = new Session(channel, host);
  channel.stdin.write(`${program.trimStart()}${session.mark}\n`);
  return session;
}

/**
 * A script whose standard output is the answer. It reads nothing, and all in it that is waited for is over at its end.
 * The shell reads it to its end before it begins, so nothing that it starts can take the rest of it for its input.
 */
export function scriptRequest(session: Session, script: string | Uint8Array): Buffer {
  const begin = `LC_ALL=C; export LC_ALL\nprintf '\\n%s\\n' '${session.mark} begin'\n{ `;
  const end = `\n} </dev/null\nprintf '\\n%s\\n' '${session.mark}'\n`;
  return Buffer.concat([
    Buffer.from(begin),
    typeof script === 'string' ? shellBytes(script) : script,
    Buffer.from(end),
  ]);
}

const PROBE = String.raw`unset CDPATH ENV
printf '%s\0' "$(uname -s)" "$(id -un)" "$(id -u)" "$HOME" "$$"
if perl -e 'exit($] < 5.008 || !defined(eval { require Errno; require Fcntl; 1 }))' 2>/dev/null
then printf perl; fi`;

/** Throws ExpectedError('unsupported') for a host without a POSIX shell. */
export async function probeHost(session: Session, host: string, signal: AbortSignal): Promise<HostFacts> {
  let answer: Buffer;
  try {
    answer = await untilAborted(session.ask(scriptRequest(session, PROBE)), signal);
  } catch (error) {
    session.close();
    if (isCancelled(error)) throw new CancelledError('cancelled');
    throw noShell(host, error);
  }
  const [system = '', user = '', uid = '', home = '', pid = '', perl = ''] = answer.toString('latin1').split('\0');
  return {
    platform: platformNamed(system),
    user: textOf(user),
    uid: Number(uid),
    home: textOf(home),
    shellPid: Number(pid),
    hasPerl: perl === 'perl',
  };
}

function textOf(bytes: string): string {
  return decodePath(Buffer.from(bytes, 'latin1'));
}

/** As uname(1) names it. */
function platformNamed(system: string): Platform {
  switch (system) {
    case 'Linux':
      return 'linux';
    case 'Darwin':
      return 'darwin';
    case 'FreeBSD':
      return 'freebsd';
    default:
      return 'other';
  }
}

function noShell(host: string, error: unknown): ExpectedError {
  const text = l10n.t(
    '{0} does not run sh for this account, which reading and running there needs. Allow the account a POSIX shell.',
    host,
  );
  return new ExpectedError('unsupported', text, { cause: error });
}
