import * as l10n from '@vscode/l10n';
import type { Block, Cell, TableBlock } from '../../../../report/model';
import type { SensorsResult } from '../../core/sensors/schema';
import { column, markedCell, table } from '../table';
import { createWords, type Words } from '../words';
import { statusOf } from './channels';

/** Thermal zones of the kernel with the points at which it acts, and what it cools with. */
export function zoneBlocks(result: SensorsResult): readonly Block[] {
  return [zonesTable(result), coolingTable(result)].filter((block) => block !== null);
}

function zonesTable(result: SensorsResult): TableBlock | null {
  const { zones } = result;
  if (zones.length === 0) return null;
  const words = createWords();
  const columns = [
    column('zone', l10n.t('Thermal Zone')),
    column('now', l10n.t('Temperature'), 'celsius'),
    column('next', l10n.t('Next step'), undefined, l10n.t('What the kernel does next when it gets warmer')),
    column('trips', l10n.t('All steps')),
    column('policy', l10n.t('Policy')),
  ];
  const rows = zones.map((one): readonly Cell[] => {
    const next = one.trips.find((trip) => one.celsius !== null && trip.celsius > one.celsius);
    return [
      one.type,
      markedCell(one.celsius, statusOf(result, one.name)),
      next === undefined ? null : tripText(next, words),
      one.trips.map((trip) => tripText(trip, words)).join(l10n.t(', ')) || null,
      one.policy,
    ];
  });
  return table(
    'zones',
    l10n.t('Thermal Zones'),
    columns,
    rows,
    zones.map((one) => one.name),
  );
}

function tripText({ type, celsius }: SensorsResult['zones'][number]['trips'][number], words: Words): string {
  const degrees = words.celsius(celsius);
  switch (type) {
    case 'active':
      return l10n.t('fan at {0}', degrees);
    case 'passive':
      return l10n.t('slowed down at {0}', degrees);
    case 'hot':
      return l10n.t('hot at {0}', degrees);
    case 'critical':
      return l10n.t('shutdown at {0}', degrees);
    default:
      return l10n.t('{0} at {1}', type, degrees);
  }
}

/** Those that are at work; the others are processors that are not slowed down, one row each. */
function coolingTable({ cooling }: SensorsResult): TableBlock | null {
  const working = cooling.filter((one) => one.state > 0);
  if (working.length === 0) return null;
  const columns = [
    column('device', l10n.t('Cooled by')),
    column('state', l10n.t('Step'), 'plain'),
    column('max', l10n.t('Steps in all'), 'plain'),
  ];
  const rows = working.map((one): readonly Cell[] => [one.type, one.state, one.maxState]);
  return table(
    'cooling',
    l10n.t('Cooling at Work'),
    columns,
    rows,
    working.map((one) => one.name),
  );
}
