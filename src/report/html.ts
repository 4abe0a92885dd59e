import * as l10n from '@vscode/l10n';
import { createFormatter, type Formatter, type PrintOptions } from './format';
import { drawGraph, drawMap, drawSeries, drawTimeline } from './htmlDrawings';
import { htmlPage } from './htmlPage';
import { badge, cellContent, iconShapes } from './htmlParts';
import { styleSheet } from './htmlStyle';
import { printTable } from './htmlTable';
import { printTerminal } from './htmlTerminal';
import { markup, type Html } from './htmlText';
import { openLinks } from './links';
import type { Block, Fact, FactsBlock, Report, SectionBlock, SeriesBlock, TableBlock, TextBlock } from './model';
import { knownLocale } from './numbers';
import { createCollator } from './rows';
import {
  edgesTable,
  nodesTable,
  placeLinesTable,
  placesTable,
  seriesPoints,
  seriesSummary,
  timelineTable,
} from './twins';

/** So many points of a chart stand in its table; CSV and JSON have them all. */
const SERIES_POINTS = 100;
/** Values longer than this take the whole width. */
const WIDE_FACT_LENGTH = 48;

interface Context {
  readonly formatter: Formatter;
  readonly collator: Intl.Collator;
  readonly options: PrintOptions;
  /** Of the headings of the blocks, 2 to 6. */
  readonly level: number;
}

/** One self-contained page, on paper always light. */
export function printHtml(report: Report, options: PrintOptions): string {
  const formatter = createFormatter(options);
  const context: Context = { formatter, collator: createCollator(options.locale), options, level: 2 };
  const body = markup`${iconShapes()}
<div class="page">
<header>
<h1>${report.title}</h1>
<div class="verdict ${report.status}">${badge(report.status)}<p>${report.verdict}</p></div>
</header>
<main>
${report.blocks.map((block) => printBlock(block, context))}${printLinks(report)}</main>
<footer>${l10n.t('Made by Opsdeck.')}</footer>
</div>`;
  const language = knownLocale(options.locale);
  return htmlPage({ language, title: report.title, style: styleSheet().toString(), body: body.toString() });
}

function printBlock(block: Block, context: Context): Html {
  if (block.kind === 'section') return printSection(block, context);
  return markup`<section class="block ${block.kind} ${block.kind === 'text' && textClass(block)}">${printBody(block, context)}</section>
`;
}

function printBody(block: Exclude<Block, SectionBlock>, context: Context): Html {
  const title = block.title === undefined ? null : heading(block.title, context.level);
  const { options, formatter } = context;
  switch (block.kind) {
    case 'facts':
      return markup`${title}${printFacts(block, formatter)}`;
    case 'table':
      return printTable(block, title, formatter, context.collator);
    case 'text':
      return markup`${title}${printText(block)}`;
    case 'terminal':
      return markup`${title}${printTerminal(block)}`;
    case 'timeline':
      return drawn(title, block.phases.length > 0 && drawTimeline(block, options), [timelineTable(block)], context);
    case 'series':
      return drawn(title, hasPoints(block) && drawSeries(block, formatter, options), seriesTables(block), context);
    case 'graph':
      return drawn(title, block.nodes.length > 0 && drawGraph(block), [nodesTable(block), edgesTable(block)], context);
    case 'map':
      return drawn(
        title,
        block.places.length > 0 && drawMap(block),
        [placesTable(block), placeLinesTable(block)],
        context,
      );
  }
}

function heading(title: string, level: number): Html {
  switch (level) {
    case 2:
      return markup`<h2>${title}</h2>`;
    case 3:
      return markup`<h3>${title}</h3>`;
    case 4:
      return markup`<h4>${title}</h4>`;
    case 5:
      return markup`<h5>${title}</h5>`;
    default:
      return markup`<h6>${title}</h6>`;
  }
}

function printSection(block: SectionBlock, context: Context): Html {
  const mark = block.status && badge(block.status);
  const summary = block.summary === undefined ? null : markup`<p>${block.summary}</p>`;
  const head = markup`<div class="section-head">${heading(block.title, context.level)}${mark}${summary}</div>`;
  const inner = block.blocks.map((each) => printBlock(each, { ...context, level: Math.min(context.level + 1, 6) }));
  return block.collapsed === true
    ? markup`<details class="section"><summary>${head}</summary>
${inner}</details>
`
    : markup`<section class="section">${head}
${inner}</section>
`;
}

function printFacts(block: FactsBlock, formatter: Formatter): Html {
  if (block.items.length === 0) return markup`<p class="note">${l10n.t('Nothing to show.')}</p>`;
  return markup`<dl>${block.items.map((fact) => printFact(fact, formatter))}</dl>`;
}

function printFact({ label, value, unit, note, code }: Fact, formatter: Formatter): Html {
  const text = formatter.cell(value, unit);
  const width = text.length > WIDE_FACT_LENGTH || (note ?? '').length > 2 * WIDE_FACT_LENGTH ? 'wide' : '';
  const remark = note === undefined ? null : markup`<span class="note">${note}</span>`;
  return markup`<div class="${width}"><dt>${label}</dt><dd>${cellContent(value, text, code ?? false)}${remark}</dd></div>
`;
}

function printText(block: TextBlock): Html {
  const mark = block.status && badge(block.status);
  if (block.style === 'code') return markup`${mark}<pre tabindex="0"><code>${block.text}</code></pre>`;
  const paragraphs = block.text.split(/\n\s*\n/).filter((text) => text.trim() !== '');
  return markup`${mark}${paragraphs.map((text) => markup`<p class="${block.style}">${text}</p>`)}`;
}

function textClass({ status, style, title }: TextBlock): string {
  if (status !== undefined) return `toned ${status}`;
  return style === 'note' && title === undefined ? 'quiet' : '';
}

function hasPoints(block: SeriesBlock): boolean {
  return block.times.length > 0 && block.lines.length > 0;
}

function seriesTables(block: SeriesBlock): readonly TableBlock[] {
  return hasPoints(block) ? [seriesSummary(block), seriesPoints(block, SERIES_POINTS)] : [];
}

/** A drawing with its tables folded below it; without a drawing what the first table says when it is empty. */
function drawn(title: Html | null, drawing: Html | false, tables: readonly TableBlock[], context: Context): Html {
  if (drawing === false) return markup`${title}<p class="note">${tables[0]?.empty ?? l10n.t('No values yet.')}</p>`;
  const twins = tables
    .filter((table) => table.rows.length > 0)
    .map((table) => printTable(table, markup`${table.title}`, context.formatter, context.collator));
  return markup`${title}${drawing}<details class="twin"><summary>${l10n.t('Show as a table')}</summary>${twins}</details>`;
}

function printLinks(report: Report): Html | null {
  const links = openLinks(report);
  if (links.length === 0) return null;
  const items = links.map(({ label, href }) => markup`<li><a href="${href}" rel="noreferrer">${label}</a></li>`);
  return markup`<section class="block links">${heading(l10n.t('Links'), 2)}<ul>${items}</ul></section>
`;
}
