import { textWidth } from '../textWidth';
import { tenth } from './numbers';

/** Where a text stands: x and y are the anchor on its baseline, as in SVG. */
export interface LabelSpot {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Of the 11 px labels. */
const COLUMN_WIDTH = 6.4;
const LINE_HEIGHT = 13;
const DOT_RADIUS = 7;

/**
 * One spot a point, each beside its point and clear of all others, if possible also of the places to `avoid` (points
 * on lines); null where there is none within the drawing.
 */
export function placeLabels(
  points: readonly LabelledPoint[],
  avoid: readonly (readonly [x: number, y: number])[],
  width: number,
  height: number,
): readonly (LabelSpot | null)[] {
  const taken: Rectangle[] = points.map(({ x, y }) => around(x, y));
  return points.map((point, index) => {
    const own = taken[index];
    const spots = spotsAround(point).filter(({ area }) => {
      const isInside = area.left >= 0 && area.right <= width && area.top >= 0 && area.bottom <= height;
      return isInside && taken.every((other) => other === own || !overlap(area, other));
    });
    const free = spots.find(({ area }) => !avoid.some((each) => contains(area, each))) ?? spots[0];
    if (free === undefined) return null;
    taken.push(free.area);
    return free.spot;
  });
}

function around(x: number, y: number): Rectangle {
  return { left: x - DOT_RADIUS, top: y - DOT_RADIUS, right: x + DOT_RADIUS, bottom: y + DOT_RADIUS };
}

/** Right, left, above, below, and the four corners. */
function spotsAround({ x, y, text }: LabelledPoint): readonly { readonly spot: LabelSpot; readonly area: Rectangle }[] {
  const length = textWidth(text) * COLUMN_WIDTH;
  const spot = (dx: number, dy: number, anchor: LabelSpot['anchor']): { spot: LabelSpot; area: Rectangle } => {
    const left = x + dx - (anchor === 'start' ? 0 : anchor === 'end' ? length : length / 2);
    const baseline = y + dy;
    return {
      spot: { x: tenth(x + dx), y: tenth(baseline), anchor },
      area: { left, top: baseline - LINE_HEIGHT + 3, right: left + length, bottom: baseline + 3 },
    };
  };
  return [
    spot(10, 4, 'start'),
    spot(-10, 4, 'end'),
    spot(0, -11, 'middle'),
    spot(0, 19, 'middle'),
    spot(8, -8, 'start'),
    spot(8, 17, 'start'),
    spot(-8, -8, 'end'),
    spot(-8, 17, 'end'),
  ];
}

function contains(area: Rectangle, [x, y]: readonly [number, number]): boolean {
  return x > area.left && x < area.right && y > area.top && y < area.bottom;
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
