import * as l10n from '@vscode/l10n';
import { createFormatter } from '../../../../report/format';
import type { Block, Cell, Fact, Report, SectionBlock } from '../../../../report/model';
import type { ComparedSection, ComparedSide, CompareResult } from '../../core/snapshot/compare/schema';
import { column, hideEmptyColumns, table } from '../table';
import { machineName } from '../../core/machineName';

export function compareReport(result: CompareResult): Report {
  const differing = result.sections.filter((section) => changesOf(section) > 0);
  return {
    title: l10n.t('What Changed on {0}', result.after.hostName ?? machineName(result.after.machine)),
    verdict: verdictOf(result, differing),
    status: differing.length === 0 ? 'ok' : 'info',
    blocks: [summaryTable(result), ...differing.map(sectionBlock), ...sidesFacts(result)],
  };
}

function changesOf({ added, removed, changed }: ComparedSection): number {
  return added.length + removed.length + changed.length;
}

function verdictOf(result: CompareResult, differing: readonly ComparedSection[]): string {
  // Not the times of day: whoever reads this may be in another zone than this code.
  const betweenMs = result.after.takenAtMs - result.before.takenAtMs;
  const span = createFormatter({ locale: 'en' }).cell(Math.round(Math.abs(betweenMs) / 1000), 'seconds');
  const told =
    differing.length === 0
      ? l10n.t('nothing that counts changed')
      : differing.map((one) => l10n.t('{0} ({1})', sectionTitle(one.name), changeText(one))).join(l10n.t('; '));
  if (result.before.hostName !== result.after.hostName)
    return l10n.t('From {0} to {1}: {2}.', sideName(result.before), sideName(result.after), told);
  return result.rebooted === true
    ? l10n.t('On {0}, which was restarted, within {1}: {2}.', sideName(result.after), span, told)
    : l10n.t('On {0} within {1}: {2}.', sideName(result.after), span, told);
}

function sideName({ hostName, machine }: ComparedSide): string {
  return hostName ?? machineName(machine);
}

function changeText({ added, removed, changed }: ComparedSection): string {
  const parts = [
    added.length === 0 ? null : l10n.t('{0} new', added.length),
    removed.length === 0 ? null : l10n.t('{0} gone', removed.length),
    changed.length === 0 ? null : l10n.t('{0} changed', changed.length),
  ].filter((part) => part !== null);
  return parts.join(l10n.t(', '));
}

export function sectionTitle(name: ComparedSection['name']): string {
  switch (name) {
    case 'processes':
      return l10n.t('Processes');
    case 'sockets':
      return l10n.t('Sockets');
    case 'mounts':
      return l10n.t('Mounts');
    case 'routes':
      return l10n.t('Routes');
    case 'interfaces':
      return l10n.t('Interfaces');
    case 'units':
      return l10n.t('Units');
    case 'users':
      return l10n.t('Users');
  }
}

function summaryTable({ sections }: CompareResult): Block {
  const columns = [
    column('part', l10n.t('Part')),
    column('new', l10n.t('New'), 'number'),
    column('gone', l10n.t('Gone'), 'number'),
    column('changed', l10n.t('Changed'), 'number'),
    column('note', l10n.t('Note')),
  ];
  const rows = sections.map((one): readonly Cell[] =>
    one.known
      ? [sectionTitle(one.name), one.added.length, one.removed.length, one.changed.length, null]
      : [sectionTitle(one.name), null, null, null, l10n.t('not known to both snapshots')],
  );
  const keys = sections.map(({ name }) => name);
  return hideEmptyColumns(table('summary', l10n.t('Summary'), columns, rows, keys), ['note']);
}

function sectionBlock(section: ComparedSection): SectionBlock {
  const { name, added, removed, changed } = section;
  const rows: readonly (readonly Cell[])[] = [
    ...added.map((line): readonly Cell[] => [{ text: l10n.t('new'), status: 'info' }, line]),
    ...removed.map((line): readonly Cell[] => [{ text: l10n.t('gone'), status: 'warning' }, line]),
    ...changed.map(({ before, after }): readonly Cell[] => [changedWord(name), l10n.t('{0} → {1}', before, after)]),
  ];
  const keys = [...added.map((line) => `+${line}`), ...removed.map((line) => `-${line}`), ...changed.map(keyOf)];
  const columns = [column('change', l10n.t('Change')), { ...column('what', l10n.t('What')), code: true }];
  return {
    kind: 'section',
    title: sectionTitle(name),
    summary: l10n.t('{0}.', changeText(section)),
    blocks: [table(name, null, columns, rows, keys)],
  };
}

function keyOf({ before }: ComparedSection['changed'][number]): string {
  return `~${before}`;
}

/** Of a process nothing else is compared than when it began, how many there are, and whether it is a zombie. */
function changedWord(name: ComparedSection['name']): Cell {
  return name === 'processes' ? l10n.t('restarted or another number') : l10n.t('changed');
}

function sidesFacts({ before, after, rebooted }: CompareResult): readonly Block[] {
  const facts = (title: string, side: ComparedSide): Block => {
    const items: readonly Fact[] = [
      { label: l10n.t('Snapshot'), value: side.reference, code: true },
      { label: l10n.t('Taken'), value: side.takenAtMs, unit: 'time' },
      { label: l10n.t('Host'), value: sideName(side) },
      { label: l10n.t('System'), value: side.kernel },
      { label: l10n.t('Started'), value: side.bootedAtMs, unit: 'time' },
    ];
    return { kind: 'facts', title, items: items.filter(({ value }) => value !== null) };
  };
  const note: Block = {
    kind: 'text',
    style: 'note',
    text:
      rebooted === null
        ? l10n.t(
            'Whether the machine was started anew in between is not known: start times may differ for that reason.',
          )
        : l10n.t(
            'Not compared: pids, counters, free space, threads of the kernel, ports that clients take for one connection.',
          ),
  };
  return [facts(l10n.t('Before'), before), facts(l10n.t('After'), after), note];
}
