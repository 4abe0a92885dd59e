import { isImage } from '../overview/fileSystems';
import { THRESHOLDS } from '../overview/verdict';
import { DISK_FINDINGS, type DiskDevice, type DiskFinding, type DiskSpace } from './schema';

/** A forecast within a day is worth a warning. */
const SOON_SECONDS = 86_400;

export function diskFindings(
  fileSystems: readonly DiskSpace[],
  devices: readonly DiskDevice[],
): readonly DiskFinding[] {
  const found = [...fileSystems.flatMap((one) => ofSpace(one, fileSystems)), ...devices.flatMap(ofDevice)];
  const rank = ({ severity, kind }: DiskFinding): number =>
    (severity === 'error' ? 0 : DISK_FINDINGS.length) + DISK_FINDINGS.indexOf(kind);
  return found.sort((one, other) => rank(one) - rank(other));
}

/** Nothing can be done about a full image or one that cannot be written; a layer is as full as what it lies on. */
function ofSpace(one: DiskSpace, all: readonly DiskSpace[]): readonly DiskFinding[] {
  const finding = (kind: DiskFinding['kind'], severity: DiskFinding['severity'] | null): readonly DiskFinding[] =>
    severity === null ? [] : [{ kind, severity, subject: one.mountPoint }];
  if (one.silent) return finding('silent', 'warning');
  if (one.turnedReadOnly) return finding('turnedReadOnly', 'error');
  if (one.readOnly || one.again || isImage(one.type) || isLayer(one, all)) return [];
  const forecast = one.growth?.fullInSeconds ?? null;
  const reserveOnly = one.availableBytes === 0 && (one.reservedBytes ?? 0) > 0;
  return [
    ...finding('spaceFull', level(one.usedPercent, THRESHOLDS.fileSystemUsedPercent)),
    ...finding('inodesFull', level(one.inodesUsedPercent, THRESHOLDS.inodesUsedPercent)),
    ...finding('reserveOnly', reserveOnly ? 'warning' : null),
    ...finding('fullSoon', forecast !== null && forecast < SOON_SECONDS ? 'warning' : null),
  ];
}

/** The overlay of a container shows the figures of the file system below it, which has a row of its own. */
function isLayer(one: DiskSpace, all: readonly DiskSpace[]): boolean {
  if (one.type !== 'overlay') return false;
  return all.some(
    ({ type, totalBytes, availableBytes }) =>
      type !== 'overlay' && totalBytes === one.totalBytes && availableBytes === one.availableBytes,
  );
}

function ofDevice({ name, raid, read, write, utilisationPercent }: DiskDevice): readonly DiskFinding[] {
  const busy = (utilisationPercent ?? 0) >= THRESHOLDS.diskUtilisationPercent.warning;
  const awaitMs = Math.max(read.awaitMs ?? 0, write.awaitMs ?? 0);
  return [
    ...((raid?.missing ?? 0) > 0 ? [{ kind: 'raidDegraded' as const, severity: 'error' as const, subject: name }] : []),
    ...(busy && awaitMs >= THRESHOLDS.diskAwaitMs.warning
      ? [{ kind: 'slow' as const, severity: 'warning' as const, subject: name }]
      : []),
  ];
}

function level(
  value: number | null,
  { warning, error }: { readonly warning: number; readonly error: number },
): DiskFinding['severity'] | null {
  if (value === null || value < warning) return null;
  return value >= error ? 'error' : 'warning';
}
