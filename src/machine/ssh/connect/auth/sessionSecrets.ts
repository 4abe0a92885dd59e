import type { KeptSecrets } from '../parts';

/** Holds secrets in memory as long as the session lasts, over the storage in which some are kept for good. */
export function sessionSecrets(storage: Omit<KeptSecrets, 'hold'>): KeptSecrets {
  const held = new Map<string, string>();
  return {
    get: async (key) => held.get(key) ?? storage.get(key),
    store: (key, value) => storage.store(key, value),
    delete: (key) => {
      held.delete(key);
      return storage.delete(key);
    },
    hold: (key, value) => void held.set(key, value),
  };
}
