import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import { MARGIN, type LayoutResult, type LayoutTask, type Point } from './layout';
import { tenth } from './numbers';

/** Layered with few crossings (Sugiyama's method), as far as some hundred nodes. */
export function layoutByDagre(task: LayoutTask): LayoutResult {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ directed: true, multigraph: true });
  graph.setGraph({
    rankdir: task.direction === 'right' ? 'LR' : 'TB',
    nodesep: 22,
    edgesep: 14,
    ranksep: 46,
    marginx: MARGIN,
    marginy: MARGIN,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  task.sizes.forEach((size, index) => graph.setNode(String(index), { ...size }));
  task.links.forEach(({ from, to, width, height }, index) => {
    graph.setEdge(String(from), String(to), { width, height, labelpos: 'c' }, String(index));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.max(2 * MARGIN, tenth(width)),
    height: Math.max(2 * MARGIN, tenth(height)),
    boxes: task.sizes.map((size, index) => {
      const center = graph.node(String(index));
      return { ...size, x: tenth((center.x ?? 0) - size.width / 2), y: tenth((center.y ?? 0) - size.height / 2) };
    }),
    routes: task.links.map(({ from, to }, index) => {
      const edge = graph.edge({ v: String(from), w: String(to), name: String(index) });
      const points = (edge.points ?? []).map(({ x, y }): Point => [tenth(x), tenth(y)]);
      return { points, ...(edge.x === undefined ? {} : { labelAt: [tenth(edge.x), tenth(edge.y ?? 0)] as const }) };
    }),
  };
}
