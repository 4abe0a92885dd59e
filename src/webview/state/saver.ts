/** How long a change of the view may wait, so that typing a filter is not one save a letter. */
const SETTLE_MS = 150;
/** How far apart saves of a live report are at least. */
const LIVE_INTERVAL_MS = 2000;

export interface Saver {
  /** The report changed: now, or when the last save is two seconds old. */
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

  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    dueAt = Number.POSITIVE_INFINITY;
    savedAt = performance.now();
    save();
  };
  const within = (delayMs: number): void => {
    const due = performance.now() + delayMs;
    if (due >= dueAt) return;
    clearTimeout(timer);
    dueAt = due;
    timer = setTimeout(flush, delayMs);
  };
  return {
    reportChanged: () => within(Math.max(0, savedAt + LIVE_INTERVAL_MS - performance.now())),
    viewChanged: () => within(SETTLE_MS),
    flush,
  };
}
