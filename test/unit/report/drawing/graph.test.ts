import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { layoutGraph, type DrawnNode, type GraphDrawing } from '../../../../src/report/drawing/graph';
import type { GraphBlock } from '../../../../src/report/model';
import { anyText } from '../arbitraryReport';

function chain(count: number, direction: 'right' | 'down'): GraphBlock {
  const ids = Array.from({ length: count }, (_, index) => `n${index}`);
  return {
    kind: 'graph',
    direction,
    nodes: ids.map((id) => ({ id, label: id })),
    edges: ids.slice(1).map((to, index) => ({ from: `n${index}`, to })),
  };
}

function overlap(a: DrawnNode, b: DrawnNode): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function assertSound({ nodes, edges, width, height }: GraphDrawing): void {
  for (const [index, node] of nodes.entries()) {
    assert.ok(node.x >= 0 && node.y >= 0 && node.x + node.width <= width && node.y + node.height <= height);
    for (const other of nodes.slice(index + 1)) assert.equal(overlap(node, other), false);
  }
  for (const { points, path, head } of edges) {
    assert.ok(points.length >= 2);
    assert.doesNotMatch(path + head, /NaN|Infinity/);
  }
}

describe('layoutGraph', () => {
  it('goes to the right or down', () => {
    const right = layoutGraph(chain(3, 'right')).nodes;
    assert.ok(right.every((node, index) => index === 0 || node.x > (right[index - 1]?.x ?? 0)));
    const down = layoutGraph(chain(3, 'down')).nodes;
    assert.ok(down.every((node, index) => index === 0 || node.y > (down[index - 1]?.y ?? 0)));
  });

  it('gives wide characters and icons their room', () => {
    const width = (label: string, status?: 'ok'): number =>
      layoutGraph({
        kind: 'graph',
        direction: 'down',
        edges: [],
        nodes: [{ id: 'a', label, ...(status && { status }) }],
      }).nodes[0]?.width ?? 0;
    assert.ok(width('中文字符中文字符') > width('abcdefgh'));
    assert.ok(width('abcdefgh', 'ok') > width('abcdefgh'));
    assert.ok(width('x'.repeat(1000)) < 400);
  });

  it('is empty for nothing, and draws one node', () => {
    assert.deepEqual(layoutGraph(chain(0, 'right')).nodes, []);
    const one = layoutGraph(chain(1, 'right'));
    assertSound(one);
    assert.equal(one.nodes.length, 1);
  });

  it('leaves out edges to nowhere and nodes that come twice', () => {
    const graph: GraphBlock = {
      kind: 'graph',
      direction: 'right',
      nodes: [
        { id: 'a', label: 'first' },
        { id: 'b', label: 'b' },
        { id: 'a', label: 'second' },
      ],
      edges: [
        { from: 'a', to: 'x' },
        { from: 'a', to: 'b' },
        { from: 'a', to: 'a' },
        { from: 'a', to: 'b' },
      ],
    };
    const drawing = layoutGraph(graph);
    assert.deepEqual(
      drawing.nodes.map(({ label }) => label),
      ['first', 'b'],
    );
    assert.deepEqual(
      drawing.edges.map(({ edge }) => edge.to),
      ['b', 'a', 'b'],
    );
    assertSound(drawing);
  });

  it('draws any small graph without overlaps', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor', '\u0001');
    const graph = fc.record({
      direction: fc.constantFrom('right' as const, 'down' as const),
      nodes: fc.array(fc.record({ id, label: anyText, detail: anyText }), { maxLength: 8 }),
      edges: fc.array(fc.record({ from: id, to: id, label: anyText }), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(graph, (some) => assertSound(layoutGraph({ kind: 'graph', ...some }))),
      { numRuns: 60 },
    );
  });

  it('draws a graph of thousands in layers, circles and lonely nodes included', () => {
    const graph = chain(1500, 'right');
    const edges = [...graph.edges, { from: 'n1499', to: 'n0', label: 'back' }, { from: 'n7', to: 'n7' }];
    const nodes = [...graph.nodes, { id: 'lonely', label: 'lonely' }];
    const drawing = layoutGraph({ ...graph, nodes, edges });
    assert.equal(drawing.nodes.length, 1501);
    assertSound(drawing);
    assert.equal(drawing.edges.at(-2)?.label?.text, 'back');
  });
});
