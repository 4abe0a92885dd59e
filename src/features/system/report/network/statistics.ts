import * as l10n from '@vscode/l10n';
import type { Cell, SectionBlock, TableBlock } from '../../../../report/model';
import { BAD_COUNTERS } from '../../core/network/findings';
import type { CounterEntry, NetworkResult } from '../../core/network/schema';
import { code, column, markedCell, table } from '../table';

/** Those that tell of trouble, with what they mean. Called when needed: the texts are in the user's language. */
function meanings(): ReadonlyMap<string, string> {
  return new Map([
    ['TcpExt ListenOverflows', l10n.t('Connections turned away: the program did not accept them fast enough')],
    ['TcpExt ListenDrops', l10n.t('Connections turned away while listening, for any reason')],
    ['TcpExt TCPReqQFullDrop', l10n.t('Connections dropped: too many were being opened at once')],
    ['TcpExt TCPBacklogDrop', l10n.t('Segments dropped: the socket was busy and its backlog full')],
    ['TcpExt TCPRcvQDrop', l10n.t('Segments dropped: the program did not read fast enough')],
    ['TcpExt SyncookiesSent', l10n.t('Connections answered with cookies: too many were being opened at once')],
    ['TcpExt TCPAbortOnMemory', l10n.t('Connections given up for want of memory')],
    ['TcpExt TCPMemoryPressures', l10n.t('Times the memory of TCP ran short')],
    ['TcpExt TCPTimeouts', l10n.t('Times nothing was heard of a segment for too long')],
    ['TcpExt TCPAbortOnTimeout', l10n.t('Connections given up because the other side did not answer')],
    ['Tcp RetransSegs', l10n.t('Segments sent again')],
    ['Tcp AttemptFails', l10n.t('Connections that could not be made')],
    ['Tcp EstabResets', l10n.t('Connections that were reset')],
    ['Tcp InErrs', l10n.t('Segments received with errors')],
    ['Udp NoPorts', l10n.t('Datagrams to a port on which nobody listens')],
    ['Udp InErrors', l10n.t('Datagrams that could not be delivered')],
    ['Udp RcvbufErrors', l10n.t('Datagrams dropped: the program did not read fast enough')],
    ['Udp SndbufErrors', l10n.t('Datagrams not sent for want of room')],
    ['Udp6 NoPorts', l10n.t('Datagrams to a port on which nobody listens')],
    ['Udp6 InErrors', l10n.t('Datagrams that could not be delivered')],
    ['Udp6 RcvbufErrors', l10n.t('Datagrams dropped: the program did not read fast enough')],
    ['Udp6 SndbufErrors', l10n.t('Datagrams not sent for want of room')],
    ['Ip InDiscards', l10n.t('Packets dropped on receipt for want of room')],
    ['Ip OutDiscards', l10n.t('Packets dropped instead of being sent')],
    ['Ip OutNoRoutes', l10n.t('Packets for which there was no route')],
    ['Ip InHdrErrors', l10n.t('Packets with a broken header')],
    ['Ip InAddrErrors', l10n.t('Packets that were not for this machine')],
    ['Ip ReasmFails', l10n.t('Fragments that could not be put together')],
    ['Ip FragFails', l10n.t('Packets that were too large and must not be cut')],
    ['Ip6 InDiscards', l10n.t('Packets dropped on receipt for want of room')],
    ['Ip6 OutDiscards', l10n.t('Packets dropped instead of being sent')],
    ['Ip6 OutNoRoutes', l10n.t('Packets for which there was no route')],
    ['Ip6 ReasmFails', l10n.t('Fragments that could not be put together')],
    ['Icmp InErrors', l10n.t('ICMP messages with errors')],
  ]);
}

export function importantTable({ statistics }: NetworkResult): TableBlock | null {
  const texts = meanings();
  const counters = statistics.filter((one) => texts.has(nameOf(one)) && (one.value > 0 || one.perSecond !== null));
  const happened = counters.filter((one) => one.value > 0).sort((one, other) => rank(other) - rank(one));
  if (counters.length === 0) return null;
  const columns = [
    column('meaning', l10n.t('What happened')),
    column('now', l10n.t('Now'), 'perSecond'),
    column('total', l10n.t('Since boot'), 'number'),
    code(column('counter', l10n.t('Counter'))),
  ];
  const rows = happened.map((one): readonly Cell[] => {
    const bad = BAD_COUNTERS[nameOf(one)] !== undefined && (one.perSecond ?? 0) > 0;
    return [texts.get(nameOf(one)) ?? '', markedCell(one.perSecond, bad ? 'warning' : 'ok'), one.value, nameOf(one)];
  });
  return {
    ...table('trouble', l10n.t('Trouble Underneath'), columns, rows, happened.map(nameOf)),
    empty: l10n.t('Nothing was dropped, turned away or sent again since boot.'),
  };
}

function nameOf({ protocol, name }: CounterEntry): string {
  return `${protocol} ${name}`;
}

/** What happens now comes before what happened once. */
function rank(counter: CounterEntry): number {
  return (counter.perSecond ?? 0) > 0 ? (BAD_COUNTERS[nameOf(counter)] === undefined ? 1 : 2) : 0;
}

export function countersSection({ statistics }: NetworkResult): SectionBlock | null {
  if (statistics.length === 0) return null;
  const columns = [
    column('protocol', l10n.t('Protocol')),
    code(column('counter', l10n.t('Counter'))),
    column('now', l10n.t('Now'), 'perSecond'),
    column('total', l10n.t('Since boot'), 'number'),
  ];
  const rows = statistics.map((one): readonly Cell[] => [one.protocol, one.name, one.perSecond, one.value]);
  return {
    kind: 'section',
    title: l10n.t('Counters of the Protocols'),
    summary: l10n.t('All {0} that the kernel keeps.', statistics.length),
    collapsed: true,
    blocks: [table('counters', null, columns, rows, statistics.map(nameOf))],
  };
}
