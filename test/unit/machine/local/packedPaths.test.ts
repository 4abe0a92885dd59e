import * as assert from 'node:assert/strict';
import { BufferPool, USUAL_BYTES } from '../../../../src/machine/local/bufferPool';
import { packPaths, pathAt } from '../../../../src/machine/local/packedPaths';

describe('paths as one text', () => {
  it('gives back each of them', () => {
    const paths = ['/proc/1', '', '/a b\n', '/gr\u00c3\u00bc\u00c3\u009fe', '/proc/12345/a-long-name-of-a-file'];
    const packed = packPaths(paths);
    assert.deepEqual(
      paths.map((_path, index) => pathAt(packed, index)),
      paths,
    );
    assert.equal(packPaths([]).ends.length, 0);
  });
});

describe('the buffers of a reading thread', () => {
  it('come back while they are needed, and are not kept beyond a bound', () => {
    const returned: ArrayBuffer[] = [];
    const pool = new BufferPool(() => pool.give(returned.splice(0)));
    const first = pool.take(0);
    returned.push(first.buffer);
    assert.equal(pool.take(0).buffer, first.buffer, 'what has come back meanwhile is taken first');
    const many = Array.from({ length: 20 }, () => new ArrayBuffer(USUAL_BYTES));
    pool.give(many);
    const kept = new Set(Array.from({ length: 20 }, () => pool.take(0).buffer));
    assert.equal(many.filter((buffer) => kept.has(buffer)).length, 8);
    assert.equal(pool.take(USUAL_BYTES + 1).length, USUAL_BYTES + 1);
  });
});
