import type { PrintOptions } from '../format';
import { knownLocale } from '../numbers';
import { ticksBetween } from './numbers';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30, 91, 182, 365].map((count) => count * DAY),
];

export interface TimeTick {
  readonly timeMs: number;
  readonly text: string;
}

/** Round times of the reader's own clock, with as much of the date as the distance between them asks for. */
export function timeTicks(fromMs: number, toMs: number, count: number, options: PrintOptions): readonly TimeTick[] {
  const range = toMs - fromMs;
  const step = STEPS_MS.find((each) => range / each <= count) ?? 365 * DAY * Math.ceil(range / (365 * DAY) / count);
  const format = tickFormat(step, options);
  const offset = zoneOffsetMs(fromMs, options);
  return ticksBetween(fromMs + offset, toMs + offset, step).map((local) => {
    const timeMs = local - offset;
    return { timeMs, text: format.format(timeMs) };
  });
}

function tickFormat(step: number, options: PrintOptions): Intl.DateTimeFormat {
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const date: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
  if (step < MINUTE) return dateFormat({ ...clock, second: '2-digit' }, options);
  if (step < 6 * HOUR) return dateFormat(clock, options);
  if (step < DAY) return dateFormat({ ...date, ...clock }, options);
  return dateFormat(step < 182 * DAY ? date : { year: 'numeric', month: 'short' }, options);
}

/** How far the reader's clock is ahead of UTC at that time. */
function zoneOffsetMs(timeMs: number, options: PrintOptions): number {
  const fields: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  };
  const format = dateFormat(fields, { ...options, locale: 'en-u-ca-iso8601-nu-latn' });
  const parts = new Map(format.formatToParts(timeMs).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  const offset = local - Math.floor(timeMs / SECOND) * SECOND;
  return Math.abs(offset) <= DAY ? offset : 0;
}

function dateFormat(fields: Intl.DateTimeFormatOptions, { locale, timeZone }: PrintOptions): Intl.DateTimeFormat {
  const known = knownLocale(locale);
  try {
    return new Intl.DateTimeFormat(known, { ...fields, ...(timeZone === undefined ? {} : { timeZone }) });
  } catch (error) {
    if (error instanceof RangeError) return new Intl.DateTimeFormat(known, fields);
    throw error;
  }
}
