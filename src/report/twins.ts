import * as l10n from '@vscode/l10n';
import type {
  Cell,
  Column,
  GraphBlock,
  GraphNode,
  MapBlock,
  Place,
  SeriesBlock,
  SeriesLine,
  Status,
  TableBlock,
  TimelineBlock,
} from './model';

/** Every drawing told as a table: for readers who cannot see it, for text, and for spreadsheets. */

/** One row a line: smallest, mean, largest and last value. */
export function seriesSummary(block: SeriesBlock): TableBlock {
  const unit = block.unit;
  return {
    kind: 'table',
    id: `${block.id}.summary`,
    title: l10n.t('Summary'),
    columns: [
      { id: 'line', title: l10n.t('Line') },
      { id: 'min', title: l10n.t('Minimum'), unit },
      { id: 'mean', title: l10n.t('Mean'), unit },
      { id: 'max', title: l10n.t('Maximum'), unit },
      { id: 'last', title: l10n.t('Last'), unit },
    ],
    rows: block.lines.map((line) => [line.label, ...summary(line)]),
    empty: l10n.t('No values yet.'),
  };
}

function summary(line: SeriesLine): readonly Cell[] {
  const values = line.values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (values.length === 0) return [null, null, null, null];
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  // Divided first: the sum of very large values would be infinite.
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return [least, mean, most, values.at(-1) ?? null];
}

/** One row a time; with `most`, so many of them at even distances, the first and the last included. */
export function seriesPoints(block: SeriesBlock, most = Infinity): TableBlock {
  const count = Math.min(block.times.length, most);
  const step = count > 1 ? (block.times.length - 1) / (count - 1) : 0;
  const picked = Array.from({ length: count }, (_, index) => Math.round(index * step));
  return {
    kind: 'table',
    id: `${block.id}.points`,
    title: l10n.t('Values'),
    columns: [
      { id: 'time', title: l10n.t('Time'), unit: 'time' },
      ...block.lines.map((line, index): Column => ({ id: `line${index}`, title: line.label, unit: block.unit })),
    ],
    rows: picked.map((index) => [block.times[index] ?? null, ...block.lines.map((line) => line.values[index] ?? null)]),
    empty: l10n.t('No values yet.'),
  };
}

export function timelineTable(block: TimelineBlock): TableBlock {
  const notes = block.phases.some((phase) => phase.note !== undefined);
  return {
    kind: 'table',
    id: 'timeline',
    title: l10n.t('Phases'),
    columns: [
      { id: 'phase', title: l10n.t('Phase') },
      { id: 'start', title: l10n.t('Start'), unit: block.unit },
      { id: 'duration', title: l10n.t('Duration'), unit: block.unit },
      ...(notes ? [{ id: 'note', title: l10n.t('Note') }] : []),
    ],
    rows: block.phases.map((phase) => [
      marked(phase.label, phase.status),
      phase.start,
      phase.duration,
      ...(notes ? [phase.note ?? null] : []),
    ]),
    empty: l10n.t('No phases.'),
  };
}

export function nodesTable(block: GraphBlock): TableBlock {
  return {
    kind: 'table',
    id: 'nodes',
    title: l10n.t('Nodes'),
    columns: [
      { id: 'node', title: l10n.t('Node') },
      { id: 'detail', title: l10n.t('Detail') },
    ],
    rows: block.nodes.map((node) => [marked(node.label, node.status), node.detail ?? null]),
    empty: l10n.t('No nodes.'),
  };
}

export function edgesTable(block: GraphBlock): TableBlock {
  const labels = labelsOf(block.nodes);
  return {
    kind: 'table',
    id: 'edges',
    title: l10n.t('Connections'),
    columns: [
      { id: 'from', title: l10n.t('From') },
      { id: 'to', title: l10n.t('To') },
      { id: 'label', title: l10n.t('Connection') },
    ],
    rows: block.edges.map((edge) => [
      labels.get(edge.from) ?? edge.from,
      marked(labels.get(edge.to) ?? edge.to, edge.status),
      edge.label ?? null,
    ]),
    empty: l10n.t('No connections.'),
  };
}

export function placesTable(block: MapBlock): TableBlock {
  return {
    kind: 'table',
    id: 'places',
    title: l10n.t('Places'),
    columns: [
      { id: 'place', title: l10n.t('Place') },
      { id: 'latitude', title: l10n.t('Latitude'), unit: 'plain' },
      { id: 'longitude', title: l10n.t('Longitude'), unit: 'plain' },
      { id: 'detail', title: l10n.t('Detail') },
    ],
    rows: block.places.map((place) => [
      marked(place.label, place.status),
      place.latitude,
      place.longitude,
      place.detail ?? null,
    ]),
    empty: l10n.t('No places.'),
  };
}

export function placeLinesTable(block: MapBlock): TableBlock {
  const labels = labelsOf(block.places);
  return {
    kind: 'table',
    id: 'lines',
    title: l10n.t('Connections'),
    columns: [
      { id: 'from', title: l10n.t('From') },
      { id: 'to', title: l10n.t('To') },
    ],
    rows: block.lines.map((line) => [
      labels.get(line.from) ?? line.from,
      marked(labels.get(line.to) ?? line.to, line.status),
    ]),
    empty: l10n.t('No connections.'),
  };
}

/** The labels by id, for edges, which name ids. */
export function labelsOf(items: readonly (GraphNode | Place)[]): ReadonlyMap<string, string> {
  return new Map(items.map((item) => [item.id, item.label]));
}

function marked(text: string, status: Status | undefined): Cell {
  return status === undefined ? text : { text, status };
}
