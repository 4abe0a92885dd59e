/** How long a change of the view may wait, so that typing a filter is not one save a letter. */
const SETTLE_MS = 150;
/** How far apart saves of a live report are at least. */
const LIVE_INTERVAL_MS = 2000;
/** Of a live report, so much of the time may go into saving it: a save of thousands of rows takes its time. */
const LIVE_SHARE = 0.01;

export interface Saver {
  /** The report changed: now, or when the last save is long enough ago. */
  reportChanged(): void;
  /** The user changed the view: as soon as they pause. */
  viewChanged(): void;
  /** The page may go away: at once, where something is unsaved. */
  flush(): void;
}

export function createSaver(save: () => void): Saver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let savedAt = Number.NEGATIVE_INFINITY;
  let tookMs = 0;

  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    dueAt = Number.POSITIVE_INFINITY;
    savedAt = performance.now();
    save();
    tookMs = performance.now() - savedAt;
  };
  const within = (delayMs: number): void => {
    const due = performance.now() + delayMs;
    if (due >= dueAt) return;
    clearTimeout(timer);
    dueAt = due;
    timer = setTimeout(flush, delayMs);
  };
  return {
    reportChanged() {
      const intervalMs = Math.max(LIVE_INTERVAL_MS, tookMs / LIVE_SHARE);
      within(Math.max(0, savedAt + intervalMs - performance.now()));
    },
    viewChanged: () => within(SETTLE_MS),
    flush,
  };
}
