import * as l10n from '@vscode/l10n';
import type { Block, Cell, Column, Fact } from '../../../../report/model';
import type { SensorProcessor, SensorsResult } from '../../core/sensors/schema';
import { column, hidden, hideEmptyColumns, markedCell, table } from '../table';

export function processorBlocks(result: SensorsResult): readonly Block[] {
  const { processors } = result;
  if (processors.length === 0) return [];
  const rows = processors.map(rowOf);
  const keys = processors.map((one) => String(one.id));
  const frequencies = hideEmptyColumns(table('frequencies', l10n.t('CPU Frequencies'), columns(), rows, keys));
  const facts = factsOf(result);
  return facts.length === 0 ? [frequencies] : [frequencies, { kind: 'facts', items: facts }];
}

function columns(): readonly Column[] {
  return [
    column('cpu', l10n.t('CPU'), 'plain'),
    column('now', l10n.t('Frequency'), 'hertz'),
    column('min', l10n.t('Least'), 'hertz'),
    column('max', l10n.t('Greatest'), 'hertz'),
    column('governor', l10n.t('Governor')),
    column('throttled', l10n.t('Slowed down'), 'number', l10n.t('How often it was slowed down because it was hot')),
    hidden(column('throttledMs', l10n.t('Slowed down for'), 'milliseconds')),
    hidden(column('package', l10n.t('Slowed down with its package'), 'number')),
    hidden(column('allowed', l10n.t('Allowed now'), 'hertz')),
    hidden(column('driver', l10n.t('Driver'))),
    hidden(column('preference', l10n.t('Preference'))),
  ];
}

function rowOf(one: SensorProcessor): readonly Cell[] {
  return [
    one.id,
    one.hertz,
    one.minHertz,
    one.maxHertz,
    one.governor,
    markedCell(one.throttled?.coreCount ?? null, one.throttledNow === true ? 'warning' : 'ok'),
    one.throttled?.coreMs ?? null,
    one.throttled?.packageCount ?? null,
    one.allowedMaxHertz,
    one.driver,
    one.preference,
  ];
}

function factsOf({ boost }: SensorsResult): readonly Fact[] {
  if (boost === null) return [];
  return [
    {
      label: l10n.t('Boost'),
      value: boost ? l10n.t('allowed') : l10n.t('switched off'),
      note: l10n.t('whether a CPU may go beyond its nominal frequency'),
    },
  ];
}
