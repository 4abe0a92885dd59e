import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type ExpectedError } from '../../../src/lib/errors';
import { createRecordings } from '../../../src/runtime/recordings';

describe('recordings', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-recordings-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('gives back what was recorded, by its time, and each ring for itself', async () => {
    const recordings = createRecordings(folder);
    const limits = { maxBytes: 1_000_000 };
    await recordings.append('local', 2_000, { load: 2 }, limits);
    await recordings.append('local', 1_000, { load: 1 }, limits);
    await recordings.append('web/../1', 1_500, { load: 7 }, limits);
    assert.deepEqual(
      (await recordings.list('local')).map((entry) => entry.atMs),
      [1_000, 2_000],
    );
    assert.deepEqual(await recordings.read('local', 2_000), { load: 2 });
    assert.deepEqual(await recordings.read('web/../1', 1_500), { load: 7 });
    assert.deepEqual(fs.readdirSync(path.dirname(folder)).includes('1'), false);
    await recordings.clear('local');
    assert.deepEqual(await recordings.list('local'), []);
  });

  it('drops the oldest beyond the limit and keeps the newest even when it is too large alone', async () => {
    const recordings = createRecordings(folder);
    for (let at = 1; at <= 20; at += 1) {
      await recordings.append('local', at, { at, noise: 'x'.repeat(at) }, { maxBytes: 200 });
    }
    const kept = await recordings.list('local');
    assert.ok(kept.length > 1 && kept.length < 8, String(kept.length));
    assert.equal(kept.at(-1)?.atMs, 20);
    assert.ok(kept.reduce((sum, entry) => sum + entry.sizeBytes, 0) <= 200);
    await recordings.append('local', 21, {}, { maxBytes: 1 });
    assert.deepEqual(
      (await recordings.list('local')).map((entry) => entry.atMs),
      [21],
    );
  });

  it('says what is wrong with one that is gone or damaged, and skips what is none', async () => {
    const recordings = createRecordings(folder);
    await recordings.append('local', 5, {}, { maxBytes: 1_000 });
    const ring = path.join(folder, 'ring-local');
    fs.writeFileSync(path.join(ring, '7.12.json.gz'), 'no gzip here');
    fs.writeFileSync(path.join(ring, 'README'), '');
    fs.writeFileSync(path.join(ring, '9.99.tmp'), '');
    assert.deepEqual(
      (await recordings.list('local')).map((entry) => entry.atMs),
      [5, 7],
    );
    await assert.rejects(recordings.read('local', 7), (error) => (error as ExpectedError).code === 'malformed');
    await assert.rejects(recordings.read('local', 6), (error) => (error as ExpectedError).code === 'not-found');
    await assert.rejects(recordings.read('other', 6), (error) => (error as ExpectedError).code === 'not-found');
  });
});
