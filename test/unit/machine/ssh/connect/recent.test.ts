import * as assert from 'node:assert/strict';
import { recentReads } from '../../../../../src/machine/ssh/connect/recent';

describe('what was read a moment ago', () => {
  let nowMs = 0;
  let reads = 0;
  const read = (): Promise<number> => Promise.resolve((reads += 1));
  beforeEach(() => (reads = 0));

  it('serves all who want the same, for a second', async () => {
    const recent = recentReads(() => nowMs);
    assert.deepEqual(
      await Promise.all([recent.get('a', read), recent.get('a', read), recent.get('b', read)]),
      [1, 1, 2],
    );
    nowMs += 999;
    assert.equal(await recent.get('a', read), 1);
    nowMs += 1;
    assert.equal(await recent.get('a', read), 3);
  });

  it('is read again after something was written, or when it could not be read', async () => {
    const recent = recentReads(() => nowMs);
    await recent.get('a', read);
    recent.forget();
    assert.equal(await recent.get('a', read), 2);
    await assert.rejects(recent.get('c', () => Promise.reject(new Error('no'))));
    assert.equal(await recent.get('c', read), 3);
  });
});
