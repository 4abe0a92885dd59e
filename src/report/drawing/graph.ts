import type { GraphBlock, GraphEdge, GraphNode } from '../model';
import { cutToWidth, textWidth } from '../textWidth';
import { layoutByDagre } from './dagreLayout';
import { layoutInLayers } from './layers';
import type { Box, LayoutResult, LayoutTask, Point } from './layout';
import { tenth } from './numbers';

export interface GraphDrawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  /** Those between nodes that exist, in the block's order. */
  readonly edges: readonly DrawnEdge[];
}

/** A box; x and y are its left upper corner. Its texts are cut to fit, the whole ones stand in `node`. */
export interface DrawnNode extends Box {
  readonly id: string;
  readonly node: GraphNode;
  readonly label: string;
  readonly detail?: string;
}

export interface DrawnEdge {
  readonly edge: GraphEdge;
  /** From the border of one box to that of the other, two at least. */
  readonly points: readonly Point[];
  /** The same as smooth SVG path data. */
  readonly path: string;
  /** The arrow's head, a closed path whose tip is the last point. */
  readonly head: string;
  /** Where there is one: the room it takes, with the text in its middle. */
  readonly label?: { readonly text: string } & Box;
}

const MAX_LABEL_COLUMNS = 36;
const MAX_EDGE_LABEL_COLUMNS = 24;
const EDGE_LABEL_HEIGHT = 16;
/** Of 13 px labels and 11 px details. */
const LABEL_COLUMN_WIDTH = 7.4;
const DETAIL_COLUMN_WIDTH = 6.4;
const HEAD_LENGTH = 9;
const HEAD_HALF_ANGLE = 0.42;
/** Above this dagre takes seconds. */
const MAX_DAGRE_ITEMS = 600;

/** A directed graph as boxes and lines, in pixels. Of nodes with the same id the first counts. */
export function layoutGraph(graph: GraphBlock): GraphDrawing {
  const byId = new Map<string, GraphNode>();
  for (const node of graph.nodes) if (!byId.has(node.id)) byId.set(node.id, node);
  const nodes = [...byId.values()];
  const positions = new Map(nodes.map((node, index) => [node.id, index]));
  const edges = graph.edges.filter((edge) => positions.has(edge.from) && positions.has(edge.to));
  const texts = nodes.map((node) => ({
    label: cutToWidth(node.label, MAX_LABEL_COLUMNS),
    ...(node.detail === undefined ? {} : { detail: cutToWidth(node.detail, MAX_LABEL_COLUMNS) }),
  }));
  const labels = edges.map((edge) => cutToWidth(edge.label ?? '', MAX_EDGE_LABEL_COLUMNS));
  const task: LayoutTask = {
    direction: graph.direction,
    sizes: nodes.map((node, index) => boxSize(texts[index] ?? { label: node.label }, node.status !== undefined)),
    links: edges.map((edge, index) => ({
      from: positions.get(edge.from) ?? 0,
      to: positions.get(edge.to) ?? 0,
      ...labelSize(labels[index] ?? ''),
    })),
  };
  const { width, height, boxes, routes } =
    nodes.length + edges.length > MAX_DAGRE_ITEMS ? layoutInLayers(task) : layoutByDagre(task);
  const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };
  return {
    width,
    height,
    nodes: nodes.map((node, index) => ({
      id: node.id,
      node,
      ...(texts[index] ?? { label: node.label }),
      ...(boxes[index] ?? nowhere),
    })),
    edges: edges.map((edge, index) => drawEdge(edge, labels[index] ?? '', routes[index])),
  };
}

function boxSize(
  texts: { readonly label: string; readonly detail?: string },
  hasIcon: boolean,
): { readonly width: number; readonly height: number } {
  const label = textWidth(texts.label) * LABEL_COLUMN_WIDTH;
  const detail = textWidth(texts.detail ?? '') * DETAIL_COLUMN_WIDTH;
  return {
    width: Math.max(48, Math.ceil(Math.max(label, detail)) + (hasIcon ? 46 : 24)),
    height: texts.detail === undefined ? 34 : 50,
  };
}

function labelSize(label: string): { readonly width: number; readonly height: number } {
  return label === ''
    ? { width: 0, height: 0 }
    : { width: Math.ceil(textWidth(label) * DETAIL_COLUMN_WIDTH) + 8, height: EDGE_LABEL_HEIGHT };
}

function drawEdge(edge: GraphEdge, text: string, route: LayoutResult['routes'][number] | undefined): DrawnEdge {
  const points = route?.points ?? [];
  const [x, y] = route?.labelAt ?? points[Math.floor(points.length / 2)] ?? [0, 0];
  return {
    edge,
    points,
    path: smoothPath(points),
    head: headPath(points),
    ...(text === '' ? {} : { label: { text, ...boxAround(x, y, labelSize(text)) } }),
  };
}

function boxAround(x: number, y: number, { width, height }: { readonly width: number; readonly height: number }): Box {
  return { x: tenth(x - width / 2), y: tenth(y - height / 2), width, height };
}

/** Through the middles of the segments, with the corners as control points; straight at both ends. */
function smoothPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined) return '';
  const parts = rest.map(([x, y], index) => {
    const [nextX, nextY] = rest[index + 1] ?? last;
    const isLast = index === rest.length - 1;
    const end = isLast ? last : [tenth((x + nextX) / 2), tenth((y + nextY) / 2)];
    return `Q${x},${y} ${end.join()}`;
  });
  return parts.length === 0 ? `M${first.join()}L${last.join()}` : `M${first.join()}${parts.join('')}`;
}

function headPath(points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return '';
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const corner = (turn: number): string =>
    [tip[0] - HEAD_LENGTH * Math.cos(angle + turn), tip[1] - HEAD_LENGTH * Math.sin(angle + turn)].map(tenth).join();
  return `M${tip.join()}L${corner(HEAD_HALF_ANGLE)}L${corner(-HEAD_HALF_ANGLE)}Z`;
}
