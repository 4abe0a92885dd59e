import * as assert from 'node:assert/strict';
import { ChunkPool } from '../../../src/lib/chunkPool';

describe('ChunkPool', () => {
  it('gives again what was given back, also a part of it, and nothing before', () => {
    const pool = new ChunkPool();
    const [one, two] = [pool.take(100), pool.take(100)];
    assert.notEqual(one.buffer, two.buffer);
    pool.giveBack(two.subarray(0, 7));
    assert.equal(pool.take(100).buffer, two.buffer);
    assert.notEqual(pool.take(100).buffer, one.buffer);
  });

  it('gives no chunk of another length, and takes nothing that is not its own', () => {
    const pool = new ChunkPool();
    const one = pool.take(100);
    const foreign = Buffer.alloc(50);
    pool.giveBack(one);
    pool.giveBack(foreign);
    const other = pool.take(50);
    assert.ok(other.length === 50 && other.buffer !== one.buffer && other.buffer !== foreign.buffer);
  });

  it('frees what was lent when it is given back, and nothing else', () => {
    const pool = new ChunkPool();
    const [lent, foreign] = [Buffer.alloc(50_000, 1), Buffer.alloc(50_000, 1)];
    pool.lend(lent);
    pool.giveBack(foreign);
    pool.giveBack(lent.subarray(10));
    // Node 20 cannot free it.
    assert.deepEqual([lent.length, foreign.length], ['transfer' in ArrayBuffer.prototype ? 0 : 50_000, 50_000]);
    assert.notEqual(pool.take(50_000).buffer, lent.buffer);
  });
});
