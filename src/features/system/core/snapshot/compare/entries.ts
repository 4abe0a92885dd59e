import type { Snapshot } from '../schema';
import { processEntries } from './processEntries';
import { socketEntries } from './socketEntries';
import { compare, oneLine, timeText, word, type Entry } from './words';

export const SECTIONS = ['processes', 'sockets', 'mounts', 'routes', 'interfaces', 'units', 'users'] as const;
export type SectionName = (typeof SECTIONS)[number];

/**
 * The entries of a part, sorted, in words that stay the same while nothing happens: no counters, no sizes, no pids.
 * null where the snapshot does not know. `bootedAtMs` is what starts of processes are counted from: two snapshots of
 * one boot must count from the same moment, or an adjusted clock would look like a restart of everything.
 */
export function entriesOf(
  snapshot: Snapshot,
  section: SectionName,
  bootedAtMs: number | null,
): readonly Entry[] | null {
  const entries = rawEntries(snapshot, section, bootedAtMs);
  return entries === null ? null : numbered(entries);
}

function rawEntries(snapshot: Snapshot, section: SectionName, bootedAtMs: number | null): readonly Entry[] | null {
  switch (section) {
    case 'processes':
      return processEntries(snapshot, bootedAtMs);
    case 'sockets':
      return socketEntries(snapshot.sockets);
    case 'mounts':
      return snapshot.mounts.map(mountEntry);
    case 'routes':
      return snapshot.routes.map(routeEntry);
    case 'interfaces':
      return snapshot.interfaces.flatMap(interfaceEntries);
    case 'units':
      return snapshot.units?.map(unitEntry) ?? null;
    case 'users':
      return snapshot.users?.map(userEntry) ?? null;
  }
}

/** Sorted by code units, which no language of the machine changes; things that nothing tells apart are counted. */
function numbered(entries: readonly Entry[]): readonly Entry[] {
  const sorted = [...entries].sort((one, other) => compare(one.key, other.key) || compare(one.text, other.text));
  const seen = new Map<string, number>();
  return sorted.map(({ key, text }) => {
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return { key: times === 1 ? key : `${key}\0${times}`, text };
  });
}

function mountEntry({ mountPoint, source, type, root, readOnly }: Snapshot['mounts'][number]): Entry {
  const place = root === '/' ? '' : ` (its folder ${word(root)})`;
  return { key: mountPoint, text: `${word(mountPoint)}  ${word(source)}${place}  ${type}  ${readOnly ? 'ro' : 'rw'}` };
}

function routeEntry(route: Snapshot['routes'][number]): Entry {
  const { family, destination, gateway, interface: device, metric, type } = route;
  const via = gateway === null ? '' : ` via ${gateway}`;
  const by = device === null ? '' : ` dev ${word(device)}`;
  const cost = metric === null ? '' : ` metric ${metric}`;
  const kind = type === 'unicast' ? '' : `${type} `;
  const key = `${family} ${destination} ${metric ?? ''} ${device ?? ''}`;
  return { key, text: oneLine(`${family}  ${kind}${destination}${via}${by}${cost}`) };
}

/** A line for the link, and one for each address. */
function interfaceEntries(one: Snapshot['interfaces'][number]): readonly Entry[] {
  const { name, up, hardwareAddress, mtuBytes, addresses } = one;
  const state = up === null ? 'state unknown' : up ? 'up' : 'down';
  const link = `${word(name)}  ${state}  mac ${hardwareAddress ?? '-'}  mtu ${mtuBytes ?? '-'}`;
  return [
    { key: name, text: link },
    ...addresses.map((address) => ({ key: `${name} ${address}`, text: `${word(name)}  address ${oneLine(address)}` })),
  ];
}

function unitEntry({ id, state, sub, enabled }: NonNullable<Snapshot['units']>[number]): Entry {
  return { key: id, text: oneLine(`${id}  ${state} (${sub})  ${enabled ?? '-'}`) };
}

function userEntry({ user, terminal, host, sinceMs }: NonNullable<Snapshot['users']>[number]): Entry {
  const text = `${word(user)}  ${word(terminal ?? '-')}  from ${word(host ?? '-')}  since ${timeText(sinceMs)}`;
  return { key: `${user} ${terminal ?? ''}`, text };
}
