import { runWithDeadline } from '../../../../lib/deadline';
import { isFailure, type Machine, type RunningCommand } from '../../../../machine/machine';
import { PROMPT_END } from './become';

const DEADLINE_MS = 15_000;

/** What is needed to end what sudo has started. */
export interface Privileged {
  readonly machine: Machine;
  readonly user: string;
  /** Of the run that is to end: it stands in sudo's arguments. */
  readonly marker: string;
  /** null where none was needed. */
  readonly password: string | null;
}

/**
 * Ends what runs as another user through sudo and that we must not signal ourselves: its processes are found by the
 * marker in sudo's arguments and get SIGTERM by way of sudo again. Tells whether something was found. Linux only.
 */
export async function endPrivileged(run: Privileged, newMarker: () => string): Promise<boolean> {
  if (run.machine.platform !== 'linux') return false;
  const { signal } = new AbortController();
  const work = async (limit: AbortSignal): Promise<boolean> => {
    const pids = await descendantsOf(run, limit);
    if (pids.length === 0) return false;
    await kill(run, pids, newMarker(), limit);
    return true;
  };
  return runWithDeadline(signal, DEADLINE_MS, work, () => new Error('late')).catch(() => false);
}

/** Pids of what that sudo has started, as text. */
async function descendantsOf({ machine, marker }: Privileged, signal: AbortSignal): Promise<readonly string[]> {
  const files = await machine.files.readMany(['/proc/[0-9]*/cmdline', '/proc/[0-9]*/stat'], { signal });
  const parents = new Map<string, string>();
  const found = new Set<string>();
  for (const [path, text] of files) {
    const [, pid = '', file] = /^\/proc\/(\d+)\/(cmdline|stat)$/.exec(path) ?? [];
    if (isFailure(text) || pid === '') continue;
    // proc_pid_stat(5): behind the name in parentheses come the state and the parent.
    if (file === 'stat') parents.set(pid, text.slice(text.lastIndexOf(')') + 2).split(' ')[1] ?? '');
    else if (text.startsWith('sudo\0') && text.includes(marker)) found.add(pid);
  }
  const sudo = new Set(found);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found].filter((pid) => !sudo.has(pid));
}

async function kill(run: Privileged, pids: readonly string[], marker: string, signal: AbortSignal): Promise<void> {
  const prompt = `${marker}%p${PROMPT_END}`;
  const options = run.password === null ? ['-n'] : ['-k', '-S', '-p', prompt];
  const command = ['sudo', ...options, '-u', run.user, '--', 'kill', '-TERM', ...pids];
  const running: RunningCommand = await run.machine.start(command, { signal });
  running.stdin.on('error', () => undefined);
  running.stdin.end(run.password === null ? '' : `${run.password.split(/[\r\n]/)[0] ?? ''}\n`);
  running.stdout.resume();
  running.stderr.resume();
  await running.ended;
}
