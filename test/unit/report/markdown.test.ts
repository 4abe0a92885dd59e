import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { printMarkdown } from '../../../src/report/markdown';
import type { Block, Report } from '../../../src/report/model';
import { assertGolden } from '../../support/golden';
import { sampleReport } from '../../support/sampleReport';
import { anyReport } from './arbitraryReport';

const english = { locale: 'en', timeZone: 'UTC' };

function printed(...blocks: readonly Block[]): string {
  const report: Report = { title: 'T', verdict: 'V.', status: 'ok', blocks };
  return printMarkdown(report, english).split('\n').slice(4).join('\n');
}

describe('printMarkdown', () => {
  it('prints every kind of block', () => {
    assertGolden('report/sample.md', printMarkdown(sampleReport, english));
  });

  it('begins with title, status and verdict', () => {
    const report: Report = { title: 'web-1', verdict: 'All is well.', status: 'ok', blocks: [] };
    assert.equal(printMarkdown(report, english), '# web-1\n\n**✓ OK:** All is well.\n');
  });

  it('prints all rows of a table, in the order in which it is shown', () => {
    const rows = Array.from({ length: 1200 }, (_, index) => [index]);
    const columns = [{ id: 'n', title: 'N', unit: 'plain' as const }];
    const text = printed({ kind: 'table', id: 't', columns, rows, sort: { column: 'n', direction: 'descending' } });
    assert.match(text, /^\| +N \|\n\| -+: \|\n\| 1199 \|\n/);
    assert.equal(text.trimEnd().split('\n').length, 1202);
  });

  it('summarises a chart and tells at most 20 of its points', () => {
    const times = Array.from({ length: 500 }, (_, index) => index * 1000);
    const lines = [{ label: 'l', values: times.map((time) => time / 1000) }];
    const text = printed({ kind: 'series', id: 's', title: 'S', unit: 'number', times, lines });
    assert.match(text, /\| l +\| +0 \| +249.5 \| +499 \| +499 \|/);
    assert.equal(text.match(/^\| Jan 1, 1970/gm)?.length, 20);
  });

  it('tells a circle in a graph once around', () => {
    const text = printed({
      kind: 'graph',
      direction: 'right',
      nodes: [
        { id: 'a', label: 'A' },
        { id: 'b', label: 'B', status: 'error' },
      ],
      edges: [
        { from: 'a', to: 'b', label: '1 ms' },
        { from: 'b', to: 'a' },
      ],
    });
    assert.equal(text, '- A\n  - → B (1 ms)\n- ✗ B\n  - → A\n');
  });

  it('draws phases where they are', () => {
    const text = printed({
      kind: 'timeline',
      unit: 'seconds',
      phases: [
        { label: 'first', start: 0, duration: 1 },
        { label: 'second', start: 1, duration: 3 },
      ],
    });
    assert.match(text, /\| first .*\| █{8}·{24} \|\n\| second .*\| ·{8}█{24} \|/);
  });

  it('goes one heading deeper in each section, six at most', () => {
    const nested = (depth: number): Block => ({
      kind: 'section',
      title: `level ${depth}`,
      blocks: depth < 8 ? [nested(depth + 1)] : [],
    });
    const levels = printed(nested(2))
      .match(/^#+/gm)
      ?.map((mark) => mark.length);
    assert.deepEqual(levels, [2, 3, 4, 5, 6, 6, 6]);
  });

  it('has no control character and ends with one line break, whatever the report', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = printMarkdown(report, english);
        assert.doesNotMatch(text, /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
        assert.match(text, /[^\n]\n$/);
      }),
      { numRuns: 60 },
    );
  });
});
