import * as assert from 'node:assert/strict';
import { compareTexts } from '../../../../../src/features/compare/core/text/compareTexts';
import { PLAIN_OPTIONS, type TextOptions } from '../../../../../src/features/compare/core/text/options';
import type { TextComparison } from '../../../../../src/features/compare/core/text/schema';
import { textsReport } from '../../../../../src/features/compare/report/texts';
import { printMarkdown } from '../../../../../src/report/markdown';
import { reportSchema } from '../../../../../src/report/schema';
import { assertGolden } from '../../../../support/golden';

type Bytes = Uint8Array | string;

function compared(left: Bytes, right: Bytes, options: Partial<TextOptions> = {}): TextComparison {
  const bytes = (content: Bytes): Uint8Array => (typeof content === 'string' ? Buffer.from(content) : content);
  return compareTexts(
    { label: 'web01:/etc/nginx/nginx.conf', bytes: bytes(left), modifiedMs: Date.UTC(2026, 10, 24, 4, 30) },
    { label: 'web02:/etc/nginx/nginx.conf', bytes: bytes(right), modifiedMs: Date.UTC(2026, 10, 25, 16, 2) },
    { ...PLAIN_OPTIONS, ...options },
  );
}

const nginx = `worker_processes auto;
events { worker_connections 1024; }

http {
\tserver {
\t\tlisten 80;
\t\tserver_name example.com;
\t\troot /srv/www; # 网站根目录
\t}
}
`;
const changed = nginx
  .replace('1024', '4096')
  .replace('\t\tlisten 80;\n', '\t\tlisten 443 ssl;\n\t\tssl_certificate /etc/ssl/<site>.pem;\n')
  .trimEnd();

describe('the report of compared texts', () => {
  const print = (comparison: TextComparison): string => {
    const report = textsReport(comparison);
    reportSchema.parse(report);
    return printMarkdown(report, { locale: 'en', timeZone: 'UTC' });
  };

  it('tells what differs', () => assertGolden('compare/texts-different.md', print(compared(nginx, changed))));

  it('tells where bytes differ', () =>
    assertGolden(
      'compare/texts-bytes.md',
      print(compared(Buffer.from('\0\0\0binary one\0', 'latin1'), Buffer.from('\0\0\0binary two\0', 'latin1'))),
    ));

  const cases: readonly (readonly [string, TextComparison, string, RegExp])[] = [
    ['the same', compared('a\n', 'a\n'), 'ok', /are the same, byte for byte\.$/],
    [
      'another encoding',
      compared('a\n', Buffer.from('\ufeffa\n', 'utf16le')),
      'info',
      /only encodings, byte order marks differ\.$/,
    ],
    ['other line ends', compared('a\n', 'a\r\n', { ignoreCarriageReturns: true }), 'info', /only line ends differ\.$/],
    [
      'ignored differences',
      compared('a  b\n\n', 'A b\n', { ignoreCase: true, whitespace: 'amount', ignoreBlankLines: true }),
      'ok',
      /does not count: capital and small letters, how much white space there is, blank lines\.$/,
    ],
    [
      'a line more',
      compared('a\n', 'a\nb\n'),
      'error',
      /differ in one place: 0 lines only on the left, one line only on the right, 66\.6% alike\.$/,
    ],
    [
      'a longer program',
      compared(Buffer.from([0, 1, 2]), Buffer.from([0, 1, 2, 3])),
      'error',
      /^web02.* begins with all of web01.* and is longer by 1 B\.$/,
    ],
  ];
  for (const [what, comparison, status, verdict] of cases) {
    it(`has a sentence for ${what}`, () => {
      const report = textsReport(comparison);
      assert.equal(report.status, status);
      assert.match(report.verdict, verdict);
    });
  }

  it('shows only the first part of very many changes, and lets no control character through', () => {
    const lines = (word: string): string =>
      Array.from({ length: 30_000 }, (_none, at) => `${word} ${at}\u001b[2J\r`).join('\n');
    const report = textsReport(compared(lines('old'), lines('new')));
    reportSchema.parse(report);
    assert.ok(JSON.stringify(report).length < 400_000);
    assert.equal(report.actions, undefined);
    const block = report.blocks.find(({ kind }) => kind === 'terminal');
    assert.ok(block?.kind === 'terminal' && block.text.includes('␛[2J␍'));
    assert.equal(report.blocks.at(-1)?.kind, 'text');
  });
});
