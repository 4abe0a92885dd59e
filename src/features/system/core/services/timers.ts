import { parseTimeSpan, propertyTime } from '../kernel/systemctl';
import type { Timer } from './schema';

/** A timer may count from the clock, from the boot, or from both: the earlier is next. */
export function timersOf(
  properties: ReadonlyMap<string, ReadonlyMap<string, string>>,
  bootedAtMs: number | null,
): Timer[] {
  const timers: Timer[] = [];
  for (const [id, unit] of properties) {
    if (!id.endsWith('.timer')) continue;
    const sinceBoot = parseTimeSpan(unit.get('NextElapseUSecMonotonic'));
    const monotonic = sinceBoot === null || sinceBoot === 0 || bootedAtMs === null ? null : bootedAtMs + sinceBoot;
    const times = [propertyTime(unit.get('NextElapseUSecRealtime')), monotonic].filter((time) => time !== null);
    timers.push({
      id,
      activates: unit.get('Unit') || null,
      nextMs: times.length === 0 ? null : Math.round(Math.min(...times)),
      lastMs: propertyTime(unit.get('LastTriggerUSec')),
      active: unit.get('ActiveState') ?? '',
    });
  }
  const next = ({ nextMs }: Timer): number => nextMs ?? Number.POSITIVE_INFINITY;
  return timers.sort((one, other) => (next(one) === next(other) ? compare(one.id, other.id) : next(one) - next(other)));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
