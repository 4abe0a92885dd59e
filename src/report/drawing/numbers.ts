/** Arithmetic that all drawings share. Everything returned is finite. */

/** For coordinates: a tenth of a pixel is finer than any screen shows, and keeps files small and stable. */
export function tenth(value: number): number {
  const rounded = Math.round(value * 10) / 10;
  return Number.isFinite(rounded) ? rounded + 0 : 0;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** Smallest and largest finite value; null without any. */
export function extent(values: Iterable<number | null | undefined>): readonly [number, number] | null {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : null;
}

/**
 * The step of 1, 2 or 5 times a power of `base` that cuts a range into at most `count` parts. With base 1024 the
 * powers are those of bytes, and between them the steps double.
 */
export function niceStep(range: number, count: number, base: 10 | 1024 = 10): number {
  const least = range / Math.max(1, count);
  if (!(least > 0) || !Number.isFinite(least)) return 1;
  if (base === 1024 && least > 1) {
    const power = 1024 ** Math.floor(Math.log(least) / Math.log(1024));
    return power * nearestAbove(least / power, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]);
  }
  const power = 10 ** Math.floor(Math.log10(least));
  return power * nearestAbove(least / power, [1, 2, 5, 10]);
}

function nearestAbove(value: number, choices: readonly number[]): number {
  // A little below counts as equal: 0.3 / 0.1 is not quite 3.
  return choices.find((choice) => choice >= value * (1 - 1e-9)) ?? choices.at(-1) ?? value;
}

/** The multiples of the step within the range, ends included. */
export function ticksBetween(from: number, to: number, step: number): readonly number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  const count = clamp(last - first + 1, 0, 100);
  // Multiplied rather than added up; rounded, because 3 x 0.1 is not quite 0.3.
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
