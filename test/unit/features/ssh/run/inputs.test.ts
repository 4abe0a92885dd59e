import * as assert from 'node:assert/strict';
import { checkInput, fieldsOf, refusalOf } from '../../../../../src/tool/fields';
import { runTool } from '../../../../../src/features/ssh/runTools';

describe('the input of ssh.run', () => {
  it('has plain fields only', () => {
    const fields = fieldsOf(runTool);
    assert.deepEqual(
      fields.map(({ name, kind }) => `${name}: ${kind}`),
      [
        'command: text',
        'script: text',
        'shell: choice',
        'stdin: text',
        'cwd: text',
        'env: text',
        'terminal: boolean',
        'timeoutSeconds: number',
        'become: choice',
        'becomeUser: text',
      ],
    );
    assert.ok(fields.every(({ required }) => !required));
  });

  it('says at the field why a command cannot be', () => {
    const [command] = fieldsOf(runTool);
    assert.ok(command !== undefined);
    assert.match(refusalOf(runTool, command, 'a | b') ?? '', /^\| means something to a shell only/);
    assert.equal(refusalOf(runTool, command, 'uname -a'), undefined);
  });

  const refused: readonly (readonly [unknown, RegExp])[] = [
    [{}, /nothing to run/],
    [{ command: '  ', script: '' }, /nothing to run/],
    [{ command: 'a', script: 'b' }, /not both/],
    [{ script: 'a', stdin: 'b' }, /standard input itself/],
    [{ command: 'a', stdin: 'b', become: 'su' }, /su and doas/],
    [{ command: 'a', env: 'no value' }, /NAME=value/],
    [{ command: 'a', env: '1A=b' }, /NAME=value/],
    [{ command: 'a', timeoutSeconds: 0 }, /timeoutSeconds/],
    [{ command: 'a', become: 'sudo', becomeUser: '-x' }, /becomeUser/],
    [{ command: 'a', become: 'sudo', becomeUser: 'a b' }, /becomeUser/],
  ];
  for (const [input, reason] of refused) {
    it(`refuses ${JSON.stringify(input)}`, () => {
      const checked = checkInput(runTool, input);
      assert.equal(checked.kind, 'refused');
      assert.match(checked.kind === 'refused' ? checked.reason : '', reason);
    });
  }
});
