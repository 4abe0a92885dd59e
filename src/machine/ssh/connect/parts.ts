import type { Person } from '../../person';
import type { HostOptions, HostRequest } from '../options';
import type { Transport } from '../transport';
import type { RecentReads } from './recent';

/** What connections need from outside. */
export interface ConnectParts {
  /** The options of a host as its configuration has them. Throws ExpectedError. */
  resolve(request: HostRequest, signal: AbortSignal): Promise<HostOptions>;
  /** null where nobody can be asked. */
  readonly person: Person | null;
  /** Passwords and passphrases: of this session, and those that the person wanted to be kept. */
  readonly secrets: KeptSecrets;
  readonly log: ConnectLog;
  /** Whether the configuration may run programs (ProxyCommand). */
  trusted(): boolean;
  /** The system's ssh, for what ssh2 cannot do; null where there is none. Connects through its own jump hosts. */
  readonly system: SystemConnect | null;
  /** Milliseconds, of a clock that only goes forward. */
  now(): number;
  /** Shared by connections that are made at the same time. Default: every file is read for each of them. */
  readonly recent?: RecentReads;
  /** Of all connections of this thread. Default: each read has memory of its own. */
  readonly readMemory?: Buffer;
}

export type SystemConnect = (options: HostOptions, signal: AbortSignal) => Promise<Transport>;

export interface KeptSecrets {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** In memory only, so that nobody is asked again when a connection was lost. */
  hold(key: string, value: string): void;
}

export interface ConnectLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

/** What is told of an open connection, beside what it can do. */
export interface ConnectionFacts {
  readonly host: string;
  readonly user: string;
  /** The address that answered; null behind a jump host or a ProxyCommand. */
  readonly address: string | null;
  readonly port: number;
  /** Names of the jump hosts, the first is reached from here. */
  readonly via: readonly string[];
  /** 'SSH-2.0-OpenSSH_9.2p1 …' */
  readonly banner: string;
  readonly algorithms: SettledAlgorithms | null;
  /** 'publickey', then 'password' where both were asked for. */
  readonly authenticatedBy: readonly string[];
  /** For a person: 'old algorithms, because …'. */
  readonly remarks: readonly string[];
}

export interface SettledAlgorithms {
  readonly kex: string;
  readonly hostKey: string;
  readonly cipher: string;
  readonly mac: string;
  readonly compression: string;
}

/** A transport that tells how it came about. */
export interface ConnectedTransport extends Transport {
  readonly facts: ConnectionFacts;
}
