import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { CancelledError, ExpectedError } from '../../../../src/lib/errors';
import { createLocalMachine } from '../../../../src/machine/local';
import { asOrdinaryUser, makeFifo, onPosix, temporaryFolder } from '../support';

const signal = new AbortController().signal;
const { files } = createLocalMachine();

describe('LocalMachine.files.write', () => {
  const inside = temporaryFolder();
  const write = (name: string, text: string, mode?: number): Promise<void> =>
    files.write(inside(name), Buffer.from(text), { signal, ...(mode === undefined ? {} : { mode }) });
  const modeOf = (name: string): number => fs.statSync(inside(name)).mode & 0o7777;
  const refused = async (writing: Promise<void>, code: string): Promise<void> => {
    await assert.rejects(writing, (error) => error instanceof ExpectedError && error.code === code);
  };
  afterEach('no temporary file is left', () => {
    assert.deepEqual(
      fs.readdirSync(inside()).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('makes a new file', async () => {
    await write('new', 'content');
    assert.equal(fs.readFileSync(inside('new'), 'utf8'), 'content');
    await write('empty', '');
    assert.equal(fs.statSync(inside('empty')).size, 0);
  });

  onPosix('gives a new file the mode asked for, less the umask', async () => {
    const umask = process.umask(0o027);
    await write('usual', '');
    await write('secret', '', 0o600);
    await write('program', '', 0o777);
    process.umask(umask);
    assert.deepEqual([modeOf('usual'), modeOf('secret'), modeOf('program')], [0o640, 0o600, 0o750]);
  });

  onPosix('replaces the content and keeps mode and owner', async function () {
    fs.writeFileSync(inside('kept'), 'old');
    if (process.getuid?.() === 0) fs.chownSync(inside('kept'), 65_534, 65_534);
    fs.chmodSync(inside('kept'), 0o6751);
    const before = fs.statSync(inside('kept'));
    await write('kept', 'new', 0o600);
    const after = fs.statSync(inside('kept'));
    assert.equal(fs.readFileSync(inside('kept'), 'utf8'), 'new');
    assert.deepEqual([after.mode, after.uid, after.gid], [before.mode, before.uid, before.gid]);
    assert.notEqual(after.ino, before.ino, 'a new file was moved into its place');
  });

  onPosix('drops set-user-id when the owner cannot be kept', async function () {
    if (process.getuid?.() !== 0) this.skip();
    fs.mkdirSync(inside('open'));
    fs.chmodSync(inside('open'), 0o777);
    fs.writeFileSync(inside('open', 'tool'), 'old');
    fs.chmodSync(inside('open', 'tool'), 0o4777);
    await asOrdinaryUser(() => files.write(inside('open', 'tool'), Buffer.from('new'), { signal }));
    const after = fs.statSync(inside('open', 'tool'));
    assert.deepEqual([after.uid, after.mode & 0o7777], [65_534, 0o777]);
  });

  onPosix('writes to where a link points', async () => {
    fs.mkdirSync(inside('real'));
    fs.writeFileSync(inside('real', 'file'), 'old');
    fs.symlinkSync('real', inside('folder-link'));
    fs.symlinkSync('folder-link/../real/file', inside('link'));
    fs.symlinkSync('link', inside('link-to-link'));
    await write('link-to-link', 'new');
    assert.equal(fs.readFileSync(inside('real', 'file'), 'utf8'), 'new');
    assert.equal(fs.readlinkSync(inside('link')), 'folder-link/../real/file');
    fs.symlinkSync('real/made', inside('dangling'));
    await write('dangling', 'made');
    assert.equal(fs.readFileSync(inside('real', 'made'), 'utf8'), 'made');
    fs.symlinkSync('circle', inside('circle'));
    await refused(write('circle', ''), 'failed');
  });

  onPosix('refuses what is no file, and leaves it', async () => {
    makeFifo(inside('pipe'));
    await refused(write('pipe', ''), 'not-a-file');
    await refused(files.write(inside(), Buffer.from(''), { signal }), 'is-a-folder');
    assert.equal(fs.statSync(inside('pipe')).isFIFO(), true);
  });

  it('refuses where the folder is missing', async () => {
    const writing = files.write(inside('none', 'file'), Buffer.from(''), { signal });
    await assert.rejects(writing, /The folder of .* does not exist on this machine\. Create it first\./);
  });

  onPosix('does not get round a write protection by the rename', function () {
    fs.mkdirSync(inside('shared'));
    fs.chmodSync(inside('shared'), 0o777);
    fs.writeFileSync(inside('shared', 'protected'), 'old', { mode: 0o444 });
    // access(2) goes by the real user, which only another process can have.
    const script = `require(process.argv[1]).createLocalMachine()
      .files.write(process.argv[2], Buffer.from('new'), { signal: new AbortController().signal })
      .catch((error) => console.log(error.code));`;
    const args = ['-e', script, require.resolve('../../../../src/machine/local'), inside('shared', 'protected')];
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const child = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: '/', ...user });
    if (child.error !== undefined) this.skip(); // Another user may not reach this Node.
    assert.equal(child.stdout, 'denied\n', child.stderr);
    assert.equal(fs.readFileSync(inside('shared', 'protected'), 'utf8'), 'old');
  });

  onPosix('says denied for a folder that may not be written', async () => {
    fs.mkdirSync(inside('closed'));
    fs.chmodSync(inside('closed'), 0o555);
    await asOrdinaryUser(() => refused(files.write(inside('closed', 'other'), Buffer.from('x'), { signal }), 'denied'));
  });

  it('leaves everything as it was after a cancel', async () => {
    fs.writeFileSync(inside('as-before'), 'old');
    const controller = new AbortController();
    const writing = files.write(inside('as-before'), Buffer.alloc(64 * 1_048_576), { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await assert.rejects(writing, CancelledError);
    assert.equal(fs.readFileSync(inside('as-before'), 'utf8'), 'old');
  });

  it('shows a reader the old or the new content, never half of it', async () => {
    const contents = ['a', 'b'].map((letter) => letter.repeat(3_000_000));
    fs.writeFileSync(inside('whole'), contents[0] ?? '');
    for (const content of [...contents, ...contents]) {
      const writing = write('whole', content);
      const read = fs.readFileSync(inside('whole'), 'utf8');
      assert.ok(contents.includes(read));
      await writing;
    }
  });
});
