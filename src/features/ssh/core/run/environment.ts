import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../../lib/errors';

/** NAME=value, one a line; empty lines are passed over. Throws ExpectedError('invalid-input'). */
export function readEnvironment(text: string): Readonly<Record<string, string>> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return Object.fromEntries(lines.map(readLine));
}

function readLine(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  const name = line.slice(0, at).trim();
  if (at < 0 || !/^[A-Za-z_]\w*$/.test(name) || line.includes('\0')) {
    throw new ExpectedError('invalid-input', l10n.t('"{0}" is not of the form NAME=value.', line.trim()));
  }
  return [name, line.slice(at + 1)];
}
