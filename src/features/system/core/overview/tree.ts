import * as l10n from '@vscode/l10n';
import { bytesText, durationText, hertzText, percentText } from '../figures';
import { fullestOf } from './fullest';
import { levelOf, LIMIT_KINDS, MEMORY_KINDS, PRESSURE_KINDS } from './levels';
import type { SystemOverview } from './schema/overview';
import type { Load } from './schema/processor';
import { disksItem, fileSystemsItem, interfacesItem, sensorsItem } from './treeDevices';
import { item, type TreeItem } from '../treeItem';

/** Parts that this machine does not have are left out. */
export function overviewTree(overview: SystemOverview): readonly TreeItem[] {
  return [
    cpuItem(overview),
    loadItem(overview),
    memoryItem(overview),
    swapItem(overview),
    pressureItem(overview),
    limitsItem(overview),
    fileSystemsItem(overview),
    disksItem(overview),
    interfacesItem(overview),
    sensorsItem(overview),
    usersItem(overview),
    uptimeItem(overview),
  ].filter((item) => item !== null);
}

function cpuItem(overview: SystemOverview): TreeItem | null {
  const { cpu } = overview;
  if (cpu === null) return null;
  const children = cpu.cores.map((core) => {
    const frequency = core.frequencyHertz === null ? '' : ` · ${hertzText(core.frequencyHertz)}`;
    const used = percentText(core.shares?.usedPercent ?? null);
    return item(`cpu/${core.id}`, l10n.t('Core {0}', core.id), `${used}${frequency}`, 'circuit-board');
  });
  const shares = cpu.shares;
  const modes = [
    l10n.t('User {0}', percentText(shares?.userPercent ?? null)),
    l10n.t('System {0}', percentText(shares?.systemPercent ?? null)),
    l10n.t('I/O wait {0}', percentText(shares?.iowaitPercent ?? null)),
  ];
  const tooltip = [cpu.model ?? l10n.t('CPU'), ...modes].join('\n');
  // Load and pressure are rows of their own.
  const status = levelOf(overview, ['cpuBusy', 'cpuStolen']);
  return item('cpu', l10n.t('CPU'), percentText(shares?.usedPercent ?? null), 'chip', { children, tooltip, status });
}

function loadItem({ load, findings }: SystemOverview): TreeItem | null {
  if (load === null) return null;
  const averages = averagesText(load);
  const tooltip = l10n.t('Load over 1, 5 and 15 minutes');
  return item('load', l10n.t('Load'), averages, 'dashboard', { tooltip, status: levelOf({ findings }, ['loadHigh']) });
}

function averagesText({ one, five, fifteen }: Load): string {
  return [one, five, fifteen].map((average) => average.toFixed(2)).join('  ');
}

function memoryItem(overview: SystemOverview): TreeItem | null {
  const { memory } = overview;
  if (memory === null) return null;
  const part = (id: string, label: string, bytes: number | null): TreeItem =>
    item(`memory/${id}`, label, bytesText(bytes), 'symbol-field');
  const children = [
    part('available', l10n.t('Available'), memory.availableBytes),
    part('free', l10n.t('Free'), memory.freeBytes),
    part('buffers', l10n.t('Buffers'), memory.buffersBytes),
    part('cache', l10n.t('Cache'), memory.cacheBytes),
    part('shared', l10n.t('Shared'), memory.sharedBytes),
  ];
  const used = l10n.t('{0} of {1}', bytesText(memory.usedBytes), bytesText(memory.totalBytes));
  const description = `${percentText(memory.usedPercent)} · ${used}`;
  return item('memory', l10n.t('Memory'), description, 'server', { children, status: levelOf(overview, MEMORY_KINDS) });
}

function swapItem({ swap, findings }: SystemOverview): TreeItem | null {
  if (swap === null || swap.totalBytes === 0) return null;
  const used = l10n.t('{0} of {1}', bytesText(swap.usedBytes), bytesText(swap.totalBytes));
  const status = levelOf({ findings }, ['swapFull']);
  return item('swap', l10n.t('Swap'), `${percentText(swap.usedPercent)} · ${used}`, 'arrow-swap', { status });
}

function pressureItem(overview: SystemOverview): TreeItem | null {
  const { pressure } = overview;
  if (pressure === null) return null;
  const rows = [
    ['cpu', l10n.t('CPU'), pressure.cpu],
    ['memory', l10n.t('Memory'), pressure.memory],
    ['io', l10n.t('I/O'), pressure.io],
    ['irq', l10n.t('Interrupts'), pressure.irq],
  ] as const;
  const children = rows.flatMap(([id, label, resource]) => {
    const stall = resource?.some ?? resource?.full ?? null;
    return stall === null ? [] : [item(`pressure/${id}`, label, percentText(stall.average10Percent), 'watch')];
  });
  const description = children.map((child) => `${child.label} ${child.description}`).join(' · ');
  const tooltip = l10n.t('Share of the last 10 seconds in which tasks had to wait');
  const status = levelOf(overview, PRESSURE_KINDS);
  return item('pressure', l10n.t('Pressure'), description, 'watch', { children, tooltip, status });
}

/** Only where the machine's own control group may use less than the host has. */
function limitsItem(overview: SystemOverview): TreeItem | null {
  const description = limitsText(overview);
  if (description === null) return null;
  const tooltip = l10n.t('Use of what its control group allows, which is less than the host has');
  return item('limits', l10n.t('Limits'), description, 'shield', { tooltip, status: levelOf(overview, LIMIT_KINDS) });
}

function limitsText({ controlGroup }: SystemOverview): string | null {
  const parts = [
    controlGroup?.cpu?.limited === true ? l10n.t('CPU {0}', percentText(controlGroup.cpu.usedOfLimitPercent)) : null,
    controlGroup?.memory?.limited === true
      ? l10n.t('Mem {0}', percentText(controlGroup.memory.usedOfLimitPercent))
      : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

function usersItem({ users }: SystemOverview): TreeItem {
  const children = users.list.map((one, index) =>
    item(
      `user/${one.terminal || index}/${one.user}`,
      one.user,
      [one.terminal, one.host].filter(Boolean).join(' · '),
      'person',
    ),
  );
  const tooltip = users.unavailable ?? l10n.t('Logged in');
  const description = users.unavailable === null ? String(children.length) : l10n.t('not known');
  return item('users', l10n.t('Users'), description, 'account', { children, tooltip });
}

function uptimeItem({ host }: SystemOverview): TreeItem {
  const tooltip = [host.name, host.os, host.kernel].filter((part) => part !== null).join('\n');
  return item('uptime', l10n.t('Uptime'), durationText(host.uptimeSeconds), 'clock', { tooltip });
}

/** For the one item of the status bar. Without an icon. */
export function statusBarText(overview: SystemOverview): {
  readonly text: string;
  readonly tooltipLines: readonly string[];
} {
  const { cpu, memory, swap, load, host } = overview;
  const cpuText = l10n.t('CPU {0}', percentText(cpu?.shares?.usedPercent ?? null));
  const memoryText = l10n.t('Mem {0}', percentText(memory?.usedPercent ?? null));
  const lines = [
    host.name === null ? null : `${host.name} · ${l10n.t('up {0}', durationText(host.uptimeSeconds))}`,
    load === null ? null : l10n.t('Load {0}', averagesText(load)),
    memory === null ? null : l10n.t('Memory {0} of {1}', bytesText(memory.usedBytes), bytesText(memory.totalBytes)),
    swap === null || swap.totalBytes === 0
      ? null
      : l10n.t('Swap {0} of {1}', bytesText(swap.usedBytes), bytesText(swap.totalBytes)),
    limitsLine(overview),
    fullestLine(overview),
  ];
  return { text: `${cpuText}  ${memoryText}`, tooltipLines: lines.filter((line) => line !== null) };
}

function limitsLine(overview: SystemOverview): string | null {
  const text = limitsText(overview);
  return text === null ? null : l10n.t('Of its limits: {0}', text);
}

function fullestLine({ fileSystems }: SystemOverview): string | null {
  const fullest = fullestOf(fileSystems);
  return fullest === null
    ? null
    : l10n.t('Fullest disk: {0} at {1}', fullest.mountPoint, percentText(fullest.usedPercent));
}
