import * as assert from 'node:assert/strict';
import * as z from 'zod';
import { CancelledError } from '../../../src/lib/errors';
import { runTool } from '../../../src/tool/run';
import type { AnyTool, RunContext } from '../../../src/tool/tool';
import { memoryMachine } from '../../support/fixtureMachine';
import { runContextOf } from '../../support/runContext';

describe('a run that is cancelled while somebody holds a result', () => {
  async function results(run: (context: RunContext) => AsyncGenerator<unknown>): Promise<readonly unknown[]> {
    const stop = new AbortController();
    const tool: AnyTool = {
      input: z.object({}),
      result: z.unknown(),
      run: (_input: unknown, context: RunContext) => run(context),
      report: () => ({ title: '', verdict: '', status: 'ok', blocks: [] }),
    };
    const found: unknown[] = [];
    const work = async (): Promise<void> => {
      for await (const result of runTool(tool, {}, runContextOf(memoryMachine({}), { signal: stop.signal }))) {
        found.push(result);
        stop.abort();
      }
    };
    await assert.rejects(work(), CancelledError);
    return found;
  }

  it('tells how far it had come', async () => {
    const found = await results(async function* ({ signal }) {
      yield await Promise.resolve('some');
      if (signal.aborted) yield 'all until then';
    });
    assert.deepEqual(found, ['some', 'all until then']);
  });

  it('ends also where the tool does not listen', async () => {
    const found = await results(async function* () {
      for (let count = 1; ; count += 1) yield await Promise.resolve(count);
    });
    assert.deepEqual(found, [1, 2]);
  });
});
