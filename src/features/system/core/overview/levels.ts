import type { Finding, FindingKind, SystemOverview } from './schema/overview';

export type Level = 'ok' | 'warning' | 'error';

/** The worst of the findings of these kinds, about this subject where one is given. */
export function levelOf(
  overview: Pick<SystemOverview, 'findings'>,
  kinds: readonly FindingKind[],
  subject?: string,
): Level {
  const about = (one: Finding): boolean =>
    kinds.includes(one.kind) && (subject === undefined || one.subject === subject);
  // The most serious stand first.
  return overview.findings.find(about)?.severity ?? 'ok';
}

export const CPU_KINDS: readonly FindingKind[] = ['cpuBusy', 'cpuStolen', 'cpuPressure', 'loadHigh'];
export const MEMORY_KINDS: readonly FindingKind[] = ['memoryLow', 'memoryPressure', 'swapFull'];
export const LIMIT_KINDS: readonly FindingKind[] = ['memoryLimitNear', 'cpuThrottled'];
export const FILE_SYSTEM_KINDS: readonly FindingKind[] = ['fileSystemFull', 'inodesFull', 'fileSystemSilent'];
export const DISK_KINDS: readonly FindingKind[] = ['diskSlow', 'ioPressure'];
export const NETWORK_KINDS: readonly FindingKind[] = ['interfaceErrors'];
export const SENSOR_KINDS: readonly FindingKind[] = ['temperatureHigh', 'batteryLow'];
export const PRESSURE_KINDS: readonly FindingKind[] = ['memoryPressure', 'ioPressure', 'cpuPressure'];
