import type { PageMessage, TablePreference } from '../../report/protocol';

/** How long the user may go on choosing before the host hears of it. */
const SETTLE_MS = 400;

export interface PreferenceSender {
  /** The latest choice for each table is sent, once the user pauses. */
  prefer(table: string, preference: TablePreference): void;
  /** The page may go away: at once. */
  flush(): void;
}

export function createPreferenceSender(post: (message: PageMessage) => void): PreferenceSender {
  const waiting = new Map<string, TablePreference>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    const due = [...waiting];
    waiting.clear();
    due.forEach(([table, preference]) => post({ kind: 'prefer', table, preference }));
  };
  return {
    prefer(table, preference) {
      waiting.set(table, preference);
      clearTimeout(timer);
      timer = setTimeout(flush, SETTLE_MS);
    },
    flush,
  };
}
