import type { Inventory } from '../../../machine/machines';

/** The hosts with that text in their name, address, group, tag or note; all of them for ''. */
export function filterHosts(inventory: Inventory, filter: string): Inventory {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return inventory;
  const texts = (host: Inventory['hosts'][number]): readonly string[] => [
    host.name,
    host.address ?? '',
    host.user ?? '',
    ...host.groups,
    ...host.tags,
    host.note,
  ];
  return {
    ...inventory,
    hosts: inventory.hosts.filter((host) => texts(host).some((text) => text.toLowerCase().includes(wanted))),
  };
}
