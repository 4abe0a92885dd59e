import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { becomeCommand, type Become } from '../../../../../src/features/ssh/core/run/become';
import { PromptWatch } from '../../../../../src/features/ssh/core/run/prompts';

const sudo: Become = { method: 'sudo', user: 'root', marker: 'opsdeck-0123', announced: false, silent: false };
const PROMPT = 'opsdeck-0123alice:opsdeck';

/** Feeds it in these pieces; what passed and whose passwords were asked for. */
function fed(
  become: Become,
  pieces: readonly string[],
): { passed: string; prompts: (string | null)[]; started: boolean } {
  const watch = new PromptWatch(become);
  const prompts: (string | null)[] = [];
  let passed = '';
  for (const piece of pieces) {
    const seen = watch.feed(piece);
    passed += seen.pass;
    if (seen.prompt !== null) prompts.push(seen.prompt.user);
  }
  const { started } = watch;
  return { passed: passed + (become.announced ? '' : watch.rest()), prompts, started };
}

function cut(text: string, places: readonly number[]): readonly string[] {
  const ends = [0, ...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return ends.slice(1).map((end, index) => text.slice(ends[index], end));
}

describe('PromptWatch', () => {
  const places = fc.array(fc.nat(500), { maxLength: 10 });

  it('finds the prompt of sudo however it is cut, and lets nothing of it pass', () => {
    fc.assert(
      fc.property(places, (cuts) => {
        const { passed, prompts } = fed(sudo, cut(`${PROMPT}output of the program\n`, cuts));
        assert.deepEqual(prompts, ['alice']);
        assert.equal(passed, 'output of the program\n');
      }),
    );
  });

  it('lets output pass whole where no prompt comes, also what begins like one', () => {
    const text = fc
      .array(fc.constantFrom('opsdeck-', 'opsdeck-0', 'o', 'op', '\n', 'text ', 'opsdeck-0123\n'))
      .map((all) => all.join(''));
    fc.assert(fc.property(text, places, (output, cuts) => assert.equal(fed(sudo, cut(output, cuts)).passed, output)));
  });

  it('holds everything back until an announced program starts', () => {
    const announced: Become = { ...sudo, announced: true };
    const before = `We trust you have received the usual lecture\n${PROMPT}`;
    const after = '\nopsdeck-0123:startedprogram';
    fc.assert(
      fc.property(places, (cuts) => {
        const { passed, prompts, started } = fed(announced, [...cut(before, cuts), ...cut(after, cuts)]);
        assert.deepEqual([passed, prompts, started], ['program', ['alice'], true]);
      }),
    );
  });

  it('knows the prompts of su and doas', () => {
    const su: Become = { ...sudo, method: 'su', announced: true };
    assert.deepEqual(fed(su, ['Pass', 'word: ']).prompts, [null]);
    assert.deepEqual(fed(su, ['no prompt in here: ']).prompts, []);
    const doas: Become = { ...sudo, method: 'doas' };
    assert.deepEqual(fed(doas, ['\rdoas (al', 'ice@web01) password: ']).prompts, ['alice']);
    assert.equal(fed(doas, ['doas is a program\n']).passed, 'doas is a program\n');
  });
});

describe('becomeCommand', () => {
  const command = ['printf', '%s', 'a b'];

  it('keeps arguments apart from options', () => {
    assert.deepEqual(becomeCommand({ ...sudo, silent: true }, command, 'linux'), [
      ...['sudo', '-n', '-p', 'opsdeck-0123%p:opsdeck', '-u', 'root', '--'],
      ...command,
    ]);
    assert.deepEqual(becomeCommand({ ...sudo, method: 'doas' }, command, 'linux'), [
      'doas',
      '-u',
      'root',
      '--',
      ...command,
    ]);
    const su = becomeCommand({ ...sudo, method: 'su', announced: true }, command, 'linux');
    assert.deepEqual(su.slice(0, 5), ['su', '-s', '/bin/sh', '--', 'root']);
    assert.deepEqual(su.slice(-3), command);
    assert.deepEqual(becomeCommand({ ...sudo, method: 'su' }, command, 'freebsd').slice(0, 3), ['su', '--', 'root']);
  });
});
