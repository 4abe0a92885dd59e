import * as assert from 'node:assert/strict';
import * as z from 'zod';
import { checkInput, fieldsOf, refusalOf, schemasOf } from '../../../src/tool/fields';
import { valueOf, type Field } from '../../../src/tool/values';
import type { AnyTool } from '../../../src/tool/tool';

const tool: AnyTool = {
  input: z.object({
    name: z
      .string()
      .trim()
      .min(1)
      .max(20)
      .refine((text) => text !== 'me', { error: 'not you' })
      .meta({ title: 'Name', description: 'Who is asked', examples: ['a', 'b'] }),
    times: z.number().int().min(1).max(9).default(3),
    loud: z.boolean().default(false),
    mode: z.enum(['fast', 'slow']).optional(),
    share: z.number().gt(0).lt(1).optional(),
  }),
  result: z.object({ answer: z.string().describe('What came back') }),
  // eslint-disable-next-line require-yield
  run: async function* () {
    await Promise.resolve();
  },
  report: () => ({ title: '', verdict: '', status: 'ok', blocks: [] }),
};

function field(name: string): Field {
  const found = fieldsOf(tool).find((candidate) => candidate.name === name);
  assert.ok(found);
  return found;
}

describe('tool fields', () => {
  it('reads kinds, texts, defaults and what is required from the schema', () => {
    const fields = fieldsOf(tool);
    assert.deepEqual(
      fields.map(({ name, kind, required }) => [name, kind, required]),
      [
        ['name', 'text', true],
        ['times', 'number', false],
        ['loud', 'boolean', false],
        ['mode', 'choice', false],
        ['share', 'number', false],
      ],
    );
    assert.equal(field('name').title, 'Name');
    assert.deepEqual(field('name').examples, ['a', 'b']);
    assert.equal(field('times').defaultValue, '3');
    assert.deepEqual(field('mode').choices, ['fast', 'slow']);
  });

  it('turns typed text into the value of its field, and leaves what is no number to the schema', () => {
    assert.equal(valueOf(field('times'), '7'), 7);
    assert.equal(valueOf(field('times'), 'seven'), 'seven');
    assert.equal(valueOf(field('times'), ' '), ' ');
    assert.equal(valueOf(field('loud'), 'yes'), true);
    assert.equal(valueOf(field('loud'), 'no'), false);
  });

  it('refuses one field in the words of the schema and ignores the others', () => {
    assert.equal(refusalOf(tool, field('name'), 'ok'), undefined);
    assert.ok(refusalOf(tool, field('name'), '  '));
    assert.ok(refusalOf(tool, field('times'), 10));
    assert.ok(refusalOf(tool, field('times'), 'seven'));
    assert.equal(refusalOf(tool, field('times'), 9), undefined);
  });

  it('says why in plain words where the schema has none of its own, never in those of the library', () => {
    const reasons = [
      ['name', '  ', 'a value is needed'],
      ['name', 'x'.repeat(21), 'it has more than 20 characters'],
      ['name', 'me', 'not you'],
      ['times', 10, '10 is more than 9'],
      ['times', 0, '0 is less than 1'],
      ['times', 2.5, '2.5 is not a whole number'],
      ['times', 'seven', '"seven" is not a number'],
      ['share', 0, '0 is not more than 0'],
      ['share', 1, '1 is not less than 1'],
      ['mode', 'idle', '"idle" is not one of fast, slow'],
    ] as const;
    for (const [name, value, reason] of reasons) assert.equal(refusalOf(tool, field(name), value), reason);
    assert.deepEqual(checkInput(tool, {}), { kind: 'refused', reason: 'name: a value is needed' });
  });

  it('checks the whole input, fills defaults and names the field that is wrong', () => {
    assert.deepEqual(checkInput(tool, { name: ' x ' }), {
      kind: 'accepted',
      input: { name: 'x', times: 3, loud: false },
    });
    const refused = checkInput(tool, { name: 'x', times: 0 });
    assert.equal(refused.kind, 'refused');
    assert.match(refused.kind === 'refused' ? refused.reason : '', /^times: /);
    assert.equal(checkInput(tool, undefined).kind, 'refused');
  });

  it('documents input and result as JSON Schema', () => {
    const schemas = JSON.stringify(schemasOf(tool));
    assert.match(schemas, /Who is asked/);
    assert.match(schemas, /What came back/);
  });
});
