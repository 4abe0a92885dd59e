import { count, decimal, wholeLines, words } from './text';

export type PressureResource = 'cpu' | 'memory' | 'io' | 'irq';

/** Share of time, 0 to 100, in which tasks waited for the resource, averaged over 10, 60 and 300 seconds. */
export interface Stall {
  readonly average10Percent: number;
  readonly average60Percent: number;
  readonly average300Percent: number;
  /** In all since boot, in microseconds. */
  readonly totalMicros: number | null;
}

/** One file of /proc/pressure, see Documentation/accounting/psi.rst of the kernel. */
export interface Pressure {
  /** At least one task waited. null for irq, which has none. */
  readonly some: Stall | null;
  /** All tasks that were not idle waited at once. null for cpu before 5.13. */
  readonly full: Stall | null;
}

export function parsePressure(text: string): Pressure | null {
  let some: Stall | null = null;
  let full: Stall | null = null;
  for (const line of wholeLines(text)) {
    const [kind, ...pairs] = words(line);
    if (kind === 'some') some = stallOf(pairs);
    else if (kind === 'full') full = stallOf(pairs);
  }
  return some === null && full === null ? null : { some, full };
}

function stallOf(pairs: readonly string[]): Stall | null {
  const value = (name: string): string | undefined =>
    pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  const [ten, sixty, threeHundred] = [share(value('avg10')), share(value('avg60')), share(value('avg300'))];
  if (ten === null || sixty === null || threeHundred === null) return null;
  return {
    average10Percent: ten,
    average60Percent: sixty,
    average300Percent: threeHundred,
    totalMicros: count(value('total')),
  };
}

function share(text: string | undefined): number | null {
  const value = decimal(text);
  return value === null || value < 0 ? null : Math.min(100, value);
}
