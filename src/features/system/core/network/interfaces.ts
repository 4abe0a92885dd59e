import type { FileTexts } from '../../../../machine/machine';
import { parseBonding } from '../kernel/bonding';
import { decodeBytes } from '../kernel/bytes';
import { interfaceFacts } from '../kernel/interfaces';
import type { IpLink } from '../kernel/ipAddrJson';
import { baseName, count, singleValue } from '../kernel/text';
import { linkState } from './flags';
import { kindOf } from './kinds';
import type { InterfaceEntry } from './interfaceSchema';

/** What seldom changes of an interface. */
export type InterfaceFrame = Omit<InterfaceEntry, 'addresses' | 'counters' | 'rates' | 'multicastGroups'>;

const FOLDER = '/sys/class/net';
const FILES = [
  'ifindex',
  'iflink',
  'flags',
  'operstate',
  'carrier',
  'carrier_changes',
  'mtu',
  'address',
  'broadcast',
  'speed',
  'duplex',
  'tx_queue_len',
  'type',
  'uevent',
  'ifalias',
  'tun_flags',
];

/** Of all interfaces, in one round trip. */
export const INTERFACE_ITEMS = [
  ...FILES.map((file) => `${FOLDER}/*/${file}`),
  { path: `${FOLDER}/*`, what: 'names' } as const,
  { path: `${FOLDER}/*/master`, what: 'link' } as const,
  { path: `${FOLDER}/*/device/driver`, what: 'link' } as const,
  '/proc/net/bonding/*',
  '/proc/net/vlan/config',
];

/** `names`: as /proc/net/dev has them, every character a byte. `links`: of ip(8), null without it. */
export function interfaceFrames(
  names: readonly string[],
  texts: FileTexts,
  links: readonly IpLink[] | null,
): readonly InterfaceFrame[] {
  const byIndex = new Map(
    names.map((name) => [singleValue(texts.get(`${FOLDER}/${name}/ifindex`)) ?? '', decodeBytes(name)] as const),
  );
  const vlans = vlanParents(textOf(texts, '/proc/net/vlan/config'));
  const ofIp = new Map(links?.map((link) => [link.name, link]));
  return names.map((name) => frameOf(name, texts, ofIp.get(decodeBytes(name)), { byIndex, vlans }));
}

interface Surroundings {
  readonly byIndex: ReadonlyMap<string, string>;
  readonly vlans: ReadonlyMap<string, VlanParent>;
}

function frameOf(name: string, texts: FileTexts, link: IpLink | undefined, around: Surroundings): InterfaceFrame {
  const value = (file: string): string | null => singleValue(texts.get(`${FOLDER}/${name}/${file}`));
  const number = (file: string): number | null => count(value(file) ?? undefined);
  const facts = interfaceFacts(texts, name);
  const state = facts.state ?? link?.state ?? null;
  const carrier = carrierOf(value('carrier'), link);
  const flags = linkState(value('flags'), state, carrier) ?? stateOfIp(link);
  const files = new Set(
    textOf(texts, `${FOLDER}/${name}`)
      .split('\0')
      .filter((file) => file !== ''),
  );
  const vlan = around.vlans.get(decodeBytes(name));
  const linkIndex = value('iflink');
  const linked = linkIndex !== null && linkIndex !== value('ifindex') && linkIndex !== '0';
  return {
    name: decodeBytes(name),
    index: number('ifindex') ?? link?.index ?? null,
    kind: kindOf({
      infoKind: link?.kind ?? (vlan === undefined ? null : 'vlan'),
      deviceType: /^DEVTYPE=(.+)$/m.exec(textOf(texts, `${FOLDER}/${name}/uevent`))?.[1] ?? null,
      hardwareType: number('type'),
      files,
      linked,
      tunFlags: tunFlagsOf(value('tun_flags')),
    }),
    flags: [...(flags?.flags ?? [])],
    administrativelyUp: flags?.up ?? null,
    running: flags?.running ?? null,
    state,
    carrier,
    carrierChanges: number('carrier_changes'),
    mtuBytes: facts.mtuBytes ?? link?.mtuBytes ?? null,
    macAddress: hardwareAddress(facts.address ?? link?.macAddress ?? null),
    macBroadcast: hardwareAddress(value('broadcast') ?? link?.macBroadcast ?? null),
    speedBitsPerSecond: facts.speedBitsPerSecond,
    duplex: facts.duplex,
    queueLength: number('tx_queue_len') ?? link?.queueLength ?? null,
    driver: nameOfLink(texts, `${FOLDER}/${name}/device/driver`),
    alias: decodedOrNull(value('ifalias')),
    master: nameOfLink(texts, `${FOLDER}/${name}/master`) ?? link?.master ?? null,
    parts: partsOf(files),
    link: link?.link ?? vlan?.parent ?? (linked ? (around.byIndex.get(linkIndex ?? '') ?? null) : null),
    vlanId: link?.vlanId ?? vlan?.id ?? null,
    bond: bondOf(texts, name),
  };
}

/** Cannot be read while the interface is switched off. */
function carrierOf(carrier: string | null, link: IpLink | undefined): boolean | null {
  if (carrier !== null) return carrier === '1';
  if (link?.flags.includes('UP') !== true) return null;
  return link.flags.includes('LOWER_UP');
}

function stateOfIp(link: IpLink | undefined): ReturnType<typeof linkState> {
  if (link === undefined) return null;
  const up = link.flags.includes('UP');
  const running = up && (link.state === 'up' || link.state === 'unknown');
  return { flags: running ? [...link.flags, 'RUNNING'] : link.flags, up, running };
}

/** Interfaces without one have an empty text or, as tun, none at all. */
function hardwareAddress(address: string | null): string | null {
  return address === null || address === '' ? null : address;
}

function tunFlagsOf(text: string | null): number | null {
  return text !== null && /^0x[0-9a-f]+$/i.test(text) ? Number(text) : null;
}

function partsOf(files: ReadonlySet<string>): string[] {
  const lower = [...files].filter((file) => file.startsWith('lower_'));
  return lower.map((file) => decodeBytes(file.slice('lower_'.length))).sort();
}

function nameOfLink(texts: FileTexts, path: string): string | null {
  const target = texts.get(path);
  return typeof target === 'string' && target !== '' ? decodeBytes(baseName(target)) : null;
}

function decodedOrNull(text: string | null): string | null {
  return text === null ? null : decodeBytes(text);
}

function bondOf(texts: FileTexts, name: string): InterfaceFrame['bond'] {
  const text = texts.get(`/proc/net/bonding/${name}`);
  if (typeof text !== 'string') return null;
  const { mode, activeSlave, slaves } = parseBonding(text);
  return { mode, activeSlave, slaves: slaves.map((slave) => ({ ...slave })) };
}

interface VlanParent {
  readonly id: number;
  readonly parent: string;
}

/** /proc/net/vlan/config: `eth0.7 | 7 | eth0`. */
function vlanParents(text: string): ReadonlyMap<string, VlanParent> {
  const parents = new Map<string, VlanParent>();
  for (const line of text.split('\n')) {
    const [name = '', id, parent] = line.split('|').map((column) => column.trim());
    const number = count(id);
    if (number !== null && parent !== undefined)
      parents.set(decodeBytes(name), { id: number, parent: decodeBytes(parent) });
  }
  return parents;
}

function textOf(texts: FileTexts, path: string): string {
  const content = texts.get(path);
  return typeof content === 'string' ? content : '';
}
