import * as l10n from '@vscode/l10n';
import { untilAborted } from '../../../lib/deadline';
import { CancelledError, ExpectedError, isCancelled } from '../../../lib/errors';
import type { Platform } from '../../machine';
import type { Transport } from '../transport';
import { shellBytes } from './quote';
import { Session } from './session';

/** What the host is and has, found out once. */
export interface HostFacts {
  readonly platform: Platform;
  /** Of the server's process that our shells are started by: it ends with the connection. */
  readonly serverPid: number;
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
  const begin = `unset CDPATH ENV; LC_ALL=C; export LC_ALL\nprintf '\\n%s\\n' '${session.mark} begin'\n{ `;
  const end = `\n} </dev/null\nprintf '\\n%s\\n' '${session.mark}'\n`;
  return Buffer.concat([
    Buffer.from(begin),
    typeof script === 'string' ? shellBytes(script) : script,
    Buffer.from(end),
  ]);
}

/**
 * Without a program where that can be: for a fleet each is one for every host, and what else there is to know is asked
 * when it is needed. The environment stays as it is, so that the shell may still become a command.
 */
const PROBE = String.raw`{ [ -d /sys/module ] && read -r opsdeck_os </proc/sys/kernel/ostype; } 2>/dev/null || opsdeck_os=$(uname -s)
printf '%s\0' "$opsdeck_os" "$PPID"
if command -v perl >/dev/null 2>&1; then printf perl; fi`;

/** Exits with 0 where it has what PERL_READER uses; some systems have a perl without modules. */
export const PERL_CHECK = String.raw`perl -e 'exit($] < 5.008 || !defined(eval { require Errno; require Fcntl; 1 }))'`;

/** Throws ExpectedError('unsupported') for a host without a POSIX shell. */
export async function probeHost(session: Session, host: string, signal: AbortSignal): Promise<HostFacts> {
  let answer: Buffer;
  try {
    answer = await untilAborted(session.ask(probeRequest(session.mark)), signal);
  } catch (error) {
    session.close();
    if (isCancelled(error)) throw new CancelledError('cancelled');
    throw noShell(host, error);
  }
  const [system = '', pid = '', perl = ''] = answer.toString('latin1').split('\0');
  return { platform: platformNamed(system), serverPid: Number(pid), hasPerl: perl === 'perl' };
}

function probeRequest(mark: string): Buffer {
  const line = (words: string): string => `printf '\\n%s\\n' '${words}'`;
  return Buffer.from(`${line(`${mark} begin`)}\n{ ${PROBE}\n} </dev/null\n${line(mark)}\n`);
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
