import * as assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { mapPool } from '../../../src/lib/pool';

describe('mapPool', () => {
  it('keeps the order, and never has more under way than it may', async () => {
    let underWay = 0;
    let most = 0;
    const outcomes = await mapPool([5, 1, 4, 2, 3], 2, async (count, index) => {
      most = Math.max(most, (underWay += 1));
      for (let round = 0; round < count; round += 1) await turn();
      underWay -= 1;
      return `${index}:${count}`;
    });
    assert.deepEqual(outcomes, ['0:5', '1:1', '2:4', '3:2', '4:3']);
    assert.equal(most, 2);
  });

  it('begins nothing after a failure, and tells it when the rest has ended', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      if (item === 1) throw new Error('one failed');
      for (let round = 0; round < 5; round += 1) await turn();
      ended.push(item);
    };
    await assert.rejects(mapPool([0, 1, 2, 3, 4], 2, work), /one failed/);
    assert.deepEqual(begun, [0, 1]);
    assert.deepEqual(ended, [0]);
  });

  it('takes no items', async () => {
    assert.deepEqual(await mapPool([], 4, () => Promise.resolve(1)), []);
  });
});
