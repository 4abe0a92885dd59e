import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { decodePath } from '../../../../src/lib/bytePath';
import { SmallReads } from '../../../../src/machine/copy/smallReads';
import { createLocalMachine } from '../../../../src/machine/local';
import type { Machine } from '../../../../src/machine/machine';
import { never, temporaryFolder } from '../../features/ssh/transfer/support';

describe('many small files', () => {
  const local = createLocalMachine();
  let folder: string;
  let batches = 0;
  let alone: string[] = [];
  const machine: Machine = {
    ...local,
    files: {
      ...local.files,
      readMany: (items, options) => {
        batches += 1;
        return local.files.readMany(items, options);
      },
      read: (file, options) => {
        alone.push(file);
        return local.files.read(file, options);
      },
    },
  };
  before(function () {
    if (process.platform !== 'linux') this.skip();
    folder = temporaryFolder();
  });
  beforeEach(() => {
    batches = 0;
    alone = [];
  });
  after(async () => {
    if (folder !== undefined) fs.rmSync(folder, { recursive: true });
    await local.dispose();
  });

  it('are read at once, whatever is in them', async () => {
    const names = ['empty', 'grüße', 'a b\n', decodePath(Buffer.from([0x66, 0xff, 0xfe])), ...'0123456789'];
    const contents = names.map((_, index) =>
      Buffer.from(Array.from({ length: index * 300 }, (_one, at) => (at * 7) % 256)),
    );
    const paths = names.map((name) => `${folder}/${name}`);
    for (const [index, name] of names.entries()) {
      const bytes = name.startsWith('f')
        ? Buffer.concat([Buffer.from(`${folder}/f`), Buffer.from([0xff, 0xfe])])
        : paths[index];
      fs.writeFileSync(bytes ?? '', contents[index] ?? '');
    }
    const reads = new SmallReads(machine, 10_000, never);
    const read = await Promise.all(paths.map((file) => reads.read(file)));
    assert.deepEqual(
      read.map((content) => Buffer.from(content)),
      contents,
    );
    assert.deepEqual([batches, alone], [1, []]);
  });

  it('are read alone where a name is like a pattern, or for the error', async () => {
    for (const name of ['*', 'x[0-9]', 'x1']) fs.writeFileSync(path.join(folder, name), name);
    fs.writeFileSync(path.join(folder, 'long'), 'x'.repeat(101));
    const reads = new SmallReads(machine, 100, never);
    const read = (name: string): Promise<string> =>
      reads.read(path.join(folder, name)).then((content) => Buffer.from(content).toString());
    assert.deepEqual(await Promise.all(['*', 'x[0-9]', 'x1'].map(read)), ['*', 'x[0-9]', 'x1']);
    await assert.rejects(read('none'), { code: 'missing' });
    await assert.rejects(read('long'), { code: 'too-large' });
  });
});
