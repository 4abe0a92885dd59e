import * as l10n from '@vscode/l10n';
import type { Cell, Column, Fact, SectionBlock, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { GroupRow, MemoryFinding, MemoryResult } from '../../core/memory/schema';
import { barCell, column, hidden, markedCell, table } from '../table';
import type { Words } from '../words';

/** The control group in which Opsdeck runs there: in a container, its limits are those that count. */
export function ownGroupSection({ ownGroup, findings }: MemoryResult, words: Words): SectionBlock | null {
  if (ownGroup === null) return null;
  const level = findings.find(({ subject }) => subject === ownGroup.path)?.severity;
  const limited = ownGroup.maxBytes !== null || ownGroup.cpuMaxCores !== null;
  const facts: readonly Fact[] = [
    { label: l10n.t('Control group'), value: visibleLine(ownGroup.path), code: true },
    { label: l10n.t('Memory used, with cache'), value: ownGroup.memoryBytes, unit: 'bytes' },
    { label: l10n.t('Memory used, without inactive cache'), value: ownGroup.workingSetBytes, unit: 'bytes' },
    { label: l10n.t('Memory limit'), value: ownGroup.maxBytes ?? l10n.t('none'), unit: 'bytes' },
    { label: l10n.t('Memory used of the limit'), value: barCell(ownGroup.usedOfMaxPercent), unit: 'percent' },
    { label: l10n.t('Slowed down from'), value: ownGroup.highBytes, unit: 'bytes' },
    { label: l10n.t('Came up to the limit'), value: ownGroup.maxEvents, unit: 'number', note: l10n.t('times') },
    { label: l10n.t('Out-of-memory kills'), value: ownGroup.oomKills, unit: 'number' },
    { label: l10n.t('Swap used'), value: ownGroup.swapBytes, unit: 'bytes' },
    { label: l10n.t('CPU used, in cores'), value: ownGroup.cpuCores, unit: 'number' },
    { label: l10n.t('CPU limit, in cores'), value: ownGroup.cpuMaxCores, unit: 'number' },
    {
      label: l10n.t('Held back now'),
      value: ownGroup.throttledPercent,
      unit: 'percent',
      note: l10n.t('of the periods'),
    },
    { label: l10n.t('Held back in all'), value: ownGroup.throttledSeconds, unit: 'seconds' },
    { label: l10n.t('Tasks'), value: ownGroup.pids, unit: 'number' },
    { label: l10n.t('Limit of tasks'), value: ownGroup.pidsMax, unit: 'number' },
  ];
  return {
    kind: 'section',
    title: l10n.t('Control Group of Opsdeck'),
    ...(level === undefined ? {} : { status: level }),
    summary:
      ownGroup.maxBytes === null
        ? l10n.t('No limit of memory below what the host has.')
        : l10n.t('Limited to {0} of memory.', words.bytes(ownGroup.maxBytes)),
    collapsed: !limited && level === undefined,
    blocks: [{ kind: 'facts', items: facts.filter(({ value }) => value !== null) }],
  };
}

export function groupsTable({ groups, findings }: MemoryResult): TableBlock | null {
  if (groups === null) return null;
  const index = new Map(groups.map(({ path }, at) => [path, at]));
  return {
    ...table(
      'groups',
      l10n.t('Control Groups'),
      columns(),
      groups.map((one) => cells(one, findings)),
      groups.map(({ path }) => path),
    ),
    parents: groups.map(({ path }) => parentOf(path, index)),
    empty: l10n.t('No control groups are mounted.'),
  };
}

/** The next one above that is in the table; the root is no parent, or all would stand below it. */
function parentOf(path: string, index: ReadonlyMap<string, number>): number | null {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const parent = index.get(path.slice(0, end));
    if (parent !== undefined) return parent;
  }
  return null;
}

function columns(): readonly Column[] {
  return [
    column('group', l10n.t('Control group')),
    column('memory', l10n.t('Memory'), 'bytes', l10n.t('Page cache included')),
    column('max', l10n.t('Limit'), 'bytes'),
    column('used%', l10n.t('Used of limit'), 'percent'),
    column('oom', l10n.t('OOM kills'), 'number', l10n.t('Processes ended because memory ran out')),
    column('cpu', l10n.t('CPU, in cores'), 'number'),
    column('throttled', l10n.t('Held back'), 'percent', l10n.t('Of the periods, by its CPU limit')),
    column(
      'pressure',
      l10n.t('Memory pressure'),
      'percent',
      l10n.t('Some task waited for memory, in the last 10 seconds'),
    ),
    column('pids', l10n.t('Tasks'), 'number'),
    hidden(column('high', l10n.t('Slowed down from'), 'bytes')),
    hidden(column('swap', l10n.t('Swap'), 'bytes')),
    hidden(column('cpuMax', l10n.t('CPU limit, in cores'), 'number')),
    hidden(column('throttledTotal', l10n.t('Held back in all'), 'seconds')),
    hidden(
      column('stall', l10n.t('Memory stall'), 'percent', l10n.t('All tasks waited for memory, in the last 10 seconds')),
    ),
    hidden(column('maxEvents', l10n.t('Came up to the limit'), 'number')),
    hidden(column('pidsMax', l10n.t('Limit of tasks'), 'number')),
    hidden(column('version', l10n.t('Version'), 'plain')),
  ];
}

function cells(one: GroupRow, findings: readonly MemoryFinding[]): readonly Cell[] {
  const level = (kind: MemoryFinding['kind']) =>
    findings.find((finding) => finding.kind === kind && finding.subject === one.path)?.severity ?? 'ok';
  return [
    visibleLine(one.path),
    one.memoryBytes,
    one.maxBytes,
    barCell(one.usedOfMaxPercent, level('limit')),
    markedCell(one.oomKills, (one.oomKills ?? 0) > 0 ? 'warning' : 'ok'),
    one.cpuCores,
    markedCell(one.throttledPercent, level('throttled')),
    markedCell(one.memoryPressurePercent, level('stalled')),
    one.pids,
    one.highBytes,
    one.swapBytes,
    one.cpuMaxCores,
    one.throttledSeconds,
    one.memoryStallPercent,
    one.maxEvents,
    one.pidsMax,
    one.version,
  ];
}
