import { MARGIN, type Box, type LayoutResult, type LayoutTask, type Point } from './layout';

const LAYER_GAP = 60;
const NODE_GAP = 14;

/** In time linear in the size: every node stands one layer after the first node that leads to it. */
export function layoutInLayers(task: LayoutTask): LayoutResult {
  const isRight = task.direction === 'right';
  const boxes: Box[] = task.sizes.map((size) => ({ ...size, x: MARGIN, y: MARGIN }));
  let along = MARGIN;
  let widest = MARGIN;
  for (const layer of layersOf(task)) {
    let across = MARGIN;
    let depth = 0;
    for (const index of layer) {
      const size = task.sizes[index] ?? { width: 0, height: 0 };
      boxes[index] = { ...size, x: isRight ? along : across, y: isRight ? across : along };
      across += (isRight ? size.height : size.width) + NODE_GAP;
      depth = Math.max(depth, isRight ? size.width : size.height);
    }
    widest = Math.max(widest, across - NODE_GAP);
    along += depth + LAYER_GAP;
  }
  const length = Math.max(MARGIN, along - LAYER_GAP) + MARGIN;
  const breadth = widest + MARGIN;
  return {
    width: isRight ? length : breadth,
    height: isRight ? breadth : length,
    boxes,
    routes: task.links.map(({ from, to }) => {
      const points = route(boxes[from], boxes[to], isRight);
      return { points, labelAt: middleOf(points) };
    }),
  };
}

/** Breadth first, from the nodes to which nothing leads; in a circle from the first of it. */
function layersOf(task: LayoutTask): readonly (readonly number[])[] {
  const next = task.sizes.map((): number[] => []);
  const hasEntry = new Set<number>();
  for (const { from, to } of task.links) {
    next[from]?.push(to);
    if (from !== to) hasEntry.add(to);
  }
  const all = Array.from(task.sizes.keys());
  const seen = new Set<number>();
  const layers: number[][] = [];
  const walk = (start: readonly number[]): void => {
    let layer = start.filter((index) => !seen.has(index));
    for (let depth = 0; layer.length > 0; depth++) {
      for (const index of layer) seen.add(index);
      layers[depth] = [...(layers[depth] ?? []), ...layer];
      layer = [...new Set(layer.flatMap((index) => next[index] ?? []))].filter((index) => !seen.has(index));
    }
  };
  walk(all.filter((index) => !hasEntry.has(index)));
  for (const index of all) walk([index]);
  return layers;
}

/** From the middle of the side that faces the other box. */
function route(from: Box | undefined, to: Box | undefined, isRight: boolean): readonly Point[] {
  if (from === undefined || to === undefined) return [];
  if (from === to) return loopAt(from);
  const isForward = isRight ? from.x < to.x : from.y < to.y;
  const [start, end] = isForward ? [1, 0] : [0, 1];
  const side = (box: Box, part: number): Point =>
    isRight ? [box.x + part * box.width, box.y + box.height / 2] : [box.x + box.width / 2, box.y + part * box.height];
  return [side(from, start), side(to, end)];
}

function middleOf(points: readonly Point[]): Point {
  const [fromX, fromY] = points[0] ?? [0, 0];
  const [toX, toY] = points.at(-1) ?? [0, 0];
  return [(fromX + toX) / 2, (fromY + toY) / 2];
}

function loopAt({ x, y, width, height }: Box): readonly Point[] {
  const right = x + width;
  return [
    [right, y + height / 3],
    [right + 16, y + height / 2],
    [right, y + (2 * height) / 3],
  ];
}
