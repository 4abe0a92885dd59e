import * as l10n from '@vscode/l10n';
import type { Block, Report, SeriesBlock, Status } from '../../../report/model';
import type { SensorFinding, SensorsResult } from '../core/sensors/schema';
import { channelBlocks, temperaturesTable } from './sensors/channels';
import { powerBlocks } from './sensors/power';
import { processorBlocks } from './sensors/processors';
import { zoneBlocks } from './sensors/zones';
import { createWords, type Words } from './words';
import { machineName } from '../core/machineName';

export function sensorsReport(result: SensorsResult): Report {
  const words = createWords();
  const blocks: readonly (Block | null)[] = [
    temperaturesTable(result),
    temperatureChart(result),
    ...zoneBlocks(result),
    ...channelBlocks(result),
    ...powerBlocks(result),
    ...processorBlocks(result),
    deniedNote(result),
  ];
  return {
    title: l10n.t('Sensors of {0}', machineName(result.machine)),
    verdict: verdictOf(result, words),
    status: statusOf(result),
    blocks: blocks.filter((block) => block !== null),
  };
}

function statusOf(result: SensorsResult): Status {
  return result.findings[0]?.severity ?? (hasSensors(result) ? 'ok' : 'info');
}

function hasSensors({ temperatures, fans, gauges, zones, supplies }: SensorsResult): boolean {
  return temperatures.length + fans.length + gauges.length + zones.length + supplies.length > 0;
}

function verdictOf(result: SensorsResult, words: Words): string {
  const { findings } = result;
  if (!hasSensors(result)) return noSensorsText(result);
  if (findings.length === 0) return quietText(result, words);
  const told = findings
    .slice(0, 2)
    .map((one) => findingText(one, words))
    .join(l10n.t('; '));
  return findings.length > 2 ? l10n.t('{0}; and {1} more.', told, findings.length - 2) : l10n.t('{0}.', told);
}

function noSensorsText({ machine, virtual, processors }: SensorsResult): string {
  const host = machineName(machine);
  const measured = processors.some((one) => one.hertz !== null);
  if (virtual === true)
    return measured
      ? l10n.t('No sensors: {0} is a virtual machine, of which only the frequency of the CPUs is known.', host)
      : l10n.t('No sensors: {0} is a virtual machine.', host);
  return measured
    ? l10n.t('No sensors on {0}: only the frequency of its CPUs is known.', host)
    : l10n.t('No sensors on {0}: its kernel has no driver for them, or hides them.', host);
}

/** Such as "coretemp Core 3 is at 101 °C, critical is 100 °C", without a full stop. */
function findingText({ kind, subject, value, limit }: SensorFinding, words: Words): string {
  const degrees = words.celsius(value);
  const limitDegrees = words.celsius(limit);
  switch (kind) {
    case 'critical':
      return l10n.t('{0} is at {1}, critical is {2}', subject, degrees, limitDegrees);
    case 'high':
      return l10n.t('{0} is at {1}, high is {2}', subject, degrees, limitDegrees);
    case 'cold':
      return l10n.t('{0} is at {1}, too cold is below {2}', subject, degrees, limitDegrees);
    case 'alarm':
      return value === null
        ? l10n.t('{0} has an alarm', subject)
        : l10n.t('{0} has an alarm at {1}', subject, words.number(value));
    case 'fault':
      return l10n.t('the sensor {0} is broken or not connected', subject);
    case 'throttled':
      return value === 1
        ? l10n.t('CPU {0} is being slowed down because it is hot', subject)
        : l10n.t('{0} CPUs are being slowed down because they are hot', words.number(value));
    case 'batteryLow':
      return l10n.t('battery {0} is at {1}', subject, words.percent(value));
    case 'intrusion':
      return l10n.t('{0}: the case was opened', subject);
  }
}

function quietText(result: SensorsResult, words: Words): string {
  const { temperatures, zones, fans, supplies } = result;
  const degrees = [
    ...temperatures.map((one) => ({ name: `${one.chip} ${one.label}`, celsius: one.celsius })),
    ...zones.map((one) => ({ name: one.type, celsius: one.celsius })),
  ].filter((one) => one.celsius !== null);
  const hottest = degrees.reduce<(typeof degrees)[number] | undefined>(
    (most, one) => (most === undefined || (one.celsius ?? 0) > (most.celsius ?? 0) ? one : most),
    undefined,
  );
  const battery = supplies.find((one) => one.battery !== null && !one.battery.peripheral)?.battery;
  const parts = [
    hottest === undefined ? null : l10n.t('the highest is {0} at {1}', hottest.name, words.celsius(hottest.celsius)),
    fans.length === 0 ? null : l10n.t('{0} fans turn', fans.filter((fan) => (fan.rpm ?? 0) > 0).length),
    battery == null ? null : l10n.t('the battery is at {0}', words.percent(battery.chargePercent)),
  ].filter((part) => part !== null);
  return parts.length === 0
    ? l10n.t('No sensor is out of its limits.')
    : l10n.t('No sensor is out of its limits: {0}.', parts.join(l10n.t(', ')));
}

/** One reading makes no chart. */
function temperatureChart({ history }: SensorsResult): SeriesBlock | null {
  if (history.timesMs.length < 2 || history.lines.length === 0) return null;
  return {
    kind: 'series',
    id: 'temperatures',
    title: l10n.t('Temperatures'),
    unit: 'celsius',
    times: history.timesMs,
    spanMs: 60_000,
    lines: history.lines.map(({ label, celsius }) => ({ label, values: celsius })),
  };
}

function deniedNote({ denied }: SensorsResult): Block | null {
  if (denied.length === 0) return null;
  const text = l10n.t('Only root may read {0} files, such as {1}.', denied.length, denied[0] ?? '');
  return { kind: 'text', style: 'note', text };
}
