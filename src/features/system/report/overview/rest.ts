import * as l10n from '@vscode/l10n';
import type { Block, Cell, SectionBlock } from '../../../../report/model';
import { levelOf, SENSOR_KINDS } from '../../core/overview/levels';
import type { Part, SystemOverview } from '../../core/overview/schema/overview';
import { section } from './section';
import { barCell, column, markedCell, table } from '../table';
import type { Words } from '../words';
import { batteryStateText, fanColumns, temperatureColumns } from '../sensors/shared';

export function sensorsSection(overview: SystemOverview, words: Words): SectionBlock | null {
  const { temperatures, fans, batteries } = overview.sensors;
  const blocks = [temperatureTable(overview), fanTable(overview), batteryTable(overview)].filter((one) => one !== null);
  if (blocks.length === 0) return null;
  const hottest = temperatures.reduce((most, one) => Math.max(most, one.celsius), Number.NEGATIVE_INFINITY);
  const degrees = words.celsius(hottest);
  return section(overview, words, {
    title: l10n.t('Sensors'),
    kinds: SENSOR_KINDS,
    quiet:
      temperatures.length === 0
        ? l10n.t('Fans: {0}; batteries: {1}.', fans.length, batteries.length)
        : l10n.t('The highest of {0} temperatures is {1}.', temperatures.length, degrees),
    blocks,
  });
}

function temperatureTable(overview: SystemOverview): Block | null {
  const { temperatures } = overview.sensors;
  if (temperatures.length === 0) return null;
  const rows = temperatures.map((one): readonly Cell[] => [
    one.chip,
    one.label,
    markedCell(one.celsius, levelOf(overview, ['temperatureHigh'], `${one.chip} ${one.label}`)),
    one.highCelsius,
    one.criticalCelsius,
  ]);
  return table(
    'temperatures',
    l10n.t('Temperatures'),
    temperatureColumns(),
    rows,
    temperatures.map((one) => one.id),
  );
}

function fanTable({ sensors }: SystemOverview): Block | null {
  const { fans } = sensors;
  if (fans.length === 0) return null;
  const rows = fans.map((one): readonly Cell[] => [one.chip, one.label, one.rpm]);
  return table(
    'fans',
    l10n.t('Fans'),
    fanColumns(),
    rows,
    fans.map((one) => one.id),
  );
}

function batteryTable(overview: SystemOverview): Block | null {
  const { batteries } = overview.sensors;
  if (batteries.length === 0) return null;
  const columns = [
    column('battery', l10n.t('Battery')),
    column('charge', l10n.t('Charge'), 'percent'),
    column('state', l10n.t('State')),
    column('left', l10n.t('Time left'), 'seconds'),
    column('power', l10n.t('Power'), 'watts'),
    column('health', l10n.t('Health'), 'percent', l10n.t('What it can hold, of what it could when new')),
    column('cycles', l10n.t('Cycles'), 'number'),
    column('model', l10n.t('Model')),
  ];
  const rows = batteries.map((one): readonly Cell[] => [
    one.name,
    barCell(one.chargePercent, levelOf(overview, ['batteryLow'], one.name)),
    batteryStateText(one.state),
    one.secondsLeft,
    one.powerWatts,
    one.healthPercent,
    one.cycles,
    one.model,
  ]);
  return table(
    'batteries',
    l10n.t('Batteries'),
    columns,
    rows,
    batteries.map((one) => one.name),
  );
}

export function usersSection(overview: SystemOverview, words: Words): SectionBlock {
  const { list, unavailable } = overview.users;
  const columns = [
    column('user', l10n.t('User')),
    column('terminal', l10n.t('Terminal')),
    column('host', l10n.t('Logged in from')),
    column('since', l10n.t('Logged in since'), 'time'),
  ];
  const rows = list.map((one): readonly Cell[] => [one.user, one.terminal, one.host, one.sinceMs]);
  const keys = list.map((one) => `${one.terminal} ${one.user} ${one.pid ?? ''}`);
  const quiet =
    unavailable ?? (list.length === 0 ? l10n.t('Nobody is logged in.') : l10n.t('Logged in: {0}.', list.length));
  const blocks = list.length === 0 ? [] : [table('users', null, columns, rows, keys)];
  return section(overview, words, { title: l10n.t('Users'), kinds: [], quiet, blocks });
}

export function problemsSection({ problems }: SystemOverview): SectionBlock | null {
  if (problems.length === 0) return null;
  const columns = [
    column('source', l10n.t('Source')),
    column('reason', l10n.t('Reason')),
    column('missing', l10n.t('Not known, or only in part')),
  ];
  const rows = problems.map((one): readonly Cell[] => [one.source, one.message, partText(one.missing)]);
  const keys = problems.map((one) => `${one.source} ${one.missing}`);
  return {
    kind: 'section',
    title: l10n.t('What Could Not Be Read'),
    status: 'info',
    summary: l10n.t('Sources that could not be read, or not wholly: {0}.', problems.length),
    blocks: [table('problems', null, columns, rows, keys)],
  };
}

function partText(part: Part): string {
  switch (part) {
    case 'cpu':
      return l10n.t('CPU');
    case 'load':
      return l10n.t('Load');
    case 'memory':
      return l10n.t('Memory');
    case 'paging':
      return l10n.t('Swapping and page faults');
    case 'uptime':
      return l10n.t('Uptime');
    case 'pressure':
      return l10n.t('Pressure');
    case 'controlGroup':
      return l10n.t('Control Group');
    case 'fileSystems':
      return l10n.t('File Systems');
    case 'blockDevices':
      return l10n.t('Block Devices');
    case 'interfaces':
      return l10n.t('Interfaces');
    case 'sensors':
      return l10n.t('Sensors');
    case 'host':
      return l10n.t('Host');
    case 'users':
      return l10n.t('Users');
  }
}
