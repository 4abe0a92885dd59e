import type { HostSettings } from './hostSettings';
import type { LocalMachine } from './local';
import type { OpenHost } from './machines';
import type { Person } from './person';

/** Where passwords and passphrases are kept that the person wants kept. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface ConnectionLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

/** What the rest of the house gives. */
export interface DirectoryParts {
  readonly local: LocalMachine;
  /** null: `configure` is called as soon as they are known; whatever needs them waits. */
  readonly settings: HostSettings | null;
  readonly person: Person | null;
  readonly secrets: SecretStore;
  readonly log: ConnectionLog;
  /** Told of every change of the hosts to which there is a connection. */
  onConnected(hosts: readonly OpenHost[]): void;
}
