import { decodePath } from '../../../lib/bytePath';
import { untilAborted, withDeadline } from '../../../lib/deadline';
import { CancelledError } from '../../../lib/errors';
import type { Channel, Transport } from '../transport';
import { openPerl, openShell, PERL_CHECK, probeHost, scriptRequest, type HostFacts } from './host';
import { PERL_READER } from './perlReader';
import type { ScriptResult } from './processes';
import { SessionPool } from './sessionPool';

/** Several at once would share the one connection, and most servers allow ten channels. */
const MOST_SHELLS = 2;
const MOST_READERS = 2;
const SCRIPT_DEADLINE_MS = 30_000;
const PROBE_DEADLINE_MS = 60_000;

export type GetTransport = (signal: AbortSignal) => Promise<Transport>;

/** The programs that stay on a host, over whichever connection there is to it. */
export interface HostConnection {
  readonly facts: HostFacts;
  /** The connection, a new one where the last is lost. */
  readonly transport: GetTransport;
  /** Take scripts. */
  readonly shells: SessionPool;
  /** Take what perlBatch asks. */
  readonly readers: SessionPool;
  /**
   * The shell that looked at the host, for the first command: as long as nothing else was asked of it. For one command
   * on many hosts this is half of all the work.
   */
  takeSpare(): Channel | null;
  /** Whether there is a perl that PERL_READER runs in; asked once. */
  hasPerl(signal: AbortSignal): Promise<boolean>;
  /** Runs a script in a shell that is there already: for what is over at once. */
  run(script: string, signal: AbortSignal): Promise<ScriptResult>;
  close(): void;
}

/** Throws ExpectedError: what the connection throws, and 'unsupported' for a host without a POSIX shell. */
export async function connectHost(
  getTransport: GetTransport,
  host: string,
  signal: AbortSignal,
): Promise<HostConnection> {
  const transport = kept(getTransport);
  const deadline = withDeadline(signal, PROBE_DEADLINE_MS);
  try {
    const shell = await openShell(await transport(deadline.signal), host, deadline.signal);
    const facts = await probeHost(shell, host, deadline.signal);
    const shells = new SessionPool({
      open: async (limited) => openShell(await transport(limited), host, limited),
      most: MOST_SHELLS,
    });
    shells.add(shell);
    const readers = new SessionPool({
      open: async (limited) => openPerl(await transport(limited), host, PERL_READER, limited),
      most: MOST_READERS,
    });
    return {
      facts,
      transport,
      shells,
      readers,
      takeSpare: () => (shell.asked === 1 && shells.withdraw(shell) ? shell.release() : null),
      hasPerl: perlCheck(facts, shells),
      run: (script, limited) => runScript(shells, script, limited),
      close() {
        shells.close();
        readers.close();
      },
    };
  } catch (error) {
    throw deadline.fired === 'cancelled' ? new CancelledError('cancelled') : error;
  } finally {
    deadline.clear();
  }
}

/** One transport for as long as it lasts. Who asks while it is made waits for the same one. */
function kept(getTransport: GetTransport): GetTransport {
  let current: Transport | undefined;
  return async (signal) => {
    if (current !== undefined) return current;
    const made = await getTransport(signal);
    if (current !== undefined) return current;
    current = made;
    const forget = (): void => {
      if (current === made) current = undefined;
    };
    made.closed.then(forget, forget);
    return made;
  };
}

/** One check serves all who wait for it. */
function perlCheck({ hasPerl }: HostFacts, shells: SessionPool): HostConnection['hasPerl'] {
  let works: Promise<boolean> | undefined = hasPerl ? undefined : Promise.resolve(false);
  return (signal) => {
    if (works === undefined) {
      const check = runScript(shells, PERL_CHECK, new AbortController().signal);
      works = check.then(({ exitCode }) => exitCode === 0);
      works.catch(() => (works = undefined));
    }
    return untilAborted(works, signal);
  };
}

async function runScript(shells: SessionPool, script: string, signal: AbortSignal): Promise<ScriptResult> {
  const whole = `{ ${script}\n} 2>&1; printf ' %s' $?`;
  const options = { signal, deadlineMs: SCRIPT_DEADLINE_MS };
  const { bytes } = await shells.ask((session) => scriptRequest(session, whole), options);
  const text = decodePath(bytes);
  const at = text.lastIndexOf(' ');
  return { exitCode: Number(text.slice(at + 1)), output: text.slice(0, at) };
}
