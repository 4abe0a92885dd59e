import * as assert from 'node:assert/strict';
import { htmlText } from '../../../../../src/features/compare/report/textsHtml';
import { hunkRows } from '../../../../../src/features/compare/core/rows/hunkRows';
import { pairSpans, wordsOf } from '../../../../../src/features/compare/core/rows/words';
import { compareTexts } from '../../../../../src/features/compare/core/text/compareTexts';
import { PLAIN_OPTIONS, type TextOptions } from '../../../../../src/features/compare/core/text/options';
import type { TextComparison } from '../../../../../src/features/compare/core/text/schema';
import { Random } from '../random';
import { plainPair, repetitivePair } from '../core/text/cases';

function compared(left: string, right: string, options: Partial<TextOptions> = {}): TextComparison {
  return compareTexts(
    { label: 'left <1>', bytes: Buffer.from(left) },
    { label: 'right', bytes: Buffer.from(right) },
    { ...PLAIN_OPTIONS, ...options },
  );
}

const page = (comparison: TextComparison): string => htmlText(comparison, { verdict: 'They differ.' });

const shown = (spans: readonly { readonly text: string }[]): string => spans.map(({ text }) => text).join('');

describe('texts side by side', () => {
  it('have every line of both sides once, in order', () => {
    const random = new Random(17);
    for (let round = 0; round < 300; round++) {
      const { left, right } = round % 2 === 0 ? plainPair(random) : repetitivePair(random);
      const [hunk] = compared(left, right, { contextLines: -1 }).hunks;
      assert.ok(hunk !== undefined);
      const rows = hunkRows(hunk);
      for (const side of ['left', 'right'] as const) {
        const lines = rows.map((row) => row[side]).filter(({ number }) => number !== null);
        assert.deepEqual(
          lines.map(({ number }) => number),
          lines.map((_line, at) => at + 1),
        );
        assert.deepEqual(
          lines.map(({ spans }) => shown(spans)),
          side === 'left' ? hunk.leftLines : hunk.rightLines,
        );
      }
    }
  });

  it('mark the words that changed', () => {
    assert.deepEqual(wordsOf('listen  443; # 端口'), ['listen', '  ', '443', ';', ' ', '#', ' ', '端', '口']);
    assert.deepEqual(pairSpans('listen 80;', 'listen 443 ssl;'), {
      left: [
        { text: 'listen ', change: null },
        { text: '80', change: 'changed' },
        { text: ';', change: null },
      ],
      right: [
        { text: 'listen ', change: null },
        { text: '443 ssl', change: 'changed' },
        { text: ';', change: null },
      ],
    });
    const long = 'x'.repeat(1_000_000);
    const { left, right } = pairSpans(`${long}a${long}`, `${long}${long}`);
    assert.deepEqual(
      left.map(({ text, change }) => [text.length, change]),
      [
        [1_000_000, null],
        [1, 'removed'],
        [1_000_000, null],
      ],
    );
    assert.equal(shown(right), long + long);
  });

  it('are a page without script that leads from change to change and shows texts as texts', () => {
    const lines = Array.from({ length: 40 }, (_none, at) => `line ${at}`);
    const left = [...lines, '<script>alert(1)</script>\u001b[31m', 'last'].join('\n');
    const right = [...lines.with(3, 'line three'), '&', 'last'].join('\n');
    const html = page(compared(left, right));
    assert.ok(!/<script|javascript:|src=|https?:/i.test(html) && !html.includes('\u001b'));
    assert.ok(html.includes('&lt;script&gt;') && html.includes('left &lt;1&gt;') && html.includes('␛'));
    const ids = [...html.matchAll(/id="(change-\d+)"/g)].map(([, id]) => id);
    assert.deepEqual(ids, ['change-1', 'change-2']);
    for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target ?? ''), target);
    assert.equal([...html.matchAll(/title="(Next|Previous) change"/g)].length, 2);
    assert.equal([...html.matchAll(/class="gap"/g)].length, 1);
    assert.equal([...html.matchAll(/no line feed at the end/g)].length, 2);
    const all = page(compared(left, right, { contextLines: -1 }));
    assert.equal([...all.matchAll(/<tr/g)].length, 1 + 42);
  });

  it('that are the same have no table', () => assert.ok(!page(compared('a', 'a')).includes('<table')));
});
