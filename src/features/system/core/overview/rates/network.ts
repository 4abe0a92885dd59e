import { percentOf, perSecond, sumOf } from '../../kernel/numbers';
import type { InterfaceCounters } from '../../kernel/netdev';
import type { Reading } from '../reading';
import type { NetworkInterface } from '../schema/network';

export function interfacesOf(
  before: Reading | null,
  now: Reading,
  seconds: number | null,
): readonly NetworkInterface[] {
  const earlier = new Map(before?.counters.interfaces?.map((one) => [one.name, one]));
  return (now.counters.interfaces ?? []).map((one) => {
    const facts = now.surroundings.interfaceFacts.get(one.name);
    const rates = interfaceRates(earlier.get(one.name), one, seconds);
    const speed = facts?.speedBitsPerSecond ?? null;
    const busier = Math.max(rates.receivedBytesPerSecond ?? 0, rates.sentBytesPerSecond ?? 0);
    return {
      name: one.name,
      state: facts?.state ?? null,
      up: facts?.up ?? null,
      hardware: facts?.hardware ?? null,
      speedBitsPerSecond: speed,
      duplex: facts?.duplex ?? null,
      mtuBytes: facts?.mtuBytes ?? null,
      address: facts?.address ?? null,
      ...rates,
      utilisationPercent: rates.receivedBytesPerSecond === null ? null : percentOf(busier * 8, speed),
      receivedBytes: one.receivedBytes,
      sentBytes: one.sentBytes,
      receivedPackets: one.receivedPackets,
      sentPackets: one.sentPackets,
      receiveErrors: one.receiveErrors,
      sendErrors: one.sendErrors,
      receiveDrops: one.receiveDrops,
      sendDrops: one.sendDrops,
      collisions: one.collisions,
    };
  });
}

type InterfaceRates = Pick<
  NetworkInterface,
  | 'receivedBytesPerSecond'
  | 'sentBytesPerSecond'
  | 'receivedPacketsPerSecond'
  | 'sentPacketsPerSecond'
  | 'errorsPerSecond'
  | 'dropsPerSecond'
>;

function interfaceRates(
  before: InterfaceCounters | undefined,
  now: InterfaceCounters,
  seconds: number | null,
): InterfaceRates {
  const errors = (of: InterfaceCounters | undefined): number | null =>
    of === undefined ? null : sumOf([of.receiveErrors, of.sendErrors]);
  const drops = (of: InterfaceCounters | undefined): number | null =>
    of === undefined ? null : sumOf([of.receiveDrops, of.sendDrops]);
  return {
    receivedBytesPerSecond: perSecond(before?.receivedBytes, now.receivedBytes, seconds, 0),
    sentBytesPerSecond: perSecond(before?.sentBytes, now.sentBytes, seconds, 0),
    receivedPacketsPerSecond: perSecond(before?.receivedPackets, now.receivedPackets, seconds),
    sentPacketsPerSecond: perSecond(before?.sentPackets, now.sentPackets, seconds),
    errorsPerSecond: perSecond(errors(before), errors(now), seconds),
    dropsPerSecond: perSecond(drops(before), drops(now), seconds),
  };
}

/**
 * The interfaces whose sum is the machine's traffic: those of hardware, for bridges, bonds and tunnels carry the same
 * bytes once more. Where none is known to be hardware, as in a container, all but loopback.
 */
export function outerInterfaces(interfaces: readonly NetworkInterface[]): readonly NetworkInterface[] {
  const hardware = interfaces.filter((one) => one.hardware === true);
  return hardware.length > 0
    ? hardware
    : interfaces.filter((one) => one.name !== 'lo' && !/^(lo\d|Loopback)/.test(one.name));
}
