import * as l10n from '@vscode/l10n';
import { isIP } from 'node:net';
import { messageOf } from '../../lib/errors';
import { expandRange } from './ranges';

/** A value of an inventory and the line it stands on. */
export interface AnsibleValue {
  readonly value: unknown;
  readonly line: number;
}

export type AnsibleVariables = Map<string, AnsibleValue>;

export interface AnsibleHost {
  readonly name: string;
  /** The first that names it. */
  readonly line: number;
  readonly variables: AnsibleVariables;
  /** That list it themselves. */
  readonly groups: Set<string>;
}

export interface AnsibleGroup {
  readonly name: string;
  /** Where it is first mentioned. */
  readonly line: number;
  /** False while it is only named as a child or by its variables. */
  declared: boolean;
  readonly variables: AnsibleVariables;
  readonly parents: Set<string>;
}

export interface AnsibleProblem {
  readonly line: number | null;
  readonly message: string;
}

/** The only variables that say how SSH reaches a host; the older names with `_ssh_` come after the newer. */
const READ: ReadonlySet<string> = new Set([
  'ansible_host',
  'ansible_ssh_host',
  'ansible_port',
  'ansible_ssh_port',
  'ansible_user',
  'ansible_ssh_user',
  'ansible_connection',
]);

/** An Ansible inventory while it is read, whatever it is written in: hosts, groups and variables, not yet combined. */
export class AnsibleModel {
  readonly hosts = new Map<string, AnsibleHost>();
  readonly groups = new Map<string, AnsibleGroup>();
  readonly problems: AnsibleProblem[] = [];

  constructor(private readonly maxHosts: number) {}

  problem(line: number | null, message: string): void {
    this.problems.push({ line, message });
  }

  group(name: string, line: number): AnsibleGroup {
    const present = this.groups.get(name);
    if (present) return present;
    const group = { name, line, declared: false, variables: new Map(), parents: new Set<string>() };
    this.groups.set(name, group);
    return group;
  }

  /** A pattern of hosts in a group, `web[01:20].example.com:2222`, with the variables that stand there. */
  addHosts(pattern: string, group: string, variables: readonly (readonly [string, unknown])[], line: number): void {
    const { names, port } = this.namesOf(pattern, line);
    for (const name of names) {
      if (!this.hosts.has(name) && this.hosts.size >= this.maxHosts) {
        this.problem(line, l10n.t('there are more than {0} hosts', this.maxHosts));
        return;
      }
      const host = this.hosts.get(name) ?? { name, line, variables: new Map(), groups: new Set<string>() };
      this.hosts.set(name, host);
      host.groups.add(group);
      if (port !== null) host.variables.set('ansible_port', { value: port, line });
      for (const [key, value] of variables) setVariable(host.variables, key, value, line);
    }
  }

  private namesOf(pattern: string, line: number): { readonly names: readonly string[]; readonly port: number | null } {
    const { base, port } = splitPort(pattern);
    try {
      return { names: expandRange(base, this.maxHosts), port };
    } catch (error) {
      this.problem(line, messageOf(error));
      return { names: [], port };
    }
  }
}

export function setVariable(variables: AnsibleVariables, key: string, value: unknown, line: number): void {
  if (READ.has(key)) variables.set(key, { value, line });
}

/** A port after the last colon that is not within brackets; an address of IPv6 has one only behind its brackets. */
function splitPort(pattern: string): { readonly base: string; readonly port: number | null } {
  if (isIP(pattern) === 6) return { base: pattern, port: null };
  const address = /^\[([^[\]]+)\](?::(\d{1,5}))?$/u.exec(pattern);
  if (address && isIP(address[1] ?? '') === 6) return { base: address[1] ?? '', port: portOf(address[2]) };
  const match = /^((?:[^[\]:]|\[[^[\]]*\])+):(\d{1,5})$/u.exec(pattern);
  return match ? { base: match[1] ?? '', port: portOf(match[2]) } : { base: pattern, port: null };
}

function portOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
