import * as l10n from '@vscode/l10n';

/** A machine as sentences call it: its alias, or 'this machine' for the one where Opsdeck runs. */
export function machineName(name: string): string {
  return name === 'local' ? l10n.t('this machine') : name;
}
