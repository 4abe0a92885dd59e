import * as l10n from '@vscode/l10n';
import type { AnsibleGroup, AnsibleHost, AnsibleModel, AnsibleValue } from './ansibleModel';
import type { FoundHost } from './collect';

/** What has a connection plugin of its own over SSH; everything else is not ours. */
const OVER_SSH = /(?:^|\.)(?:ssh|smart|paramiko|paramiko_ssh|libssh|network_cli|netconf)$/u;

/** A group in many groups has many paths. */
const MAX_PATHS = 16;

/** Of groups within groups. */
const MAX_DEPTH = 64;

/** Combines hosts, groups and variables as Ansible does: the nearest group wins, and the host itself over all groups. */
export function ansibleHosts(model: AnsibleModel, file: string): readonly FoundHost[] {
  const tree = new GroupTree(model);
  tree.report();
  const found: FoundHost[] = [];
  for (const host of model.hosts.values()) {
    const read = new VariableReader(model, [host.variables, ...tree.nearestFirst(host.groups).map((g) => g.variables)]);
    if (!isOverSsh(host, read, model)) continue;
    found.push({
      name: host.name,
      source: { kind: 'ansible', file, line: host.line },
      address: read.text('ansible_host', 'ansible_ssh_host'),
      port: read.port(),
      user: read.text('ansible_user', 'ansible_ssh_user'),
      groups: [...host.groups].flatMap((group) => tree.paths(group)),
    });
  }
  return found;
}

function isOverSsh(host: AnsibleHost, read: VariableReader, model: AnsibleModel): boolean {
  const connection = read.text('ansible_connection');
  if (connection === null || OVER_SSH.test(connection)) return true;
  if (connection !== 'local') {
    model.problem(host.line, l10n.t('{0} is reached by {1}, not by SSH; it was left out', host.name, connection));
  }
  return false;
}

/** Reads variables from the nearest place that has them. */
class VariableReader {
  constructor(
    private readonly model: AnsibleModel,
    private readonly places: readonly ReadonlyMap<string, AnsibleValue>[],
  ) {}

  text(...names: readonly string[]): string | null {
    const found = this.find(names);
    if (!found || found.value === null || found.value === '') return null;
    const { value } = found;
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && !/\{[{%]/u.test(value) && !value.startsWith('$ANSIBLE_VAULT')) return value;
    this.unreadable(names[0] ?? '', found.line);
    return null;
  }

  port(): number | null {
    const text = this.text('ansible_port', 'ansible_ssh_port');
    if (text === null) return null;
    return /^\d{1,5}\s*(?:#.*)?$/u.test(text) ? parseInt(text, 10) : NaN;
  }

  private find(names: readonly string[]): AnsibleValue | undefined {
    for (const place of this.places) {
      for (const name of names) {
        const value = place.get(name);
        if (value) return value;
      }
    }
    return undefined;
  }

  /** One variable of a group concerns many hosts, and is told once. */
  private unreadable(name: string, line: number): void {
    const message = l10n.t('{0} was left out: only Ansible can work out its value', name);
    if (!this.model.problems.some((problem) => problem.line === line && problem.message === message)) {
      this.model.problem(line, message);
    }
  }
}

/** Which group is in which. */
class GroupTree {
  private readonly depths = new Map<string, number>();
  private readonly pathsOf = new Map<string, readonly string[]>();
  private readonly ancestors = new Map<string, readonly AnsibleGroup[]>();

  constructor(private readonly model: AnsibleModel) {
    for (const name of model.groups.keys()) this.findDepth(name, []);
  }

  report(): void {
    for (const { name, line, declared } of this.model.groups.values()) {
      if (!declared && !isBuiltIn(name)) this.model.problem(line, l10n.t('the group “{0}” is not there', name));
    }
  }

  /** 'web', or 'shop/web' within a group; nothing for the groups that every inventory has. */
  paths(name: string): readonly string[] {
    if (isBuiltIn(name)) return [];
    const known = this.pathsOf.get(name);
    if (known) return known;
    const parents = this.parents(name).filter((parent) => !isBuiltIn(parent));
    const paths = parents.flatMap((parent) => this.paths(parent).map((path) => `${path}/${name}`)).slice(0, MAX_PATHS);
    const found = paths.length > 0 ? paths : [name];
    this.pathsOf.set(name, found);
    return found;
  }

  /** All groups that hold a host of these, the deepest first; of equally deep ones the last by name wins. */
  nearestFirst(names: ReadonlySet<string>): readonly AnsibleGroup[] {
    const key = [...names].join('\u0000');
    const known = this.ancestors.get(key);
    if (known) return known;
    const all = new Set<string>(['all']);
    const add = (name: string): void => {
      if (all.has(name)) return;
      all.add(name);
      for (const parent of this.parents(name)) add(parent);
    };
    for (const name of names) add(name);
    const groups = [...all].map((name) => this.model.groups.get(name)).filter((group) => group !== undefined);
    groups.sort(
      (a, b) => (this.depths.get(b.name) ?? 0) - (this.depths.get(a.name) ?? 0) || (a.name < b.name ? 1 : -1),
    );
    this.ancestors.set(key, groups);
    return groups;
  }

  private parents(name: string): readonly string[] {
    return [...(this.model.groups.get(name)?.parents ?? [])];
  }

  /**
   * How deep a group lies, 'all' at 0. Takes out the step that closes a circle, or that goes too deep, and says so:
   * every walk ends then.
   */
  private findDepth(name: string, below: readonly string[]): number {
    const known = this.depths.get(name);
    if (known !== undefined) return known;
    let depth = name === 'all' ? 0 : 1;
    const group = this.model.groups.get(name);
    for (const parent of this.parents(name)) {
      const circle = parent === name || below.includes(parent);
      const above = circle || below.length >= MAX_DEPTH ? MAX_DEPTH : this.findDepth(parent, [...below, name]);
      if (above < MAX_DEPTH) {
        depth = Math.max(depth, above + 1);
        continue;
      }
      group?.parents.delete(parent);
      const message = circle
        ? l10n.t('the groups “{0}” and “{1}” hold each other', name, parent)
        : l10n.t('“{0}” lies too deep in other groups', name);
      this.model.problem(group?.line ?? null, message);
    }
    this.depths.set(name, depth);
    return depth;
  }
}

function isBuiltIn(name: string): boolean {
  return name === 'all' || name === 'ungrouped';
}
