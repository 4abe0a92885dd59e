import { fingerprintOf } from '../../keys/publicKey';
import type { HostOptions } from '../../options';
import type { KeptSecrets } from '../parts';

/** Secrets of the session, and those that the person wanted to be kept; what is refused is forgotten. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  forget(key: string): Promise<void>;
  /** For good where `keep` says so, else as long as the session lasts. */
  keepNow(key: string, value: string, keep: boolean): Promise<void>;
  /** The same when it has proved right: see `settle`. */
  keepLater(key: string, value: string, keep: boolean): void;
  /** What was to be kept has been accepted (kept), or refused (dropped). */
  settle(accepted: boolean): Promise<void>;
}

export function secretStore(secrets: KeptSecrets): SecretStore {
  const waiting = new Map<string, { readonly value: string; readonly keep: boolean }>();
  const keepNow: SecretStore['keepNow'] = async (key, value, keep) => {
    secrets.hold(key, value);
    if (keep) await secrets.store(key, value);
  };
  return {
    get: (key) => secrets.get(key),
    forget: (key) => secrets.delete(key),
    keepNow,
    keepLater: (key, value, keep) => void waiting.set(key, { value, keep }),
    settle: async (accepted) => {
      const all = [...waiting];
      waiting.clear();
      if (accepted) await Promise.all(all.map(([key, { value, keep }]) => keepNow(key, value, keep)));
    },
  };
}

export function passwordKey({ user, hostName, port }: HostOptions): string {
  return `ssh-password:${user}@${hostName}:${port}`;
}

export function passphraseKey(path: string, blob: Buffer | null): string {
  return `ssh-passphrase:${blob === null ? path : fingerprintOf(blob)}`;
}
