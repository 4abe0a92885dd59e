import * as assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { ExpectedError } from '../../../src/lib/errors';
import { memoryMachine } from '../../support/fixtureMachine';

const signal = new AbortController().signal;

function refuses(work: Promise<unknown>, code: string): Promise<void> {
  return assert.rejects(work, (error) => error instanceof ExpectedError && error.code === code);
}

describe('the files of a machine in memory', () => {
  const { files } = memoryMachine({ '/data/one': 'first', '/data/link': { link: 'one' }, '/data/empty/': '' });

  it('are read as those of a real one', async () => {
    const entries = await files.list('/data', signal);
    assert.deepEqual(Object.fromEntries(entries.map(({ name, kind }) => [name, kind])), {
      one: 'file',
      link: 'symlink',
      empty: 'directory',
    });
    assert.equal((await files.stat('/data/one', signal)).sizeBytes, 5);
    assert.equal(await files.readLink('/data/link', signal), 'one');
    assert.equal(String(await buffer(await files.stream('/data/one', { signal, start: 2 }))), 'rst');
    await refuses(files.stat('/data/none', signal), 'missing');
  });

  it('are changed', async () => {
    await files.write('/data/new', Buffer.from('text'), { signal, mode: 0o600 });
    await pipeline([Buffer.from('X')], await files.writeStream('/data/new', { signal, start: 1 }));
    assert.equal(String(await files.read('/data/new', { signal })), 'tXxt');
    await files.change('/data/new', { modifiedMs: 5_000 }, signal);
    const { mode, modifiedMs } = await files.stat('/data/new', signal);
    assert.deepEqual([mode, modifiedMs], [0o600, 5_000]);
    await refuses(files.rename('/data/new', '/data/one', { signal }), 'exists');
    await files.rename('/data/new', '/data/one', { signal, overwrite: true });
    assert.equal(String(await files.read('/data/one', { signal })), 'tXxt');
    await files.makeFolder('/data/folder', signal);
    await files.makeLink('/data/folder/link', '../one', signal);
    await refuses(files.makeFolder('/data/folder', signal), 'exists');
    await refuses(files.remove('/data/folder', signal), 'not-empty');
    await files.remove('/data/folder/link', signal);
    await files.remove('/data/folder', signal);
    await refuses(files.write('/none/file', Buffer.alloc(1), { signal }), 'missing');
  });
});
