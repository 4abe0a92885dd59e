import type { Host, Inventory } from '../../../machine/machines';

/** The view "Hosts": groups as folders within folders, then what belongs to no group by where it stands. */
export type HostNode = FolderNode | HostLeaf;

export interface FolderNode {
  readonly kind: 'folder';
  /** Unique and stable. */
  readonly id: string;
  readonly label: FolderLabel;
  readonly children: readonly HostNode[];
  /** Of this folder and those within. */
  readonly hostCount: number;
}

export type FolderLabel =
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'recent' | 'ssh-config' | 'known-hosts' | 'ansible' | 'hosts-file' };

export interface HostLeaf {
  readonly kind: 'host';
  readonly id: string;
  readonly host: Host;
}

/** A host that stands in several groups is in each of them. */
export function hostTree(inventory: Inventory, recent: readonly string[]): readonly HostNode[] {
  const groups = new Group('');
  const loose = new Map<Host['sources'][number]['kind'], Host[]>();
  for (const host of inventory.hosts) {
    for (const path of host.groups) groups.at(path.split('/')).hosts.push(host);
    const kind = host.sources[0]?.kind;
    if (host.groups.length > 0 || kind === undefined) continue;
    const others = loose.get(kind);
    if (others === undefined) loose.set(kind, [host]);
    else others.push(host);
  }
  const known = new Map(inventory.hosts.map((host) => [host.name, host]));
  const lately = recent.map((name) => known.get(name) ?? unlisted(name));
  const kinds = ['hosts-file', 'ansible', 'ssh-config', 'known-hosts'] as const;
  return [
    ...(lately.length > 0 ? [folder('recent', { kind: 'recent' }, leaves('recent', lately))] : []),
    ...groups.nodes(''),
    ...kinds.flatMap((kind) => {
      const hosts = loose.get(kind) ?? [];
      return hosts.length > 0 ? [folder(`by:${kind}`, { kind }, leaves(kind, hosts))] : [];
    }),
  ];
}

/** A host that was typed: no file names it. */
function unlisted(name: string): Host {
  const policy = { readOnly: false, confirm: false, colour: null };
  return { name, sources: [], address: null, port: null, user: null, groups: [], tags: [], note: '', policy };
}

class Group {
  readonly hosts: Host[] = [];
  private readonly within = new Map<string, Group>();

  constructor(readonly path: string) {}

  at(names: readonly string[]): Group {
    const [first, ...rest] = names;
    if (first === undefined) return this;
    const known = this.within.get(first) ?? new Group(`${this.path}/${first}`);
    this.within.set(first, known);
    return known.at(rest);
  }

  nodes(path: string): readonly HostNode[] {
    const folders = [...this.within].map(([name, group]) =>
      folder(`group:${path}/${name}`, { kind: 'group', name }, group.nodes(`${path}/${name}`)),
    );
    return [...folders, ...leaves(path, this.hosts)];
  }
}

function leaves(place: string, hosts: readonly Host[]): readonly HostLeaf[] {
  return hosts.map((host) => ({ kind: 'host', id: `host:${place}:${host.name}`, host }));
}

function folder(id: string, label: FolderLabel, children: readonly HostNode[]): FolderNode {
  const hostCount = children.reduce((sum, child) => sum + (child.kind === 'host' ? 1 : child.hostCount), 0);
  return { kind: 'folder', id, label, children, hostCount };
}
