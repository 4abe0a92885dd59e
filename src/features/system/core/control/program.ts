import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { machineName } from '../machineName';

const DEADLINE_MS = 10_000;

/**
 * Runs one of util-linux's programs for one process; what it prints. Throws ExpectedError: 'denied', 'missing' (the
 * process), 'not-found' (the program), 'failed'.
 */
export async function runProgram(machine: Machine, command: readonly string[], signal: AbortSignal): Promise<string> {
  const { exitCode, stdout, stderr } = await machine.exec(command, { signal, deadlineMs: DEADLINE_MS });
  const decoder = new TextDecoder();
  if (exitCode === 0) return decoder.decode(stdout);
  const complaint = decoder.decode(stderr).trim();
  if (/not permitted|permission denied/i.test(complaint)) throw new ExpectedError('denied', complaint);
  if (/no such process/i.test(complaint)) throw new ExpectedError('missing', complaint);
  throw new ExpectedError('failed', failedText(command[0] ?? '', machine.name, complaint));
}

function failedText(program: string, machine: string, complaint: string): string {
  const [words = ''] = complaint.split('\n');
  return words === ''
    ? l10n.t('{0} failed on {1} and does not say why.', program, machineName(machine))
    : l10n.t('{0} failed on {1}: {2}', program, machineName(machine), words);
}
