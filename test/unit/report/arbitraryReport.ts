import * as fc from 'fast-check';
import type { Block, Cell, Report, Status, Unit } from '../../../src/report/model';
import { HOSTILE_TEXTS } from '../../support/hostileBlocks';

export const STATUSES: readonly Status[] = ['ok', 'info', 'warning', 'error', 'unknown'];
export const UNITS: readonly Unit[] = [
  'number',
  'percent',
  'bytes',
  'bytesPerSecond',
  'perSecond',
  'milliseconds',
  'seconds',
  'time',
  'hertz',
  'celsius',
  'rpm',
  'volts',
  'watts',
  'plain',
];

/** Texts from anywhere: pieces of markup, controls, every plane of Unicode, broken surrogates. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .array(fc.constantFrom(...'<>"\'&|`*_[]()\\#-+=@~$!;,.:1a \n\r\t'), { maxLength: 12 })
    .map((parts) => parts.join('')),
);

/** Every number there is, the odd ones often. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, NaN, Infinity, -Infinity, 1023.9, 1e15, 8.64e15, Number.MAX_VALUE, Number.MIN_VALUE),
  fc.double(),
  fc.integer({ min: -1000, max: 1e9 }),
);

const maybeStatus = fc.constantFrom(undefined, ...STATUSES);

export const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  anyText,
  anyNumber,
  fc.constant(null),
  fc
    .record({
      text: fc.option(anyText),
      value: fc.option(anyNumber),
      status: maybeStatus,
      fraction: fc.option(anyNumber),
    })
    .map(({ text, value, status, fraction }) => ({
      ...(text === null ? {} : { text }),
      ...(value === null ? {} : { value }),
      ...(status === undefined ? {} : { status }),
      ...(fraction === null ? {} : { fraction }),
    })),
);

const factsBlock: fc.Arbitrary<Block> = fc
  .array(
    fc.record({ label: anyText, value: anyCell, unit: fc.constantFrom(...UNITS), note: anyText, code: fc.boolean() }),
    {
      maxLength: 4,
    },
  )
  .map((items) => ({ kind: 'facts', items }));

/** Also what is no tree: circles, rows that are not there. */
export const anyParents: fc.Arbitrary<readonly (number | null)[]> = fc.array(
  fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 9 }), fc.constantFrom(-1, 0.5, NaN, 1e9)),
  { maxLength: 10 },
);

const tableBlock: fc.Arbitrary<Block> = fc
  .tuple(
    fc.array(fc.tuple(anyText, fc.constantFrom(undefined, ...UNITS), fc.boolean(), fc.boolean()), { maxLength: 4 }),
    fc.array(fc.array(anyCell, { maxLength: 5 }), { maxLength: 5 }),
    anyText,
    fc.option(anyParents),
  )
  .map(([columns, rows, title, parents]) => ({
    kind: 'table',
    id: 'table',
    title,
    ...(parents === null ? {} : { parents }),
    columns: columns.map(([heading, unit, code, hidden], index) => ({
      id: `c${index}`,
      title: heading,
      code,
      hidden,
      ...(unit === undefined ? {} : { unit }),
    })),
    rows,
  }));

const textBlock: fc.Arbitrary<Block> = fc
  .record({
    text: anyText,
    style: fc.constantFrom('prose' as const, 'code' as const, 'note' as const),
    status: maybeStatus,
  })
  .map(({ text, style, status }) => ({ kind: 'text', text, style, ...(status === undefined ? {} : { status }) }));

const terminalBlock: fc.Arbitrary<Block> = fc
  .array(
    fc.oneof(anyText, fc.constantFrom('\u001b[31m', '\u001b[0m', '\u001b[1;38;5;99;48;2;1;2;3m', '\u001b[2J', '\n')),
  )
  .map((parts) => ({ kind: 'terminal', text: parts.join('') }));

const timelineBlock: fc.Arbitrary<Block> = fc
  .array(fc.record({ label: anyText, start: anyNumber, duration: anyNumber, note: anyText }), { maxLength: 4 })
  .map((phases) => ({ kind: 'timeline', unit: 'milliseconds', phases }));

const seriesBlock: fc.Arbitrary<Block> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 2e12 }), { maxLength: 6 }),
    fc.array(fc.tuple(anyText, fc.array(fc.option(anyNumber), { minLength: 6, maxLength: 6 })), { maxLength: 3 }),
    fc.constantFrom(...UNITS),
    fc.boolean(),
  )
  .map(([times, lines, unit, stacked]) => ({
    kind: 'series',
    id: 'series',
    title: 'Series',
    unit,
    times: times.toSorted((a, b) => a - b),
    lines: lines.map(([label, values]) => ({ label, values: values.slice(0, times.length) })),
    stacked,
  }));

const anyId = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const graphBlock: fc.Arbitrary<Block> = fc
  .record({
    direction: fc.constantFrom('right' as const, 'down' as const),
    nodes: fc.array(fc.record({ id: anyId, label: anyText, detail: anyText }), { maxLength: 5 }),
    edges: fc.array(fc.record({ from: anyId, to: anyId, label: anyText }), { maxLength: 6 }),
  })
  .map((graph) => ({ kind: 'graph', ...graph }));

const mapBlock: fc.Arbitrary<Block> = fc
  .record({
    places: fc.array(fc.record({ id: anyId, label: anyText, latitude: anyNumber, longitude: anyNumber }), {
      maxLength: 4,
    }),
    lines: fc.array(fc.record({ from: anyId, to: anyId }), { maxLength: 4 }),
  })
  .map((map) => ({ kind: 'map', ...map }));

const plainBlock = fc.oneof(
  factsBlock,
  tableBlock,
  textBlock,
  terminalBlock,
  timelineBlock,
  seriesBlock,
  graphBlock,
  mapBlock,
);

/** A report of any shape that types allow, with hostile texts and numbers everywhere. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    title: anyText,
    verdict: anyText,
    status: fc.constantFrom(...STATUSES),
    blocks: fc.array(plainBlock, { maxLength: 4 }),
    inner: fc.array(plainBlock, { maxLength: 2 }),
    summary: anyText,
    collapsed: fc.boolean(),
    label: anyText,
    url: fc.oneof(anyText, fc.webUrl()),
  })
  .map(({ title, verdict, status, blocks, inner, summary, collapsed, label, url }) => ({
    title,
    verdict,
    status,
    blocks: [...blocks, { kind: 'section', title: summary, summary, collapsed, status, blocks: inner }],
    actions: [{ kind: 'open', label, url }],
  }));
