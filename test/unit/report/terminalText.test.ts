import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { withoutStyles } from '../../../src/report/terminalSpans';
import { TerminalScreen, terminalText } from '../../../src/report/terminalText';

const ESC = '\u001b';

/** Pieces that mean something to a terminal, whole and broken, among texts of any kind. */
const anyPiece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    '\b',
    '\t',
    '\u0007',
    '\u000e',
    '\u007f',
    '\u0000',
    ' ',
    'word',
    '大小',
    'e\u0301',
  ),
  fc.constantFrom(`${ESC}[`, `${ESC}]`, `${ESC}P`, `${ESC}\\`, ESC, '\u009b', '\u009d', '\u0090', '\u009c', '\u0085'),
  fc.constantFrom('31m', '0m', '38;5;200m', '38:2::1:2:3m', 'K', '2K', '1K', '5G', '3C', '2D', '2J', '?1049h', '8;;x'),
  fc.constantFrom('\u202e', '\u2066', '\u200f', '\u061c', '\ud83d', '\ude00'),
);
const anyOutput = fc.array(anyPiece, { maxLength: 60 }).map((pieces) => pieces.join(''));

/** Nothing that a terminal obeys and nothing that turns text; SGR aside. */
function assertHarmless(text: string): void {
  const bare = withoutStyles(text);
  assert.doesNotMatch(bare.replace(/[\n\t]/g, ''), /\p{Cc}/u);
  assert.doesNotMatch(bare, /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
}

describe('terminalText', () => {
  it('holds no control character but line break, tab and SGR, whatever comes', () => {
    fc.assert(
      fc.property(anyOutput, (output) => assertHarmless(terminalText(output))),
      { numRuns: 2_000 },
    );
  });

  it('is the same however the output is cut into pieces', () => {
    fc.assert(
      fc.property(anyOutput, fc.array(fc.nat(200), { maxLength: 8 }), (output, cuts) => {
        const screen = new TerminalScreen();
        const places = [0, ...cuts.map((cut) => cut % (output.length + 1)), output.length].sort((a, b) => a - b);
        places.slice(1).forEach((end, index) => screen.write(output.slice(places[index], end)));
        assert.equal(screen.text(), terminalText(output));
      }),
      { numRuns: 1_000 },
    );
  });

  it('lets no style reach beyond its line', () => {
    fc.assert(
      fc.property(anyOutput, (output) => {
        for (const line of terminalText(output).split('\n')) {
          const styles = line.split(ESC).slice(1);
          assert.ok(styles.length === 0 || styles.at(-1)?.startsWith('[0m'), JSON.stringify(line));
        }
      }),
    );
  });

  it('leaves plain text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
        assert.equal(terminalText(plain), plain);
      }),
    );
  });

  const cases: readonly (readonly [name: string, output: string, text: string])[] = [
    ['keeps of a progress bar the last state', ' 10%\r 55%\r100%\ndone\n', '100%\ndone\n'],
    ['lets a shorter text overwrite only its own length, as a terminal does', '12345\rab', 'ab345'],
    ['erases the rest of the line', `long text\rab${ESC}[K\n`, 'ab\n'],
    ['erases up to the cursor', `abcdef\b\b${ESC}[1Kx`, '    xf'],
    ['erases the whole line', `abc${ESC}[2K\rx`, 'x'],
    ['knows the bar of npm: column 1, then erase', `old line${ESC}[1G${ESC}[0Knew`, 'new'],
    ['takes CR LF as a line break', 'a\r\nb\r\n', 'a\nb\n'],
    ['takes a run of backspaces as man pages write bold', 'N\bNA\bA', 'NA'],
    ['moves within the line', `abc${ESC}[2Dx${ESC}[3Cy`, 'axc  y'],
    ['overwrites half of a wide character with space', '大小\r\u001b[Cx', ' x小'],
    ['keeps marks with their letter', 'e\u0301a\rx', 'xa'],
    [
      'passes over title, clipboard and link',
      `${ESC}]0;t\u0007a${ESC}]52;c;eA==${ESC}\\b${ESC}]8;;http://x\u0007c${ESC}]8;;\u0007`,
      'abc',
    ],
    ['ends a command without an end at the line break', `${ESC}]0;title\nnext`, '\nnext'],
    ['passes over device control strings', `a${ESC}P1;2|data\nmore${ESC}\\b\u0090x\u009cc`, 'abc'],
    ['passes over cursor movement, screens and modes', `${ESC}[?1049h${ESC}[2J${ESC}[Ha${ESC}[3A${ESC}[?2004hb`, 'ab'],
    ['passes over character sets and keypad modes', `${ESC}(Ba${ESC}=${ESC}>${ESC}7b${ESC}8`, 'ab'],
    ['knows the 8-bit forms', '\u009b31mred\u009b0m \u009d0;title\u009cend', `${ESC}[31mred${ESC}[0m end`],
    ['drops bells, shifts and bidirectional controls', 'a\u0007\u000e\u202eb\u2066c\u0000', 'abc'],
    ['takes a form feed as a line break', 'a\u000cb', 'a\nb'],
    ['ends a broken sequence at a control character', `${ESC}[31\nx${ESC}\ny`, '\nx\ny'],
    ['drops blinking and hidden text styles', `${ESC}[5;8mhidden`, 'hidden'],
    [
      'says every style anew on every line',
      `${ESC}[1;31ma\nb${ESC}[0mc`,
      `${ESC}[1;31ma${ESC}[0m\n${ESC}[1;31mb${ESC}[0mc`,
    ],
    [
      'reads 256 and any colours in both spellings',
      `${ESC}[38;5;208ma${ESC}[38:2::1:2:3mb`,
      `${ESC}[38;5;208ma${ESC}[0m${ESC}[38;2;1;2;3mb${ESC}[0m`,
    ],
    ['skips the colour of an underline', `${ESC}[4;58;2;9;9;9;31mx`, `${ESC}[4;31mx${ESC}[0m`],
    ['takes bright colours back', `${ESC}[97;101mx${ESC}[39;49my`, `${ESC}[97;101mx${ESC}[0my`],
    ['overwrites with the style of the new text', `${ESC}[31mabc${ESC}[0m\rx`, `x${ESC}[31mbc${ESC}[0m`],
  ];
  for (const [name, output, text] of cases) it(name, () => assert.equal(terminalText(output), text));
});

describe('terminalText of long output', () => {
  const limits = { first: 1_000, last: 3_000 };

  it('keeps the first and the last part and tells how much is missing', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `line ${index}`);
    const output = `${lines.join('\n')}\n`;
    const text = withoutStyles(terminalText(output, limits));
    const [, before = '', bytes = '', after = ''] =
      /^([^]*)… (\d+) bytes are left out here …\n([^]*)$/.exec(text) ?? [];
    assert.ok(before.length <= limits.first && before.endsWith('\n'));
    assert.ok(after.length <= limits.last && after.startsWith('line '));
    assert.ok(output.startsWith(before) && output.endsWith(after));
    assert.equal(before.length + Number(bytes) + after.length, output.length);
  });

  it('counts in bytes of UTF-8', () => {
    const output = '大小\n'.repeat(5_000);
    const text = withoutStyles(terminalText(output, limits));
    const bytes = Number(/(\d+) bytes/.exec(text)?.[1]);
    const kept = Buffer.byteLength(text.replace(/… \d+ bytes are left out here …\n/, ''));
    assert.equal(kept + bytes, Buffer.byteLength(output));
  });

  it('stays within its bounds for any output, also without a line break or all in colours', () => {
    const styled = Array.from({ length: 20_000 }, (_, index) => `${ESC}[38;5;${index % 256}mx`).join('');
    const outputs = ['x'.repeat(1_000_000), `${'x'.repeat(1_000_000)}\n`, styled, '😀'.repeat(100_000)];
    for (const output of outputs) {
      const text = terminalText(output, limits);
      // The line that is still open may be as long as a line may be.
      assert.ok(text.length <= limits.first + limits.last + 20_000, String(text.length));
      assert.match(text, /bytes are left out here/);
      assertHarmless(text);
      assert.ok(!/\p{Cs}/u.test(text), 'no half of a character');
    }
    assert.equal(terminalText(styled.replaceAll('x', 'x\r')), `${ESC}[38;5;31mx${ESC}[0m`);
  });

  it('takes much output in pieces without reading any of it twice', () => {
    const screen = new TerminalScreen();
    const piece = `${'All work and no play makes Jack a dull boy. '.repeat(3)}\n`.repeat(500);
    for (let count = 0; count < 300; count++) screen.write(piece);
    assert.ok(screen.text().length < 262_400);
    for (let count = 0; count < 20_000; count++) screen.write(`\r${ESC}[32m${count} %${ESC}[0m${ESC}[K`);
    assert.ok(screen.text().endsWith(`${ESC}[32m19999 %${ESC}[0m`));
  });
});
