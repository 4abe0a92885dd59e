import * as l10n from '@vscode/l10n';
import { layoutGraph, type DrawnEdge, type DrawnNode } from './drawing/graph';
import { projectMap, type DrawnPlace } from './drawing/map';
import { seriesPaths, type DrawnLine, type SeriesDrawing } from './drawing/series';
import { timelineBars, type TimelineBar } from './drawing/timeline';
import type { Formatter, PrintOptions } from './format';
import { icon } from './htmlParts';
import { markup, type Html } from './htmlText';
import type { GraphBlock, MapBlock, SeriesBlock, Status, TimelineBlock } from './model';

/** Drawings as inline SVG. Each has a title and a description; its numbers stand in the table twin beside it. */

/** Of a block's inside on a page of full width, in pixels. */
const WIDTH = 860;
const SERIES_HEIGHT = 240;
/** A drawing that would have to shrink more than this is scrolled instead. */
const LEAST_SCALE = 0.75;
/** Of the style sheet: l0 to l7. */
const COLOURS = 8;

interface Texts {
  readonly kind: 'series' | 'timeline' | 'graph' | 'map';
  readonly title: string;
  readonly description: string;
}

function svg(size: { readonly width: number; readonly height: number }, texts: Texts, content: Html): Html {
  const { width, height } = size;
  const fit = width > WIDTH / LEAST_SCALE ? 'free' : width >= WIDTH ? 'full' : '';
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${texts.title}"><svg class="drawing ${fit} ${texts.kind}" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${texts.title}</title><desc>${texts.description}</desc>
${content}</svg></div>`;
}

export function drawSeries(block: SeriesBlock, formatter: Formatter, options: PrintOptions): Html {
  const drawing = seriesPaths(block, WIDTH, SERIES_HEIGHT, options);
  const from = formatter.value(block.times[0] ?? NaN, 'time');
  const to = formatter.value(block.times.at(-1) ?? NaN, 'time');
  const description = l10n.t('Chart with {0} lines from {1} to {2}.', block.lines.length, from, to);
  const content = markup`${axes(drawing)}${drawing.lines.map(drawLine)}`;
  return markup`${svg(drawing, { kind: 'series', title: block.title, description }, content)}
<ul class="legend">${drawing.lines.map(drawLegend)}</ul>`;
}

function axes({ plot, valueTicks, timeTicks }: SeriesDrawing): Html {
  const grid = valueTicks.map(({ y }) => `M${plot.left} ${y}H${plot.right}`).join('');
  return markup`<path class="grid" d="${grid}"/>
${valueTicks.map(({ y, text }) => markup`<text x="${plot.left - 6}" y="${y + 4}" text-anchor="end">${text}</text>`)}
${timeTicks.map(({ x, text }) => markup`<text x="${x}" y="${plot.bottom + 17}" text-anchor="middle">${text}</text>`)}
`;
}

function drawLine({ path, dots, area, dash }: DrawnLine, index: number): Html {
  const surface = area === undefined ? null : markup`<path class="area" d="${area}"/>`;
  return markup`<g class="l${index % COLOURS}">${surface}<path class="line" d="${path}" stroke-dasharray="${dash}"/>${dots.map(
    ([x, y]) => markup`<circle class="dot" cx="${x}" cy="${y}" r="2.5"/>`,
  )}</g>
`;
}

function drawLegend({ label, dash }: DrawnLine, index: number): Html {
  return markup`<li><svg class="l${index % COLOURS}" viewBox="0 0 28 8" aria-hidden="true" focusable="false"><path class="line" d="M1 4H27" stroke-dasharray="${dash}"/></svg>${label}</li>`;
}

export function drawTimeline(block: TimelineBlock, options: PrintOptions): Html {
  const drawing = timelineBars(block, WIDTH, options);
  const { plot, ticks } = drawing;
  const grid = ticks.map(({ x }) => `M${x} ${plot.top}V${plot.bottom}`).join('');
  const description = l10n.t('Timeline of {0} phases.', block.phases.length);
  const content = markup`<path class="grid" d="${grid}"/>
${ticks.map(({ x, text }) => markup`<text x="${x}" y="${plot.bottom + 16}" text-anchor="middle">${text}</text>`)}
${drawing.bars.map((bar) => drawBar(bar, plot.left))}`;
  return svg(drawing, { kind: 'timeline', title: block.title ?? l10n.t('Timeline'), description }, content);
}

function drawBar(bar: TimelineBar, left: number): Html {
  const baseline = bar.y + bar.height / 2 + 4;
  const mark = bar.status === undefined ? null : drawIcon(0, bar.y, bar.status);
  const label = markup`<text class="label" x="${left - 10}" y="${baseline}" text-anchor="end">${bar.label}</text>`;
  const rectangle = markup`<rect class="phase" x="${bar.x}" y="${bar.y}" width="${bar.width}" height="${bar.height}" rx="2"/>`;
  const place = bar.textPlace === 'on' ? 'halo' : '';
  const anchor = bar.textPlace === 'behind' ? 'start' : 'end';
  const text = markup`<text class="${place}" x="${bar.textX}" y="${baseline}" text-anchor="${anchor}">${bar.text}</text>`;
  return markup`<g class="${bar.status}">${mark}${label}${rectangle}${text}</g>
`;
}

function drawIcon(x: number, y: number, status: Status): Html {
  return markup`<svg class="status" x="${x}" y="${y}" width="14" height="14" font-size="14">${icon(status)}</svg>`;
}

export function drawGraph(block: GraphBlock): Html {
  const drawing = layoutGraph(block);
  const description = l10n.t('Graph of {0} nodes and {1} connections.', drawing.nodes.length, drawing.edges.length);
  const content = markup`${drawing.edges.map(drawEdge)}${drawing.nodes.map(drawNode)}`;
  return svg(drawing, { kind: 'graph', title: block.title ?? l10n.t('Graph'), description }, content);
}

function drawEdge({ edge, path, head, label }: DrawnEdge): Html {
  const text = label && drawEdgeLabel(label);
  return markup`<g class="edge ${edge.status}"><path d="${path}"/><path class="head" d="${head}"/>${text}</g>
`;
}

function drawEdgeLabel({ text, x, y, width, height }: NonNullable<DrawnEdge['label']>): Html {
  const ground = markup`<rect x="${x}" y="${y}" width="${width}" height="${height}"/>`;
  return markup`${ground}<text x="${x + width / 2}" y="${y + height / 2 + 4}" text-anchor="middle">${text}</text>`;
}

function drawNode({ node, x, y, width, height, label, detail }: DrawnNode): Html {
  const center = x + width / 2 + (node.status === undefined ? 0 : 9);
  const mark = node.status && drawIcon(x + 10, y + height / 2 - 7, node.status);
  const box = markup`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="7"/>`;
  const first = markup`<text class="label" x="${center}" y="${y + 22}" text-anchor="middle">${label}</text>`;
  const second = detail && markup`<text x="${center}" y="${y + 38}" text-anchor="middle">${detail}</text>`;
  return markup`<g class="node ${node.status}">${tooltip(node.label, node.detail)}${box}${mark}${first}${second}</g>
`;
}

function tooltip(label: string, detail: string | undefined): Html {
  return markup`<title>${label}${detail && `\n${detail}`}</title>`;
}

export function drawMap(block: MapBlock): Html {
  const drawing = projectMap(block, WIDTH);
  const description = l10n.t('Map of {0} places and {1} connections.', drawing.places.length, drawing.lines.length);
  const content = markup`<rect class="sea" width="${drawing.width}" height="${drawing.height}"/>
<path class="land" d="${drawing.landPath}"/><path class="grid" d="${drawing.graticulePath}"/>
${drawing.lines.map(({ line, path }) => markup`<path class="route ${line.status}" d="${path}"/>`)}
${drawing.places.map(drawPlace)}`;
  return svg(drawing, { kind: 'map', title: block.title ?? l10n.t('Map'), description }, content);
}

function drawPlace({ place, x, y, label }: DrawnPlace): Html {
  const text =
    label &&
    markup`<text class="label halo" x="${label.x}" y="${label.y}" text-anchor="${label.anchor}">${label.text}</text>`;
  const dot =
    place.status === undefined
      ? markup`<circle cx="${x}" cy="${y}" r="4.5"/>`
      : markup`<circle class="ground" cx="${x}" cy="${y}" r="8"/>${drawIcon(x - 7, y - 7, place.status)}`;
  return markup`<g class="place ${place.status}">${tooltip(place.label, place.detail)}${dot}${text}</g>
`;
}
