import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { printHtml } from '../../../src/report/html';
import { printMarkdown } from '../../../src/report/markdown';
import type { Block, Report } from '../../../src/report/model';
import { snapshotOf, SNAPSHOT_CHARACTERS } from '../../../src/report/snapshot';
import { contrastOf, paintOf, readable } from '../../../src/report/terminalColour';
import { terminalSpans } from '../../../src/report/terminalSpans';
import { parametersOf, PLAIN_STYLE, styleAfter } from '../../../src/report/terminalStyle';
import { contrast } from './contrast';

const palette = {
  ansi: Array.from({ length: 16 }, (_, index) => `#${index.toString(16).repeat(6)}`),
  foreground: '#cccccc',
  background: '#1f1f1f',
};
const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const options = { locale: 'en', timeZone: 'UTC' };
const reportOf = (...blocks: readonly Block[]): Report => ({ title: 'T', verdict: 'V.', status: 'ok', blocks });

describe('terminal styles', () => {
  it('come back from their own parameters', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 110 })), fc.string(), (codes, odd) => {
        const style = styleAfter(PLAIN_STYLE, [...codes, odd].join(';'));
        assert.deepEqual(styleAfter(PLAIN_STYLE, parametersOf(style)), style);
      }),
    );
  });
});

describe('terminal colours', () => {
  it('are measured as WCAG does', () => {
    fc.assert(fc.property(colour, colour, (one, other) => assert.equal(contrastOf(one, other), contrast(one, other))));
  });

  it('can always be read, and stay as they are where they can be read already', () => {
    fc.assert(
      fc.property(colour, colour, (front, ground) => {
        const made = readable(front, ground);
        assert.ok(contrast(made, ground) >= 4.5, `${made} on ${ground}`);
        if (contrast(front, ground) >= 4.5) assert.equal(made, front);
      }),
    );
  });

  it('are those of xterm beyond the sixteen', () => {
    const of = (foreground: number): string =>
      paintOf({ ...PLAIN_STYLE, foreground }, { ...palette, background: '#000000' }).foreground;
    assert.deepEqual([of(208), of(231), of(255), of(46)], ['#ff8700', '#ffffff', '#eeeeee', '#00ff00']);
  });

  it('are changed over by inverse', () => {
    assert.deepEqual(paintOf({ ...PLAIN_STYLE, inverse: true }, palette), {
      foreground: '#1f1f1f',
      background: '#cccccc',
    });
  });
});

describe('a terminal block', () => {
  it('shows what is not SGR in a text from elsewhere', () => {
    const spans = terminalSpans('a\u001b[31mb\u001b[2J\u202ec');
    assert.deepEqual(
      spans.map(({ text, style }) => [text, style.foreground]),
      [
        ['a', null],
        ['b⟨U+001B⟩[2J⟨U+202E⟩c', 1],
      ],
    );
  });

  it('is printed in a fence that nothing in it ends, without colours', () => {
    const text = '\u001b[31m````\u001b[0m\n# no heading\n';
    assert.match(printMarkdown(reportOf({ kind: 'terminal', text }), options), /\n`{5}\n````\n# no heading\n`{5}\n/);
  });

  it('is printed as text with classes', () => {
    const text = '<b>&\u001b[1;31mred</span>\u001b[0m \u001b[48;2;1;2;3mown\u001b[0m\n';
    const page = printHtml(reportOf({ kind: 'terminal', text }), options);
    assert.match(
      page,
      /<code>&lt;b&gt;&amp;<span class="tb t1">red&lt;\/span&gt;<\/span> <span class="tc" style="--lf:#[0-9a-f]{6};/,
    );
    assert.match(page, /;--lb:#010203;--db:#010203">own<\/span><\/code>/);
  });

  it('is cut to its end in a snapshot', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join('');
    const [block, note] = snapshotOf(reportOf({ kind: 'terminal', title: 'Output', text })).blocks;
    assert.ok(block?.kind === 'terminal' && block.text.length <= SNAPSHOT_CHARACTERS);
    assert.ok(block.text.startsWith('line ') && text.endsWith(block.text));
    assert.ok(note?.kind === 'text' && note.text.startsWith('Only the end'));
    const short: Block = { kind: 'terminal', text: 'short' };
    assert.deepEqual(snapshotOf(reportOf(short)).blocks, [short]);
  });
});
