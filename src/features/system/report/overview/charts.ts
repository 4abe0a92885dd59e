import * as l10n from '@vscode/l10n';
import type { SeriesBlock, SeriesLine } from '../../../../report/model';
import type { History, SystemOverview } from '../../core/overview/schema/overview';

/** A chart that has just begun is as wide as one that has run for a minute. */
const spanMs = 60_000;

/** What has happened since somebody has been looking. */
export function charts({
  history,
  memory,
  swap,
  cpu,
  interfaces,
  blockDevices,
}: SystemOverview): readonly SeriesBlock[] {
  const blocks: SeriesBlock[] = [];
  if (cpu !== null) blocks.push(cpuChart(history));
  if (memory !== null) blocks.push(memoryChart(history, memory.totalBytes, swap?.totalBytes ?? 0));
  if (interfaces.length > 0) blocks.push(networkChart(history));
  if (blockDevices.length > 0) blocks.push(diskChart(history));
  return blocks;
}

function networkChart(history: History): SeriesBlock {
  return {
    kind: 'series',
    id: 'network',
    title: l10n.t('Network Traffic'),
    unit: 'bytesPerSecond',
    times: history.timesMs,
    spanMs,
    min: 0,
    lines: [
      { label: l10n.t('Received'), values: history.networkReceivedBytesPerSecond },
      { label: l10n.t('Sent'), values: history.networkSentBytesPerSecond },
    ],
  };
}

function diskChart(history: History): SeriesBlock {
  return {
    kind: 'series',
    id: 'disk',
    title: l10n.t('Disk Traffic'),
    unit: 'bytesPerSecond',
    times: history.timesMs,
    spanMs,
    min: 0,
    lines: [
      { label: l10n.t('Read'), values: history.diskReadBytesPerSecond },
      { label: l10n.t('Written'), values: history.diskWrittenBytesPerSecond },
    ],
  };
}

/** Only virtual machines have steal, and not every system counts I/O wait. */
function cpuChart(history: History): SeriesBlock {
  const lines: readonly SeriesLine[] = [
    { label: l10n.t('User'), values: history.cpuUserPercent },
    { label: l10n.t('System'), values: history.cpuSystemPercent },
    { label: l10n.t('I/O wait'), values: history.cpuIowaitPercent },
    { label: l10n.t('Steal'), values: history.cpuStealPercent },
  ];
  const [user, system, ...others] = lines;
  return {
    kind: 'series',
    id: 'cpu',
    title: l10n.t('CPU Use'),
    unit: 'percent',
    times: history.timesMs,
    spanMs,
    stacked: true,
    min: 0,
    max: 100,
    lines: [user, system, ...others.filter(({ values }) => values.some((value) => value !== null && value > 0))].filter(
      (line) => line !== undefined,
    ),
  };
}

function memoryChart(history: History, totalBytes: number, swapTotalBytes: number): SeriesBlock {
  const swap = { label: l10n.t('Swap used'), values: history.swapUsedBytes };
  return {
    kind: 'series',
    id: 'memory',
    title: l10n.t('Memory Use'),
    unit: 'bytes',
    times: history.timesMs,
    spanMs,
    min: 0,
    max: Math.max(totalBytes, swapTotalBytes),
    lines: [
      { label: l10n.t('Used'), values: history.memoryUsedBytes },
      { label: l10n.t('Buffers and cache'), values: history.memoryCacheBytes },
      ...(swapTotalBytes > 0 ? [swap] : []),
    ],
  };
}
