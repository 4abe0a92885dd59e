import * as l10n from '@vscode/l10n';
import { visibleLine } from '../../../../report/plainText';
import { isImage } from '../../core/overview/fileSystems';
import type { DiskFinding, DiskSpace, DisksResult } from '../../core/disks/schema';
import { durationText } from '../../core/figures';
import type { Words } from '../words';

/** So many findings are told; of the others, how many there are. */
const TOLD = 2;
/** Of the used space, from where on deleted files explain something. */
const WORTH_TELLING = 0.05;

export function disksVerdict(result: DisksResult, words: Words): string {
  const { findings } = result;
  if (findings.length === 0) return quietText(result, words);
  const told = findings
    .slice(0, TOLD)
    .map((finding) => findingText(finding, result, words))
    .join(l10n.t('; '));
  const more = findings.length - TOLD;
  return more > 0 ? l10n.t('{0}; and {1} more.', told, more) : l10n.t('{0}.', told);
}

function quietText({ fileSystems, path }: DisksResult, words: Words): string {
  const [only] = fileSystems;
  if (path !== null && only !== undefined) {
    if (only.totalBytes === null)
      return l10n.t('{0} is on {1}, whose space is not known.', path, visibleLine(only.mountPoint));
    const used = words.percent(only.usedPercent);
    const free = words.bytes(only.availableBytes);
    return l10n.t(
      '{0} is on {1}, which is {2} full with {3} left.',
      visibleLine(path),
      visibleLine(only.mountPoint),
      used,
      free,
    );
  }
  const fullest = fullestOf(fileSystems);
  if (fullest === null) return l10n.t('The space of no file system is known.');
  return l10n.t(
    'No file system is short of space or inodes; the fullest is {0} at {1}, with {2} left.',
    visibleLine(fullest.mountPoint),
    words.percent(fullest.usedPercent),
    words.bytes(fullest.availableBytes),
  );
}

function fullestOf(fileSystems: readonly DiskSpace[]): DiskSpace | null {
  let fullest: DiskSpace | null = null;
  for (const one of fileSystems) {
    if (one.usedPercent === null || one.readOnly || isImage(one.type)) continue;
    if (fullest === null || one.usedPercent > (fullest.usedPercent ?? 0)) fullest = one;
  }
  return fullest;
}

/** Such as "/var is 98% full (1.2 GiB left); 30 GiB of it are deleted files held by nginx", without a full stop. */
export function findingText({ kind, subject }: DiskFinding, result: DisksResult, words: Words): string {
  const one = result.fileSystems.find(({ mountPoint }) => mountPoint === subject);
  const device = result.devices.find(({ name }) => name === subject);
  const where = visibleLine(subject);
  switch (kind) {
    case 'spaceFull':
      return spaceText(where, one, words);
    case 'inodesFull':
      return l10n.t(
        '{0} has used {1} of its inodes: no new files although space is left',
        where,
        words.percent(one?.inodesUsedPercent ?? null),
      );
    case 'turnedReadOnly':
      return l10n.t('{0} was made read-only by the kernel, as after an error: look at its log', where);
    case 'raidDegraded':
      return l10n.t('the array {0} lacks {1} of its members', where, words.number(device?.raid?.missing ?? null));
    case 'silent':
      return l10n.t('{0} did not answer', where);
    case 'fullSoon':
      return l10n.t(
        '{0} will be full in {1} if it goes on like this',
        where,
        durationText(one?.growth?.fullInSeconds ?? null),
      );
    case 'slow':
      return l10n.t(
        'disk {0} takes {1} ms for a request',
        where,
        words.number(Math.max(device?.read.awaitMs ?? 0, device?.write.awaitMs ?? 0)),
      );
    case 'reserveOnly':
      return l10n.t(
        'on {0} only root may still write, {1} are its reserve',
        where,
        words.bytes(one?.reservedBytes ?? null),
      );
  }
}

function spaceText(where: string, one: DiskSpace | undefined, words: Words): string {
  const full = l10n.t(
    '{0} is {1} full ({2} left)',
    where,
    words.percent(one?.usedPercent ?? null),
    words.bytes(one?.availableBytes ?? null),
  );
  const owner = one?.deletedOwner ?? null;
  if (one?.deletedBytes == null || owner === null || one.deletedBytes < (one.usedBytes ?? 0) * WORTH_TELLING)
    return full;
  return l10n.t(
    '{0}, and {1} of it are deleted files that are still open, most of them in {2} (PID {3})',
    full,
    words.bytes(one.deletedBytes),
    visibleLine(owner.name),
    owner.pid,
  );
}
