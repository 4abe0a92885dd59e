import * as assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { liveResults, type LiveWork } from '../../../src/lib/liveResults';

describe('live results', () => {
  /** Finds so many things, then one more when it is released. */
  function workOf(finds: number): { readonly work: LiveWork<number>; release(): void } {
    let found = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const work: LiveWork<number> = {
      async run(_signal, changed) {
        await turn();
        found += finds;
        if (finds > 0) changed();
        await released;
        found += 1;
        changed();
      },
      result: () => found,
    };
    return { work, release };
  }

  async function all(finds: number, live: boolean): Promise<readonly number[]> {
    const { work, release } = workOf(finds);
    const results: number[] = [];
    if (!live) release();
    for await (const result of liveResults(work, new AbortController().signal, live)) {
      results.push(result);
      release();
    }
    return results;
  }

  it('begin with the first things that are found, and end with the last', async () =>
    assert.deepEqual(await all(3, true), [3, 4]));

  it('begin before long also where nothing is found', async () => assert.deepEqual(await all(0, true), [0, 1]));

  it('are one where nobody looks', async () => assert.deepEqual(await all(3, false), [4]));
});
