import * as l10n from '@vscode/l10n';
import type { Cell, Fact, SectionBlock, TableBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { ProcessResult } from '../../core/process/schema/process';
import type { Thread } from '../../core/process/schema/threads';
import { code, column, hidden, table } from '../table';
import type { Words } from '../words';
import { known, moreBlocks, part, severityOf } from './parts';
import { ioText, stateText } from '../processWords';

export function threadsSection(result: ProcessResult, words: Words): SectionBlock {
  const { threads, thread } = result;
  const running = threads.list.filter((one) => one.state === 'running').length;
  return part({
    title: l10n.t('Threads'),
    summary: l10n.t('In all {0}, of which {1} run or are ready to.', words.number(threads.total), running),
    open: threads.total > 1,
    blocks: [threadsTable(threads.list, thread), ...moreBlocks(threads.list.length, threads.total)],
  });
}

function threadsTable(list: readonly Thread[], asked: number | null): TableBlock {
  const columns = [
    column('tid', l10n.t('TID'), 'plain', l10n.t('Number of the thread')),
    column('name', l10n.t('Name')),
    column('state', l10n.t('State')),
    column('cpu', l10n.t('CPU'), 'percent', l10n.t('Of one CPU')),
    column('user', l10n.t('User time'), 'milliseconds'),
    column('system', l10n.t('System time'), 'milliseconds', l10n.t('In the kernel')),
    column('nice', l10n.t('Nice'), 'plain'),
    column('core', l10n.t('Last CPU'), 'plain'),
    code(column('wchan', l10n.t('Waits in'), undefined, l10n.t('Function of the kernel in which it sleeps'))),
    hidden(column('realtime', l10n.t('Real-time priority'), 'plain')),
    hidden(column('started', l10n.t('Started'), 'time')),
  ];
  const rows = list.map((one): readonly Cell[] => [
    asked === one.tid ? { value: one.tid, status: 'info' } : one.tid,
    visibleLine(one.name),
    one.state === 'disk-sleep' ? { text: stateText(one.state), status: 'warning' } : stateText(one.state),
    one.cpuPercent,
    one.userMs,
    one.systemMs,
    one.nice,
    one.cpu,
    one.waitChannel,
    one.realtimePriority,
    one.startedAtMs,
  ]);
  const keys = list.map((one) => String(one.tid));
  return { ...table('threads', null, columns, rows, keys), sort: { column: 'cpu', direction: 'descending' } };
}

export function schedulingSection(result: ProcessResult, words: Words): SectionBlock {
  const { process, scheduling, controlGroup } = result;
  const status = severityOf(result, ['cpuWaited', 'throttled']);
  const nice = process.nice ?? '–';
  const percent = words.percent(scheduling.waitedPercent);
  const summary =
    scheduling.waitedPercent === null
      ? l10n.t('Nice {0}.', nice)
      : l10n.t('Nice {0}; its main thread was ready but had to wait {1} of the time.', nice, percent);
  return part({
    title: l10n.t('Scheduling'),
    summary,
    status,
    blocks: [
      { kind: 'facts', items: timeFacts(result) },
      { kind: 'facts', title: l10n.t('Priorities'), items: priorityFacts(result) },
      ...(controlGroup === null
        ? []
        : [{ kind: 'facts' as const, title: l10n.t('CPU of Its Control Group'), items: groupFacts(controlGroup) }]),
    ],
  });
}

function timeFacts({ process: { cpu, contextSwitches }, scheduling }: ProcessResult): readonly Fact[] {
  return known([
    { label: l10n.t('User time'), value: cpu.userMs, unit: 'milliseconds' },
    { label: l10n.t('System time'), value: cpu.systemMs, unit: 'milliseconds', note: l10n.t('in the kernel') },
    { label: l10n.t('User time of children'), value: cpu.childrenUserMs, unit: 'milliseconds', note: endedNote() },
    { label: l10n.t('System time of children'), value: cpu.childrenSystemMs, unit: 'milliseconds', note: endedNote() },
    { label: l10n.t('Waited for storage'), value: cpu.ioWaitMs, unit: 'milliseconds' },
    {
      label: l10n.t('Waited for a CPU'),
      value: scheduling.waitedMs === null ? null : Math.round(scheduling.waitedMs),
      unit: 'milliseconds',
      note: l10n.t('main thread, since the start'),
    },
    { label: l10n.t('Context switches, voluntary'), value: contextSwitches?.voluntary ?? null, unit: 'number' },
    { label: l10n.t('Context switches, involuntary'), value: contextSwitches?.involuntary ?? null, unit: 'number' },
    { label: l10n.t('Last CPU'), value: cpu.number, unit: 'plain' },
    { label: l10n.t('Turns on a CPU'), value: scheduling.slices, unit: 'number', note: l10n.t('main thread') },
  ]);
}

function endedNote(): string {
  return l10n.t('those that have ended');
}

function priorityFacts({ process, scheduling, missing }: ProcessResult): readonly Fact[] {
  const { autogroup, ioClass, ioPriority } = scheduling;
  const noProgram = missing.some((one) => one.part === 'ionice');
  return known([
    { label: l10n.t('Nice'), value: process.nice, unit: 'plain' },
    { label: l10n.t('Priority'), value: process.priority, unit: 'plain', note: l10n.t("the kernel's own count") },
    { label: l10n.t('Policy'), value: process.schedulingPolicy },
    { label: l10n.t('Real-time priority'), value: scheduling.realtimePriority || null, unit: 'plain' },
    {
      label: l10n.t('I/O priority'),
      value: ioText(ioClass, ioPriority) ?? (noProgram ? l10n.t('not known') : null),
      ...(noProgram ? { note: l10n.t('the program ionice told nothing, or is missing') } : {}),
    },
    { label: l10n.t('CPUs it may use'), value: process.affinity },
    {
      label: l10n.t('Autogroup'),
      value: autogroup?.name ?? null,
      ...(autogroup === null ? {} : { note: l10n.t('nice {0}', autogroup.nice) }),
    },
  ]);
}

function groupFacts(group: NonNullable<ProcessResult['controlGroup']>): readonly Fact[] {
  return known([
    { label: l10n.t('Path'), value: visibleLine(group.path), code: true },
    group.limitCores === null
      ? { label: l10n.t('Limit'), value: l10n.t('none') }
      : { label: l10n.t('Limit in cores'), value: group.limitCores, unit: 'number' },
    { label: l10n.t('Periods held back'), value: group.throttledPercent, unit: 'percent' },
    { label: l10n.t('Held back in all'), value: group.throttledSeconds, unit: 'seconds' },
  ]);
}
