import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { encodePath } from '../../../../../src/lib/bytePath';
import { ExpectedError } from '../../../../../src/lib/errors';
import { plainLine } from '../../../../../src/machine/ssh/shell/commandScript';
import {
  loginLine,
  printfFormat,
  quoteCommand,
  quoteWord,
  shellBytes,
} from '../../../../../src/machine/ssh/shell/quote';
import { programPath } from './shells';

const HOSTILE = [
  '',
  ' ',
  "'",
  "''",
  "'\\''",
  '"',
  '\\',
  '\\\\n',
  '$HOME',
  '$(id)',
  '`id`',
  '!!',
  '!x',
  '*',
  '~',
  '~root',
  '-n',
  '--',
  '#x',
  ';reboot',
  '&',
  '|',
  '<x',
  '>x',
  '{a,b}',
  '[a-z]',
  '%s%n%%',
  'a\nb',
  '\n',
  'end\n\n',
  '\r\n',
  '\t',
  '\x01\x1b[31m\x7f',
  'grüße 日本 😀',
  '\udcff\udc80a',
  'x'.repeat(3_000),
];

/** What a shell of this machine makes of a line: the program's arguments, each with a NUL after it. */
function argumentsBy(shell: readonly string[], line: string): Buffer {
  const [program = '', ...args] = shell;
  return execFileSync(program, [...args, '-c', line], { stdio: ['ignore', 'pipe', 'pipe'] });
}

const expected = (words: readonly string[]): Buffer =>
  Buffer.concat(words.map((word) => Buffer.concat([encodePath(word), Buffer.from([0])])));

describe('quoteCommand', () => {
  for (const shell of [['dash'], ['bash'], ['busybox', 'sh'], ['ksh'], ['zsh', '--emulate', 'sh']]) {
    it(`gives ${shell.join(' ')} every hostile word as it is`, function () {
      if (programPath(shell[0] ?? '') === undefined) this.skip();
      const script = `printf '%s\\0' ${quoteCommand(HOSTILE)}`;
      const [program = '', ...args] = shell;
      // By way of stdin, since Node gives only UTF-8 to a child in its arguments.
      const out = execFileSync(program, args, { input: shellBytes(script), stdio: ['pipe', 'pipe', 'pipe'] });
      assert.deepEqual(out, expected(HOSTILE));
    });
  }

  it('refuses a NUL, which would cut the word', () => {
    assert.throws(
      () => quoteWord('a\0b'),
      (error) => error instanceof ExpectedError && error.code === 'invalid-input',
    );
  });

  it('gives any words as they are', function () {
    if (programPath('dash') === undefined) this.skip();
    const word = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const out = execFileSync('dash', [], { input: shellBytes(`printf '%s\\0' ${quoteCommand(words)}`) });
        assert.deepEqual(out, expected(words));
      }),
      { numRuns: 25 },
    );
  });
});

describe('plainLine', () => {
  const mark = 'opsdeck-0123456789abcdef';
  const spec = { env: {}, reads: false };
  for (const name of ['dash', 'bash', 'zsh', 'ksh', 'fish', 'tcsh', 'busybox']) {
    it(`starts a program through ${name} as a login shell, with its words as they are`, function () {
      const program = programPath(name);
      if (program === undefined) this.skip();
      const shell = name === 'busybox' ? [program, 'sh'] : name === 'tcsh' ? [program, '-f'] : [program];
      const words = HOSTILE.filter((word) => plainLine(mark, { ...spec, words: ['x', word] }) !== null);
      assert.ok(words.length > 20, `${words.length} words`);
      const line = plainLine(mark, { ...spec, words: ['printf', '%s|', ...words] });
      const out = argumentsBy(shell, line ?? '').toString();
      const [, pid = '', kind = '', rest = ''] = /^\nopsdeck-0123456789abcdef (\d+) (\w+)\n([^]*)$/.exec(out) ?? [];
      assert.ok(Number(pid) > 0 && ['group', 'single'].includes(kind), out);
      assert.equal(rest, words.map((word) => `${word}|`).join(''));
    });
  }

  it('is left for what has more to it', () => {
    for (const words of [["it's"], ['a!'], ['a\\b'], ['grüße'], ['a\nb'], ['-x'], ['x'.repeat(5_000)]]) {
      assert.equal(plainLine(mark, { ...spec, words }), null, words[0]);
    }
    assert.equal(plainLine(mark, { ...spec, words: ['ls'], cwd: '/tmp' }), null);
    assert.equal(plainLine(mark, { ...spec, words: ['ls'], env: { TOKEN: 'secret' } }), null);
    assert.doesNotMatch(plainLine(mark, { ...spec, words: ['ls'], env: { LC_ALL: 'C' } }) ?? '', /[\\!\n]/);
  });
});

describe('loginLine', () => {
  for (const name of ['dash', 'bash', 'zsh', 'ksh', 'fish', 'tcsh', 'busybox']) {
    it(`means the same to ${name} as a login shell`, function () {
      const program = programPath(name);
      if (program === undefined) this.skip();
      const shell = name === 'busybox' ? [program, 'sh'] : name === 'tcsh' ? [program, '-f'] : [program];
      const words = HOSTILE.filter((word) => word.length < 1_000);
      assert.deepEqual(argumentsBy(shell, loginLine(`printf '%s\\0' ${quoteCommand(words)}`)), expected(words));
    });
  }

  it('is one line of plain ASCII', () => {
    assert.match(printfFormat(HOSTILE.join('')), /^[\x20-\x7e]*$/);
    assert.doesNotMatch(printfFormat(HOSTILE.join('')), /['"$`!%]/);
  });
});
