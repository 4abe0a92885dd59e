import * as l10n from '@vscode/l10n';
import type { Block, Fact, Report, SeriesBlock } from '../../../report/model';
import type { RecordResult } from '../core/snapshot/record';
import { memoryUsed, type ReplayResult } from '../core/snapshot/replay';
import type { Snapshot } from '../core/snapshot/schema';
import { snapshotTables } from './snapshot/tables';
import { createWords } from './words';
import { machineName } from '../core/machineName';

export function snapshotReport(snapshot: Snapshot): Report {
  return {
    title: l10n.t('Snapshot of {0}', snapshot.hostName ?? machineName(snapshot.machine)),
    verdict: l10n.t('Taken on {0}.', summaryOf(snapshot)),
    status: 'info',
    blocks: [factsOf(snapshot), ...snapshotTables(snapshot)],
  };
}

function summaryOf({ processes, sockets, mounts, units, hostName, machine }: Snapshot): string {
  const listening = sockets.filter(({ state }) => state === 'listening').length;
  const failed = units?.filter(({ state }) => state === 'failed').length ?? 0;
  const host = hostName ?? machineName(machine);
  const counted = l10n.t(
    '{0}: processes {1}, listening sockets {2}, mounts {3}',
    host,
    processes.length,
    listening,
    mounts.length,
  );
  return failed === 0 ? counted : l10n.t('{0}, failed units {1}', counted, failed);
}

function factsOf({ takenAtMs, kernel, bootedAtMs, figures, hostName, machine }: Snapshot): Block {
  const words = createWords();
  const used = memoryUsed(figures);
  const memory = used === null ? null : l10n.t('{0} of {1}', words.bytes(used), words.bytes(figures.memoryTotalBytes));
  const { load } = figures;
  const items: readonly Fact[] = [
    { label: l10n.t('Taken'), value: takenAtMs, unit: 'time' },
    { label: l10n.t('Host'), value: hostName ?? machineName(machine) },
    { label: l10n.t('System'), value: kernel },
    { label: l10n.t('Started'), value: bootedAtMs, unit: 'time' },
    { label: l10n.t('Uptime'), value: figures.uptimeSeconds, unit: 'seconds' },
    {
      label: l10n.t('Load'),
      value: load === null ? null : [load.one, load.five, load.fifteen].map((one) => one.toFixed(2)).join('  '),
      note: l10n.t('over 1, 5 and 15 minutes'),
    },
    { label: l10n.t('Memory'), value: memory },
  ];
  return { kind: 'facts', items: items.filter(({ value }) => value !== null) };
}

export function recordReport(result: RecordResult): Report {
  const { count, sizeBytes, maxBytes, sinceMs, lastMs, lastSizeBytes, machine } = result;
  const words = createWords();
  const size = words.bytes(sizeBytes);
  const items: readonly Fact[] = [
    { label: l10n.t('Recordings'), value: count, unit: 'number' },
    {
      label: l10n.t('Size on disk'),
      value: sizeBytes,
      unit: 'bytes',
      note: l10n.t('at most {0}', words.bytes(maxBytes)),
    },
    { label: l10n.t('Oldest'), value: sinceMs, unit: 'time' },
    { label: l10n.t('Last'), value: lastMs, unit: 'time' },
    { label: l10n.t('Size of the last'), value: lastSizeBytes, unit: 'bytes' },
  ];
  return {
    title: l10n.t('Flight Recorder of {0}', machineName(machine)),
    verdict:
      count === 1
        ? l10n.t('Recording {0}: 1 snapshot so far, {1} on disk.', machineName(machine), size)
        : l10n.t('Recording {0}: {1} snapshots so far, {2} on disk.', machineName(machine), words.number(count), size),
    status: 'ok',
    blocks: [{ kind: 'facts', items: items.filter(({ value }) => value !== null) }],
    actions: [{ kind: 'tool', label: l10n.t('Replay'), tool: 'system.replay', input: {} }],
  };
}

export function replayReport(result: ReplayResult): Report {
  const { snapshot, timesMs, shown } = result;
  const compareInput = { before: `recording:${snapshot.takenAtMs}`, after: 'now' };
  return {
    title: l10n.t('Recordings of {0}', snapshot.hostName ?? machineName(snapshot.machine)),
    verdict: l10n.t('Recorded then on {0}.', summaryOf(snapshot)),
    status: 'info',
    moments: { times: timesMs, shown },
    blocks: [factsOf(snapshot), ...charts(result), ...snapshotTables(snapshot)],
    actions: [{ kind: 'tool', label: l10n.t('Compare with Now'), tool: 'system.compare', input: compareInput }],
  };
}

/** Over the whole span of the recordings; one of them makes no chart. */
function charts({ history, memoryTotalBytes }: ReplayResult): readonly SeriesBlock[] {
  const { timesMs: times } = history;
  if (times.length < 2) return [];
  const chart = (
    id: string,
    title: string,
    unit: SeriesBlock['unit'],
    values: readonly (number | null)[],
    max: number | null,
  ): SeriesBlock => ({
    kind: 'series',
    id,
    title,
    unit,
    times,
    min: 0,
    ...(max === null ? {} : { max }),
    lines: [{ label: title, values }],
  });
  return [
    chart('cpu', l10n.t('CPU Use'), 'percent', history.cpuPercent, 100),
    chart('memory', l10n.t('Memory Use'), 'bytes', history.memoryUsedBytes, memoryTotalBytes),
    chart('load', l10n.t('Load over 1 Minute'), 'number', history.loadOne, null),
    chart('processes', l10n.t('Number of Processes'), 'number', history.processes, null),
  ];
}
