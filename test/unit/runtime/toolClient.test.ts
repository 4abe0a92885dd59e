import * as assert from 'node:assert/strict';
import * as z from 'zod';
import { CancelledError, ExpectedError } from '../../../src/lib/errors';
import type { Report } from '../../../src/report/model';
import type { ResultMessage } from '../../../src/runtime/protocol';
import type { RunEvents } from '../../../src/runtime/toolClient';
import type { AnyChangeTool, AnyTool, Secrets } from '../../../src/tool/tool';
import { toolRuntime, until } from '../../support/toolRuntime';

const report: Report = {
  title: 'Two rows',
  verdict: 'There are two.',
  status: 'ok',
  blocks: [
    {
      kind: 'section',
      title: 'All',
      blocks: [
        {
          kind: 'table',
          id: 'rows',
          columns: [{ id: 'name', title: 'Name' }],
          rows: [['a'], ['b']],
          rowKeys: ['a', 'b'],
          menu: {
            actions: [
              { label: 'Look', tool: 'read', input: { deep: true } },
              { label: 'Trace', tool: 'read', needs: 'trace' },
            ],
            inputs: [{ pid: 1 }, null],
          },
        },
      ],
    },
  ],
  actions: [{ kind: 'copy', label: 'Copy', text: 'text' }],
  moments: { times: [1_000, 2_000], shown: 1 },
};

const read: AnyTool = {
  input: z.object({ count: z.int().max(9).describe('How many') }),
  result: z.unknown(),
  run: async function* (_input, context) {
    context.progress('half way');
    yield { secret: (await context.secrets.get('key')) ?? null };
  },
  report: () => report,
};

const done: string[] = [];
const change: AnyChangeTool = {
  ...read,
  run: async function* (input: { readonly count: number }) {
    done.push(`changed ${input.count}`);
    yield await Promise.resolve(input.count);
  },
  plan: (input: { readonly count: number }, { signal }) =>
    input.count === 9
      ? new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('late'))))
      : Promise.resolve({ question: 'Change it?', details: ['one'], confirm: 'Change', input: { count: input.count } }),
  changes: (result) => [{ what: `now ${String(result)}`, undo: { tool: 'change', input: { count: 0 } } }],
};

interface Told {
  readonly results: ResultMessage[];
  readonly progress: string[];
  readonly ends: (Error | undefined)[];
  readonly events: RunEvents;
}

function told(): Told {
  const made = { results: [] as ResultMessage[], progress: [] as string[], ends: [] as (Error | undefined)[] };
  return {
    ...made,
    events: {
      onResult: (message) => made.results.push(message),
      onProgress: (message) => made.progress.push(message),
      onEnd: (error) => made.ends.push(error),
    },
  };
}

const request = { tool: 'read', input: { count: 1 }, machine: 'local' };
const options = { live: false, confirmed: false, wants: { report: true, result: true } };

describe('the thread of the tools', () => {
  it('tells fields, refusals and what is wrong with an input', async () => {
    const { client } = toolRuntime({ read });
    const [field] = await client.call('fields', { tool: 'read' });
    assert.equal(field?.name, 'count');
    assert.deepEqual(
      (await client.call('refusals', { tool: 'read', field, texts: ['3', '10'] })).map((text) => text === null),
      [true, false],
    );
    assert.equal((await client.call('check', { tool: 'read', input: { count: 'x' } })).kind, 'refused');
    await assert.rejects(client.call('fields', { tool: 'none' }), ExpectedError);
  });

  it('runs a tool, answers for its report, and lets it use secrets of the other side', async () => {
    const secrets: Secrets = {
      get: (key) => Promise.resolve(`${key} of the house`),
      store: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    };
    const { client } = toolRuntime({ read }, { secrets });
    const seen = told();
    const run = client.begin(request, options, seen.events);
    await until(() => seen.ends.length === 1);
    assert.deepEqual(seen.results[0]?.result, { secret: 'key of the house' });
    assert.deepEqual(seen.progress, ['half way']);
    assert.equal(seen.ends[0], undefined);
    assert.deepEqual(await client.call('action', { run: run.id, index: 0 }), report.actions?.[0]);
    assert.equal(await client.call('action', { run: run.id, index: 1 }), null);
    assert.equal(await client.call('moment', { run: run.id, index: 0 }), 1_000);
    const row = { run: run.id, table: 'rows', action: 0 };
    assert.deepEqual(await client.call('rowAction', { ...row, row: 'a' }), {
      tool: 'read',
      input: { pid: 1, deep: true },
    });
    assert.equal(await client.call('rowAction', { ...row, row: 'b' }), null, 'a row without a menu');
    assert.equal(await client.call('rowAction', { ...row, row: 'gone' }), null);
    assert.equal(await client.call('rowAction', { ...row, row: 'a', action: 1 }), null, 'an action that needs more');
    assert.match(await client.call('print', { run: run.id, format: 'markdown', locale: 'en' }), /There are two\./);
    assert.match(await client.call('print', { run: run.id, format: 'json', locale: 'en' }), /of the house/);
    run.forget();
    await assert.rejects(client.call('print', { run: run.id, format: 'json', locale: 'en' }), ExpectedError);
  });

  it('changes nothing that was not confirmed', async () => {
    const { client } = toolRuntime({ change });
    const plan = await client.call('plan', { request: { ...request, tool: 'change' } });
    assert.equal(plan.question, 'Change it?');
    const refused = told();
    client.begin({ ...request, tool: 'change' }, options, refused.events);
    await until(() => refused.ends.length === 1);
    assert.match(refused.ends[0]?.message ?? '', /not confirmed/);
    assert.deepEqual(done, []);
    const seen = told();
    const run = client.begin({ ...request, tool: 'change' }, { ...options, confirmed: true }, seen.events);
    await until(() => seen.ends.length === 1);
    assert.deepEqual(done, ['changed 1']);
    assert.equal((await client.call('changes', { run: run.id }))[0]?.what, 'now 1');
    await assert.rejects(client.call('plan', { request: { ...request, tool: 'change', input: {} } }), ExpectedError);
  });

  it('cancels a question at once', async () => {
    const { client } = toolRuntime({ change });
    const controller = new AbortController();
    const asked = client.call(
      'plan',
      { request: { ...request, tool: 'change', input: { count: 9 } } },
      controller.signal,
    );
    setTimeout(() => controller.abort(), 5);
    await assert.rejects(asked, CancelledError);
  });

  it('fails what is under way when the thread dies, and starts another one for the next use', async () => {
    const runtime = toolRuntime({ change });
    const asked = runtime.client.call('plan', { request: { ...request, tool: 'change', input: { count: 9 } } });
    const seen = told();
    runtime.client.begin({ ...request, machine: 'nowhere' }, options, seen.events);
    runtime.fail(new Error('out of memory'));
    await assert.rejects(asked, /out of memory/);
    assert.equal(seen.ends.length, 1);
    assert.ok((await runtime.client.call('fields', { tool: 'change' })).length > 0);
    assert.equal(runtime.connections, 2);
  });

  it('ends the thread when nothing needs it, and not while a run is looked at', async () => {
    const runtime = toolRuntime({ read }, { idleMs: 20 });
    const seen = told();
    const run = runtime.client.begin(request, options, seen.events);
    await until(() => seen.ends.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 80));
    assert.match(await runtime.client.call('print', { run: run.id, format: 'csv', locale: 'en' }), /Name/);
    assert.equal(runtime.connections, 1);
    run.forget();
    await new Promise((resolve) => setTimeout(resolve, 80));
    await runtime.client.call('fields', { tool: 'read' });
    assert.equal(runtime.connections, 2);
  });

  it('judges what comes from the page', async () => {
    const { client } = toolRuntime({});
    assert.equal((await client.call('pageMessage', { raw: { kind: 'ready' } })).kind, 'accepted');
    assert.equal((await client.call('pageMessage', { raw: { kind: 'exec', command: 'rm' } })).kind, 'refused');
    assert.equal((await client.call('pageState', { raw: { version: 2 } })).kind, 'refused');
  });
});
