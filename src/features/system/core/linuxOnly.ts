import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import type { Machine } from '../../../machine/machine';
import { machineName } from './machineName';

/** Throws ExpectedError('unsupported') on machines without /proc of Linux. */
export function requireLinux({ name, platform }: Machine): void {
  if (platform === 'linux') return;
  throw new ExpectedError(
    'unsupported',
    l10n.t(
      'Not possible on {0} ({1}): it works for Linux machines, near or far. The system overview works here too.',
      machineName(name),
      platform,
    ),
  );
}
