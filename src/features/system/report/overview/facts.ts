import * as l10n from '@vscode/l10n';
import type { Cell, Fact, FactsBlock, Status } from '../../../../report/model';
import { fullestOf } from '../../core/overview/fullest';
import { CPU_KINDS, FILE_SYSTEM_KINDS, levelOf, LIMIT_KINDS, MEMORY_KINDS } from '../../core/overview/levels';
import type { SystemOverview } from '../../core/overview/schema/overview';
import type { ControlGroup } from '../../core/overview/schema/processor';
import { limitsText } from './controlGroup';
import { coresText } from '../table';
import type { Words } from '../words';

/** The few things that somebody who opens the overview wants to know. */
export function mainFacts(overview: SystemOverview, words: Words): FactsBlock {
  const facts = [
    hostFact(overview),
    systemFact(overview),
    cpuFact(overview, words),
    loadFact(overview),
    memoryFact(overview, words),
    swapFact(overview, words),
    limitsFact(overview, words),
    diskFact(overview, words),
    uptimeFact(overview),
    startedFact(overview),
    usersFact(overview),
  ];
  return { kind: 'facts', items: facts.filter((fact) => fact !== null) };
}

function hostFact({ host, machine, backEnd }: SystemOverview): Fact {
  const source = backEnd === 'proc' ? '/proc' : 'systeminformation';
  return { label: l10n.t('Host'), value: host.name ?? machine, note: l10n.t('figures from {0}', source) };
}

function systemFact({ host }: SystemOverview): Fact | null {
  const kernel = [host.kernel, host.architecture].filter((part) => part !== null).join(' ');
  if (host.os === null) return kernel === '' ? null : { label: l10n.t('System'), value: kernel };
  return { label: l10n.t('System'), value: host.os, ...noteOf(kernel) };
}

function cpuFact(overview: SystemOverview, words: Words): Fact | null {
  const { cpu } = overview;
  if (cpu === null) return null;
  const cores = cpu.logicalCores === null ? '' : coresText(cpu.logicalCores, words);
  const offline = cpu.offlineCores.length === 0 ? '' : l10n.t('{0} offline', cpu.offlineCores.length);
  const note = [cores, offline, cpu.model ?? ''].filter((part) => part !== '').join(', ');
  const value = fraction(cpu.shares?.usedPercent ?? null, levelOf(overview, CPU_KINDS));
  return { label: l10n.t('CPU'), value, unit: 'percent', ...noteOf(note) };
}

function loadFact({ load }: SystemOverview): Fact | null {
  if (load === null) return null;
  const value = [load.one, load.five, load.fifteen].map((average) => average.toFixed(2)).join('  ');
  const note = l10n.t('over 1, 5 and 15 minutes');
  return { label: l10n.t('Load'), value, note };
}

function memoryFact(overview: SystemOverview, words: Words): Fact | null {
  const { memory } = overview;
  if (memory === null) return null;
  const available = words.bytes(memory.availableBytes);
  const note = memory.availableEstimated
    ? l10n.t('about {0} available, worked out because this kernel does not tell', available)
    : l10n.t('{0} available', available);
  const value = share(memory.usedBytes, memory.totalBytes, levelOf(overview, MEMORY_KINDS), words);
  return { label: l10n.t('Memory'), value, note };
}

function swapFact(overview: SystemOverview, words: Words): Fact | null {
  const { swap } = overview;
  if (swap === null || swap.totalBytes === 0) return null;
  return {
    label: l10n.t('Swap'),
    value: share(swap.usedBytes, swap.totalBytes, levelOf(overview, ['swapFull']), words),
  };
}

/** Only where the machine's own control group may use less than the host has. */
function limitsFact(overview: SystemOverview, words: Words): Fact | null {
  const { controlGroup } = overview;
  if (controlGroup === null) return null;
  const text = limitsText(controlGroup, words);
  if (text === '') return null;
  const status = levelOf(overview, LIMIT_KINDS);
  const value = status === 'ok' ? text : { text, status };
  return { label: l10n.t('Limits'), value, note: limitsNote(controlGroup, words) };
}

function limitsNote({ cpu, memory }: ControlGroup, words: Words): string {
  const parts = [
    cpu?.limited === true ? l10n.t('CPU {0}', words.percent(cpu.usedOfLimitPercent)) : null,
    memory?.limited === true ? l10n.t('memory {0}', words.percent(memory.usedOfLimitPercent)) : null,
  ];
  const used = parts.filter((part) => part !== null).join(l10n.t(', '));
  return l10n.t('of its control group, lower than what the host has; used of it: {0}', used);
}

function diskFact(overview: SystemOverview, words: Words): Fact | null {
  const fullest = fullestOf(overview.fileSystems);
  if (fullest === null) return null;
  const value = fraction(fullest.usedPercent, levelOf(overview, FILE_SYSTEM_KINDS, fullest.mountPoint));
  const left = words.bytes(fullest.availableBytes);
  const note = l10n.t('{0}, {1} left', fullest.mountPoint, left);
  return { label: l10n.t('Fullest disk'), value, unit: 'percent', note };
}

function uptimeFact({ host }: SystemOverview): Fact | null {
  return host.uptimeSeconds === null
    ? null
    : { label: l10n.t('Uptime'), value: Math.floor(host.uptimeSeconds), unit: 'seconds' };
}

function startedFact({ host }: SystemOverview): Fact | null {
  return host.bootTimeMs === null ? null : { label: l10n.t('Started'), value: host.bootTimeMs, unit: 'time' };
}

function usersFact({ users }: SystemOverview): Fact {
  const names = [...new Set(users.list.map((one) => one.user))];
  const label = l10n.t('Users');
  if (users.unavailable !== null) return { label, value: null, note: users.unavailable };
  return { label, value: users.list.length, unit: 'number', ...noteOf(names.join(', ')) };
}

function fraction(percent: number | null, status: Status): Cell {
  if (percent === null) return null;
  return { value: percent, fraction: percent / 100, ...(status === 'ok' ? {} : { status }) };
}

function share(usedBytes: number, totalBytes: number, status: Status, words: Words): Cell {
  const [used, total] = [words.bytes(usedBytes), words.bytes(totalBytes)];
  const part = totalBytes === 0 ? 0 : usedBytes / totalBytes;
  return { text: l10n.t('{0} of {1}', used, total), fraction: part, ...(status === 'ok' ? {} : { status }) };
}

function noteOf(note: string): { readonly note?: string } {
  return note === '' ? {} : { note };
}
