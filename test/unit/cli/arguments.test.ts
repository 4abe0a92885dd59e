import * as assert from 'node:assert/strict';
import { flagOf, readArguments } from '../../../src/cli/arguments';
import { language } from '../../../src/cli/language';
import { ExpectedError } from '../../../src/lib/errors';
import type { Field } from '../../../src/tool/values';

function field(name: string, kind: Field['kind'], required: boolean): Field {
  return {
    name,
    kind,
    required,
    title: name,
    description: '',
    choices: [],
    defaultValue: undefined,
    examples: [],
    many: false,
  };
}

const fields = [field('address', 'text', true), field('depth', 'number', false), field('loud', 'boolean', false)];

describe('command-line arguments', () => {
  it('reads flags in both spellings, switches and a value without a flag', () => {
    assert.deepEqual(readArguments(['--address', '10.0.0.0/8', '--depth=3', '--loud', '--format', 'json'], fields), {
      input: { address: '10.0.0.0/8', depth: 3, loud: true },
      format: 'json',
      watch: false,
      yes: false,
      dryRun: false,
      machine: 'local',
      intervalSeconds: 2,
    });
    assert.deepEqual(readArguments(['10.0.0.1', '--watch', '--interval', '0.5', '--on', 'web01'], fields), {
      input: { address: '10.0.0.1' },
      format: 'md',
      watch: true,
      yes: false,
      dryRun: false,
      machine: 'web01',
      intervalSeconds: 0.5,
    });
    assert.deepEqual(readArguments(['--', '--odd'], fields).input, { address: '--odd' });
  });

  it('reads the name of a field with hyphens, as help prints it', () => {
    const ticks = [field('pid', 'number', true), field('startTicks', 'number', false)];
    for (const flag of ['--start-ticks', '--startTicks']) {
      assert.deepEqual(readArguments(['7', flag, '9'], ticks).input, { pid: 7, startTicks: 9 });
    }
    assert.equal(flagOf('memoryOver'), 'memory-over');
  });

  it('refuses what it does not know, in words', () => {
    for (const words of [
      ['--adress', 'x'],
      ['--address'],
      ['a', 'b'],
      ['--format', 'xml'],
      ['--interval', 'often'],
      ['--interval', '0'],
    ]) {
      assert.throws(
        () => readArguments(words, fields),
        (error) => error instanceof ExpectedError && error.code === 'usage',
        words.join(' '),
      );
    }
  });

  it('takes the language from the locale variables in their order', () => {
    assert.equal(language({ LANG: 'zh_CN.UTF-8' }), 'zh-cn');
    assert.equal(language({ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }), 'en');
    assert.equal(language({ LC_ALL: '', LC_MESSAGES: 'zh-CN', LANG: 'de_DE.UTF-8' }), 'zh-cn');
    assert.equal(language({}), 'en');
  });
});
