import * as l10n from '@vscode/l10n';
import { createFormatter, NOTHING, statusSymbol, statusWord, type Formatter, type PrintOptions } from './format';
import { openLinks } from './links';
import { codeBlock, codeSpan, inlineText, lineText, link, paragraphs, pipeTable } from './markdownText';
import type { Block, Cell, Fact, FactsBlock, GraphBlock, GraphEdge, GraphNode, Report, Status } from './model';
import type { Phase, SectionBlock, TableBlock, TerminalBlock, TextBlock, TimelineBlock } from './model';
import { printedTable } from './printedTable';
import { createCollator } from './rows';
import { withoutStyles } from './terminalSpans';
import { labelsOf, placeLinesTable, placesTable, seriesPoints, seriesSummary, timelineTable } from './twins';

/** So many points of a chart are told in text. */
const SERIES_POINTS = 20;
/** The width of a timeline in characters. */
const TIMELINE_COLUMNS = 32;

interface Context {
  readonly formatter: Formatter;
  readonly collator: Intl.Collator;
  /** Of the headings of the blocks, 2 to 6. */
  readonly level: number;
}

/** GitHub Flavored Markdown that also reads well as plain text; all rows of all tables. Ends with a line break. */
export function printMarkdown(report: Report, options: PrintOptions): string {
  const context: Context = {
    formatter: createFormatter(options),
    collator: createCollator(options.locale),
    level: 2,
  };
  const links = openLinks(report).map(({ label, href }) => `- ${link(label, href)}`);
  const parts = [
    `# ${inlineText(report.title) || NOTHING}`,
    marked(report.status, inlineText(report.verdict)),
    ...printBlocks(report.blocks, context),
    ...(links.length > 0 ? [heading(l10n.t('Links'), 2), links.join('\n')] : []),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function printBlocks(blocks: readonly Block[], context: Context): readonly string[] {
  return blocks.flatMap((block) => printBlock(block, context));
}

function printBlock(block: Block, context: Context): readonly string[] {
  if (block.kind === 'section') return printSection(block, context);
  const title = block.title === undefined ? [] : [heading(block.title, context.level)];
  return [...title, ...printBody(block, context)];
}

function printBody(block: Exclude<Block, SectionBlock>, context: Context): readonly string[] {
  switch (block.kind) {
    case 'facts':
      return [printFacts(block, context)];
    case 'table':
      return [printTable(block, context)];
    case 'text':
      return [printText(block)];
    case 'terminal':
      return [printTerminal(block)];
    case 'timeline':
      return [printTimeline(block, context)];
    case 'series':
      return [printTable(seriesSummary(block), context), ...printPoints(seriesPoints(block, SERIES_POINTS), context)];
    case 'graph':
      return [printGraph(block)];
    case 'map':
      return [placesTable(block), ...(block.lines.length > 0 ? [placeLinesTable(block)] : [])].map((table) =>
        printTable(table, context),
      );
  }
}

function printSection(block: SectionBlock, context: Context): readonly string[] {
  const summary = marked(block.status, inlineText(block.summary ?? ''));
  const inner: Context = { ...context, level: Math.min(context.level + 1, 6) };
  return [heading(block.title, context.level), summary, ...printBlocks(block.blocks, inner)];
}

function heading(title: string, level: number): string {
  return `${'#'.repeat(level)} ${inlineText(title) || NOTHING}`;
}

/** The status as symbol and word before a text. */
function marked(status: Status | undefined, text: string): string {
  if (status === undefined) return text;
  const mark = `${statusSymbol(status)} ${inlineText(statusWord(status))}`;
  return text === '' ? `**${mark}**` : `**${mark}:** ${text}`;
}

function printFacts(block: FactsBlock, { formatter }: Context): string {
  if (block.items.length === 0) return `_${l10n.t('Nothing to show.')}_`;
  return block.items.map((fact) => printFact(fact, formatter)).join('\n');
}

function printFact(fact: Fact, formatter: Formatter): string {
  const note = inlineText(fact.note ?? '');
  const value = printCell(fact.value, formatter.cell(fact.value, fact.unit), fact.code ?? false);
  return `- **${inlineText(fact.label) || NOTHING}:** ${value}${note === '' ? '' : ` (${note})`}`;
}

/** The status as a symbol before the text. */
function printCell(cell: Cell, text: string, isCode: boolean): string {
  const status = cell !== null && typeof cell === 'object' ? cell.status : undefined;
  const printed = isCode && cell !== null ? codeSpan(text) : inlineText(text);
  return status === undefined ? printed : `${statusSymbol(status)} ${printed}`;
}

function printTable(block: TableBlock, { formatter, collator }: Context): string {
  if (block.rows.length === 0 || block.columns.length === 0)
    return `_${inlineText(block.empty ?? l10n.t('Nothing to show.'))}_`;
  const table = printedTable(block, collator);
  const columns = table.columns.map(({ column }) => ({
    title: inlineText(column.title),
    alignsRight: column.unit !== undefined && column.unit !== 'time',
  }));
  const rows = table.rows.map(({ cells, indent }) =>
    table.columns.map(({ column, at, isTree }) => {
      const cell = cells[at] ?? null;
      return `${isTree ? indent : ''}${printCell(cell, formatter.cell(cell, column.unit), column.code ?? false)}`;
    }),
  );
  return pipeTable(columns, rows);
}

/** Without any point the summary has already said so. */
function printPoints(points: TableBlock, context: Context): readonly string[] {
  return points.rows.length === 0 || points.columns.length === 1 ? [] : [printTable(points, context)];
}

function printText(block: TextBlock): string {
  if (block.style === 'code') return [marked(block.status, ''), codeBlock(block.text)].filter(Boolean).join('\n\n');
  const text = marked(block.status, paragraphs(block.text));
  return block.style === 'note' ? text.replace(/^/gm, '> ').replace(/ +$/gm, '') : text;
}

/** Without colours, which Markdown has not. */
function printTerminal({ text, empty }: TerminalBlock): string {
  return text === '' ? `_${inlineText(empty ?? l10n.t('Nothing was written.'))}_` : codeBlock(withoutStyles(text));
}

function printTimeline(block: TimelineBlock, context: Context): string {
  const table = timelineTable(block);
  const ends = block.phases.map((phase) => phase.start + phase.duration).filter(Number.isFinite);
  const starts = block.phases.map((phase) => phase.start).filter(Number.isFinite);
  const from = starts.reduce((least, start) => Math.min(least, start), 0);
  const to = ends.reduce((most, end) => Math.max(most, end), from);
  const columns = [...table.columns, { id: 'bar', title: l10n.t('Timeline') }];
  return printTable(
    { ...table, columns, rows: table.rows.map((row, index) => [...row, bar(block.phases[index], from, to)]) },
    context,
  );
}

/** At least one mark for every phase, however short. */
function bar(phase: Phase | undefined, from: number, to: number): string {
  const scale = TIMELINE_COLUMNS / (to - from);
  if (phase === undefined || !Number.isFinite(scale * (phase.start + phase.duration))) return NOTHING;
  const start = clamp(Math.round((phase.start - from) * scale), 0, TIMELINE_COLUMNS - 1);
  const end = clamp(Math.round((phase.start + phase.duration - from) * scale), start + 1, TIMELINE_COLUMNS);
  return '·'.repeat(start) + '█'.repeat(end - start) + '·'.repeat(TIMELINE_COLUMNS - end);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** Every node with what it leads to below it. */
function printGraph(block: GraphBlock): string {
  if (block.nodes.length === 0) return `_${l10n.t('No nodes.')}_`;
  const labels = labelsOf(block.nodes);
  const ids = [...labels.keys(), ...block.edges.map((edge) => edge.from).filter((id) => !labels.has(id))];
  const nodes = new Map(block.nodes.map((node) => [node.id, node]));
  const edges = new Map<string, GraphEdge[]>();
  for (const edge of block.edges) edges.set(edge.from, [...(edges.get(edge.from) ?? []), edge]);
  return [...new Set(ids)]
    .flatMap((id) => [
      printNode(nodes.get(id) ?? { id, label: id }),
      ...(edges.get(id) ?? []).map((edge) => printEdge(edge, labels)),
    ])
    .join('\n');
}

function printNode(node: GraphNode): string {
  const mark = node.status === undefined ? '' : `${statusSymbol(node.status)} `;
  const detail = node.detail === undefined ? '' : ` — ${inlineText(node.detail)}`;
  return `- ${mark}${lineText(node.label) || NOTHING}${detail}`;
}

function printEdge(edge: GraphEdge, labels: ReadonlyMap<string, string>): string {
  const mark = edge.status === undefined ? '' : `${statusSymbol(edge.status)} `;
  const label = edge.label === undefined ? '' : ` (${inlineText(edge.label)})`;
  return `  - → ${mark}${inlineText(labels.get(edge.to) ?? edge.to)}${label}`;
}
