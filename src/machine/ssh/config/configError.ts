import * as l10n from '@vscode/l10n';
import { shownPath } from '../../../lib/bytePath';
import { ExpectedError } from '../../../lib/errors';

/** A configuration that ssh would not take either. `line` from 1; 0: the whole file. */
export function configError(file: string, line: number, why: string): ExpectedError {
  const message =
    line > 0
      ? l10n.t(
          'The SSH configuration cannot be used: {0}, line {1}: {2}. Correct the file.',
          file,
          line,
          shownPath(why),
        )
      : l10n.t('The SSH configuration cannot be used: {0}: {1}. Correct the file.', file, shownPath(why));
  return new ExpectedError('invalid-config', message);
}
