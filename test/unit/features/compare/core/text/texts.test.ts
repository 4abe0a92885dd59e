import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compareTexts } from '../../../../../../src/features/compare/core/text/compareTexts';
import { findEncoding } from '../../../../../../src/features/compare/core/text/encoding';
import { internBytes } from '../../../../../../src/features/compare/core/text/internBytes';
import { isBlank, keyOf } from '../../../../../../src/features/compare/core/text/keys';
import { findLines, linesOf } from '../../../../../../src/features/compare/core/text/lineBytes';
import { PLAIN_OPTIONS, type TextOptions } from '../../../../../../src/features/compare/core/text/options';
import { textComparison, type TextComparison } from '../../../../../../src/features/compare/core/text/schema';
import { intern } from '../../../../../../src/features/compare/core/lines/intern';

const SEED = 20_261_128;

/** GB 2312: 配置文件：监听端口 */
const CHINESE = Buffer.from('c5e4d6c3cec4bcfea3babce0ccfdb6cbbfda', 'hex');

function compared(
  left: Uint8Array | string,
  right: Uint8Array | string,
  options: Partial<TextOptions> = {},
): TextComparison {
  const bytes = (content: Uint8Array | string): Uint8Array =>
    typeof content === 'string' ? Buffer.from(content) : content;
  const content = (label: string, of: Uint8Array | string) => ({ label, bytes: bytes(of) });
  return textComparison.parse(
    compareTexts(content('left', left), content('right', right), { ...PLAIN_OPTIONS, ...options }),
  );
}

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

function utf32le(text: string): Buffer {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(points.length * 4);
  points.forEach((point, at) => bytes.writeUInt32LE(point, at * 4));
  return bytes;
}

describe('the encoding of a text', () => {
  const text = 'server { # 中文 ok 😀 }\n';
  const cases: readonly (readonly [string, Buffer, ReturnType<typeof findEncoding>])[] = [
    ['nothing', Buffer.alloc(0), { encoding: 'utf-8', markBytes: 0 }],
    ['ASCII', Buffer.from('plain\n'), { encoding: 'utf-8', markBytes: 0 }],
    ['UTF-8', Buffer.from(text), { encoding: 'utf-8', markBytes: 0 }],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), { encoding: 'utf-8', markBytes: 3 }],
    [
      'UTF-8 with one broken byte',
      Buffer.concat([Buffer.from('日志'.repeat(20)), Buffer.from([0xff])]),
      { encoding: 'utf-8', markBytes: 0 },
    ],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), { encoding: 'utf-16le', markBytes: 2 }],
    ['UTF-16 in the other order', utf16be(`\ufeff${text}`), { encoding: 'utf-16be', markBytes: 2 }],
    ['UTF-16 without a mark', Buffer.from('plain text\n', 'utf16le'), { encoding: 'utf-16le', markBytes: 0 }],
    ['UTF-32', utf32le(`\ufeff${text}`), { encoding: 'utf-32le', markBytes: 4 }],
    ['GB 2312', Buffer.concat([Buffer.from('listen 80; # '), CHINESE]), { encoding: 'gb18030', markBytes: 0 }],
    [
      'Latin 1',
      Buffer.from('Prüfung für Änderungen, naïve café\n', 'latin1'),
      { encoding: 'iso-8859-1', markBytes: 0 },
    ],
    ['Windows 1252', Buffer.from([0x93, 0x61, 0x94, 0x20, 0xe9, 0x0a]), { encoding: 'windows-1252', markBytes: 0 }],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]), null],
    ['controls without NUL', Buffer.from(Array.from({ length: 100 }, (_none, at) => (at % 31) + 1)), null],
  ];
  for (const [what, bytes, found] of cases) it(`${what}`, () => assert.deepEqual(findEncoding(bytes), found));

  it('does not matter to what is compared', () => {
    const kinds = [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      utf16be(`\ufeff${text}`),
      utf32le(`\ufeff${text}`),
    ];
    for (const left of kinds) {
      for (const right of kinds) {
        assert.equal(compared(left, right).outcome, left === right ? 'identical' : 'same-text');
      }
    }
    const { hunks, right } = compared('监听端口\n', Buffer.concat([CHINESE, Buffer.from('\n')]));
    assert.equal(right.encoding, 'gb18030');
    assert.deepEqual(hunks[0]?.rightLines, ['配置文件：监听端口']);
  });

  it('can be told', () => {
    const { left, hunks } = compared(CHINESE, 'x', { encoding: 'bytes' });
    assert.equal(left.encoding, 'bytes');
    assert.equal(hunks[0]?.leftLines[0], CHINESE.toString('latin1'));
    const damaged = compared(Buffer.from([0x61, 0xff]), Buffer.from([0x61, 0xfe]), { encoding: 'utf-8' });
    assert.equal(damaged.outcome, 'different');
    assert.ok(damaged.left.damaged);
  });
});

describe('lines of bytes', () => {
  it('are the lines of the text, with equal numbers where they are equal', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '中', '\n', '\n', '\r'), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const split = (whole: string): string[] => (whole === '' ? [] : whole.replace(/\n$/, '').split('\n'));
        const [leftLines, rightLines] = [findLines(Buffer.from(left)), findLines(Buffer.from(right))];
        assert.deepEqual(linesOf(leftLines, 0, leftLines.count), split(left));
        assert.equal(leftLines.endsWithNewline, left === '' || left.endsWith('\n'));
        assert.deepEqual(internBytes(leftLines, rightLines), intern(split(left), split(right)));
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });

  it('may be many and long', () => {
    const long = 'x'.repeat(1_000_000);
    const { counts, hunks } = compared(`${long}\n${'same\n'.repeat(100_000)}`, `${long}y\n${'same\n'.repeat(100_000)}`);
    assert.deepEqual(counts, { same: 100_000, removed: 1, added: 1, changes: 1, ignored: 0 });
    assert.equal(hunks[0]?.rightLines[0]?.length, 1_000_001);
  });
});

describe('what does not count', () => {
  it('is not in the key of a line', () => {
    const key = (options: Partial<TextOptions>, line: string): string | undefined =>
      keyOf({ ...PLAIN_OPTIONS, ...options })?.(line);
    assert.equal(keyOf(PLAIN_OPTIONS), null);
    assert.equal(key({ ignoreCase: true }, 'Straße ÄÖ'), 'straße äö');
    assert.equal(key({ whitespace: 'tabs' }, 'a\tb\tc '), 'a       b       c ');
    assert.equal(key({ whitespace: 'tabs', tabSize: 4 }, '中\tb'), '中   b');
    assert.equal(key({ whitespace: 'trailing' }, ' a \t'), ' a');
    assert.equal(key({ whitespace: 'tabs-and-trailing', tabSize: 2 }, '\ta\t '), '  a');
    assert.equal(key({ whitespace: 'amount' }, '  a \t b '), ' a b');
    assert.equal(key({ whitespace: 'all', ignoreCase: true }, ' A\tb '), 'ab');
    assert.deepEqual([isBlank('', 'exact'), isBlank(' ', 'exact'), isBlank(' ', 'amount')], [true, false, true]);
  });

  it('leaves texts different only in it', () => {
    assert.equal(compared('a\n', 'A\n', { ignoreCase: true }).outcome, 'ignored');
    assert.equal(compared('a\n\nb\n', 'a\nb\n', { ignoreBlankLines: true }).outcome, 'ignored');
    assert.equal(compared('a', 'a\n', { whitespace: 'trailing' }).outcome, 'ignored');
    assert.equal(compared('a', 'a\n').outcome, 'different');
    const returns = compared('a\r\nb\r\n', 'a\nb\n', { ignoreCarriageReturns: true });
    assert.deepEqual([returns.outcome, returns.left.lineEnds, returns.right.lineEnds], ['same-text', 'crlf', 'lf']);
  });
});

describe('bytes that are no text', () => {
  it('are told by size, hash and the first difference', () => {
    const left = Buffer.alloc(100_000, 0);
    const right = Buffer.from(left);
    right[70_000] = 0xab;
    const comparison = compared(left, right);
    assert.equal(comparison.kind, 'bytes');
    assert.equal(comparison.outcome, 'different');
    assert.notEqual(comparison.left.sha256, comparison.right.sha256);
    assert.deepEqual(comparison.firstDifference, {
      offset: 70_000,
      windowStart: 69_984,
      left: '00'.repeat(32),
      right: `${'00'.repeat(16)}ab${'00'.repeat(15)}`,
    });
    assert.equal(compared(left, Buffer.from(left)).outcome, 'identical');
    assert.equal(compared(left, left.subarray(0, 10)).firstDifference?.offset, 10);
    assert.equal(compared(left, 'text').kind, 'bytes');
  });
});

describe('the value of a comparison', () => {
  it('of nothing and of the same is told as such', () => {
    assert.deepEqual(compared('', '').counts, { same: 0, removed: 0, added: 0, changes: 0, ignored: 0 });
    assert.equal(compared('', '').similarity, 1);
    assert.equal(compared('a\n', '').similarity, 0);
    assert.equal(compared('a\nb\n', 'a\nc\n').similarity, 0.5);
    assert.deepEqual(compared('a\nb\n', 'a\nb\n').hunks, []);
    assert.equal(compared('a\nb\n', 'a\nb\n', { contextLines: -1 }).hunks[0]?.leftLines.length, 2);
  });
});
