import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { encodePath } from '../../../../../src/lib/bytePath';
import { ExpectedError } from '../../../../../src/lib/errors';
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
