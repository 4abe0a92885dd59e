import { count } from './text';

/** Counters since boot from /proc/vmstat; null for what this kernel does not count. */
export interface PagingCounters {
  readonly swapInPages: number | null;
  readonly swapOutPages: number | null;
  readonly majorFaults: number | null;
  /** Processes ended because memory ran out (since 4.13). */
  readonly outOfMemoryKills: number | null;
}

/** The file has some 200 lines of which four matter: they are searched for, the others are not parsed. */
export function parseVmstat(text: string): PagingCounters | null {
  const counters: PagingCounters = {
    swapInPages: valueOf(text, 'pswpin'),
    swapOutPages: valueOf(text, 'pswpout'),
    majorFaults: valueOf(text, 'pgmajfault'),
    outOfMemoryKills: valueOf(text, 'oom_kill'),
  };
  return Object.values(counters).every((value) => value === null) ? null : counters;
}

function valueOf(text: string, name: string): number | null {
  const start = text.startsWith(`${name} `) ? 0 : text.indexOf(`\n${name} `) + 1;
  if (start === 0 && !text.startsWith(`${name} `)) return null;
  const end = text.indexOf('\n', start);
  return end === -1 ? null : count(text.slice(start + name.length + 1, end));
}
