import * as assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { isCancelled } from '../../../../../src/lib/errors';
import { createLocalMachine } from '../../../../../src/machine/local';
import { listFolder } from '../../../../../src/machine/ssh/sftp/listing';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { temporaryFolder } from '../../support';
import {
  endServersAfterwards,
  eventually,
  expected,
  noSftpServer,
  serverOf,
  startSftpServer,
  type Files,
  type TestServer,
} from './support';

const signal = new AbortController().signal;
const isRoot = process.getuid?.() === 0;

function randomContent(length: number): Buffer {
  const content = Buffer.allocUnsafe(length);
  for (let at = 0; at + 4 <= length; at += 4) content.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  return content;
}

describe('sftpFiles.write against sftp-server', () => {
  const inside = temporaryFolder();
  let server: TestServer;
  before(async function () {
    if (noSftpServer !== undefined) return this.skip();
    server = await startSftpServer({ args: ['-u', '027'] });
  });
  endServersAfterwards();
  afterEach('no temporary file is left and nothing is open', async () => {
    assert.deepEqual(
      fs.readdirSync(inside()).filter((name) => name.startsWith('.opsdeck-')),
      [],
    );
    await eventually(() => server.openFiles().length === 0);
  });
  const write = (name: string, text: string, mode?: number): Promise<void> =>
    server.files.write(inside(name), Buffer.from(text), { signal, ...(mode === undefined ? {} : { mode }) });

  it('makes a new file with the mode asked for, less the umask there', async () => {
    await write('usual', 'content');
    await write('program', '', 0o777);
    assert.equal(fs.readFileSync(inside('usual'), 'utf8'), 'content');
    assert.equal(fs.statSync(inside('usual')).mode & 0o777, 0o640);
    assert.equal(fs.statSync(inside('program')).mode & 0o777, 0o750);
  });

  it('replaces a file by another with its mode and owner', async () => {
    fs.writeFileSync(inside('kept'), 'old');
    if (isRoot) fs.chownSync(inside('kept'), 65_534, 65_534);
    fs.chmodSync(inside('kept'), 0o6751);
    const before = fs.statSync(inside('kept'));
    await write('kept', 'new', 0o600);
    const after = fs.statSync(inside('kept'));
    assert.equal(fs.readFileSync(inside('kept'), 'utf8'), 'new');
    assert.deepEqual([after.mode, after.uid, after.gid], [before.mode, before.uid, before.gid]);
    assert.notEqual(after.ino, before.ino);
  });

  it('writes to where links lead, and says when they lead in a circle', async () => {
    fs.mkdirSync(inside('real'));
    fs.writeFileSync(inside('real', 'file'), 'old');
    fs.symlinkSync('real', inside('folder-link'));
    fs.symlinkSync('folder-link/../real/file', inside('link'));
    fs.symlinkSync('link', inside('link-to-link'));
    fs.symlinkSync('real/made', inside('dangling'));
    fs.symlinkSync('circle', inside('circle'));
    await write('link-to-link', 'new');
    await write('dangling', 'made');
    assert.equal(fs.readFileSync(inside('real', 'file'), 'utf8'), 'new');
    assert.equal(fs.readFileSync(inside('real', 'made'), 'utf8'), 'made');
    assert.equal(fs.readlinkSync(inside('link')), 'folder-link/../real/file');
    await assert.rejects(write('circle', ''), expected('failed', /in a circle/));
  });

  it('leaves everything as it was after a cancel', async () => {
    for (const afterMs of [0, 1, 3, 10]) {
      fs.writeFileSync(inside('big'), 'old');
      const controller = new AbortController();
      const content = Buffer.alloc(20_000_000);
      const writing = server.files.write(inside('big'), content, { signal: controller.signal });
      setTimeout(() => controller.abort(), afterMs);
      const [{ status }] = await Promise.allSettled([writing]);
      if (status === 'fulfilled') continue; // It was faster.
      await assert.rejects(writing, isCancelled);
      assert.equal(fs.statSync(inside('big')).size, 3);
    }
  });
});

describe('a server without posix-rename', () => {
  const inside = temporaryFolder();
  let server: TestServer;
  before(async function () {
    if (noSftpServer !== undefined) return this.skip();
    server = await startSftpServer({ args: ['-P', 'posix-rename,fsync,limits,statvfs'] });
  });
  endServersAfterwards();

  it('still replaces a file, and leaves nothing beside it', async () => {
    assert.equal(server.session.has('posixRename'), false);
    fs.writeFileSync(inside('file'), 'old');
    await server.files.write(inside('file'), Buffer.from('new'), { signal });
    await server.files.write(inside('other'), Buffer.from('other'), { signal });
    await server.files.rename(inside('other'), inside('file'), { signal, overwrite: true });
    assert.deepEqual(fs.readdirSync(inside()), ['file']);
    assert.equal(fs.readFileSync(inside('file'), 'utf8'), 'other');
  });

  it('puts the old one back when the new one cannot take its place', async () => {
    fs.mkdirSync(inside('sub'));
    fs.writeFileSync(inside('sub', 'file'), 'old');
    const moving = server.files.rename(inside('sub'), inside('sub', 'file'), { signal, overwrite: true });
    await assert.rejects(moving);
    assert.deepEqual(fs.readdirSync(inside('sub')), ['file']);
  });

  it('reads and writes in the small parts that every server takes', async () => {
    const content = randomContent(3_000_001);
    await pipeline([content], await server.files.writeStream(inside('parts'), { signal }));
    assert.ok(content.equals(fs.readFileSync(inside('parts'))));
    assert.ok(content.equals(await server.files.read(inside('parts'), { signal })));
    assert.equal(server.session.limits.readBytes, 32_768);
  });
});

describe('sftpFiles when the disk does not let it', () => {
  const inside = temporaryFolder();
  endServersAfterwards();
  it('says denied as an ordinary user', async function () {
    if (noSftpServer !== undefined || !isRoot) return this.skip();
    const { files } = await startSftpServer({ uid: 65_534 });
    fs.mkdirSync(inside('closed'), { mode: 0o755 });
    fs.mkdirSync(inside('secret'), { mode: 0o700 });
    fs.writeFileSync(inside('closed', 'file'), 'old', { mode: 0o644 });
    fs.writeFileSync(inside('unreadable'), 'old', { mode: 0o600 });
    const file = inside('closed', 'file');
    const cases: readonly (() => Promise<unknown>)[] = [
      () => files.list(inside('secret'), signal),
      () => files.read(inside('unreadable'), { signal }),
      () => files.write(file, Buffer.from('new'), { signal }),
      () => files.write(inside('closed', 'new'), Buffer.from('new'), { signal }),
      () => files.writeStream(file, { signal }),
      () => files.writeStream(inside('closed', 'new'), { signal }),
      () => files.makeFolder(inside('closed', 'folder'), signal),
      () => files.makeLink(inside('closed', 'link'), 'x', signal),
      () => files.rename(file, inside('closed', 'other'), { signal }),
      () => files.remove(file, signal),
      () => files.change(file, { mode: 0o777 }, signal),
    ];
    for (const [index, work] of cases.entries()) {
      await assert.rejects(work(), expected('denied', /on peer/), `case ${index}`);
    }
    assert.deepEqual(fs.readdirSync(inside('closed')), ['file']);
  });

  it('does not get round a write protection by the rename', async function () {
    if (noSftpServer !== undefined || !isRoot) return this.skip();
    const { files } = await startSftpServer({ uid: 65_534 });
    fs.mkdirSync(inside('open'));
    fs.chmodSync(inside('open'), 0o777);
    fs.writeFileSync(inside('open', 'protected'), 'old', { mode: 0o444 });
    const writing = files.write(inside('open', 'protected'), Buffer.from('new'), { signal });
    await assert.rejects(writing, expected('denied', /protected/));
    assert.equal(fs.readFileSync(inside('open', 'protected'), 'utf8'), 'old');
  });
});

const places: readonly (readonly [name: string, open: () => Promise<Files>])[] = [
  ['LocalMachine.files', () => Promise.resolve(createLocalMachine().files)],
  ['sftpFiles', async () => (await startSftpServer()).files],
];
for (const [name, open] of places) {
  describe(`${name} on disks that are full, small or read-only`, () => {
    const mounted: string[] = [];
    endServersAfterwards();
    // Before the folder that they are in is removed.
    after(() => {
      for (const folder of mounted) execFileSync('umount', [folder]);
    });
    const inside = temporaryFolder();
    const mount = (name: string, options: string): string => {
      const folder = inside(name);
      fs.mkdirSync(folder);
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder], { stdio: 'ignore' });
      mounted.push(folder);
      return folder;
    };

    it('says that the disk is full, and leaves no temporary file', async function () {
      if (noSftpServer !== undefined || !isRoot) return this.skip();
      const files = await open();
      let folder: string;
      try {
        folder = mount('tiny', 'size=1m');
      } catch {
        return this.skip(); // Mounting is not allowed here.
      }
      const full = expected('disk-full', /quota is full/);
      await assert.rejects(files.write(`${folder}/file`, Buffer.alloc(2_000_000), { signal }), full);
      assert.deepEqual(fs.readdirSync(folder), []);
      const stream = await files.writeStream(`${folder}/file`, { signal });
      await assert.rejects(pipeline([Buffer.alloc(2_000_000)], stream), full);
    });

    it('says that it is read-only, that there are no inodes, and that it is another disk', async function () {
      if (noSftpServer !== undefined || !isRoot) return this.skip();
      const files = await open();
      let folder: string;
      let few: string;
      try {
        folder = mount('fixed', 'size=1m');
        few = mount('few', 'size=1m,nr_inodes=2');
        fs.writeFileSync(`${folder}/file`, 'old');
        execFileSync('mount', ['-o', 'remount,ro', folder], { stdio: 'ignore' });
      } catch {
        return this.skip(); // Mounting is not allowed here.
      }
      const readOnly = expected('read-only', /read-only/);
      await assert.rejects(files.write(`${folder}/file`, Buffer.alloc(1), { signal }), readOnly);
      await assert.rejects(files.writeStream(`${folder}/new`, { signal }), readOnly);
      await assert.rejects(files.makeFolder(`${folder}/new`, signal), readOnly);
      await assert.rejects(files.remove(`${folder}/file`, signal), readOnly);
      await files.makeFolder(`${few}/one`, signal);
      await assert.rejects(files.makeFolder(`${few}/two`, signal), expected('disk-full', /two/));
      const moving = files.rename(`${few}/one`, inside('one'), { signal });
      await assert.rejects(moving, expected('unsupported', /different file systems/));
    });
  });
}

describe('sftpFiles with much at a time', () => {
  const inside = temporaryFolder();
  let server: TestServer;
  before(async function () {
    if (noSftpServer !== undefined) return this.skip();
    server = await startSftpServer();
  });
  endServersAfterwards();
  const allClosed = (): Promise<void> => eventually(() => server.openFiles().length === 0);

  it('does 200 things at once, and 500 files that are open', async () => {
    const works = Array.from({ length: 200 }, async (_, index) => {
      const path = inside(`many-${index}`);
      const content = randomContent(1_000 + index * 997);
      if (index % 2 === 0) await server.files.write(path, content, { signal });
      else await pipeline([content], await server.files.writeStream(path, { signal }));
      assert.ok(content.equals(await server.files.read(path, { signal })));
      assert.ok(content.equals(await buffer(await server.files.stream(path, { signal }))));
      await server.files.rename(path, `${path}x`, { signal });
      await server.files.remove(`${path}x`, signal);
    });
    await Promise.all(works);
    assert.deepEqual(fs.readdirSync(inside()), []);
    fs.writeFileSync(inside('one'), 'text');
    const texts = await Promise.all(Array.from({ length: 500 }, () => server.files.read(inside('one'), { signal })));
    assert.ok(texts.every((text) => Buffer.from(text).toString() === 'text'));
    await allClosed();
  });

  it('lists 5,000 entries with what is known of them', async () => {
    fs.mkdirSync(inside('folder'));
    for (let index = 0; index < 5_000; index += 1) fs.writeFileSync(inside('folder', `file ${index}`), 'x');
    const entries = await listFolder(server.session, inside('folder'), signal);
    assert.equal(new Set(entries.map(({ name }) => name)).size, 5_000);
    assert.ok(entries.every(({ kind, stat }) => kind === 'file' && stat?.sizeBytes === 1));
    await allClosed();
  });

  it('tells with a list what stat would tell, also of links', async () => {
    fs.mkdirSync(inside('told', 'below'), { recursive: true });
    fs.writeFileSync(inside('told', 'file'), 'text', { mode: 0o640 });
    for (const target of ['file', 'below', 'nowhere']) fs.symlinkSync(target, inside('told', `to-${target}`));
    const entries = await server.files.list(inside('told'), signal);
    assert.equal(entries.length, 5);
    for (const { name, stat } of entries) {
      assert.deepEqual(stat, await server.files.stat(inside('told', name), signal), name);
    }
  });

  it('has the extensions of OpenSSH', async () => {
    const { session } = server;
    fs.writeFileSync(inside('linked'), 'x');
    fs.symlinkSync('linked', inside('soft'));
    await session.ask('hardlink', [inside('linked'), inside('hard')], signal);
    assert.equal(fs.statSync(inside('hard')).nlink, 2);
    await session.ask('lsetstat', [inside('soft'), { accessedSeconds: 1, modifiedSeconds: 2 }], signal);
    assert.equal(fs.lstatSync(inside('soft')).mtimeMs, 2_000);
    // Its home is where it was started; sshd does that in the home folder.
    const [home] = await session.ask('expandPath', ['~/file'], signal);
    assert.equal(String(home?.name), '/file');
    if (session.has('homeDirectory')) {
      const [same] = await session.ask('homeDirectory', [os.userInfo().username], signal);
      assert.equal(String(same?.name), os.userInfo().homedir);
    }
    const [, blockBytes = 0n, , , available = 0n] = await session.ask('statvfs', [inside()], signal);
    assert.ok(blockBytes * available > 0n);
  });

  it('closes everything that a cancel leaves in the middle', async () => {
    fs.writeFileSync(inside('large'), randomContent(30_000_000));
    for (const afterMs of [0, 1, 2, 5, 20]) {
      const controller = new AbortController();
      const options = { signal: controller.signal };
      const works = [
        server.files.read(inside('large'), options),
        server.files.stream(inside('large'), options).then((stream) => buffer(stream)),
        server.files.list(inside('folder'), controller.signal),
        server.files
          .writeStream(inside('half'), options)
          .then((stream) => pipeline([Buffer.alloc(30_000_000)], stream)),
      ];
      setTimeout(() => controller.abort(), afterMs);
      for (const one of await Promise.allSettled(works)) {
        if (one.status === 'rejected') assert.ok(isCancelled(one.reason), String(one.reason));
      }
      await allClosed();
    }
    assert.equal((await server.files.stat(inside('large'), signal)).sizeBytes, 30_000_000);
  });

  it('closes what a reader has enough of, or never reads', async () => {
    (await server.files.stream(inside('large'), { signal })).destroy();
    (await server.files.writeStream(inside('half'), { signal })).destroy();
    for await (const chunk of await server.files.stream(inside('large'), { signal })) {
      assert.ok((chunk as Buffer).length > 0);
      break;
    }
    await allClosed();
  });

  it('bears a file that grows or shrinks while it is read', async () => {
    const file = inside('moving');
    fs.writeFileSync(file, randomContent(8_000_000));
    const shrinking = await server.files.stream(file, { signal });
    let read = 0;
    for await (const chunk of shrinking) {
      read += (chunk as Buffer).length;
      if (fs.statSync(file).size > 100_000) fs.truncateSync(file, 100_000);
    }
    assert.ok(read < 8_000_000);
    const growing = await server.files.stream(file, { signal });
    fs.appendFileSync(file, randomContent(700_000));
    assert.equal((await buffer(growing)).length, 800_000);
    await allClosed();
  });

  it('fails what is on its way when the server ends', async () => {
    const other = await startSftpServer();
    const stream = await other.files.stream(inside('large'), { signal });
    const reading = buffer(stream);
    other.process.kill('SIGKILL');
    await assert.rejects(reading, expected('closed', /has ended/));
    await assert.rejects(other.files.list('/', signal), expected('closed', /Connect again/));
  });
});

describe('sftpFiles through sshd', () => {
  const inside = temporaryFolder();
  let sshd: SshServer | undefined;
  endServersAfterwards();
  after(() => sshd?.stop());

  it('works with internal-sftp by the subsystem of the system’s ssh', async function () {
    if (noSshServer !== undefined) return this.skip();
    sshd = await startSshServer();
    const ssh = spawn('ssh', ['-F', sshd.configFile, '-s', sshd.alias, 'sftp'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const { files, session } = await serverOf(ssh);
    const content = randomContent(5_000_000);
    await pipeline([content], await files.writeStream(inside('file'), { signal }));
    assert.ok(content.equals(fs.readFileSync(inside('file'))));
    assert.ok(content.equals(await buffer(await files.stream(inside('file'), { signal }))));
    assert.equal(session.limits.readBytes, 261_120);
    session.close();
    assert.equal(await session.closed, undefined);
  });

  it('says that there is no SFTP where the subsystem is missing', async function () {
    if (noSshServer !== undefined) return this.skip();
    const without = await startSshServer({ sftp: null });
    try {
      const arguments_ = ['-F', without.configFile, '-s', without.alias, 'sftp'];
      const ssh = spawn('ssh', arguments_, { stdio: ['pipe', 'pipe', 'ignore'] });
      await assert.rejects(serverOf(ssh), expected('unsupported', /peer has no SFTP server/));
    } finally {
      await without.stop();
    }
  });
});
