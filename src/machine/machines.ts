import type { ConnectionCheck } from './connectionCheck';
import type { HostSettings } from './hostSettings';
import type { Machine } from './machine';
import type { Tunnel, TunnelSpec } from './tunnel';

/** The name of the machine where this code runs. */
export const localName = 'local';

/** The machines that a tool may reach by name, beside the one it was given. */
export interface Machines {
  /** The hosts that files name; asks no network. */
  inventory(signal: AbortSignal): Promise<Inventory>;
  /** The machine of that name, connected. 'local' is this one. Throws ExpectedError. */
  open(name: string, signal: AbortSignal): Promise<Machine>;
  /** How a connection comes about, step by step, on a connection of its own. Never throws for what the network does. */
  check(name: string, signal: AbortSignal): Promise<ConnectionCheck>;
  /** Opens a tunnel through that host; it lasts until it is closed or the signal fires. Throws ExpectedError. */
  tunnel(name: string, spec: TunnelSpec, signal: AbortSignal): Promise<Tunnel>;
}

/** Machines with their owner: connections are made, kept and ended here. */
export interface OwnedMachines extends Machines {
  /** Ends the connection to that host; what still runs over it fails. Does nothing where there is none. */
  disconnect(name: string): Promise<void>;
  /** From the next connection on. */
  configure(settings: HostSettings): void;
  /** Ends all connections, and waits for that. */
  close(): Promise<void>;
}

/** A host to which there is a connection. */
export interface OpenHost {
  readonly name: string;
  /** 'ssh2' is our own, 'system' the ssh of this computer. */
  readonly transport: 'ssh2' | 'system';
  /** For a person: why that one, which old algorithms are in use. */
  readonly remarks: readonly string[];
}

export interface Inventory {
  readonly hosts: readonly Host[];
  /** Files that could not be read, or lines that could not be understood. */
  readonly problems: readonly InventoryProblem[];
}

export interface Host {
  /** What SSH is told: an alias of the configuration, a name or an address. */
  readonly name: string;
  /** Where it stands, the first decides. */
  readonly sources: readonly HostSource[];
  /** Where the source says so; else the SSH configuration does. */
  readonly address: string | null;
  readonly port: number | null;
  readonly user: string | null;
  /** 'web', or 'shop/web' within a group. */
  readonly groups: readonly string[];
  readonly tags: readonly string[];
  readonly note: string;
  readonly policy: HostPolicy;
}

export interface HostSource {
  readonly kind: 'ssh-config' | 'known-hosts' | 'ansible' | 'hosts-file';
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface HostPolicy {
  /** Tools that change something are refused. */
  readonly readOnly: boolean;
  /** Every run asks first. */
  readonly confirm: boolean;
  /** A theme colour of charts: 'red', 'orange', 'yellow', 'green', 'blue', 'purple'; null for none. */
  readonly colour: string | null;
}

export interface InventoryProblem {
  readonly file: string;
  /** From 1; null where it is about the whole file. */
  readonly line: number | null;
  readonly message: string;
}
