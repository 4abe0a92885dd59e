import * as l10n from '@vscode/l10n';
import { bytesText, numberText, percentText, rateText } from '../figures';
import { fullestOf } from './fullest';
import { DISK_KINDS, FILE_SYSTEM_KINDS, levelOf, NETWORK_KINDS, SENSOR_KINDS } from './levels';
import type { SystemOverview } from './schema/overview';
import { item, type TreeItem } from '../treeItem';

export function fileSystemsItem(overview: SystemOverview): TreeItem | null {
  const { fileSystems } = overview;
  if (fileSystems.length === 0) return null;
  const children = fileSystems.map((one) => {
    const left = l10n.t('{0} left of {1}', bytesText(one.availableBytes), bytesText(one.totalBytes));
    const description = one.unavailable ?? `${percentText(one.usedPercent)} · ${left}`;
    const tooltip = [one.mountPoint, one.source, one.type, one.unavailable ?? left].join('\n');
    const status = levelOf(overview, FILE_SYSTEM_KINDS, one.mountPoint);
    return item(`fileSystem/${one.mountPoint}`, one.mountPoint, description, 'database', { tooltip, status });
  });
  const fullest = fullestOf(fileSystems);
  const description = fullest === null ? '' : l10n.t('fullest {0}', percentText(fullest.usedPercent));
  const status = levelOf(overview, FILE_SYSTEM_KINDS);
  return item('fileSystems', l10n.t('File Systems'), description, 'database', { children, status });
}

export function disksItem(overview: SystemOverview): TreeItem | null {
  const { blockDevices } = overview;
  if (blockDevices.length === 0) return null;
  const children = blockDevices.map((one) => {
    const name = one.alias === null ? one.name : `${one.name} (${one.alias})`;
    const rates = throughput('↓', one.readBytesPerSecond, '↑', one.writtenBytesPerSecond);
    const description = one.utilisationPercent === null ? rates : `${rates} · ${percentText(one.utilisationPercent)}`;
    const tooltip = l10n.t(
      '{0}: read {1}, written {2}',
      name,
      rateText(one.readBytesPerSecond),
      rateText(one.writtenBytesPerSecond),
    );
    return item(`disk/${one.name}`, name, description, 'save-all', {
      tooltip,
      status: levelOf(overview, DISK_KINDS, one.name),
    });
  });
  const description = String(children.length);
  return item('disks', l10n.t('Block Devices'), description, 'save-all', {
    children,
    status: levelOf(overview, DISK_KINDS),
  });
}

export function interfacesItem(overview: SystemOverview): TreeItem | null {
  const { interfaces } = overview;
  if (interfaces.length === 0) return null;
  const children = interfaces.map((one) => {
    const rates = throughput('↓', one.receivedBytesPerSecond, '↑', one.sentBytesPerSecond);
    const description = one.up === false ? l10n.t('down') : rates;
    const tooltip = l10n.t(
      '{0}: received {1}, sent {2}',
      one.name,
      rateText(one.receivedBytesPerSecond),
      rateText(one.sentBytesPerSecond),
    );
    return item(`interface/${one.name}`, one.name, description, one.up === false ? 'debug-disconnect' : 'plug', {
      tooltip,
      status: levelOf(overview, NETWORK_KINDS, one.name),
    });
  });
  const up = l10n.t('{0} of {1} up', interfaces.filter((one) => one.up === true).length, interfaces.length);
  return item('interfaces', l10n.t('Interfaces'), up, 'plug', { children, status: levelOf(overview, NETWORK_KINDS) });
}

function throughput(inSign: string, inRate: number | null, outSign: string, outRate: number | null): string {
  return `${inSign} ${rateText(inRate)}  ${outSign} ${rateText(outRate)}`;
}

export function sensorsItem(overview: SystemOverview): TreeItem | null {
  const { temperatures, fans, batteries } = overview.sensors;
  const children = [
    ...temperatures.map((one) => {
      const status = levelOf(overview, ['temperatureHigh'], `${one.chip} ${one.label}`);
      return item(`sensor/${one.id}`, `${one.chip} ${one.label}`, `${numberText(one.celsius, 1)} °C`, 'flame', {
        status,
      });
    }),
    ...fans.map((one) => item(`sensor/${one.id}`, `${one.chip} ${one.label}`, l10n.t('{0} rpm', one.rpm), 'sync')),
    ...batteries.map((one) => {
      const status = levelOf(overview, ['batteryLow'], one.name);
      return item(`sensor/${one.name}`, one.name, percentText(one.chargePercent), 'zap', { status });
    }),
  ];
  if (children.length === 0) return null;
  const hottest = Math.max(...temperatures.map((one) => one.celsius));
  const description = temperatures.length === 0 ? '' : l10n.t('hottest {0} °C', numberText(hottest, 0));
  return item('sensors', l10n.t('Sensors'), description, 'flame', {
    children,
    status: levelOf(overview, SENSOR_KINDS),
  });
}
