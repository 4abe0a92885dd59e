import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedError } from '../../../../src/lib/errors';
import { createLocalMachine } from '../../../../src/machine/local';
import type { Machine } from '../../../../src/machine/machine';
import type { FileCalls, FileVerb } from '../../../../src/runtime/files/calls';
import { serveFiles } from '../../../../src/runtime/files/serve';
import { noSshServer } from '../../../support/sshServer';
import { startPeer, temporaryFolder } from '../../features/ssh/transfer/support';

const never = new AbortController().signal;
const nobody = { ask: () => Promise.resolve(null) };

type Ask = <Verb extends FileVerb>(verb: Verb, args: FileCalls[Verb]['args']) => Promise<FileCalls[Verb]['answer']>;

function isError(code: string): (error: unknown) => boolean {
  return (error) => error instanceof ExpectedError && error.code === code;
}

interface Opened {
  readonly machine: Machine;
  end(): Promise<void>;
}

function openLocal(): Promise<Opened> {
  const machine = createLocalMachine();
  return Promise.resolve({ machine, end: () => machine.dispose() });
}

/** The same questions to this machine and to a host. */
const machines: readonly (readonly [name: string, open: () => Promise<Opened>])[] = [
  ['this machine', openLocal],
  ['a host', startPeer],
];

for (const [name, open] of machines) {
  describe(`files for an editor, on ${name}`, function () {
    let opened: Opened | undefined;
    let ask: Ask;
    let folder: string;

    before(async function () {
      if (noSshServer !== undefined) this.skip();
      opened = await open();
      const { machine } = opened;
      const files: Machine['files'] = {
        ...machine.files,
        // The trash of the test, not that of whoever runs it.
        resolve: (wanted, signal) => machine.files.resolve(wanted === '.' || wanted === '' ? folder : wanted, signal),
      };
      ask = (verb, args) => serveFiles({ machine: { ...machine, files }, person: nobody }, verb, args, never) as never;
    });
    after(async () => opened?.end());
    beforeEach(() => (folder = temporaryFolder()));
    afterEach(() => fs.rmSync(folder, { recursive: true }));
    const inside = (file: string): string => path.join(folder, file);

    it('tells what a link leads to, and what is not there', async () => {
      fs.writeFileSync(inside('file'), 'abc');
      fs.symlinkSync('file', inside('link'));
      fs.symlinkSync('nowhere', inside('dangling'));
      const link = await ask('stat', { path: inside('link') });
      assert.deepEqual([link.kind, link.isLink, link.sizeBytes], ['file', true, 3]);
      assert.equal((await ask('stat', { path: inside('dangling') })).kind, 'unknown');
      await assert.rejects(ask('stat', { path: inside('none') }), isError('missing'));
      const stats = await ask('stats', { paths: [inside('none'), inside('file')] });
      assert.deepEqual(
        stats.map((facts) => facts?.sizeBytes),
        [undefined, 3],
      );
      const entries = [...(await ask('list', { path: folder }))].sort((one, other) => (one.name < other.name ? -1 : 1));
      assert.deepEqual(entries, [
        { name: 'dangling', kind: 'unknown', isLink: true },
        { name: 'file', kind: 'file', isLink: false },
        { name: 'link', kind: 'file', isLink: true },
      ]);
    });

    it('keeps the mode of what it writes, and minds what is there', async () => {
      const write = (file: string, create: boolean, overwrite: boolean): Promise<null> =>
        ask('write', { path: inside(file), content: Buffer.from('new'), create, overwrite, elevated: false });
      fs.writeFileSync(inside('file'), 'old');
      fs.chmodSync(inside('file'), 0o750);
      await assert.rejects(write('file', true, false), isError('exists'));
      await assert.rejects(write('none', false, true), isError('missing'));
      assert.equal(fs.readFileSync(inside('file'), 'utf8'), 'old');
      await write('file', false, true);
      await write('none', true, false);
      assert.equal(fs.statSync(inside('file')).mode & 0o777, 0o750);
      assert.deepEqual(Buffer.from(await ask('read', { path: inside('file'), elevated: false })).toString(), 'new');
      assert.deepEqual(fs.readdirSync(folder).sort(), ['file', 'none']);
    });

    it('renames without taking the place of something', async () => {
      fs.writeFileSync(inside('a'), 'a');
      fs.writeFileSync(inside('b'), 'b');
      const rename = (overwrite: boolean): Promise<null> =>
        ask('rename', { from: inside('a'), to: inside('b'), overwrite });
      await assert.rejects(rename(false), isError('exists'));
      assert.equal(fs.readFileSync(inside('b'), 'utf8'), 'b');
      await rename(true);
      assert.equal(fs.readFileSync(inside('b'), 'utf8'), 'a');
    });

    it('deletes a folder with all that is in it, and follows no link', async () => {
      fs.mkdirSync(inside('tree/deep/er'), { recursive: true });
      fs.writeFileSync(inside('keep'), 'keep');
      fs.mkdirSync(inside('kept'));
      fs.writeFileSync(inside('kept/file'), 'kept');
      fs.symlinkSync('../../kept', inside('tree/deep/link'));
      fs.writeFileSync(inside('tree/deep/er/x'), 'x');
      const gone = { path: inside('tree'), trash: false };
      await assert.rejects(ask('remove', { ...gone, recursive: false }), isError('not-empty'));
      await ask('remove', { ...gone, recursive: true });
      assert.deepEqual(fs.readdirSync(folder).sort(), ['keep', 'kept']);
      assert.equal(fs.readFileSync(inside('kept/file'), 'utf8'), 'kept');
    });

    it('moves to the trash as desktops do, also the same name twice', async () => {
      const name = 'ä b%\n';
      const trash = inside('.local/share/Trash');
      for (const content of ['one', 'two']) {
        fs.writeFileSync(inside(name), content);
        await ask('remove', { path: inside(name), recursive: false, trash: true });
      }
      assert.equal(fs.readFileSync(path.join(trash, 'files', name), 'utf8'), 'one');
      assert.equal(fs.readFileSync(path.join(trash, 'files', `${name}.2`), 'utf8'), 'two');
      const info = fs.readFileSync(path.join(trash, 'info', `${name}.2.trashinfo`), 'utf8').split('\n');
      assert.equal(info[0], '[Trash Info]');
      assert.equal(info[1], `Path=${folder}/%C3%A4%20b%25%0A`);
      assert.match(info[2] ?? '', /^DeletionDate=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      // What is in the trash is deleted for good.
      await ask('remove', { path: path.join(trash, 'files', name), recursive: true, trash: true });
      assert.deepEqual(fs.readdirSync(path.join(trash, 'files')), [`${name}.2`]);
      await assert.rejects(ask('remove', { path: inside('no'), recursive: true, trash: true }), isError('missing'));
    });

    it('moves a folder that is not empty to the trash only with all that is in it', async () => {
      fs.mkdirSync(inside('full/of'), { recursive: true });
      const wanted = { path: inside('full'), trash: true };
      await assert.rejects(ask('remove', { ...wanted, recursive: false }), isError('not-empty'));
      await ask('remove', { ...wanted, recursive: true });
      assert.deepEqual(fs.readdirSync(inside('.local/share/Trash/files/full')), ['of']);
    });
  });
}

describe('deleting what a host lists', () => {
  it('goes no further when a name is a path', async () => {
    const machine = createLocalMachine();
    const removed: string[] = [];
    const folder = temporaryFolder();
    const files: Machine['files'] = {
      ...machine.files,
      list: () => Promise.resolve([{ name: '../../etc', kind: 'directory' }]),
      remove: (wanted) => Promise.resolve(void removed.push(wanted)),
    };
    const request = { path: folder, recursive: true, trash: false };
    const asked = serveFiles({ machine: { ...machine, files }, person: nobody }, 'remove', request, never);
    await assert.rejects(asked, isError('protocol'));
    assert.deepEqual(removed, []);
    fs.rmdirSync(folder);
    await machine.dispose();
  });
});
