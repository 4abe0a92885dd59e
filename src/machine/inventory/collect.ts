import * as l10n from '@vscode/l10n';
import { shownPath } from '../../lib/bytePath';
import type { Host, HostPolicy, HostSource, Inventory, InventoryProblem } from '../machines';
import { whyNoHostName, whyNoUserName } from '../ssh/config/names';
import { MAX_HOSTS } from './ranges';

/** What one place in one file says of a host. */
export interface FoundHost {
  readonly name: string;
  readonly source: HostSource;
  readonly address?: string | null;
  readonly port?: number | null;
  readonly user?: string | null;
  readonly groups?: readonly string[];
  readonly tags?: readonly string[];
  readonly note?: string;
  readonly policy?: Partial<HostPolicy>;
}

interface Gathered {
  readonly sources: HostSource[];
  address: string | null;
  port: number | null;
  user: string | null;
  readonly groups: Set<string>;
  readonly tags: Set<string>;
  note: string;
  policy: Partial<HostPolicy>;
}

/** More would only be noise. */
const MAX_PROBLEMS = 1_000;

/** Gathers what files say: of a host in several places the first decides each field, groups and tags are united. */
export class InventoryCollector {
  private readonly hosts = new Map<string, Gathered>();
  private readonly problems: InventoryProblem[] = [];
  private full = false;

  /** Names that cannot be, and what is wrong with an address, a user or a port, become problems. */
  add(found: FoundHost): void {
    const { name, source } = found;
    const why = whyNoHostName(name);
    if (why !== null) {
      this.problem(source.file, source.line, l10n.t('“{0}” cannot be a host: {1}', shown(name), why));
      return;
    }
    const host = this.hosts.get(name) ?? this.begin(name, source);
    if (!host) return;
    if (!host.sources.some(({ file, line }) => file === source.file && line === source.line)) host.sources.push(source);
    host.address ??= this.address(found);
    host.port ??= this.port(found);
    host.user ??= this.user(found);
    for (const group of found.groups ?? []) host.groups.add(group);
    for (const tag of found.tags ?? []) host.tags.add(tag);
    if (host.note === '') host.note = found.note ?? '';
    host.policy = { ...found.policy, ...host.policy };
  }

  /** What the message quotes may be anything: control characters are made visible. */
  problem(file: string, line: number | null, message: string): void {
    if (this.problems.length < MAX_PROBLEMS)
      this.problems.push({ file, line, message: shownPath(message.slice(0, 500)) });
  }

  has(name: string): boolean {
    return this.hosts.has(name);
  }

  addresses(): ReadonlySet<string> {
    return new Set([...this.hosts.values()].map(({ address }) => address).filter((address) => address !== null));
  }

  inventory(): Inventory {
    const hosts = [...this.hosts].map(([name, { policy, groups, tags, ...rest }]): Host => ({
      name,
      ...rest,
      groups: [...groups],
      tags: [...tags],
      policy: { readOnly: false, confirm: false, colour: null, ...policy },
    }));
    return { hosts, problems: this.problems };
  }

  private begin(name: string, source: HostSource): Gathered | null {
    if (this.hosts.size >= MAX_HOSTS) {
      if (!this.full) this.problem(source.file, source.line, l10n.t('there are more than {0} hosts', MAX_HOSTS));
      this.full = true;
      return null;
    }
    const host = {
      sources: [],
      address: null,
      port: null,
      user: null,
      groups: new Set<string>(),
      tags: new Set<string>(),
      note: '',
      policy: {},
    };
    this.hosts.set(name, host);
    return host;
  }

  private address({ address = null, source }: FoundHost): string | null {
    const why = address === null ? null : whyNoHostName(address);
    if (why === null) return address;
    this.problem(source.file, source.line, l10n.t('“{0}” cannot be an address: {1}', shown(address ?? ''), why));
    return null;
  }

  private user({ user = null, source }: FoundHost): string | null {
    const why = user === null ? null : whyNoUserName(user);
    if (why === null) return user;
    this.problem(source.file, source.line, l10n.t('“{0}” cannot be a user: {1}', shown(user ?? ''), why));
    return null;
  }

  private port({ port = null, source }: FoundHost): number | null {
    if (port === null || (Number.isInteger(port) && port >= 1 && port <= 65_535)) return port;
    this.problem(source.file, source.line, l10n.t('a port is a number from 1 to 65535'));
    return null;
  }
}

function shown(text: string): string {
  return shownPath(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
