import { decimal, wholeLines, words } from './text';

/** Seconds since boot, the time asleep included, from /proc/uptime (CLOCK_BOOTTIME, hundredths of a second). */
export function parseUptime(text: string): number | null {
  const seconds = decimal(words(wholeLines(text)[0] ?? '')[0]);
  return seconds === null || seconds < 0 ? null : seconds;
}
