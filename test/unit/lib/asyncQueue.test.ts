import * as assert from 'node:assert/strict';
import { AsyncQueue } from '../../../src/lib/asyncQueue';

async function all<Item>(queue: AsyncQueue<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of queue) items.push(item);
  return items;
}

describe('AsyncQueue', () => {
  it('hands out in order what was put in before and after somebody waits', async () => {
    const queue = new AsyncQueue<number>();
    queue.push(1);
    const taken = all(queue);
    await Promise.resolve();
    queue.push(2);
    queue.push(3);
    queue.end();
    queue.push(4);
    assert.deepEqual(await taken, [1, 2, 3]);
  });

  it('throws what it was ended with, when all before is taken', async () => {
    const queue = new AsyncQueue<number>();
    queue.push(1);
    queue.end(new Error('lost'));
    queue.end();
    const taken: number[] = [];
    await assert.rejects(async () => {
      for await (const item of queue) taken.push(item);
    }, /lost/);
    assert.deepEqual(taken, [1]);
  });
});
