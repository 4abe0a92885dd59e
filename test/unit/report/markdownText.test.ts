import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  codeBlock,
  codeSpan,
  inlineText,
  lineText,
  link,
  paragraphs,
  pipeTable,
} from '../../../src/report/markdownText';
import { textWidth } from '../../../src/report/textWidth';
import { anyText } from './arbitraryReport';

/** The cells of a row as cmark-gfm parts them: a backslash takes the next character with it. */
function cellsByEscape(line: string): number {
  return line.replace(/\\./gu, '').split('|').length - 2;
}

/** As markdown-it and micromark do: a pipe is plain when the character before it is a backslash. */
function cellsByLookBehind(line: string): number {
  return line.split(/(?<!\\)\|/).length - 2;
}

describe('inlineText', () => {
  it('takes the meaning from markup', () => {
    assert.equal(inlineText('**a** [b](c) `d` <e> f|g'), '\\*\\*a\\*\\* \\[b](c) \\`d\\` \\<e> f\\|g');
    assert.equal(inlineText('_it_ ~~no~~ $x$ &lt;'), '\\_it\\_ \\~\\~no\\~\\~ \\$x\\$ \\&lt;');
    assert.equal(inlineText('end #'), 'end \\#');
    assert.equal(inlineText('a\\*b\\'), 'a\\\\\\*b\\\\');
  });

  it('leaves what means nothing', () => {
    for (const text of ['snake_case_name', 'C:\\Users', '~/notes', '$5', 'a < b', 'R&D', '[::1]'.slice(1), '中文']) {
      assert.equal(inlineText(text), text);
    }
  });

  it('is one line without a bare pipe', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = `| ${inlineText(text)} |`;
        assert.equal(line.includes('\n'), false);
        assert.equal(cellsByEscape(line), 1);
        assert.equal(cellsByLookBehind(line), 1);
      }),
    );
  });
});

describe('lineText', () => {
  it('begins no heading, list, quotation or rule', () => {
    assert.deepEqual(['# h', '- i', '+ i', '> q', '1. n', '12) n', '---', '===', '1.5 s', '-5'].map(lineText), [
      '\\# h',
      '\\- i',
      '\\+ i',
      '\\> q',
      '1\\. n',
      '12\\) n',
      '\\---',
      '\\===',
      '1\\.5 s',
      '\\-5',
    ]);
  });
});

describe('paragraphs', () => {
  it('keeps single line breaks and parts at empty lines', () => {
    assert.equal(paragraphs('a\nb\n\n\n  c  \n'), 'a\\\nb\n\nc');
    assert.equal(paragraphs(' \n\n'), '');
  });
});

describe('codeSpan', () => {
  it('has as many backticks as the text needs', () => {
    assert.equal(codeSpan('a'), '`a`');
    assert.equal(codeSpan('a`b``c'), '```a`b``c```');
    assert.equal(codeSpan('`'), '`` ` ``');
    assert.equal(codeSpan('a|b'), '`a\\|b`');
    assert.equal(codeSpan(''), '');
    assert.equal(codeSpan('a\nb'), '`a ↵ b`');
  });

  it('is a text where readers disagree about a backslash before a pipe', () => {
    assert.equal(codeSpan('a\\|b'), 'a\\\\\\|b');
  });
});

describe('codeBlock', () => {
  it('has a fence that the text cannot close', () => {
    assert.equal(codeBlock('a\n'), '```\na\n```');
    assert.equal(codeBlock('```\n````'), '`````\n```\n````\n`````');
  });
});

describe('link', () => {
  it('has a label that cannot end it', () => {
    assert.equal(link('a](javascript:b)', 'https://c/'), '[a\\](javascript:b)](<https://c/>)');
  });
});

describe('pipeTable', () => {
  it('aligns its columns for fixed-pitch fonts', () => {
    const table = pipeTable(
      [
        { title: 'Name', alignsRight: false },
        { title: 'Size', alignsRight: true },
      ],
      [
        ['备份', '1'],
        ['x', '12,345'],
      ],
    );
    assert.equal(table, '| Name |   Size |\n| ---- | -----: |\n| 备份 |      1 |\n| x    | 12,345 |');
  });

  it('does not wait for cells that are very long', () => {
    const [, rule] = pipeTable([{ title: 'A', alignsRight: false }], [['x'.repeat(400)], ['y']]).split('\n');
    assert.ok(textWidth(rule ?? '') < 60);
  });

  it('has the same number of cells in every line, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText, anyText), { minLength: 1, maxLength: 5 }), (texts) => {
        const rows = texts.map(([a, b, c]) => [inlineText(a), codeSpan(b), `✓ ${inlineText(c)}`]);
        const columns = (rows[0] ?? []).map((title, index) => ({ title, alignsRight: index === 2 }));
        for (const line of pipeTable(columns, rows).split('\n')) {
          assert.equal(cellsByEscape(line), 3, line);
          assert.equal(cellsByLookBehind(line), 3, line);
        }
      }),
    );
  });
});
