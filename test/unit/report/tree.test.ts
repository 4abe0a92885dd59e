import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isTree, NO_ROW, parentsOf, treeIndent, treeOrder } from '../../../src/report/tree';
import { anyParents } from './arbitraryReport';

function rowsOf(count: number): readonly [][] {
  return Array.from({ length: count }, () => []);
}

const anyTable = fc
  .record({ parents: anyParents, rowCount: fc.integer({ min: 0, max: 10 }) })
  .map(({ parents, rowCount }) => ({ parents, rows: rowsOf(rowCount) }));

describe('parentsOf', () => {
  const found = (parents: readonly (number | null)[], rowCount = parents.length): readonly number[] =>
    Array.from(parentsOf({ parents, rows: rowsOf(rowCount) }));

  it('gives the parents of a tree', () => {
    assert.deepEqual(found([null, 0, 1, 0, null]), [NO_ROW, 0, 1, 0, NO_ROW]);
    assert.deepEqual(found([], 2), [NO_ROW, NO_ROW]);
  });

  it('takes what is no row for none', () => {
    assert.deepEqual(found([3, -1, 0.5, NaN, 1]), [3, NO_ROW, NO_ROW, NO_ROW, 1]);
    assert.deepEqual(found([null, 0, 1], 2), [NO_ROW, 0]);
  });

  it('cuts a circle whole, and leaves what hangs on it', () => {
    assert.deepEqual(found([0]), [NO_ROW]);
    assert.deepEqual(found([1, 2, 0]), [NO_ROW, NO_ROW, NO_ROW]);
    assert.deepEqual(found([1, 2, 1, 0]), [1, NO_ROW, NO_ROW, 0]);
  });

  it('always gives a tree', () => {
    fc.assert(
      fc.property(anyTable, ({ parents, rows }) => {
        const tree = Array.from(parentsOf({ parents, rows }), (parent) => (parent === NO_ROW ? null : parent));
        assert.equal(isTree(tree, rows.length), true);
        assert.equal(isTree(parents, rows.length), isSame(parents, tree));
      }),
    );
  });
});

function isSame(parents: readonly (number | null)[], tree: readonly (number | null)[]): boolean {
  return parents.length === tree.length && parents.every((parent, row) => parent === tree[row]);
}

describe('treeOrder', () => {
  it('puts each row below its parent, brothers and sisters as they were given', () => {
    const parents = parentsOf({ parents: [null, 0, 1, 0, null], rows: rowsOf(5) });
    const { order, depths } = treeOrder(Uint32Array.of(4, 3, 2, 1, 0), parents);
    assert.deepEqual(Array.from(order), [4, 0, 3, 1, 2]);
    assert.deepEqual(Array.from(depths), [0, 1, 2, 1, 0]);
  });

  it('holds every row once, after its parent and one deeper', () => {
    const withOrder = anyTable.chain((table) =>
      fc
        .shuffledSubarray([...table.rows.keys()], { minLength: table.rows.length })
        .map((given) => ({ table, given: Uint32Array.from(given) })),
    );
    fc.assert(
      fc.property(withOrder, ({ table, given }) => {
        const parents = parentsOf(table);
        const { order, depths } = treeOrder(given, parents);
        assert.deepEqual(order.toSorted(), given.toSorted());
        order.forEach((row, position) => {
          const parent = parents[row] ?? NO_ROW;
          assert.equal(depths[row], parent === NO_ROW ? 0 : (depths[parent] ?? NaN) + 1);
          // The row before is its parent, or in the part of the tree of one of the rows before it.
          if (parent !== NO_ROW) assert.ok(order.indexOf(parent) < position);
        });
        const siblings = (parent: number): number[] => Array.from(given).filter((row) => parents[row] === parent);
        for (const parent of [NO_ROW, ...order]) {
          assert.deepEqual(
            Array.from(order).filter((row) => parents[row] === parent),
            siblings(parent),
          );
        }
      }),
    );
  });

  it('goes as deep as it must', () => {
    const count = 100_000;
    const parents = Int32Array.from({ length: count }, (_none, index) => index - 1);
    const { order, depths } = treeOrder(
      Uint32Array.from({ length: count }, (_none, index) => index),
      parents,
    );
    assert.equal(order.at(-1), count - 1);
    assert.equal(depths.at(-1), count - 1);
  });
});

describe('treeIndent', () => {
  it('grows with the depth, up to a bound', () => {
    assert.equal(treeIndent(0), '');
    assert.equal(treeIndent(1), '└\u00a0');
    assert.equal(treeIndent(3), '\u00a0\u00a0\u00a0\u00a0└\u00a0');
    assert.equal(treeIndent(1000), treeIndent(500));
  });
});
