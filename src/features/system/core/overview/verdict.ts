import { isImage } from './fileSystems';
import { outerInterfaces } from './rates/network';
import type { Finding, FindingKind, Sample, SystemOverview } from './schema/overview';
import type { FileSystem } from './schema/storage';

/** From where on something is worth a warning, or an error. Processors and load are never an error by themselves. */
export const THRESHOLDS = {
  fileSystemUsedPercent: { warning: 90, error: 97 },
  inodesUsedPercent: { warning: 90, error: 97 },
  memoryAvailablePercent: { warning: 10, error: 4 },
  memoryOfLimitPercent: { warning: 90, error: 97 },
  swapUsedPercent: { warning: 80 },
  /** Share of the last 10 seconds in which nothing went on. */
  memoryFullPercent: { warning: 10, error: 40 },
  ioFullPercent: { warning: 30 },
  /** Share of the last 10 seconds in which something had to wait. */
  cpuSomePercent: { warning: 60 },
  throttledPercent: { warning: 10 },
  cpuUsedPercent: { warning: 90 },
  stealPercent: { warning: 10 },
  loadPerCore: { warning: 2 },
  diskAwaitMs: { warning: 100 },
  /** Only a disk that is this busy can be slow on account of its work. */
  diskUtilisationPercent: { warning: 90 },
  errorsPerSecond: { warning: 1 },
  chargePercent: { warning: 15, error: 5 },
} as const;

interface Threshold {
  readonly warning: number;
  readonly error?: number;
}

/** What is wrong, most serious first; within one severity what stops work comes before what slows it down. */
export function findingsOf(sample: Sample): readonly Finding[] {
  const findings = [
    ...memoryFindings(sample),
    ...fileSystemFindings(sample.fileSystems),
    ...controlGroupFindings(sample),
    ...processorFindings(sample),
    ...deviceFindings(sample),
    ...sensorFindings(sample),
  ];
  return findings.sort((one, other) => rank(one) - rank(other) || severity(other) - severity(one));
}

export function statusOf(sample: Sample, findings: readonly Finding[]): SystemOverview['status'] {
  const worst = findings[0]?.severity;
  if (worst !== undefined) return worst;
  return sample.cpu === null && sample.memory === null ? 'unknown' : 'ok';
}

const ORDER: readonly FindingKind[] = [
  'fileSystemFull',
  'memoryLow',
  'memoryLimitNear',
  'inodesFull',
  'fileSystemSilent',
  'temperatureHigh',
  'memoryPressure',
  'ioPressure',
  'diskSlow',
  'cpuThrottled',
  'cpuStolen',
  'cpuPressure',
  'cpuBusy',
  'loadHigh',
  'swapFull',
  'interfaceErrors',
  'batteryLow',
];

function rank(finding: Finding): number {
  return (finding.severity === 'error' ? 0 : 100) + ORDER.indexOf(finding.kind);
}

/** Among findings of one kind the greater value is the worse; where less is worse, less is left. */
function severity({ value, leftBytes }: Finding): number {
  return value ?? (leftBytes === null ? 0 : -leftBytes);
}

function above(value: number | null | undefined, threshold: Threshold): Finding['severity'] | null {
  if (value === null || value === undefined) return null;
  if (threshold.error !== undefined && value >= threshold.error) return 'error';
  return value >= threshold.warning ? 'warning' : null;
}

function below(value: number | null | undefined, threshold: Threshold): Finding['severity'] | null {
  if (value === null || value === undefined) return null;
  if (threshold.error !== undefined && value < threshold.error) return 'error';
  return value < threshold.warning ? 'warning' : null;
}

function found(
  kind: FindingKind,
  level: Finding['severity'] | null,
  value: number | null | undefined,
  subject = '',
  leftBytes: number | null = null,
): readonly Finding[] {
  return level === null ? [] : [{ kind, severity: level, subject, value: value ?? null, leftBytes }];
}

function memoryFindings({ memory, swap, pressure }: Sample): readonly Finding[] {
  const available = memory?.availablePercent;
  const stalled = pressure?.memory?.full?.average10Percent;
  const swapUsed = swap?.usedPercent;
  return [
    ...found('memoryLow', below(available, THRESHOLDS.memoryAvailablePercent), available, '', memory?.availableBytes),
    ...found('memoryPressure', above(stalled, THRESHOLDS.memoryFullPercent), stalled),
    ...found('swapFull', above(swapUsed, THRESHOLDS.swapUsedPercent), swapUsed, '', swap?.freeBytes),
  ];
}

/** Nothing can be done about a full image or one that cannot be written; a layer is as full as what it lies on. */
function fileSystemFindings(fileSystems: readonly FileSystem[]): readonly Finding[] {
  return fileSystems.flatMap((one) => {
    const { mountPoint, usedPercent, inodesUsedPercent, availableBytes } = one;
    if (one.silent) return found('fileSystemSilent', 'warning', null, mountPoint);
    if (one.readOnly || isImage(one.type) || isLayer(one, fileSystems)) return [];
    const space = above(usedPercent, THRESHOLDS.fileSystemUsedPercent);
    const files = above(inodesUsedPercent, THRESHOLDS.inodesUsedPercent);
    return [
      ...found('fileSystemFull', space, usedPercent, mountPoint, availableBytes),
      ...found('inodesFull', files, inodesUsedPercent, mountPoint),
    ];
  });
}

/** The overlay of a container shows the figures of the file system below it, which has a row of its own. */
function isLayer(one: FileSystem, fileSystems: readonly FileSystem[]): boolean {
  if (one.type !== 'overlay') return false;
  const same = (other: FileSystem): boolean =>
    other.totalBytes === one.totalBytes && other.availableBytes === one.availableBytes;
  return fileSystems.some((other) => other.type !== 'overlay' && same(other));
}

function controlGroupFindings({ controlGroup }: Sample): readonly Finding[] {
  const memory = controlGroup?.memory;
  const used = memory?.limited === true ? memory.usedOfLimitPercent : null;
  const left =
    memory?.limitBytes == null || memory.workingSetBytes === null
      ? null
      : Math.max(0, memory.limitBytes - memory.workingSetBytes);
  const throttled = controlGroup?.cpu?.throttledPercent;
  return [
    ...found('memoryLimitNear', above(used, THRESHOLDS.memoryOfLimitPercent), used, '', left),
    ...found('cpuThrottled', above(throttled, THRESHOLDS.throttledPercent), throttled),
  ];
}

function processorFindings({ cpu, load, pressure }: Sample): readonly Finding[] {
  const used = cpu?.shares?.usedPercent;
  const stolen = cpu?.shares?.stealPercent;
  const waiting = pressure?.cpu?.some?.average10Percent;
  const perCore = load?.onePerCore;
  return [
    ...found('cpuBusy', above(used, THRESHOLDS.cpuUsedPercent), used),
    ...found('cpuStolen', above(stolen, THRESHOLDS.stealPercent), stolen),
    ...found('cpuPressure', above(waiting, THRESHOLDS.cpuSomePercent), waiting),
    ...found('loadHigh', above(perCore, THRESHOLDS.loadPerCore), perCore),
  ];
}

function deviceFindings({ pressure, blockDevices, interfaces }: Sample): readonly Finding[] {
  const stalled = pressure?.io?.full?.average10Percent;
  const slow = blockDevices.flatMap((device) => {
    if (above(device.utilisationPercent, THRESHOLDS.diskUtilisationPercent) === null) return [];
    return found('diskSlow', above(device.awaitMs, THRESHOLDS.diskAwaitMs), device.awaitMs, device.name);
  });
  // A bond or bridge would count the errors of its members once more.
  const faulty = outerInterfaces(interfaces).flatMap(({ name, errorsPerSecond }) =>
    found('interfaceErrors', above(errorsPerSecond, THRESHOLDS.errorsPerSecond), errorsPerSecond, name),
  );
  return [...found('ioPressure', above(stalled, THRESHOLDS.ioFullPercent), stalled), ...slow, ...faulty];
}

function sensorFindings({ sensors }: Sample): readonly Finding[] {
  const hot = sensors.temperatures.flatMap(({ chip, label, celsius, highCelsius, criticalCelsius }) => {
    const critical = criticalCelsius !== null && celsius >= criticalCelsius;
    const high = highCelsius !== null && celsius >= highCelsius;
    return found('temperatureHigh', critical ? 'error' : high ? 'warning' : null, celsius, `${chip} ${label}`);
  });
  const empty = sensors.batteries.flatMap(({ name, state, peripheral, chargePercent }) =>
    state !== 'discharging' || peripheral
      ? []
      : found('batteryLow', below(chargePercent, THRESHOLDS.chargePercent), chargePercent, name),
  );
  return [...hot, ...empty];
}
