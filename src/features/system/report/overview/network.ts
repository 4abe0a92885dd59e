import * as l10n from '@vscode/l10n';
import type { Cell, SectionBlock, TableBlock } from '../../../../report/model';
import { levelOf, NETWORK_KINDS } from '../../core/overview/levels';
import type { NetworkInterface } from '../../core/overview/schema/network';
import type { SystemOverview } from '../../core/overview/schema/overview';
import { section } from './section';
import { column, markedCell, table } from '../table';
import type { Words } from '../words';

export function interfacesSection(overview: SystemOverview, words: Words): SectionBlock | null {
  const { interfaces } = overview;
  if (interfaces.length === 0) return null;
  const up = interfaces.filter((one) => one.up === true).length;
  return section(overview, words, {
    title: l10n.t('Interfaces'),
    kinds: NETWORK_KINDS,
    quiet: l10n.t('{0} of {1} interfaces are up.', up, interfaces.length),
    blocks: [ratesTable(overview, words), totalsTable(interfaces)],
  });
}

function ratesTable(overview: SystemOverview, words: Words): TableBlock {
  const columns = [
    column('interface', l10n.t('Interface')),
    column('state', l10n.t('State')),
    column('received', l10n.t('Received'), 'bytesPerSecond'),
    column('sent', l10n.t('Sent'), 'bytesPerSecond'),
    column('packetsIn', l10n.t('Packets in'), 'perSecond'),
    column('packetsOut', l10n.t('Packets out'), 'perSecond'),
    column('errors', l10n.t('Errors'), 'perSecond'),
    column('drops', l10n.t('Drops'), 'perSecond', l10n.t('Packets thrown away for want of room or of a receiver')),
    column('speed', l10n.t('Link')),
  ];
  const rows = overview.interfaces.map((one): readonly Cell[] => [
    one.name,
    stateText(one),
    one.receivedBytesPerSecond,
    one.sentBytesPerSecond,
    one.receivedPacketsPerSecond,
    one.sentPacketsPerSecond,
    markedCell(one.errorsPerSecond, levelOf(overview, ['interfaceErrors'], one.name)),
    one.dropsPerSecond,
    speedText(one, words),
  ]);
  return table(
    'interfaces',
    l10n.t('Traffic'),
    columns,
    rows,
    overview.interfaces.map((one) => one.name),
  );
}

function totalsTable(interfaces: readonly NetworkInterface[]): TableBlock {
  const columns = [
    column('interface', l10n.t('Interface')),
    column('received', l10n.t('Received'), 'bytes'),
    column('sent', l10n.t('Sent'), 'bytes'),
    column('packetsIn', l10n.t('Packets in'), 'number'),
    column('packetsOut', l10n.t('Packets out'), 'number'),
    column('errorsIn', l10n.t('Errors in'), 'number'),
    column('errorsOut', l10n.t('Errors out'), 'number'),
    column('dropsIn', l10n.t('Drops in'), 'number'),
    column('dropsOut', l10n.t('Drops out'), 'number'),
    column('mtu', l10n.t('MTU'), 'plain'),
    { ...column('address', l10n.t('Hardware address')), code: true },
  ];
  const rows = interfaces.map((one): readonly Cell[] => [
    one.name,
    one.receivedBytes,
    one.sentBytes,
    one.receivedPackets,
    one.sentPackets,
    one.receiveErrors,
    one.sendErrors,
    one.receiveDrops,
    one.sendDrops,
    one.mtuBytes,
    one.address,
  ]);
  return table(
    'interfaceTotals',
    l10n.t('Since the interface appeared'),
    columns,
    rows,
    interfaces.map((one) => one.name),
  );
}

function stateText({ up, state }: NetworkInterface): string | null {
  if (up === null) return state;
  return up ? l10n.t('up') : l10n.t('down');
}

/** In bits, as links are sold. */
function speedText({ speedBitsPerSecond, duplex }: NetworkInterface, words: Words): string | null {
  if (speedBitsPerSecond === null) return null;
  const [value, unit] =
    speedBitsPerSecond >= 1e9 ? [speedBitsPerSecond / 1e9, 'Gbit/s'] : [speedBitsPerSecond / 1e6, 'Mbit/s'];
  const speed = `${words.number(value)} ${unit}`;
  return duplex === 'half' ? l10n.t('{0}, half duplex', speed) : speed;
}
