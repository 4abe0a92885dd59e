import * as l10n from '@vscode/l10n';
import type { Block, Cell } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { FilesResult, ProcessFiles } from '../../core/files/schema';
import { column, hidden, markedCell, table } from '../table';
import { processMenu } from './uses';

/** Of its limit; at 100 percent open(2) fails. */
const NEAR_LIMIT = 0.8;

export function summaryBlocks(result: FilesResult): readonly Block[] {
  const { openFiles, openFilesLimit, processes, deletedDiskBytes, deletedMemoryBytes } = result;
  // Newer kernels have no limit and write the greatest number.
  const limited = openFilesLimit !== null && openFilesLimit < 2 ** 53;
  return [
    {
      kind: 'facts',
      items: [
        {
          label: l10n.t('Open files of the machine'),
          value: openFiles,
          unit: 'number' as const,
          ...(limited ? { note: l10n.t('of {0}', openFilesLimit.toLocaleString('en')) } : {}),
        },
        { label: l10n.t('Held by deleted files on disks'), value: deletedDiskBytes, unit: 'bytes' as const },
        { label: l10n.t('Held by deleted files in memory'), value: deletedMemoryBytes, unit: 'bytes' as const },
      ].filter(({ value }) => value !== null),
    },
    processesTable(processes),
  ];
}

function processesTable(processes: readonly ProcessFiles[]): Block {
  const columns = [
    column('process', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('user', l10n.t('User')),
    column('open', l10n.t('Open'), 'number', l10n.t('File descriptors')),
    column('limit', l10n.t('Limit'), 'number', l10n.t('Most descriptors that it may have')),
    column('files', l10n.t('Files'), 'number'),
    column('sockets', l10n.t('Sockets'), 'number'),
    column('pipes', l10n.t('Pipes'), 'number'),
    column('deleted', l10n.t('Deleted'), 'bytes', l10n.t('Deleted files that it holds')),
    hidden(column('others', l10n.t('Others'), 'number', l10n.t('eventfd, epoll, timers and the like'))),
  ];
  const rows = processes.map((one): readonly Cell[] => [
    visibleLine(one.name),
    one.pid,
    one.user,
    markedCell(one.open, one.limit !== null && one.open >= one.limit * NEAR_LIMIT ? 'warning' : 'ok'),
    one.limit,
    one.files,
    one.sockets,
    one.pipes,
    one.deletedBytes === 0 ? null : one.deletedBytes,
    one.others,
  ]);
  const keys = processes.map(({ pid, startTicks }) => `${pid} ${startTicks}`);
  return {
    ...table('processes', l10n.t('Processes with Most Open Files'), columns, rows, keys),
    menu: processMenu(processes),
  };
}
