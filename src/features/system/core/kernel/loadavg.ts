import { count, decimal, wholeLines, words } from './text';

/** /proc/loadavg, see proc_loadavg(5). */
export interface LoadAverage {
  /** Runnable and uninterruptible tasks, averaged over 1, 5 and 15 minutes. */
  readonly one: number;
  readonly five: number;
  readonly fifteen: number;
  /** Kernel scheduling entities: runnable now, and in all. */
  readonly runnable: number | null;
  readonly tasks: number | null;
}

export function parseLoadavg(text: string): LoadAverage | null {
  const [first, second, third, tasks = ''] = words(wholeLines(text)[0] ?? '');
  const one = decimal(first);
  const five = decimal(second);
  const fifteen = decimal(third);
  if (one === null || five === null || fifteen === null || one < 0 || five < 0 || fifteen < 0) return null;
  const [runnable, all] = tasks.split('/');
  return { one, five, fifteen, runnable: count(runnable), tasks: count(all) };
}
