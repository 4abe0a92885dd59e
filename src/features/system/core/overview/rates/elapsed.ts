import type { Reading } from '../reading';

/** The machine was asleep, or this one, when its clocks disagree by more. */
const ASLEEP_SECONDS = 5;

/**
 * Seconds between two readings by the clock of the machine that was read; null when the two cannot be compared: it was
 * started anew in between, or one of the machines slept.
 */
export function elapsedSeconds(before: Reading, now: Reading): number | null {
  const waited = (now.monotonicMs - before.monotonicMs) / 1000;
  if (waited <= 0) return null;
  const uptimeBefore = before.counters.uptimeSeconds;
  const uptimeNow = now.counters.uptimeSeconds;
  if (uptimeBefore === null || uptimeNow === null) return waited;
  const passed = uptimeNow - uptimeBefore;
  if (passed < 0 || passed - waited > ASLEEP_SECONDS) return null;
  return passed > 0 ? passed : waited;
}
