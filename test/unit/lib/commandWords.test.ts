import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { splitWords, wordsText } from '../../../src/lib/commandWords';

describe('splitWords', () => {
  const cases: readonly (readonly [line: string, words: readonly string[]])[] = [
    ['uname -a', ['uname', '-a']],
    ['  ls \t -l  ', ['ls', '-l']],
    [`grep -r 'two words' /etc`, ['grep', '-r', 'two words', '/etc']],
    [`echo "a 'b' c" d'e'f"g"`, ['echo', "a 'b' c", 'defg']],
    [`echo '' ""`, ['echo', '', '']],
    [String.raw`echo a\ b \| \$HOME \\`, ['echo', 'a b', '|', '$HOME', '\\']],
    [String.raw`echo "\$x \"q\" \n \\"`, ['echo', '$x "q" \\n \\']],
    ['echo "*" \'?\' "|" \'$x\'', ['echo', '*', '?', '|', '$x']],
    ['find / -name x -exec ls {} +', ['find', '/', '-name', 'x', '-exec', 'ls', '{}', '+']],
    ['git log a~1 b#c x=1 http://h/p!', ['git', 'log', 'a~1', 'b#c', 'x=1', 'http://h/p!']],
  ];
  for (const [line, words] of cases) it(`splits ${line}`, () => assert.deepEqual(splitWords(line), words));

  const refused: readonly string[] = [
    'ps | grep x',
    'a && b',
    'a; b',
    'sleep 1 &',
    'ls *.txt',
    'ls a?',
    'ls [ab]',
    'echo $HOME',
    'echo "$HOME"',
    'echo `id`',
    'echo "`id`"',
    'echo $(id)',
    'cat < a',
    'cat > a',
    'ls ~',
    'ls ~root/x',
    'echo # comment',
    'echo {a,b}',
    'echo x{1..3}',
    '! true',
    'A=b env',
    'a\nb',
    "echo 'open",
    'echo "open',
    'echo \\',
    '',
    '   ',
    "''",
  ];
  for (const line of refused) {
    it(`refuses ${JSON.stringify(line)}`, () => {
      assert.throws(() => splitWords(line), { name: 'ExpectedError', code: 'invalid-input' });
    });
  }

  it('says what a shell would be needed for', () => {
    assert.throws(() => splitWords('a | b'), /^ExpectedError: \| means something to a shell only: use a script/);
    assert.throws(() => splitWords('A=b env'), /A=b sets a variable/);
  });

  it('splits as a real shell does, whatever is quoted in it', function () {
    if (process.platform === 'win32') return this.skip();
    const piece = fc.constantFrom(...'ab \'"\\$`|&;*?[]{}~#!=<>()-', ' ', ' ', "'x y'", '"x y"');
    const line = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));
    const taken: { line: string; words: readonly string[] }[] = [];
    fc.assert(
      fc.property(line, (text) => {
        try {
          const words = splitWords(`x ${text}`);
          taken.push({ line: text, words: words.slice(1) });
        } catch (error) {
          assert.equal((error as Error).name, 'ExpectedError');
        }
      }),
      { numRuns: 3_000 },
    );
    assert.ok(taken.length > 100);
    const script = taken.map((each) => `printf '%s\\0' ${each.line}\nprintf '\\1'\n`).join('');
    const groups = execFileSync('sh', ['-s'], { input: script, encoding: 'latin1' }).split('\u0001');
    taken.forEach(({ line: text, words }, index) => {
      const shown = (groups[index] ?? '').split('\0').slice(0, -1);
      // printf writes one empty argument where there is none.
      const real = words.length === 0 ? [] : shown;
      assert.deepEqual(words, real, text);
    });
  });

  it('reads what wordsText writes', () => {
    const words = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 });
    fc.assert(
      fc.property(words, (list) => {
        fc.pre(list[0] !== '' && !/[^']*=/.test(list[0] ?? '') && list.every((word) => word === word.trim()));
        assert.deepEqual(splitWords(wordsText(list)), list);
      }),
    );
  });
});
