import { roundedTo } from '../kernel/numbers';
import { FINDING_KINDS, type NetworkFinding, type NetworkFindingKind, type NetworkResult } from './schema';

/** Beyond it connections are slow. */
const MANY_RETRANSMITS_PERCENT = 5;
/** Of an interface, in a second: a single one now and then is nothing. */
const MANY_A_SECOND = 1;

/** Counters that ought to stand still. */
export const BAD_COUNTERS: Readonly<Record<string, NetworkFindingKind>> = {
  'TcpExt ListenOverflows': 'listenOverflows',
  'TcpExt ListenDrops': 'listenOverflows',
  'TcpExt TCPBacklogDrop': 'listenOverflows',
  'TcpExt TCPReqQFullDrop': 'listenOverflows',
  'TcpExt TCPAbortOnMemory': 'memoryAborts',
  'TcpExt TCPMemoryPressures': 'memoryAborts',
  'Udp RcvbufErrors': 'udpReceiveErrors',
  'Udp6 RcvbufErrors': 'udpReceiveErrors',
  'Ip InDiscards': 'ipDiscards',
  'Ip OutDiscards': 'ipDiscards',
  'Ip6 InDiscards': 'ipDiscards',
  'Ip6 OutDiscards': 'ipDiscards',
};

/** What is wrong now, by the rates of the last interval and by the state of the links. The worst first. */
export function findingsOf(result: Omit<NetworkResult, 'findings'>): NetworkFinding[] {
  const rank = ({ kind }: NetworkFinding): number => FINDING_KINDS.indexOf(kind);
  return [...linkFindings(result), ...trafficFindings(result)].sort((one, other) => rank(one) - rank(other));
}

function trafficFindings(result: Omit<NetworkResult, 'findings'>): readonly NetworkFinding[] {
  const findings: NetworkFinding[] = [];
  const found = (kind: NetworkFindingKind, subject: string, value: number): void => {
    const known = findings.findIndex((one) => one.kind === kind && one.subject === subject);
    const same = findings[known];
    if (same === undefined) findings.push({ kind, subject, value });
    // An overflow is counted as a drop too: the greater of them is what happened.
    else findings[known] = { ...same, value: Math.max(same.value ?? 0, value) };
  };
  const { now } = result.retransmitPercent;
  if (now !== null && now >= MANY_RETRANSMITS_PERCENT) found('retransmits', '', now);
  for (const { protocol, name, perSecond } of result.statistics) {
    const kind = BAD_COUNTERS[`${protocol} ${name}`];
    if (kind !== undefined && perSecond !== null && perSecond > 0) found(kind, '', perSecond);
  }
  for (const { name, rates } of result.interfaces) {
    if ((rates.errorsPerSecond ?? 0) >= MANY_A_SECOND) found('interfaceErrors', name, rates.errorsPerSecond ?? 0);
    if ((rates.dropsPerSecond ?? 0) >= MANY_A_SECOND) found('interfaceDrops', name, rates.dropsPerSecond ?? 0);
  }
  return findings.map((one) => ({ ...one, value: roundedTo(one.value ?? 0, 1) }));
}

function linkFindings({ interfaces, resolvers }: Omit<NetworkResult, 'findings'>): readonly NetworkFinding[] {
  const findings: NetworkFinding[] = [];
  const found = (kind: NetworkFindingKind, subject: string): void => {
    findings.push({ kind, subject, value: null });
  };
  for (const one of interfaces) {
    const cabled = one.kind === 'physical' || one.kind === 'bond';
    if (cabled && one.administrativelyUp === true && one.carrier === false && one.addresses.length > 0)
      found('noCarrier', one.name);
    if (cabled && one.carrier === true && one.duplex === 'half') found('halfDuplex', one.name);
    for (const { address, flags } of one.addresses) if (flags.includes('dadfailed')) found('duplicateAddress', address);
    for (const slave of one.bond?.slaves ?? []) if (slave.linkUp === false) found('bondSlaveDown', slave.name);
  }
  if (resolvers.servers.length === 0) found('noResolver', '');
  return findings;
}
