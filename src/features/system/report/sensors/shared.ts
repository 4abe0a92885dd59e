import * as l10n from '@vscode/l10n';
import type { Column } from '../../../../report/model';
import type { Battery } from '../../core/kernel/powerSupply';
import { column } from '../table';

/** What both the overview and the sensors show of a temperature. */
export function temperatureColumns(): readonly Column[] {
  return [
    column('sensor', l10n.t('Sensor')),
    column('label', l10n.t('Label')),
    column('now', l10n.t('Temperature'), 'celsius'),
    column('high', l10n.t('High'), 'celsius', l10n.t('Limit named by the chip')),
    column('critical', l10n.t('Critical'), 'celsius', l10n.t('Limit named by the chip')),
  ];
}

export function fanColumns(): readonly Column[] {
  return [column('fan', l10n.t('Fan')), column('label', l10n.t('Label')), column('rpm', l10n.t('Fan speed'), 'rpm')];
}

export function batteryStateText(state: Battery['state']): string {
  switch (state) {
    case 'charging':
      return l10n.t('charging');
    case 'discharging':
      return l10n.t('discharging');
    case 'full':
      return l10n.t('fully charged');
    case 'not charging':
      return l10n.t('not charging');
    case 'unknown':
      return l10n.t('not known');
  }
}
