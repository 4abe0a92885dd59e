import * as l10n from '@vscode/l10n';
import type { Cell, RowAction, SectionBlock, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { ProcessResult } from '../../core/process/schema/process';
import type { Relative } from '../../core/process/schema/relatives';
import { column, hidden, table } from '../table';
import type { Words } from '../words';
import { moreBlocks, part } from './parts';
import { line } from '../words';
import { stateText } from '../processWords';

type Row = Pick<Relative, 'pid' | 'startTicks' | 'name' | 'state'> & Partial<Relative>;

export function relativesSection(result: ProcessResult, words: Words): SectionBlock {
  const { children, childrenTotal, parents } = result.relatives;
  const direct = children.filter((one) => one.parentPid === result.process.pid).length;
  return part({
    title: l10n.t('Parents and Children'),
    summary:
      childrenTotal === 0
        ? l10n.t('It has no children.')
        : l10n.t('Descendants: {0}, of which {1} are its own children.', words.number(childrenTotal), direct),
    open: childrenTotal > 0,
    blocks: [familyTable(result, [...parents].reverse(), children), ...moreBlocks(children.length, childrenTotal)],
  });
}

function familyTable(result: ProcessResult, ancestors: readonly Relative[], children: readonly Relative[]): TableBlock {
  const columns = [
    column('name', l10n.t('Name')),
    column('pid', l10n.t('PID'), 'plain'),
    column('relation', l10n.t('Relation')),
    column('state', l10n.t('State')),
    column('user', l10n.t('User')),
    column('cpu', l10n.t('CPU'), 'percent', l10n.t('Of one CPU')),
    column('memory', l10n.t('Memory'), 'bytes', l10n.t('Resident')),
    column('threads', l10n.t('Threads'), 'number'),
    column('started', l10n.t('Started'), 'time'),
    hidden(column('parent', l10n.t('Parent'), 'plain')),
  ];
  const own = ownRow(result);
  const list: readonly Row[] = [...ancestors, own, ...children];
  const rows = list.map((one, index) => rowOf(one, index - ancestors.length));
  const keys = list.map((one) => String(one.pid));
  return {
    ...table('family', null, columns, rows, keys),
    parents: parentIndices(list, ancestors.length),
    menu: { actions: menuActions(), inputs: list.map(({ pid, startTicks }) => ({ pid, startTicks })) },
  };
}

function ownRow({ process, threads }: ProcessResult): Row {
  const { pid, parentPid, name, state, user, startTicks, startedAtMs, cpu, memory } = process;
  const residentBytes = process.kernelThread ? null : memory.residentBytes;
  const cpuPercent = cpu.percent;
  return {
    pid,
    parentPid,
    name,
    state,
    user,
    startTicks,
    startedAtMs,
    cpuPercent,
    residentBytes,
    threads: threads.total,
  };
}

/** `distance`: 0 is the process itself, less is a parent. */
function rowOf(one: Row, distance: number): readonly Cell[] {
  const name = visibleLine(one.name);
  return [
    distance === 0 ? { text: name, status: 'info' } : name,
    one.pid,
    distance < 0 ? l10n.t('parent') : distance === 0 ? l10n.t('this one') : l10n.t('child'),
    one.state === 'zombie' ? { text: stateText(one.state), status: 'warning' } : stateText(one.state),
    line(one.user ?? null),
    one.cpuPercent ?? null,
    one.residentBytes ?? null,
    one.threads ?? null,
    one.startedAtMs ?? null,
    one.parentPid ?? null,
  ];
}

/** Above stands one parent over the other; below, children stand after their parents. */
function parentIndices(list: readonly Row[], ancestors: number): readonly (number | null)[] {
  const places = new Map(list.map((one, index) => [one.pid, index]));
  return list.map((one, index) => {
    if (index <= ancestors) return index === 0 ? null : index - 1;
    return places.get(one.parentPid ?? -1) ?? ancestors;
  });
}

function menuActions(): readonly RowAction[] {
  return [
    { label: l10n.t('Show in Depth'), tool: 'system.process' },
    { label: l10n.t('Terminate…'), tool: 'system.terminate', group: true },
    { label: l10n.t('Send Signal…'), tool: 'system.signal' },
    { label: l10n.t('Suspend…'), tool: 'system.suspend' },
    { label: l10n.t('Resume…'), tool: 'system.resume' },
    { label: l10n.t('Set Nice…'), tool: 'system.nice' },
  ];
}
