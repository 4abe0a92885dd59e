import * as l10n from '@vscode/l10n';
import type { Block, Cell, TableBlock } from '../../../../report/model';
import type { SensorsResult, SensorSupply } from '../../core/sensors/schema';
import { barCell, column, hidden, table } from '../table';
import { statusOf } from './channels';
import { batteryStateText } from './shared';

export function powerBlocks(result: SensorsResult): readonly Block[] {
  return [batteriesTable(result), suppliesTable(result), domainsTable(result)].filter((block) => block !== null);
}

function batteriesTable(result: SensorsResult): TableBlock | null {
  const batteries = result.supplies.filter(({ battery }) => battery !== null);
  if (batteries.length === 0) return null;
  const columns = [
    column('battery', l10n.t('Battery')),
    column('charge', l10n.t('Charge'), 'percent'),
    column('state', l10n.t('State')),
    column('left', l10n.t('Time left'), 'seconds'),
    column('full', l10n.t('Until full'), 'seconds'),
    column('power', l10n.t('Power'), 'watts'),
    column('health', l10n.t('Health'), 'percent', l10n.t('What it can hold, of what it could when new')),
    column('cycles', l10n.t('Cycles'), 'number'),
    column('volts', l10n.t('Voltage'), 'volts'),
    column('model', l10n.t('Model')),
    hidden(column('technology', l10n.t('Technology'))),
  ];
  const rows = batteries.map((one): readonly Cell[] => [
    one.name,
    barCell(one.battery?.chargePercent ?? null, statusOf(result, one.name)),
    one.battery === null ? null : batteryStateText(one.battery.state),
    one.battery?.secondsLeft ?? null,
    one.secondsToFull,
    one.battery?.powerWatts ?? null,
    one.battery?.healthPercent ?? null,
    one.battery?.cycles ?? null,
    one.volts,
    modelOf(one),
    one.technology,
  ]);
  return table(
    'batteries',
    l10n.t('Batteries'),
    columns,
    rows,
    batteries.map((one) => one.name),
  );
}

function modelOf({ manufacturer, battery }: SensorSupply): string | null {
  return [manufacturer, battery?.model].filter((part) => part != null && part !== '').join(' ') || null;
}

function suppliesTable({ supplies }: SensorsResult): TableBlock | null {
  const others = supplies.filter(({ battery }) => battery === null);
  if (others.length === 0) return null;
  const columns = [
    column('supply', l10n.t('Power Supply')),
    column('kind', l10n.t('Kind')),
    column('plugged', l10n.t('Plugged in')),
    column('volts', l10n.t('Voltage'), 'volts'),
  ];
  const rows = others.map((one): readonly Cell[] => [
    one.name,
    one.type,
    one.online === null ? null : one.online ? l10n.t('yes') : l10n.t('no'),
    one.volts,
  ]);
  return table(
    'supplies',
    l10n.t('Power Supplies'),
    columns,
    rows,
    others.map((one) => one.name),
  );
}

function domainsTable({ domains }: SensorsResult): TableBlock | null {
  if (domains.length === 0) return null;
  const columns = [
    column('domain', l10n.t('Part of the processor')),
    column('watts', l10n.t('Power'), 'watts'),
    column('joules', l10n.t('Energy in all (J)'), 'number'),
  ];
  const rows = domains.map((one): readonly Cell[] => [one.name, one.watts, one.joules]);
  return table(
    'domains',
    l10n.t('Power of the Processors'),
    columns,
    rows,
    domains.map((one) => one.id),
  );
}
