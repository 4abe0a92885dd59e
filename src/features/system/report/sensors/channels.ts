import * as l10n from '@vscode/l10n';
import type { Block, Cell, Status, TableBlock } from '../../../../report/model';
import type { SensorGauge, SensorsResult } from '../../core/sensors/schema';
import { column, hidden, markedCell, table } from '../table';
import { fanColumns, temperatureColumns } from './shared';

export function temperaturesTable(result: SensorsResult): TableBlock | null {
  const { temperatures } = result;
  if (temperatures.length === 0) return null;
  const columns = [
    ...temperatureColumns(),
    column('alarm', l10n.t('Alarm')),
    hidden(column('emergency', l10n.t('Emergency'), 'celsius', l10n.t('Limit named by the chip'))),
    hidden(column('low', l10n.t('Low'), 'celsius', l10n.t('Limit named by the chip'))),
    hidden(column('device', l10n.t('Device'))),
  ];
  const rows = temperatures.map((one): readonly Cell[] => [
    one.chip,
    one.label,
    markedCell(one.celsius, statusOf(result, one.id)),
    one.highCelsius,
    one.criticalCelsius,
    alarmCell(one.alarms, one.fault),
    one.emergencyCelsius,
    one.minCelsius,
    one.device,
  ]);
  return table(
    'temperatures',
    l10n.t('Temperatures'),
    columns,
    rows,
    temperatures.map((one) => one.id),
  );
}

export function channelBlocks(result: SensorsResult): readonly Block[] {
  return [fansTable(result), gaugesTable(result)].filter((block) => block !== null);
}

function fansTable(result: SensorsResult): TableBlock | null {
  const { fans } = result;
  if (fans.length === 0) return null;
  const columns = [...fanColumns(), column('min', l10n.t('Least'), 'rpm'), column('alarm', l10n.t('Alarm'))];
  const rows = fans.map((one): readonly Cell[] => [
    one.chip,
    one.label,
    markedCell(one.rpm, statusOf(result, one.id)),
    one.minRpm,
    alarmCell(one.alarms, one.fault),
  ]);
  return table(
    'fans',
    l10n.t('Fans'),
    columns,
    rows,
    fans.map((one) => one.id),
  );
}

function gaugesTable(result: SensorsResult): TableBlock | null {
  const { gauges } = result;
  if (gauges.length === 0) return null;
  const columns = [
    column('chip', l10n.t('Sensor')),
    column('label', l10n.t('Label')),
    column('kind', l10n.t('Kind')),
    column('value', l10n.t('Value'), 'number'),
    column('unit', l10n.t('Unit')),
    column('min', l10n.t('Low'), 'number'),
    column('max', l10n.t('High'), 'number'),
    column('critical', l10n.t('Critical'), 'number'),
    column('alarm', l10n.t('Alarm')),
  ];
  const rows = gauges.map((one): readonly Cell[] => [
    one.chip,
    one.label,
    kindText(one.kind),
    markedCell(one.value, statusOf(result, one.id)),
    one.unit,
    one.min,
    one.max,
    one.critical,
    alarmCell(one.alarms, one.fault),
  ]);
  const title = l10n.t('Voltages, Currents, Power and Others');
  return table(
    'gauges',
    title,
    columns,
    rows,
    gauges.map((one) => one.id),
  );
}

function kindText(kind: SensorGauge['kind']): string {
  switch (kind) {
    case 'voltage':
      return l10n.t('voltage');
    case 'current':
      return l10n.t('current');
    case 'power':
      return l10n.t('power');
    case 'energy':
      return l10n.t('energy');
    case 'humidity':
      return l10n.t('humidity');
    case 'intrusion':
      return l10n.t('case opened');
  }
}

export function statusOf({ findings }: SensorsResult, id: string): Status {
  return findings.find((one) => one.id === id)?.severity ?? 'ok';
}

function alarmCell(alarms: readonly string[], fault: boolean): Cell {
  if (fault) return { text: l10n.t('broken or not connected'), status: 'warning' };
  return alarms.length === 0 ? null : { text: alarms.join(l10n.t(', ')), status: 'warning' };
}
