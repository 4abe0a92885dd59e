import { fingerprintOf } from '../../keys/publicKey';
import type { HostOptions } from '../../options';
import type { KeptSecrets } from '../parts';

/** Secrets that the person wanted to be kept; what is refused is forgotten. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  forget(key: string): Promise<void>;
  keepNow(key: string, value: string): Promise<void>;
  /** Stores it when it has proved right: see `settle`. */
  keepLater(key: string, value: string): void;
  /** What was to be kept has been accepted (stored), or refused (dropped). */
  settle(accepted: boolean): Promise<void>;
}

export function secretStore(secrets: KeptSecrets): SecretStore {
  const waiting = new Map<string, string>();
  return {
    get: (key) => secrets.get(key),
    forget: (key) => secrets.delete(key),
    keepNow: (key, value) => secrets.store(key, value),
    keepLater: (key, value) => void waiting.set(key, value),
    settle: async (accepted) => {
      const all = [...waiting];
      waiting.clear();
      if (accepted) await Promise.all(all.map(([key, value]) => secrets.store(key, value)));
    },
  };
}

export function passwordKey({ user, hostName, port }: HostOptions): string {
  return `ssh-password:${user}@${hostName}:${port}`;
}

export function passphraseKey(path: string, blob: Buffer | null): string {
  return `ssh-passphrase:${blob === null ? path : fingerprintOf(blob)}`;
}
