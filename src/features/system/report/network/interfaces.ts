import * as l10n from '@vscode/l10n';
import type { Cell, Column, Status, TableBlock } from '../../../../report/model';
import type { InterfaceEntry } from '../../core/network/interfaceSchema';
import type { NetworkFindingKind, NetworkResult } from '../../core/network/schema';
import { code, column, hidden, markedCell, table } from '../table';
import { createWords, line, type Words } from '../words';
import { kindText, linkText, speedText } from './words';

export function interfacesTable(result: NetworkResult): TableBlock {
  const words = createWords();
  const { interfaces } = result;
  const rows = interfaces.map((one) => [...mainCells(one, result, words), ...hiddenCells(one)]);
  const keys = interfaces.map((one) => one.name);
  return {
    ...table('interfaces', l10n.t('Interfaces'), [...mainColumns(), ...hiddenColumns()], rows, keys),
    menu: {
      actions: [{ label: l10n.t('Show This Interface Only'), tool: 'system.network' }],
      inputs: interfaces.map((one) => ({ interface: one.name })),
    },
  };
}

function mainColumns(): readonly Column[] {
  return [
    column('interface', l10n.t('Interface')),
    column('kind', l10n.t('Kind')),
    column('state', l10n.t('Link')),
    column('received', l10n.t('Received'), 'bytesPerSecond'),
    column('sent', l10n.t('Sent'), 'bytesPerSecond'),
    column('errors', l10n.t('Errors'), 'perSecond'),
    column('drops', l10n.t('Drops'), 'perSecond', l10n.t('Packets thrown away for want of room or of a receiver')),
    column('speed', l10n.t('Speed')),
    column('mtu', l10n.t('MTU'), 'plain'),
    code(column('mac', l10n.t('Hardware address'))),
    column('master', l10n.t('Part of'), undefined, l10n.t('The bridge, bond or VRF')),
  ];
}

function mainCells(one: InterfaceEntry, result: NetworkResult, words: Words): readonly Cell[] {
  const marked = (...kinds: readonly NetworkFindingKind[]): Status =>
    result.findings.some(({ kind, subject }) => kinds.includes(kind) && subject === one.name) ? 'warning' : 'ok';
  return [
    line(one.name),
    kindText(one.kind),
    markedCell(linkText(one), marked('noCarrier', 'bondSlaveDown')),
    one.rates.receivedBytesPerSecond,
    one.rates.sentBytesPerSecond,
    markedCell(one.rates.errorsPerSecond, marked('interfaceErrors')),
    markedCell(one.rates.dropsPerSecond, marked('interfaceDrops')),
    markedCell(speedText(one, words), marked('halfDuplex')),
    one.mtuBytes,
    one.macAddress,
    line(one.master),
  ];
}

function hiddenColumns(): readonly Column[] {
  return [
    column('packetsIn', l10n.t('Packets in'), 'perSecond'),
    column('packetsOut', l10n.t('Packets out'), 'perSecond'),
    column('receivedBytes', l10n.t('Received in all'), 'bytes'),
    column('sentBytes', l10n.t('Sent in all'), 'bytes'),
    column('receivedPackets', l10n.t('Packets received'), 'number'),
    column('sentPackets', l10n.t('Packets sent'), 'number'),
    column('receiveErrors', l10n.t('Errors in'), 'number'),
    column('sendErrors', l10n.t('Errors out'), 'number'),
    column('receiveDrops', l10n.t('Drops in'), 'number'),
    column('sendDrops', l10n.t('Drops out'), 'number'),
    column('missed', l10n.t('Missed'), 'number', l10n.t('Dropped by the device itself')),
    column('fifoIn', l10n.t('Overruns in'), 'number'),
    column('fifoOut', l10n.t('Overruns out'), 'number'),
    column('frame', l10n.t('Frame errors'), 'number'),
    column('crc', l10n.t('Check sum errors'), 'number'),
    column('length', l10n.t('Length errors'), 'number'),
    column('over', l10n.t('Ring overflows'), 'number'),
    column('noHandler', l10n.t('Without a receiver'), 'number'),
    column('carrierErrors', l10n.t('Carrier errors'), 'number'),
    column('collisions', l10n.t('Collisions'), 'number'),
    column('multicast', l10n.t('Multicast in'), 'number'),
    column('compressedIn', l10n.t('Compressed in'), 'number'),
    column('compressedOut', l10n.t('Compressed out'), 'number'),
    column('index', l10n.t('Index'), 'plain'),
    column('flags', l10n.t('Flags')),
    column('operational', l10n.t('State')),
    column('carrierChanges', l10n.t('Link changes'), 'number'),
    column('queue', l10n.t('Queue length'), 'number'),
    column('driver', l10n.t('Driver')),
    column('link', l10n.t('Linked to'), undefined, l10n.t('The parent, or the other end of a pair')),
    column('vlan', l10n.t('VLAN'), 'plain'),
    column('parts', l10n.t('Parts')),
    column('alias', l10n.t('Description')),
  ].map(hidden);
}

function hiddenCells({ counters, rates, ...one }: InterfaceEntry): readonly Cell[] {
  return [
    rates.receivedPacketsPerSecond,
    rates.sentPacketsPerSecond,
    counters.receivedBytes,
    counters.sentBytes,
    counters.receivedPackets,
    counters.sentPackets,
    counters.receiveErrors,
    counters.sendErrors,
    counters.receiveDrops,
    counters.sendDrops,
    counters.missed,
    counters.receiveFifoErrors,
    counters.sendFifoErrors,
    counters.receiveFrameErrors,
    counters.crcErrors,
    counters.lengthErrors,
    counters.overErrors,
    counters.noHandler,
    counters.carrierErrors,
    counters.collisions,
    counters.receivedMulticast,
    counters.receivedCompressed,
    counters.sentCompressed,
    one.index,
    one.flags.join(' '),
    one.state,
    one.carrierChanges,
    one.queueLength,
    one.driver,
    line(one.link),
    one.vlanId,
    line(one.parts.join(' ')),
    line(one.alias),
  ];
}

export function addressesTable({ interfaces, findings }: NetworkResult): TableBlock {
  const columns = [
    column('interface', l10n.t('Interface')),
    code(column('address', l10n.t('Address'))),
    column('prefix', l10n.t('Prefix length'), 'plain'),
    code(column('netmask', l10n.t('Netmask'))),
    code(column('broadcast', l10n.t('Broadcast'))),
    code(column('peer', l10n.t('Other end'))),
    column('scope', l10n.t('Scope')),
    column('flags', l10n.t('Flags')),
    hidden(column('valid', l10n.t('Valid for'), 'seconds')),
    hidden(column('preferred', l10n.t('Preferred for'), 'seconds')),
    hidden(column('label', l10n.t('Label'))),
  ];
  const duplicates = new Set(findings.filter(({ kind }) => kind === 'duplicateAddress').map(({ subject }) => subject));
  const all = interfaces.flatMap((one) => one.addresses.map((address) => ({ name: one.name, ...address })));
  const rows = all.map((one): readonly Cell[] => [
    line(one.name),
    one.address,
    one.prefixLength,
    one.netmask,
    one.broadcast,
    one.peer,
    one.scope,
    markedCell(one.flags.join(' ') || null, duplicates.has(one.address) ? 'warning' : 'ok'),
    one.validSeconds,
    one.preferredSeconds,
    line(one.label),
  ]);
  const keys = all.map((one) => `${one.name} ${one.address}/${one.prefixLength}`);
  return { ...table('addresses', l10n.t('Addresses'), columns, rows, keys), empty: l10n.t('There is no address.') };
}

export function bondsTable({ interfaces }: NetworkResult): TableBlock | null {
  const all = interfaces.flatMap(({ name, bond }) => (bond?.slaves ?? []).map((slave) => ({ of: name, bond, slave })));
  if (all.length === 0) return null;
  const columns = [
    column('bond', l10n.t('Bond')),
    column('mode', l10n.t('Mode')),
    column('slave', l10n.t('Interface')),
    column('state', l10n.t('Link')),
    column('active', l10n.t('Active')),
    column('speed', l10n.t('Speed')),
    column('failures', l10n.t('Link failures'), 'number'),
  ];
  const rows = all.map(({ of, bond, slave }): readonly Cell[] => [
    line(of),
    bond?.mode ?? null,
    line(slave.name),
    slave.linkUp === false ? { text: l10n.t('down'), status: 'warning' } : slave.linkUp === null ? null : l10n.t('up'),
    bond?.activeSlave === slave.name ? l10n.t('yes') : null,
    slave.speed,
    slave.linkFailures,
  ]);
  const keys = all.map(({ of, slave }) => `${of} ${slave.name}`);
  return table('bonds', l10n.t('Bonds'), columns, rows, keys);
}
