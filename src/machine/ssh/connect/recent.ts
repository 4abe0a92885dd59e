/** Files of keys and known hosts change at the speed of people; the hosts of a fleet are connected within moments. */
const FRESH_MS = 1_000;

/** What was read a moment ago, for those who want to read the same now: a fleet would read it hundreds of times. */
export interface RecentReads {
  get<T>(key: string, read: () => Promise<T>): Promise<T>;
  /** Something was written. */
  forget(): void;
}

/** `nowMs`: of a clock that only goes forward. */
export function recentReads(nowMs: () => number): RecentReads {
  const reads = new Map<string, { readonly atMs: number; readonly outcome: Promise<unknown> }>();
  const isFresh = (atMs: number): boolean => nowMs() - atMs < FRESH_MS;
  return {
    get: <T>(key: string, read: () => Promise<T>): Promise<T> => {
      const known = reads.get(key);
      if (known !== undefined && isFresh(known.atMs)) return known.outcome as Promise<T>;
      // Also so that no key stays in memory for longer than its connections need it.
      for (const [name, { atMs }] of reads) if (!isFresh(atMs)) reads.delete(name);
      const outcome = read();
      reads.set(key, { atMs: nowMs(), outcome });
      outcome.catch(() => reads.delete(key));
      return outcome;
    },
    forget: () => reads.clear(),
  };
}

/** For what is read for itself. */
export const READ_ANEW: RecentReads = { get: (_key, read) => read(), forget: () => undefined };
