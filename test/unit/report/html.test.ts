import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { printHtml } from '../../../src/report/html';
import { escapeHtml, markup } from '../../../src/report/htmlText';
import type { Block, Report } from '../../../src/report/model';
import { visibleLines } from '../../../src/report/plainText';
import { assertGolden } from '../../support/golden';
import { sampleReport } from '../../support/sampleReport';
import { anyReport, anyText } from './arbitraryReport';
import { contrast, themesOf } from './contrast';
import { tagsOf } from './htmlTags';

const english = { locale: 'en', timeZone: 'UTC' };

function printed(...blocks: readonly Block[]): string {
  const report: Report = { title: 'T', verdict: 'V.', status: 'ok', blocks };
  return printHtml(report, english);
}

/** The same value with every character that HTML knows replaced by a letter in all texts but keys, kinds and ids. */
function harmless<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (key === 'url' ? value : value.replace(/[<>"'&]/g, 'x')) as T;
  if (Array.isArray(value)) return value.map((each: unknown) => harmless(each, key)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, harmless(each, name)])) as T;
}

describe('escapeHtml', () => {
  it('leaves no character that HTML knows, and loses none', () => {
    const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeHtml(text);
        assert.doesNotMatch(escaped, /[<>"']|&(?!(lt|gt|quot|#39|amp);)/);
        assert.equal(
          escaped.replace(/&([^;]+);/g, (_, name: string) => names[name] ?? '?'),
          visibleLines(text),
        );
      }),
    );
  });
});

describe('markup', () => {
  it('escapes texts, keeps markup, joins lists and leaves out nothing', () => {
    const bold = markup`<b>${'<i>'}</b>`;
    assert.equal(
      markup`<p title="${'"'}">${bold}${[1, bold]}${null}${undefined}${false}</p>`.toString(),
      '<p title="&quot;"><b>&lt;i&gt;</b>1<b>&lt;i&gt;</b></p>',
    );
  });

  it('takes nothing that only looks like markup', () => {
    const forged = { toString: () => '<script>', text: '<script>' };
    assert.throws(() => markup`${forged as unknown as string}`);
  });
});

describe('printHtml', () => {
  it('prints every kind of block', () => {
    assertGolden('report/sample.html', printHtml(sampleReport, english));
  });

  it('is one file without scripts and without anything from elsewhere', () => {
    const page = printHtml(sampleReport, english);
    const tags = tagsOf(page);
    assert.ok(tags.every(({ name }) => !['script', 'link', 'img', 'iframe', 'object', 'base', 'form'].includes(name)));
    assert.match(page, /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;/);
    assert.doesNotMatch(page, /@import|url\(/);
    const references = tags.flatMap(({ attributes }) => [...attributes].filter(([name]) => /href|src$/.test(name)));
    assert.deepEqual(
      references.map(([, value]) => value).filter((value) => !value.startsWith('#s-')),
      ['https://example.com/runbooks/disk-full?host=web-1'],
    );
  });

  it('has no tag and no attribute that comes from a text', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const shape = (page: string): readonly string[] =>
          tagsOf(page).map(({ name, attributes }) => `${name} ${[...attributes.keys()].join(' ')}`);
        assert.deepEqual(shape(printHtml(report, english)), shape(printHtml(harmless(report), english)));
      }),
      { numRuns: 60 },
    );
  });

  it('has no coordinate that is not a number, whatever the report', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const { attributes } of tagsOf(printHtml(report, english))) {
          for (const name of ['d', 'x', 'y', 'cx', 'cy', 'width', 'height', 'viewBox', 'style']) {
            assert.doesNotMatch(attributes.get(name) ?? '', /NaN|Infinity|undefined|null/);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says its language and falls back to English', () => {
    const report: Report = { title: 'T', verdict: 'V.', status: 'ok', blocks: [] };
    assert.match(printHtml(report, { locale: 'zh-CN' }), /<html lang="zh-CN">/);
    assert.match(printHtml(report, { locale: 'C"><script>' }), /<html lang="en">/);
  });

  it('has headings in order, captions and scopes', () => {
    const columns = [
      { id: 'a', title: 'A' },
      { id: 'n', title: 'N', unit: 'plain' as const, description: 'number' },
    ];
    const table: Block = { kind: 'table', id: 't', title: 'Disks', columns, rows: [['x', 1]] };
    const page = printed(table, { kind: 'section', title: 'S', blocks: [table] });
    assert.match(page, /<h1>T<\/h1>[^]*<caption><h2>Disks<\/h2><\/caption>[^]*<h2>S<\/h2>[^]*<caption><h3>Disks<\/h3>/);
    assert.equal(page.match(/<th scope="col"/g)?.length, 4);
    assert.equal(page.match(/<th scope="row">x<\/th>/g)?.length, 2);
    assert.match(page, /<li>N: number<\/li>/);
  });

  it('tells a status by icon and word', () => {
    const rows = [[{ text: 'full', status: 'error' as const }]];
    const page = printed({ kind: 'table', id: 't', columns: [{ id: 'a', title: 'A' }], rows });
    assert.match(page, /href="#s-error"\/><\/svg><\/span> <span class="hidden">Error: <\/span>full/);
    assert.match(page, /<span class="badge ok"><svg [^>]+><use href="#s-ok"\/><\/svg>OK<\/span>/);
  });

  it('folds what is collapsed, and a table below every drawing', () => {
    const page = printed(
      { kind: 'section', title: 'S', collapsed: true, blocks: [] },
      { kind: 'graph', direction: 'right', nodes: [{ id: 'a', label: 'A' }], edges: [] },
    );
    assert.match(page, /<details class="section"><summary>[^]*<h2>S<\/h2>/);
    assert.match(page, /<svg [^>]*role="img"[^>]*><title>Graph<\/title><desc>Graph of 1 nodes/);
    assert.match(page, /<details class="twin"><summary>Show as a table<\/summary>[^]*<th scope="row">A<\/th>/);
  });

  it('says so where there is nothing to draw', () => {
    const page = printed(
      { kind: 'series', id: 's', title: 'S', unit: 'percent', times: [], lines: [] },
      { kind: 'map', places: [], lines: [] },
      { kind: 'facts', items: [] },
    );
    assert.match(page, /No values yet\.[^]*No places\.[^]*Nothing to show\./);
    assert.equal(
      tagsOf(page).some(({ attributes }) => attributes.get('role') === 'img'),
      false,
    );
  });

  it('keeps the contrast of WCAG AA in both themes', () => {
    for (const [theme, colours] of themesOf(printed())) {
      const statuses = ['ok', 'info', 'warning', 'error', 'unknown'];
      const check = (front: string, ground: string, least: number): void => {
        const ratio = contrast(colours.get(front) ?? '', colours.get(ground) ?? '');
        assert.ok(ratio >= least, `${theme}: ${front} on ${ground} has ${ratio.toFixed(2)}`);
      };
      for (const text of ['text', 'soft', 'accent', ...statuses]) {
        for (const ground of ['card', 'ground', 'stripe']) check(text, ground, 4.5);
      }
      for (const status of statuses) {
        check(status, `${status}-ground`, 4.5);
        check('text', `${status}-ground`, 4.5);
        check('soft', `${status}-ground`, 4.5);
        check(status, 'land', 3);
      }
      for (const ground of ['land', 'sea']) check('text', ground, 4.5);
      for (let line = 0; line < 8; line++) check(`c${line}`, 'card', 3);
    }
  });
});
