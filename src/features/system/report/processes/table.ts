import * as l10n from '@vscode/l10n';
import type { Cell, RowAction, TableBlock } from '../../../../report/model';
import { rowsOnDemand } from '../../../../report/rowsOnDemand';
import { isSelective } from '../../core/processes/query';
import type { ProcessesResult, ProcessEntry, SortKey } from '../../core/processes/schema';
import { processColumns } from './columns';
import { processTexts } from './texts';

/** The column of each order that a query may ask for. */
const SORT_COLUMNS = {
  cpu: 'cpu',
  memory: 'memory',
  io: 'read',
  fds: 'fds',
  threads: 'threads',
  started: 'started',
  pid: 'pid',
  name: 'name',
} as const satisfies Record<SortKey, string>;

/** All processes of the result as a list, and as a tree where it has them with their parents. */
export function processTable({ processes, filter }: ProcessesResult): TableBlock {
  const columns = processColumns(filter);
  const texts = processTexts();
  const rowAt = (index: number): readonly Cell[] => {
    const entry = processes[index];
    return entry === undefined ? [] : columns.map((one) => one.cell(entry, texts));
  };
  const ascending = filter.sort === 'pid' || filter.sort === 'name';
  return {
    kind: 'table',
    id: 'processes',
    columns: columns.map((one) => one.column),
    rows: rowsOnDemand(processes.length, rowAt),
    rowKeys: processes.map((entry) => `${entry.pid}:${entry.startTicks}`),
    // Of a choice, the order counts, and most parents are not there.
    ...(isSelective(filter) && !filter.tree ? {} : { parents: parentsOf(processes) }),
    // Read and written are two columns; sorted by both together, the rows stand as they are.
    ...(filter.sort === 'io'
      ? {}
      : { sort: { column: SORT_COLUMNS[filter.sort], direction: ascending ? 'ascending' : 'descending' } as const }),
    menu: { actions: rowActions(), inputs: processes.map(({ pid, startTicks }) => ({ pid, startTicks })) },
    empty: l10n.t('No process fits.'),
  };
}

function parentsOf(processes: readonly ProcessEntry[]): readonly (number | null)[] {
  const rowOf = new Map(processes.map((entry, row) => [entry.pid, row]));
  return processes.map(({ pid, parentPid }) => (parentPid === pid ? null : (rowOf.get(parentPid) ?? null)));
}

function rowActions(): readonly RowAction[] {
  return [
    { label: l10n.t('Show in Depth'), tool: 'system.process' },
    { label: l10n.t('Show Its Sockets'), tool: 'system.sockets' },
    { label: l10n.t('Terminate…'), tool: 'system.terminate', group: true },
    { label: l10n.t('Kill…'), tool: 'system.signal', input: { signal: 'KILL' } },
    { label: l10n.t('Send Signal…'), tool: 'system.signal' },
    { label: l10n.t('Suspend…'), tool: 'system.suspend' },
    { label: l10n.t('Resume…'), tool: 'system.resume' },
    { label: l10n.t('Change Nice…'), tool: 'system.nice', group: true },
    { label: l10n.t('Change I/O Priority…'), tool: 'system.ionice' },
    { label: l10n.t('Change CPU Affinity…'), tool: 'system.affinity' },
    { label: l10n.t('Change Limits…'), tool: 'system.limit' },
  ];
}
