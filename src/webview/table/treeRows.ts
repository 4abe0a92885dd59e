import { NO_ROW, treeOrder } from '../../report/tree';

/** The rows of a table as a tree. Arrays without another note are by row index. */
export interface TreeRows {
  /** The rows to draw, each below its parent; what is inside a folded one is left out. */
  readonly order: Uint32Array;
  readonly parents: Int32Array;
  readonly depths: Uint32Array;
  /** Of those that the filter leaves. */
  readonly childCounts: Uint32Array;
  /** The place among its brothers and sisters, from 1. */
  readonly places: Uint32Array;
  readonly rootCount: number;
  /** The greatest depth. */
  readonly deepest: number;
}

/** `sorted` holds every row; `found`, by row index, those that the filter found. Their ancestors stay as well. */
export function treeRows(
  sorted: Uint32Array,
  parents: Int32Array,
  found: Uint8Array | null,
  isFolded: (row: number) => boolean,
): TreeRows {
  const { order, depths } = treeOrder(sorted, parents);
  const kept = found === null ? null : withAncestors(order, parents, found);
  const childCounts = new Uint32Array(parents.length);
  const places = new Uint32Array(parents.length);
  const shown: number[] = [];
  let rootCount = 0;
  let deepest = 0;
  let foldedDepth = Infinity;
  for (const row of order) {
    if (kept !== null && kept[row] === 0) continue;
    const parent = parents[row] ?? NO_ROW;
    places[row] = parent === NO_ROW ? ++rootCount : ++childCounts[parent]!;
    const depth = depths[row] ?? 0;
    if (depth > foldedDepth) continue;
    shown.push(row);
    deepest = Math.max(deepest, depth);
    foldedDepth = isFolded(row) ? depth : Infinity;
  }
  return { order: Uint32Array.from(shown), parents, depths, childCounts, places, rootCount, deepest };
}

/** `order` has parents before their children. */
function withAncestors(order: Uint32Array, parents: Int32Array, found: Uint8Array): Uint8Array {
  const kept = Uint8Array.from(found);
  for (let position = order.length - 1; position >= 0; position--) {
    const row = order[position] ?? 0;
    const parent = parents[row] ?? NO_ROW;
    if (kept[row] === 1 && parent !== NO_ROW) kept[parent] = 1;
  }
  return kept;
}
