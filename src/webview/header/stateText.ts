import * as l10n from '@vscode/l10n';
import type { Formatter } from '../../report/format';
import type { RunState, ShowMessage } from '../../report/protocol';

/** Short, for the badge. */
export function stateWord(state: RunState): string {
  switch (state) {
    case 'running':
      return l10n.t('Running');
    case 'live':
      return l10n.t('Live');
    case 'paused':
      return l10n.t('Paused');
    case 'done':
      return l10n.t('Done');
    case 'cancelled':
      return l10n.t('Cancelled');
    case 'failed':
      return l10n.t('Failed');
    case 'restored':
      return l10n.t('Restored');
  }
}

export function stateIcon(state: RunState): string {
  const icons: Readonly<Record<RunState, string>> = {
    running: 'sync',
    live: 'pulse',
    paused: 'debug-pause',
    done: 'check',
    cancelled: 'circle-slash',
    failed: 'error',
    restored: 'history',
  };
  return icons[state];
}

/** What stands under the header where the figures are not what one would take them for; null otherwise. */
export function stateNotice(shown: ShowMessage, format: Formatter): string | null {
  const taken = format.value(shown.takenAtMs, 'time');
  switch (shown.state) {
    case 'restored':
      return l10n.t('This is the snapshot of {0}. Run it again for fresh figures.', taken);
    case 'cancelled':
      return shown.report === null
        ? l10n.t('Cancelled before there was a result.')
        : l10n.t('Cancelled. What was found until then is shown.');
    case 'failed':
      return shown.message === '' ? l10n.t('It failed without saying why.') : shown.message;
    case 'paused':
      return l10n.t('Paused. The figures are those of {0}.', taken);
    case 'running':
    case 'live':
    case 'done':
      return null;
  }
}
