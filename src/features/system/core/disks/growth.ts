import { roundedTo } from '../kernel/numbers';
import type { Growth } from './schema';

export interface UsedAt {
  readonly atMs: number;
  readonly usedBytes: number;
  readonly availableBytes: number;
}

/** Readings that are kept: the last quarter of an hour at one every two seconds. */
const KEPT = 450;
const LEAST_READINGS = 10;
const LEAST_MS = 60_000;
/** Of the steps in which anything changed, so many have to be upwards. */
const STEADY_SHARE = 0.8;
/** And so many tenths of the time have to show growth, or one large copy would be taken for a leak. */
const TENTHS = 10;
const GROWING_TENTHS = 7;

/** Used space of one file system, reading by reading. */
export function withReading(readings: readonly UsedAt[], reading: UsedAt): readonly UsedAt[] {
  return [...readings, reading].slice(-KEPT);
}

/** null with one reading only. The rate is the slope of the line that fits the readings best. */
export function growthOf(readings: readonly UsedAt[]): Growth | null {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return null;
  const slope = slopeOf(readings);
  const spanMs = last.atMs - first.atMs;
  const steady = slope > 0 && readings.length >= LEAST_READINGS && spanMs >= LEAST_MS && isSteady(readings);
  return {
    bytesPerSecond: Math.round(slope),
    overSeconds: roundedTo(spanMs / 1000, 1),
    steady,
    fullInSeconds: steady ? Math.round(last.availableBytes / slope) : null,
  };
}

/** Bytes a second, by least squares. */
function slopeOf(readings: readonly UsedAt[]): number {
  const first = readings[0];
  if (first === undefined) return 0;
  const points = readings.map(
    ({ atMs, usedBytes }) => [(atMs - first.atMs) / 1000, usedBytes - first.usedBytes] as const,
  );
  const mean = (index: 0 | 1): number => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let covariance = 0;
  let variance = 0;
  for (const [x, y] of points) {
    covariance += (x - meanX) * (y - meanY);
    variance += (x - meanX) ** 2;
  }
  return variance === 0 ? 0 : covariance / variance;
}

function isSteady(readings: readonly UsedAt[]): boolean {
  const steps = readings.slice(1).map(({ usedBytes }, index) => usedBytes - (readings[index]?.usedBytes ?? usedBytes));
  const moved = steps.filter((step) => step !== 0);
  const upwards = moved.filter((step) => step > 0).length;
  if (moved.length === 0 || upwards / moved.length < STEADY_SHARE) return false;
  const length = Math.ceil(steps.length / TENTHS);
  const parts = Array.from({ length: TENTHS }, (_none, index) => steps.slice(index * length, (index + 1) * length));
  const filled = parts.filter((part) => part.length > 0);
  const growing = filled.filter((part) => part.reduce((sum, step) => sum + step, 0) > 0).length;
  return growing >= Math.ceil((filled.length * GROWING_TENTHS) / TENTHS);
}
