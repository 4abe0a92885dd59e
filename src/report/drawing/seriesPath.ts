import type { SeriesBlock } from '../model';

export interface Scale {
  readonly x: (timeMs: number) => number;
  readonly y: (value: number) => number;
}

type Values = readonly (number | null)[];

/**
 * Which points are drawn: all, or where there are more than the screen can show the lowest and the highest of each
 * pixel column and every gap, so that no peak is lost.
 */
export function pickedIndices(times: readonly number[], values: Values, pixels: number): readonly number[] {
  const all = Array.from(times.keys());
  const size = Math.ceil(times.length / Math.max(1, pixels));
  if (size <= 3) return all;
  const picked: number[] = [];
  for (let start = 0; start < times.length; start += size) {
    const bucket = all.slice(start, start + size);
    const finite = bucket.filter((index) => isNumber(values[index]));
    if (finite.length < bucket.length) picked.push(bucket.find((index) => !isNumber(values[index])) ?? start);
    const value = (index: number): number => values[index] ?? 0;
    const [first] = finite;
    if (first === undefined) continue;
    const lowest = finite.reduce((best, index) => (value(index) < value(best) ? index : best), first);
    const highest = finite.reduce((best, index) => (value(index) > value(best) ? index : best), first);
    picked.push(lowest, highest);
  }
  return [...new Set(picked)].sort((a, b) => a - b);
}

export interface LinePath {
  readonly path: string;
  /** Points between two gaps, which no line shows. */
  readonly dots: readonly (readonly [x: number, y: number])[];
}

export function linePath(times: readonly number[], values: Values, indices: readonly number[], scale: Scale): LinePath {
  const parts = runs(indices, (index) => isNumber(values[index])).map((run) =>
    run.map((index) => [scale.x(times[index] ?? 0), scale.y(values[index] ?? 0)] as const),
  );
  return {
    path: parts
      .filter((points) => points.length > 1)
      .map((points) => `M${points.join('L')}`)
      .join(''),
    dots: parts.flatMap((points) => (points.length === 1 ? points : [])),
  };
}

/** For each line the path of its sum with all before it, and the surface between. A value that is missing adds nothing. */
export function stackedPaths(
  block: SeriesBlock,
  scale: Scale,
  pixels: number,
): readonly (LinePath & { readonly area: string })[] {
  const sums = cumulated(block);
  const total = sums.at(-1) ?? [];
  const indices = pickedIndices(block.times, total, pixels);
  return sums.map((upper, line) => {
    const lower = sums[line - 1];
    const area = runs(indices, (index) => isNumber(upper[index])).map((run) => {
      const point = (index: number, value: number): string => `${scale.x(block.times[index] ?? 0)},${scale.y(value)}`;
      const top = run.map((index) => point(index, upper[index] ?? 0));
      const bottom = run.toReversed().map((index) => point(index, lower?.[index] ?? 0));
      return `M${[...top, ...bottom].join('L')}Z`;
    });
    return { ...linePath(block.times, upper, indices, scale), area: area.join('') };
  });
}

/** null where no line has a value. */
function cumulated(block: SeriesBlock): readonly Values[] {
  const known = block.times.map((_, index) => block.lines.some((line) => isNumber(line.values[index])));
  let below: readonly number[] = block.times.map(() => 0);
  return block.lines.map((line) => {
    below = below.map((sum, index) => sum + amount(line.values[index]));
    return below.map((sum, index) => (known[index] === true ? sum : null));
  });
}

function amount(value: number | null | undefined): number {
  return isNumber(value) ? Math.max(0, value) : 0;
}

function runs(indices: readonly number[], isIn: (index: number) => boolean): readonly (readonly number[])[] {
  const found: number[][] = [];
  let current: number[] | undefined;
  for (const index of indices) {
    if (!isIn(index)) {
      current = undefined;
      continue;
    }
    if (current === undefined) found.push((current = []));
    current.push(index);
  }
  return found;
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
