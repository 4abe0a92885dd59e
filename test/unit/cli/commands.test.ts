import * as assert from 'node:assert/strict';
import * as z from 'zod';
import { runCommandLine } from '../../../src/cli/commands';
import type { ExitCode, Shell } from '../../../src/cli/shell';
import { ExpectedError } from '../../../src/lib/errors';
import type { Status } from '../../../src/report/model';
import type { AnyTool, RunContext } from '../../../src/tool/tool';

type Result = { readonly count: number; readonly status: Status };

/** Counts: once, or while it is watched; what it is asked for decides how it ends. */
const tool: AnyTool = {
  input: z.object({
    mode: z.enum(['ok', 'error', 'denied', 'bug', 'hang', 'part']).meta({ description: 'How it ends' }),
  }),
  result: z.object({ count: z.number().describe('How often') }),
  run: async function* ({ mode }: { readonly mode: string }, context: RunContext): AsyncGenerator<Result> {
    if (mode === 'denied') throw new ExpectedError('denied', 'permission denied on local: ask its owner');
    if (mode === 'bug') throw new TypeError('x is undefined');
    if (mode === 'hang') {
      await new Promise((_resolve, reject) => {
        context.signal.addEventListener('abort', () => reject(new Error('torn down')));
      });
    }
    if (mode === 'part') {
      await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve()));
    }
    for (let count = 1; count === 1 || (context.live && !context.signal.aborted); count += 1) {
      yield await Promise.resolve({ count, status: mode === 'error' ? 'error' : 'ok' });
    }
  },
  report: ({ count, status }: Result) => ({ title: 'Count', verdict: `It is ${count}.`, status, blocks: [] }),
};

const text = { en: 'Count', 'zh-cn': '计数' };

interface Outcome {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

async function run(
  words: readonly string[],
  signal = new AbortController().signal,
  onOut?: () => void,
): Promise<Outcome> {
  let out = '';
  let err = '';
  const shell: Shell = {
    features: [
      {
        manifest: {
          name: 'test',
          title: text,
          tools: {
            'test.count': { title: text, description: text, effect: 'read', live: true, icon: 'add' },
            'test.once': { title: text, description: text, effect: 'read', live: false, icon: 'add' },
          },
          commands: {},
          views: {},
          settings: {},
        },
        loadTools: () => Promise.resolve({ 'test.count': tool, 'test.once': tool }),
      },
    ],
    language: 'en',
    signal,
    out: (part) => {
      out += part;
      onOut?.();
    },
    err: (part) => {
      err += part;
    },
    terminal: false,
    stateFolder: '/nonexistent',
    sshConfigFile: null,
    inventoryFiles: [],
  };
  return { code: await runCommandLine(words, shell), out, err };
}

describe('command line', () => {
  it('ends with 0 when all is well and 1 when the verdict is negative', async () => {
    const well = await run(['test.count', '--mode', 'ok']);
    assert.deepEqual([well.code, well.err], [0, '']);
    assert.match(well.out, /It is 1\./);
    assert.equal((await run(['test.count', 'error'])).code, 1);
  });

  it('ends with 2 and the reason on stderr when it could not be done', async () => {
    const denied = await run(['test.count', 'denied']);
    assert.deepEqual(denied, { code: 2, out: '', err: 'opsdeck: permission denied on local: ask its owner\n' });
    const bug = await run(['test.count', 'bug']);
    assert.equal(bug.code, 2);
    assert.match(bug.err, /TypeError: x is undefined\n\s+at /);
    for (const words of [
      ['test.nothing'],
      ['test.count'],
      ['test.count', 'sideways'],
      ['test.count', '--mood', 'ok'],
    ]) {
      const refused = await run(words);
      assert.equal(refused.code, 2, words.join(' '));
      assert.equal(refused.out, '');
      assert.match(refused.err, /^opsdeck: \S/);
    }
  });

  it('prints the result itself as JSON, and one line a result while it watches', async () => {
    assert.deepEqual(JSON.parse((await run(['test.count', 'ok', '--format', 'json'])).out), { count: 1, status: 'ok' });
    const stop = new AbortController();
    let parts = 0;
    const watched = await run(
      ['test.count', 'ok', '--watch', '--interval', '0.2', '--format=json'],
      stop.signal,
      () => {
        parts += 1;
        if (parts === 3) stop.abort();
      },
    );
    assert.equal(watched.code, 0);
    const counts = watched.out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Result).count);
    assert.deepEqual(counts, [1, 2, 3]);
  });

  it('refuses to watch what gives one result, or in a format that has an end', async () => {
    assert.equal((await run(['test.once', 'ok', '--watch'])).code, 2);
    assert.equal((await run(['test.count', 'ok', '--watch', '--format', 'html'])).code, 2);
  });

  it('ends quietly with 130 when it is cancelled', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    assert.deepEqual(await run(['test.count', 'hang'], stop.signal), { code: 130, out: '', err: '' });
  });

  it('prints what was found until it is cancelled', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const part = await run(['test.count', 'part', '--format', 'json'], stop.signal);
    assert.deepEqual([part.code, part.err, JSON.parse(part.out)], [130, '', { count: 1, status: 'ok' }]);
  });

  it('lists the tools and tells the flags and the schemas of one', async () => {
    assert.match((await run(['list'])).out, /^test\.count +Count$/m);
    const help = (await run(['help', 'test.count'])).out;
    assert.match(help, /--mode {2}How it ends/);
    assert.match(help, /ok \| error \| denied/);
    const schemas = JSON.parse((await run(['help', 'test.count', '--format', 'json'])).out) as Record<string, unknown>;
    assert.deepEqual(Object.keys(schemas), ['input', 'result']);
    assert.match((await run([])).out, /opsdeck list/);
    assert.match((await run(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
  });
});
