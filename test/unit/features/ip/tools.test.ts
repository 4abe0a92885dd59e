import * as assert from 'node:assert/strict';
import * as z from 'zod';
import { manifest } from '../../../../src/features/ip/manifest';
import { tools } from '../../../../src/features/ip/tools';
import { ExpectedError } from '../../../../src/lib/errors';
import type { RunContext } from '../../../../src/tool/tool';

const tool = tools['ip.inspect'];

/** The tool uses nothing of it. */
const context = {} as RunContext;

async function run(address: string): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  for await (const result of tool.run({ address }, context)) results.push(result);
  return results;
}

describe('ip.inspect', () => {
  it('is in the manifest, reads only and is not live', () => {
    assert.deepEqual(Object.keys(tools), Object.keys(manifest.tools));
    const { effect, live, onSelection } = manifest.tools['ip.inspect'];
    assert.deepEqual([effect, live, onSelection], ['read', false, true]);
  });

  it('yields one result that fits its schema', async () => {
    const [result, ...others] = await run(' 10.0.0.0/8 ');
    assert.equal(others.length, 0);
    assert.equal(tool.result.parse(result).canonical, '10.0.0.0/8');
  });

  it('refuses with the same reason while typing and when it runs', async () => {
    const checked = tool.input.safeParse({ address: '10.1.256.1' });
    assert.deepEqual(
      checked.error?.issues.map(({ message, path }) => [message, path]),
      [['octet 3 is 256; an octet is 0 to 255', ['address']]],
    );
    await assert.rejects(
      () => run('10.1.256.1'),
      (error) => {
        assert.ok(error instanceof ExpectedError);
        assert.deepEqual([error.code, error.message], ['invalid-input', 'octet 3 is 256; an octet is 0 to 255']);
        return true;
      },
    );
  });

  it('asks for an address when there is none', () => {
    const checked = tool.input.safeParse({ address: '  ' });
    assert.deepEqual(
      checked.error?.issues.map(({ message }) => message),
      ['there is no address'],
    );
  });

  it('has examples that it accepts, and both schemas as JSON Schema', () => {
    const input = z.toJSONSchema(tool.input, { io: 'input' }) as unknown as {
      properties: { address: { title: string; description: string; examples: string[] } };
    };
    const { title, description, examples } = input.properties.address;
    assert.ok(title !== '' && description !== '' && examples.length > 3);
    for (const address of examples) assert.ok(tool.input.safeParse({ address }).success, address);
    const result = z.toJSONSchema(tool.result, { io: 'output' }) as unknown as {
      properties: Readonly<Record<string, unknown>>;
    };
    assert.ok(Object.keys(result.properties).length > 25);
  });
});
