import * as l10n from '@vscode/l10n';
import type { Block, Fact } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { DiskSpace, DisksResult } from '../../core/disks/schema';
import { barCell } from '../table';
import { whom } from '../processWords';

/** Where the space is, for what is asked for and for what is full. */
export function explanations({ fileSystems, findings, path }: DisksResult): readonly Block[] {
  const full = new Set(
    findings
      .filter(
        ({ kind }) => kind === 'spaceFull' || kind === 'inodesFull' || kind === 'reserveOnly' || kind === 'fullSoon',
      )
      .map(({ subject }) => subject),
  );
  return fileSystems
    .filter((one) => one.totalBytes !== null && (path !== null || full.has(one.mountPoint)))
    .map((one) => ({
      kind: 'section',
      title: l10n.t('Where the Space of {0} Is', visibleLine(one.mountPoint)),
      blocks: [{ kind: 'facts', items: factsOf(one) }, ...hiddenNote(one)],
    }));
}

function factsOf(one: DiskSpace): readonly Fact[] {
  const owner = one.deletedOwner;
  const facts: readonly Fact[] = [
    { label: l10n.t('Size'), value: one.totalBytes, unit: 'bytes' },
    { label: l10n.t('Used'), value: one.usedBytes, unit: 'bytes' },
    { label: l10n.t('Used of what may be used'), value: barCell(one.usedPercent), unit: 'percent' },
    { label: l10n.t('Available'), value: one.availableBytes, unit: 'bytes' },
    {
      label: l10n.t('Reserve'),
      value: one.reservedBytes,
      unit: 'bytes',
      note: l10n.t('free, but for root only'),
    },
    {
      label: l10n.t('Deleted but open'),
      value: one.deletedBytes,
      unit: 'bytes',
      note:
        owner === null
          ? l10n.t('counts as used, and du does not see it')
          : l10n.t('counts as used, and du does not see it; most is held by {0}', whom(owner.name, owner.pid)),
    },
    { label: l10n.t('Inodes used'), value: barCell(one.inodesUsedPercent), unit: 'percent' },
    { label: l10n.t('Inodes free'), value: one.inodesFree, unit: 'number' },
    ...growthFacts(one),
    { label: l10n.t('Device'), value: visibleLine(one.source), code: true },
    { label: l10n.t('Type'), value: one.type },
    { label: l10n.t('Options'), value: visibleLine(one.options.join(',')), code: true },
  ];
  return facts.filter(({ value }) => value !== null);
}

function growthFacts({ growth }: DiskSpace): readonly Fact[] {
  if (growth === null) return [];
  const rate: Fact = { label: l10n.t('Growth'), value: growth.bytesPerSecond, unit: 'bytesPerSecond' };
  if (growth.bytesPerSecond <= 0) return [rate];
  const label = l10n.t('Full in');
  return [
    rate,
    growth.steady
      ? { label, value: growth.fullInSeconds, unit: 'seconds', note: l10n.t('if it goes on like this') }
      : { label, value: l10n.t('no forecast'), note: l10n.t('it has not grown steadily for a minute yet') },
  ];
}

function hiddenNote({ mountsOnIt, mountPoint }: DiskSpace): readonly Block[] {
  if (mountsOnIt.length === 0) return [];
  const shown = mountsOnIt.slice(0, 10).map(visibleLine).join(l10n.t(', '));
  const folders = mountsOnIt.length > 10 ? l10n.t('{0} and {1} more', shown, mountsOnIt.length - 10) : shown;
  return [
    {
      kind: 'text',
      style: 'note',
      text: l10n.t(
        'Files that lie on {0} in folders under other mounts ({1}) take space and cannot be seen from here, nor by du; a bind mount of {0} elsewhere shows them.',
        visibleLine(mountPoint),
        folders,
      ),
    },
  ];
}
