import type { TableBlock } from './model';

/** In place of a row's index where there is none. */
export const NO_ROW = -1;

/** A row may be this deep before it is not indented any further. */
const DEEPEST_INDENT = 24;

/**
 * The parent of each row, or NO_ROW. What is no tree becomes one: a parent that is no row counts as none, and so do
 * all parents along a circle.
 */
export function parentsOf(table: Pick<TableBlock, 'rows' | 'parents'>): Int32Array {
  const { rows, parents = [] } = table;
  const found = Int32Array.from(rows, (_row, index) => {
    const parent = parents[index] ?? NO_ROW;
    return Number.isInteger(parent) && parent >= 0 && parent < rows.length ? parent : NO_ROW;
  });
  cutCircles(found);
  return found;
}

/** Whether there is one parent for each row, each of them a row or none, without a circle. */
export function isTree(parents: readonly (number | null)[], rowCount: number): boolean {
  if (parents.length !== rowCount) return false;
  const found = parentsOf({ rows: Array.from({ length: rowCount }, () => []), parents });
  return parents.every((parent, row) =>
    parent === null ? found[row] === NO_ROW : parent !== NO_ROW && parent === found[row],
  );
}

function cutCircles(parents: Int32Array): void {
  const walk = new Uint32Array(parents.length);
  for (let start = 0; start < parents.length; start++) {
    let row = start;
    while (row !== NO_ROW && walk[row] === 0) {
      walk[row] = start + 1;
      row = parents[row] ?? NO_ROW;
    }
    // The walk has come to a row that it began with or passed: that row and all that follow are the circle.
    if (row === NO_ROW || walk[row] !== start + 1) continue;
    while (row !== NO_ROW) {
      const next = parents[row] ?? NO_ROW;
      parents[row] = NO_ROW;
      row = next;
    }
  }
}

export interface TreeOrder {
  /** Every row below its parent; brothers and sisters in the order that was given. */
  readonly order: Uint32Array;
  /** By row index: 0 for a row without a parent. */
  readonly depths: Uint32Array;
}

/** `order` holds every row once; `parents` come from parentsOf. */
export function treeOrder(order: Uint32Array, parents: Int32Array): TreeOrder {
  const firstChild = new Int32Array(parents.length).fill(NO_ROW);
  const nextSibling = new Int32Array(parents.length).fill(NO_ROW);
  let firstRoot = NO_ROW;
  for (let position = order.length - 1; position >= 0; position--) {
    const row = order[position] ?? 0;
    const parent = parents[row] ?? NO_ROW;
    nextSibling[row] = parent === NO_ROW ? firstRoot : (firstChild[parent] ?? NO_ROW);
    if (parent === NO_ROW) firstRoot = row;
    else firstChild[parent] = row;
  }
  const result = { order: new Uint32Array(order.length), depths: new Uint32Array(parents.length) };
  let row = firstRoot;
  for (let position = 0; row !== NO_ROW; position++) {
    const parent = parents[row] ?? NO_ROW;
    result.order[position] = row;
    result.depths[row] = parent === NO_ROW ? 0 : (result.depths[parent] ?? 0) + 1;
    row = following(row, firstChild, nextSibling, parents);
  }
  return result;
}

/** Down, else sideways, else up and sideways. */
function following(row: number, firstChild: Int32Array, nextSibling: Int32Array, parents: Int32Array): number {
  const child = firstChild[row] ?? NO_ROW;
  if (child !== NO_ROW) return child;
  let at = row;
  while (at !== NO_ROW && (nextSibling[at] ?? NO_ROW) === NO_ROW) at = parents[at] ?? NO_ROW;
  return at === NO_ROW ? NO_ROW : (nextSibling[at] ?? NO_ROW);
}

/** The place of a row in a tree as text before its first cell; no-break spaces, which nothing swallows. */
export function treeIndent(depth: number): string {
  return depth === 0 ? '' : `${'\u00a0\u00a0'.repeat(Math.min(depth, DEEPEST_INDENT) - 1)}└\u00a0`;
}
