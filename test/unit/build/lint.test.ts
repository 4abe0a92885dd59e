import * as assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Linter, type Rule } from 'eslint';
import { inProject } from '../../../src/build/project';

interface Configuration {
  readonly plugins?: Readonly<Record<string, { readonly rules: Readonly<Record<string, Rule.RuleModule>> }>>;
}

const configurations = createRequire(__filename)(inProject('eslint.config.js')) as readonly Configuration[];

/** Names of the functions that the rule finds too long. */
function tooLong(code: string): readonly string[] {
  const house = configurations.map(({ plugins }) => plugins?.['house']).find((plugin) => plugin !== undefined);
  assert.ok(house);
  const problems = new Linter().verify(code, [
    { plugins: { house }, rules: { 'house/max-lines-per-function': ['error', { max: 60 }] } },
  ]);
  return problems.map(({ message }) => message);
}

describe('the lint rule for long functions', () => {
  const lines = 'work();\n'.repeat(61);

  it('bites at 61 lines', () => {
    assert.equal(tooLong(`function long() {\n${lines}}`).length, 1);
    assert.equal(tooLong(`function short() { work(); }`).length, 0);
  });

  it('lets a describe be as long as it must, but no test in it', () => {
    assert.deepEqual(tooLong(`describe('all', () => {\n${lines}});`), []);
    assert.equal(tooLong(`describe('all', () => { it('one', () => {\n${lines}}); });`).length, 1);
  });
});
