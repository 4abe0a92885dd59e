import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { printCsv } from '../../../src/report/csv';
import type { Block, Report } from '../../../src/report/model';
import { visibleLines } from '../../../src/report/plainText';
import { assertGolden } from '../../support/golden';
import { sampleReport } from '../../support/sampleReport';
import { anyReport, anyText } from './arbitraryReport';

const options = { locale: 'en', timeZone: 'UTC', bom: false };

/** RFC 4180, strictly: CRLF ends a line, a quote inside quotes is doubled, none stands elsewhere. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  const lines: string[][] = [[]];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    assert.ok(match, `no field at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    const [, raw = '', end] = match;
    lines.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

/** The lines below title, verdict and status. */
function parsed(...blocks: readonly Block[]): readonly (readonly string[])[] {
  const report: Report = { title: 'T', verdict: 'V.', status: 'ok', blocks };
  return parseCsv(printCsv(report, options)).slice(4);
}

function parsedText(text: string): string | undefined {
  const [, , row] = parsed({ kind: 'table', id: 't', columns: [{ id: 'c', title: 'C' }], rows: [[text]] });
  return row?.[0];
}

describe('printCsv', () => {
  it('prints every kind of block', () => {
    assertGolden('report/sample.csv', printCsv(sampleReport, options));
  });

  it('begins with a byte order mark unless it is turned off', () => {
    const report: Report = { title: '中文', verdict: 'V.', status: 'warning', blocks: [] };
    assert.equal(printCsv(report, { locale: 'en' }), '\ufeffReport,中文\r\nVerdict,V.\r\nStatus,Warning\r\n');
    assert.equal(printCsv(report, options).startsWith('Report'), true);
  });

  it('has bare numbers below units, times in ISO 8601, statuses in words and the order shown', () => {
    const lines = parsed({
      kind: 'table',
      id: 't',
      title: 'Disks',
      columns: [
        { id: 'name', title: 'Name' },
        { id: 'used', title: 'Used', unit: 'bytes' },
        { id: 'at', title: 'At', unit: 'time' },
      ],
      rows: [
        ['a', 1.5, 0],
        [{ text: 'b', status: 'error' }, { value: 1e9, fraction: 0.5 }, NaN],
        ['c', { value: 40, unit: 'celsius' }, null],
      ],
      sort: { column: 'used', direction: 'descending' },
    });
    assert.deepEqual(lines, [
      ['Disks'],
      ['Name', 'Name: status', 'Used (B)', 'At (ISO 8601)'],
      ['b', 'Error', '1000000000', ''],
      ['c', '', '40 °C', ''],
      ['a', '', '1.5', '1970-01-01T00:00:00.000Z'],
    ]);
  });

  it('names sections in the headings', () => {
    const facts: Block = { kind: 'facts', items: [{ label: 'Up', value: 90, unit: 'seconds', note: 'n' }] };
    const section: Block = { kind: 'section', title: 'A', blocks: [{ kind: 'section', title: 'B', blocks: [facts] }] };
    assert.deepEqual(parsed(section), [
      ['A › B'],
      ['Fact', 'Value', 'Unit', 'Status', 'Note'],
      ['Up', '90', 's', '', 'n'],
    ]);
  });

  it('marks what a spreadsheet would run, and leaves negative numbers', () => {
    for (const text of ['=1+1', '+1', '-1+1', '@SUM(A1)', '\tx', '\n=1', ' =1', '＝1']) {
      assert.equal(parsedText(text), `'${text}`);
    }
    for (const text of ['-5', '-5.25', '-1e-7', 'a=b', '5-3', '']) assert.equal(parsedText(text), text);
    assert.equal(parsedText('a;=cmd'), "a;'=cmd");
    assert.equal(parsedText('\r=1'), "'\n=1");
  });

  it('gives every text back as it can be seen, apostrophes aside', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const withoutMarks = (value: string | undefined): string | undefined => value?.replaceAll("'", '');
        assert.equal(withoutMarks(parsedText(text)), withoutMarks(visibleLines(text)));
      }),
    );
  });

  it('has no field that a spreadsheet would run, whatever the report', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const field of parseCsv(printCsv(report, options)).flat()) {
          assert.doesNotMatch(field, /^\s*[=+@]|^\s*-(?!(\d+(\.\d+)?|[1-9]?\.?\d*)(e[-+]?\d+)?( |$))/i);
        }
      }),
      { numRuns: 60 },
    );
  });
});
