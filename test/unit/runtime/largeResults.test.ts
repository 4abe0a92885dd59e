import * as assert from 'node:assert/strict';
import * as z from 'zod';
import { Session } from '../../../src/editor/session';
import { ExpectedError, throwIfCancelled } from '../../../src/lib/errors';
import type { LargeResults, Tool } from '../../../src/tool/tool';
import { toolRuntime, until } from '../../support/toolRuntime';

type Rows = readonly string[];

const large: LargeResults<Rows> = {
  summary: (rows) => rows.length,
  part: (rows, ask) => rows.filter((row) => row.startsWith(String(ask))),
  merge: (rows, part, ask) => [...rows.filter((row) => row !== ask), ...part],
};

/** Finds the words of its input. `hold`: and goes on until it is cancelled. */
const words: Tool<{ words: string[]; hold: boolean }, Rows> = {
  input: z.object({ words: z.array(z.string()), hold: z.boolean().default(false) }),
  result: z.array(z.string()),
  async *run({ words: found, hold }, { signal }) {
    yield found;
    if (hold) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throwIfCancelled(signal);
  },
  report: (rows) => ({ title: 'Words', verdict: rows.join(' '), status: 'ok', blocks: [] }),
  large,
};

describe('large results', () => {
  const { client } = toolRuntime({ words });
  const session = (input: unknown): Session =>
    new Session(
      {
        request: { tool: 'words', input, machine: 'local' },
        live: false,
        begin: (wants, events) =>
          client.begin({ tool: 'words', input, machine: 'local' }, { live: false, confirmed: false, wants }, events),
        intervalMs: () => 5,
        onBug: (error) => {
          throw error;
        },
      },
      () => undefined,
    );
  const wants = { visible: true, wants: { report: true, result: true } };

  it('cross as their summary, and in the parts that are asked for', async () => {
    const all = session({ words: ['ant', 'bee', 'asp'] });
    const holder = all.hold(() => undefined, wants);
    await until(() => all.shown.state === 'done');
    assert.equal(all.shown.result, 3);
    assert.deepEqual(await all.part('a'), ['ant', 'asp']);
    holder.dispose();
  });

  it('take in what another run has found, without running again', async () => {
    const all = session({ words: ['ant', 'bee'] });
    const part = session({ words: ['cat', 'dog'] });
    const holders = [all, part].map((one) => one.hold(() => undefined, wants));
    await until(() => all.shown.state === 'done' && part.shown.state === 'done');
    await all.merge(part, 'bee');
    await until(() => all.shown.result === 3);
    assert.equal(all.shown.state, 'done');
    assert.equal(all.shown.head?.verdict, 'ant cat dog');
    assert.match(Buffer.from(all.shown.report ?? []).toString(), /ant cat dog/);
    assert.deepEqual(await all.part('b'), []);
    for (const holder of holders) holder.dispose();
  });

  it('are there after a cancel, as far as they were found', async () => {
    const all = session({ words: ['ant'], hold: true });
    const holder = all.hold(() => undefined, wants);
    await until(() => all.shown.result === 1);
    all.cancel();
    await until(() => all.shown.state === 'cancelled');
    assert.deepEqual(await all.part('a'), ['ant']);
    holder.dispose();
  });

  it('are refused in words while there is none', async () => {
    const all = session({ words: 'no list' });
    const holder = all.hold(() => undefined, wants);
    await until(() => all.shown.state === 'failed');
    await assert.rejects(all.part('a'), (error) => error instanceof ExpectedError && error.code === 'not-ready');
    holder.dispose();
  });
});
