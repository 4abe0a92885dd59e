import * as l10n from '@vscode/l10n';
import type { Cell, Fact, SectionBlock } from '../../../../report/model';
import { CPU_KINDS, PRESSURE_KINDS } from '../../core/overview/levels';
import type { SystemOverview } from '../../core/overview/schema/overview';
import type { CpuShares, StallShares } from '../../core/overview/schema/processor';
import { section } from './section';
import { barCell, column, table } from '../table';
import type { Words } from '../words';

export function cpuSection(overview: SystemOverview, words: Words): SectionBlock | null {
  const { cpu } = overview;
  if (cpu === null) return null;
  const all: readonly Cell[] = [l10n.t('All'), ...sharesCells(cpu.shares), cpu.frequencyHertz];
  const cores = cpu.cores.map((core): readonly Cell[] => [
    String(core.id),
    ...sharesCells(core.shares),
    core.frequencyHertz,
  ]);
  const keys = ['all', ...cpu.cores.map((core) => String(core.id))];
  const items = activity(overview);
  return section(overview, words, {
    title: l10n.t('CPU Cores'),
    kinds: CPU_KINDS,
    quiet: busiest(overview, words),
    blocks: [
      table('cores', null, coreColumns(), [all, ...cores], keys),
      ...(items.length === 0 ? [] : [{ kind: 'facts' as const, items }]),
    ],
  });
}

function coreColumns(): ReturnType<typeof column>[] {
  return [
    column('core', l10n.t('Core')),
    column('used', l10n.t('Used'), 'percent', l10n.t('All but idle and I/O wait')),
    column('user', l10n.t('User'), 'percent'),
    column('nice', l10n.t('Nice'), 'percent', l10n.t('Programs of lowered priority')),
    column('system', l10n.t('System'), 'percent', l10n.t('The kernel')),
    column('iowait', l10n.t('I/O wait'), 'percent', l10n.t('Idle while a disk was waited for')),
    column('irq', l10n.t('IRQ'), 'percent', l10n.t('Hardware interrupts')),
    column('softirq', l10n.t('SoftIRQ'), 'percent', l10n.t('Deferred work of interrupts')),
    column('steal', l10n.t('Steal'), 'percent', l10n.t('Taken by the hypervisor for other machines')),
    column('guest', l10n.t('Guest'), 'percent', l10n.t('Virtual machines run by this host')),
    column('idle', l10n.t('Idle'), 'percent'),
    column('frequency', l10n.t('Frequency'), 'hertz'),
  ];
}

function sharesCells(shares: CpuShares | null): readonly Cell[] {
  if (shares === null) return Array.from({ length: 10 }, () => null);
  return [
    barCell(shares.usedPercent),
    shares.userPercent,
    shares.nicePercent,
    shares.systemPercent,
    shares.iowaitPercent,
    shares.irqPercent,
    shares.softirqPercent,
    shares.stealPercent,
    shares.guestPercent,
    shares.idlePercent,
  ];
}

function busiest({ cpu }: SystemOverview, words: Words): string {
  const cores = cpu?.cores ?? [];
  const first = cores.find((core) => core.shares !== null);
  if (first === undefined) return l10n.t('Being measured.');
  const top = cores.reduce((most, core) => (used(core.shares) > used(most.shares) ? core : most), first);
  const percent = words.percent(used(top.shares));
  return l10n.t('The busiest of {0} cores is core {1} at {2}.', cores.length, top.id, percent);
}

function used(shares: CpuShares | null): number {
  return shares?.usedPercent ?? 0;
}

function activity({ cpu, load }: SystemOverview): readonly Fact[] {
  const facts: readonly Fact[] = [
    { label: l10n.t('Context switches'), value: cpu?.contextSwitchesPerSecond ?? null, unit: 'perSecond' },
    { label: l10n.t('Interrupts'), value: cpu?.interruptsPerSecond ?? null, unit: 'perSecond' },
    { label: l10n.t('New processes and threads'), value: cpu?.forksPerSecond ?? null, unit: 'perSecond' },
    { label: l10n.t('Running tasks'), value: cpu?.runningTasks ?? null },
    { label: l10n.t('Tasks waiting for a disk'), value: cpu?.blockedTasks ?? null },
    { label: l10n.t('Processes and threads'), value: load?.tasks ?? null },
    { label: l10n.t('Sockets'), value: cpu?.sockets ?? null },
    { label: l10n.t('Physical cores'), value: cpu?.physicalCores ?? null },
    { label: l10n.t('Offline cores'), value: cpu?.offlineCores.join(', ') || null },
  ];
  return facts.filter((fact) => fact.value !== null);
}

export function pressureSection(overview: SystemOverview, words: Words): SectionBlock | null {
  const { pressure } = overview;
  if (pressure === null) return null;
  const rows: [string, string, StallShares | null | undefined][] = [
    ['cpu.some', l10n.t('CPU, some tasks waited'), pressure.cpu?.some],
    ['memory.some', l10n.t('Memory, some tasks waited'), pressure.memory?.some],
    ['memory.full', l10n.t('Memory, all tasks waited'), pressure.memory?.full],
    ['io.some', l10n.t('I/O, some tasks waited'), pressure.io?.some],
    ['io.full', l10n.t('I/O, all tasks waited'), pressure.io?.full],
    ['irq.full', l10n.t('Interrupts, all tasks waited'), pressure.irq?.full],
  ];
  const known = rows.flatMap(([key, label, stall]) => (stall == null ? [] : [{ key, label, stall }]));
  const columns = [
    column('resource', l10n.t('Resource')),
    column('now', l10n.t('Now'), 'percent', l10n.t('Since the sample before')),
    column('avg10', l10n.t('10 s'), 'percent'),
    column('avg60', l10n.t('60 s'), 'percent'),
    column('avg300', l10n.t('300 s'), 'percent'),
  ];
  const cells = known.map(({ label, stall }): readonly Cell[] => [
    label,
    stall.nowPercent,
    stall.average10Percent,
    stall.average60Percent,
    stall.average300Percent,
  ]);
  const keys = known.map(({ key }) => key);
  return section(overview, words, {
    title: l10n.t('Pressure'),
    kinds: PRESSURE_KINDS,
    quiet: l10n.t('Share of time in which tasks had to wait for a resource.'),
    blocks: [table('pressure', null, columns, cells, keys)],
  });
}
