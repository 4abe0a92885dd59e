import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';
import type { Machine } from '../../../../machine/machine';
import { localName } from '../../../../machine/machines';
import { LARGEST_TEXT_BYTES } from '../text/content';

/** What is on a host is called as it is asked for. */
export function labelOn({ name }: Pick<Machine, 'name'>, what: string): string {
  return name === localName ? what : `${name}:${what}`;
}

export function tooLarge(label: string): ExpectedError {
  return new ExpectedError(
    'too-large',
    l10n.t('{0} is too large to be compared line by line: at most {1} MiB.', label, LARGEST_TEXT_BYTES / 2 ** 20),
  );
}
