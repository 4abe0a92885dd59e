import * as l10n from '@vscode/l10n';
import type { Cell, SectionBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { MemoryResult } from '../../core/memory/schema';
import { barCell, column, table } from '../table';
import { facts, section } from './section';

export function swapSection({ swap, swapDevices, settings, details }: MemoryResult): SectionBlock | null {
  if (swap === null || swap.totalBytes === 0) return null;
  const columns = [
    column('device', l10n.t('Device')),
    column('kind', l10n.t('Kind')),
    column('used%', l10n.t('Used of it'), 'percent'),
    column('used', l10n.t('Used'), 'bytes'),
    column('size', l10n.t('Size'), 'bytes'),
    column('priority', l10n.t('Priority'), 'plain', l10n.t('The higher, the earlier used')),
    column('compressed', l10n.t('Compressed to'), 'bytes', l10n.t('Memory that a zram device really takes')),
  ];
  const rows = swapDevices.map((one): readonly Cell[] => [
    visibleLine(one.path),
    kindText(one.kind),
    barCell(one.usedPercent),
    one.usedBytes,
    one.sizeBytes,
    one.priority,
    one.compressedBytes,
  ]);
  return section(l10n.t('Swap'), [
    facts([
      [l10n.t('Total'), swap.totalBytes],
      [l10n.t('Used'), swap.usedBytes],
      [l10n.t('Free'), swap.freeBytes],
      [l10n.t('Cached'), swap.cachedBytes],
      [l10n.t('Pages swapped in'), swap.inPagesPerSecond, 'perSecond'],
      [l10n.t('Pages swapped out'), swap.outPagesPerSecond, 'perSecond'],
      [l10n.t('Swappiness'), settings.swappiness, 'plain'],
      [l10n.t('Compressed pages (zswap)'), details?.zswappedBytes ?? null],
      [l10n.t('Memory that they take'), details?.zswapBytes ?? null],
    ]),
    table(
      'swapDevices',
      l10n.t('Swap devices'),
      columns,
      rows,
      swapDevices.map(({ path }) => path),
    ),
  ]);
}

function kindText(kind: MemoryResult['swapDevices'][number]['kind']): string {
  switch (kind) {
    case 'partition':
      return l10n.t('partition');
    case 'file':
      return l10n.t('file');
    case 'zram':
      return l10n.t('compressed memory');
    case 'unknown':
      return l10n.t('not known');
  }
}
