import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { nameKey, refusedName } from '../../../../../src/features/ssh/core/transfer/paths';
import { createLocalMachine } from '../../../../../src/machine/local';
import type { DirectoryEntry, FileKind, FileStat, Machine } from '../../../../../src/machine/machine';
import { contextOf, run, temporaryFolder } from './support';

/** A host that lists whatever it likes. */
function lyingMachine(local: Machine, listed: readonly DirectoryEntry[]): Machine {
  const stat = (kind: FileKind): FileStat => ({ kind, sizeBytes: 3, mode: 0o644, modifiedMs: 0, uid: 0, gid: 0 });
  return {
    ...local,
    name: 'liar',
    files: {
      ...local.files,
      resolve: (wanted) => Promise.resolve(wanted),
      list: (wanted) => Promise.resolve(wanted === '/tree' ? listed : [{ name: 'passwd', kind: 'file' }]),
      stat: (wanted) => {
        if (wanted === '/tree') return Promise.resolve(stat('directory'));
        const entry = listed.find(({ name }) => `/tree/${name}` === wanted);
        return Promise.resolve(stat(entry?.kind ?? 'file'));
      },
      readLink: () => Promise.resolve(path.join(victim, 'outside')),
      read: () => Promise.resolve(Buffer.from('bad')),
    },
  };
}

let victim = '';

describe('downloading from a host that means harm', () => {
  const local = createLocalMachine();
  beforeEach(() => {
    victim = temporaryFolder();
    fs.mkdirSync(path.join(victim, 'outside'));
  });
  afterEach(() => fs.rmSync(victim, { recursive: true }));
  after(() => local.dispose());

  const download = async (listed: readonly DirectoryEntry[]): ReturnType<typeof run> =>
    run(
      'download',
      { from: '/tree', to: path.join(victim, 'copy'), verify: 'none' },
      contextOf(lyingMachine(local, listed), local),
    );

  it('takes no name that leads out of the folder', async () => {
    const names = ['..', '.', '', '../evil', '/evil', 'a/b', 'nul\0nul'];
    const result = await download([...names, 'good'].map((name) => ({ name, kind: 'file' as const })));
    assert.deepEqual(fs.readdirSync(path.join(victim, 'copy')), ['good']);
    assert.equal(result.failedCount, names.length);
    assert.deepEqual(fs.readdirSync(victim).sort(), ['copy', 'outside']);
  });

  it('writes nothing through a link that it has sent itself', async () => {
    const result = await download([
      { name: 'a', kind: 'symlink' },
      { name: 'a', kind: 'directory' },
    ]);
    assert.deepEqual(fs.readdirSync(path.join(victim, 'outside')), []);
    assert.equal(result.failedCount, 1);
  });
});

describe('names of copies', () => {
  it('on Windows are no paths, streams or devices', () => {
    for (const name of ['a\\b', 'C:', 'a:b', 'con', 'COM1.txt', 'nul ', 'end.', 'lpt¹', 'x\ny', 'a?']) {
      assert.notEqual(refusedName(name, 'win32'), null, name);
    }
    for (const name of ['console', 'com10', '.hidden', 'a b']) assert.equal(refusedName(name, 'win32'), null, name);
    assert.equal(refusedName('a\\b:c\n', 'linux'), null);
  });

  it('are the same where the file system says so', () => {
    assert.equal(nameKey('A\u0308', 'darwin'), nameKey('ä', 'darwin'));
    assert.equal(nameKey('README', 'win32'), nameKey('readme', 'win32'));
    assert.notEqual(nameKey('README', 'linux'), nameKey('readme', 'linux'));
  });
});
