import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';

/** Letters and digits only: 'TERM', 'USR1', 'RTMIN'. Whether the host knows it, its kill(1) says. */
export function isSignalName(name: string): boolean {
  return /^[A-Z][A-Z0-9]*$/.test(name) && !name.startsWith('SIG');
}

export function unknownSignal(name: string, host: string): ExpectedError {
  return new ExpectedError(
    'invalid-input',
    l10n.t('There is no signal {0} on {1}. Choose one such as TERM, INT or HUP.', name, host),
  );
}
