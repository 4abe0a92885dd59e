import type { FileTexts } from '../../../../machine/machine';
import { count, decimal, singleValue } from './text';

/** What /sys/class/net tells of an interface, see Documentation/ABI/testing/sysfs-class-net of the kernel. */
export interface InterfaceFacts {
  /** RFC 2863 operational state as the kernel writes it: up, down, unknown, dormant, lowerlayerdown … */
  readonly state: string | null;
  /** Carries traffic; a state of unknown (loopback, tunnels) counts as up when the administrator switched it on. */
  readonly up: boolean | null;
  readonly speedBitsPerSecond: number | null;
  readonly duplex: string | null;
  readonly mtuBytes: number | null;
  readonly address: string | null;
  /** Belongs to a device on a bus rather than to software; null where that is not known. */
  readonly hardware: boolean | null;
}

const FOLDER = '/sys/class/net';
/** IFF_UP of netdevice(7). */
const IFF_UP = 1;

export function interfaceFacts(texts: FileTexts, name: string): InterfaceFacts {
  const value = (file: string): string | null => singleValue(texts.get(`${FOLDER}/${name}/${file}`));
  const state = value('operstate');
  const megabits = decimal(value('speed') ?? undefined);
  const duplex = value('duplex');
  return {
    state,
    up: isUp(state, value('flags')),
    // Without a link the file holds -1, or cannot be read.
    speedBitsPerSecond: megabits !== null && megabits > 0 && megabits < 2 ** 31 ? megabits * 1e6 : null,
    duplex: duplex === 'full' || duplex === 'half' ? duplex : null,
    mtuBytes: count(value('mtu') ?? undefined),
    address: value('address'),
    hardware: value('mtu') === null ? null : texts.has(`${FOLDER}/${name}/device/uevent`),
  };
}

function isUp(state: string | null, flags: string | null): boolean | null {
  if (state === null) return null;
  if (state !== 'unknown') return state === 'up';
  return flags !== null && /^0x[0-9a-f]+$/i.test(flags) ? (Number(flags) & IFF_UP) !== 0 : null;
}
