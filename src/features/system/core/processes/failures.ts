import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import type { HostFacts } from './host';

export function lateError({ name }: Machine, deadlineMs: number): ExpectedError {
  const message = l10n.t('No answer from {0} within {1} s. Check the connection.', name, deadlineMs / 1000);
  return new ExpectedError('timed-out', message);
}

export function noProcError({ name }: Machine): ExpectedError {
  return new ExpectedError(
    'unsupported',
    l10n.t('The processes of {0} come from /proc, which cannot be read there. Check that it is mounted.', name),
  );
}

export function unsupportedError({ name, platform }: Machine): ExpectedError {
  return new ExpectedError(
    'unsupported',
    l10n.t(
      'The processes of {0} ({1}) cannot be listed. It works for Linux machines, near or far, and for macOS and Windows where Opsdeck itself runs.',
      name,
      platform,
    ),
  );
}

/** `processes`: by pid. */
export function problemsOf(host: HostFacts | undefined, processes: ReadonlyMap<number, unknown>): string[] {
  const problems = [...(host?.problems ?? [])];
  // In every pid namespace there is a first process; only hidepid hides it.
  if (!processes.has(1)) {
    problems.push(l10n.t('Only own processes can be seen: /proc is mounted with hidepid. Root sees all of them.'));
  }
  return problems;
}
