/** To that many decimals; a result of null stays null. */
export function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : roundedTo(value, digits);
}

/** To that many decimals, without a negative zero. */
export function roundedTo(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale + 0;
}

/** 0 to 100 with one decimal; null when there is no whole or one of them is not known. */
export function percentOf(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null || whole <= 0) return null;
  return roundedTo(Math.min(100, Math.max(0, (part / whole) * 100)), 1);
}

/** How far a counter went on; null when it stepped back (a wrap, or a device that came anew) or is not known. */
export function advance(before: number | null | undefined, after: number | null | undefined): number | null {
  if (before === null || before === undefined || after === null || after === undefined) return null;
  return after >= before ? after - before : null;
}

/** A counter's advance over the time between two readings; null where either is not known. */
export function perSecond(
  before: number | null | undefined,
  after: number | null | undefined,
  seconds: number | null,
  digits = 1,
): number | null {
  const step = advance(before, after);
  return step === null || seconds === null || seconds <= 0 ? null : roundedTo(step / seconds, digits);
}

/** The sum of those that are known; null when none is. */
export function sumOf(values: readonly (number | null)[]): number | null {
  let sum: number | null = null;
  for (const value of values) if (value !== null) sum = (sum ?? 0) + value;
  return sum;
}

/** The least of those that are known; null when none is. */
export function leastOf(values: readonly (number | null)[]): number | null {
  let least: number | null = null;
  for (const value of values) if (value !== null && (least === null || value < least)) least = value;
  return least;
}
