import { runWithDeadline } from '../../../../lib/deadline';
import { ExpectedError, isCancelled } from '../../../../lib/errors';
import { isFailure, type FileTexts, type Machine } from '../../../../machine/machine';
import { parseStatText } from '../kernel/statText';
import { count } from '../kernel/text';

/** What the device file of a terminal tells. */
export interface TerminalFacts {
  /** Seconds since 1970 UTC of the last input (atime); null where only the output is known. */
  readonly inputSeconds: number | null;
  /** Of the last output (mtime). Both go in steps of eight seconds. */
  readonly outputSeconds: number;
  readonly messages: boolean;
}

const GROUP_WRITE = 0o020;
const DEADLINE_MS = 2_000;

/** What utmp names is a device only if it looks like one: the file may hold anything. */
export function devicePath(terminal: string | null): string | null {
  return terminal !== null && /^(?:pts\/\d+|[A-Za-z][A-Za-z0-9_-]*)$/.test(terminal) ? `/dev/${terminal}` : null;
}

/**
 * By path of the device. `stat` gives what readMany has not, the time of the last input; where the program is
 * missing, the answer of readMany does.
 */
export async function readTerminals(
  machine: Machine,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TerminalFacts>> {
  if (paths.length === 0) return new Map();
  const items = paths.map((path) => ({ path, what: 'stat' as const }));
  const [texts, printed] = await Promise.all([
    machine.files.readMany(items, { signal }),
    printedTimes(machine, paths, signal),
  ]);
  return new Map([...terminalsOfTexts(texts), ...parseTerminalTimes(printed)]);
}

async function printedTimes(machine: Machine, paths: readonly string[], signal: AbortSignal): Promise<string> {
  const command = ['stat', '-L', '-c', '%X %Y %a %n', ...paths];
  const late = (): Error => new ExpectedError('timed-out', command.join(' '));
  try {
    const run = (limited: AbortSignal): Promise<{ readonly stdout: Uint8Array }> =>
      machine.exec(command, { signal: limited, deadlineMs: DEADLINE_MS });
    const { stdout } = await runWithDeadline(signal, DEADLINE_MS + 500, run, late);
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (isCancelled(error) || !(error instanceof ExpectedError)) throw error;
    return '';
  }
}

/** Lines of seconds of the last access, of the last change, octal permissions and path. */
export function parseTerminalTimes(text: string): ReadonlyMap<string, TerminalFacts> {
  const facts = new Map<string, TerminalFacts>();
  for (const line of text.split('\n')) {
    const [access, change, mode, path] = line.split(' ', 4);
    const [inputSeconds, outputSeconds] = [count(access), count(change)];
    if (inputSeconds === null || outputSeconds === null || path === undefined || !/^[0-7]+$/.test(mode ?? '')) continue;
    facts.set(path, { inputSeconds, outputSeconds, messages: isWritable(Number.parseInt(mode ?? '', 8)) });
  }
  return facts;
}

function terminalsOfTexts(texts: FileTexts): ReadonlyMap<string, TerminalFacts> {
  const facts = new Map<string, TerminalFacts>();
  for (const [path, content] of texts) {
    const stat = content === '' || isFailure(content) ? null : parseStatText(content);
    if (stat?.kind !== 'character') continue;
    facts.set(path, { inputSeconds: null, outputSeconds: stat.modifiedSeconds, messages: isWritable(stat.mode) });
  }
  return facts;
}

function isWritable(mode: number): boolean {
  return (mode & GROUP_WRITE) !== 0;
}
