import * as l10n from '@vscode/l10n';
import type { Cell, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { MemoryResult } from '../../core/memory/schema';
import { processMenu } from '../files/uses';
import { barCell, column, hidden, table } from '../table';

export function processesTable({ processes, exact }: MemoryResult): TableBlock | null {
  if (processes.length === 0) return null;
  const exactly = (one: ReturnType<typeof column>) => (exact ? one : hidden(one));
  const columns = [
    column('process', l10n.t('Process')),
    column('pid', l10n.t('PID'), 'plain'),
    column('user', l10n.t('User')),
    column('percent', l10n.t('Memory'), 'percent', l10n.t('RSS, of the memory of the machine')),
    column('rss', 'RSS', 'bytes', l10n.t('Resident, shared pages in full')),
    exactly(column('pss', 'PSS', 'bytes', l10n.t('Resident, each page divided by the number of its users'))),
    exactly(column('uss', 'USS', 'bytes', l10n.t('Would come free if it ended'))),
    column('swap', l10n.t('Swap'), 'bytes'),
    column('anonymous', l10n.t('Anonymous'), 'bytes', l10n.t('Resident, and no file backs it')),
    column('virtual', l10n.t('Address space'), 'bytes', l10n.t('The total of pmap')),
    hidden(column('file', l10n.t('Files'), 'bytes', l10n.t('Resident parts of mapped files'))),
    hidden(column('shared', l10n.t('Shared'), 'bytes', l10n.t('Shared memory and tmpfs'))),
    hidden(column('dirty', l10n.t('Dirty'), 'bytes', l10n.t('Resident and changed'))),
    hidden(column('swapPss', l10n.t('Swap, divided'), 'bytes')),
  ];
  const rows = processes.map((one): readonly Cell[] => [
    visibleLine(one.name),
    one.pid,
    one.user,
    barCell(one.percent),
    one.residentBytes,
    one.exact?.proportionalBytes ?? null,
    one.exact?.uniqueBytes ?? null,
    one.swapBytes,
    one.anonymousBytes,
    one.virtualBytes,
    one.fileBytes,
    one.sharedBytes,
    one.exact?.dirtyBytes ?? null,
    one.exact?.swapProportionalBytes ?? null,
  ]);
  const keys = processes.map(({ pid, startTicks }) => `${pid} ${startTicks}`);
  return {
    ...table('processes', l10n.t('Processes with Most Memory'), columns, rows, keys),
    menu: processMenu(processes),
  };
}
