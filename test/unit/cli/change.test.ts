import * as assert from 'node:assert/strict';
import * as z from 'zod';
import { runCommandLine } from '../../../src/cli/commands';
import type { ExitCode, Shell } from '../../../src/cli/shell';
import { ExpectedError } from '../../../src/lib/errors';
import type { AnyChangeTool } from '../../../src/tool/tool';

interface Input {
  readonly value: number;
  readonly name?: string | undefined;
}

function setter(done: number[], stop: AbortController): AnyChangeTool {
  return {
    input: z.object({ value: z.int().describe('The new value'), name: z.string().optional().describe('Whose') }),
    result: z.unknown(),
    run: async function* (input: Input) {
      done.push(input.value);
      // Somebody cancels it in the middle.
      if (input.value === 13) stop.abort();
      yield await Promise.resolve(input);
    },
    report: (input: Input) => ({ title: 'Set', verdict: `It is ${input.value}.`, status: 'ok', blocks: [] }),
    plan: (input: Input) =>
      input.value < 0
        ? Promise.reject(new ExpectedError('denied', 'negative on local: ask its owner'))
        : Promise.resolve({
            question: `Set it to ${input.value}?`,
            details: ['was 1'],
            confirm: 'Set',
            input: { ...input, name: "it's" },
          }),
    changes: (input: Input) => [
      { what: `value 1 → ${input.value}`, undo: { tool: 'test.set', input: { value: 1, name: input.name } } },
    ],
  };
}

const text = { en: 'Set', 'zh-cn': '设置' };

interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  readonly done: readonly number[];
}

async function run(words: readonly string[], answer?: boolean): Promise<Outcome> {
  const done: number[] = [];
  const stop = new AbortController();
  let out = '';
  let err = '';
  const shell: Shell = {
    features: [
      {
        manifest: {
          name: 'test',
          title: text,
          tools: { 'test.set': { title: text, description: text, effect: 'change', live: false, icon: 'edit' } },
          commands: {},
          views: {},
          settings: {},
        },
        loadTools: () => Promise.resolve({ 'test.set': setter(done, stop) }),
      },
    ],
    language: 'en',
    signal: stop.signal,
    out: (part) => (out += part),
    err: (part) => (err += part),
    terminal: false,
    stateFolder: '/nonexistent',
    sshConfigFile: null,
    inventoryFiles: [],
    ...(answer === undefined ? {} : { confirm: () => Promise.resolve(answer) }),
  };
  return { code: await runCommandLine(words, shell), out, err, done };
}

describe('a change on the command line', () => {
  it('is described, confirmed, made, and told with its way back', async () => {
    const outcome = await run(['test.set', '5'], true);
    assert.equal(outcome.code, 0);
    assert.deepEqual(outcome.done, [5]);
    assert.match(outcome.err, /^Set it to 5\?\n {2}was 1\n/);
    assert.match(outcome.out, /It is 5\./);
    assert.ok(
      outcome.err.includes(`value 1 → 5; taken back with: opsdeck test.set --value 1 --name 'it'\\''s'`),
      outcome.err,
    );
  });

  it('is not made when the person says no, when nobody can be asked, or when it is only tried', async () => {
    const no = await run(['test.set', '5'], false);
    assert.deepEqual([no.code, no.done, no.out], [2, [], '']);
    const nobody = await run(['test.set', '5']);
    assert.deepEqual([nobody.code, nobody.done], [2, []]);
    assert.match(nobody.err, /--yes/);
    const dry = await run(['test.set', '5', '--dry-run']);
    assert.deepEqual([dry.code, dry.done, dry.out], [0, [], '']);
    assert.match(dry.err, /Set it to 5\?/);
  });

  it('tells the way back also of what was done when it is cancelled in the middle', async () => {
    const outcome = await run(['test.set', '13', '--yes']);
    assert.deepEqual([outcome.code, outcome.done, outcome.out], [130, [13], '']);
    assert.match(outcome.err, /value 1 → 13; taken back with: opsdeck test\.set/);
  });

  it('needs no person with --yes, and still refuses what its plan refuses', async () => {
    assert.deepEqual((await run(['test.set', '5', '--yes'])).done, [5]);
    const refused = await run(['test.set', '--value=-1', '--yes']);
    assert.deepEqual([refused.code, refused.done], [2, []]);
    assert.match(refused.err, /ask its owner/);
    assert.equal((await run(['test.set', 'x', '--yes'])).code, 2);
  });
});
