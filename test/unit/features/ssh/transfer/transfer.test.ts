import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedError } from '../../../../../src/lib/errors';
import { uploadTool } from '../../../../../src/features/ssh/transferTools';
import type { TransferResult } from '../../../../../src/features/ssh/core/transfer/schema';
import { noSshServer } from '../../../../support/sshServer';
import { isRoot, makeTree, removeTrees, run, startPeer, temporaryFolder, transfer, treeOf, type Peer } from './support';

describe('copying trees between this machine and a host', function () {
  let peer: Peer;
  let folder: string;
  let tree: string;

  before(async function () {
    if (noSshServer !== undefined) this.skip();
    peer = await startPeer();
  });
  after(async () => peer?.end());
  beforeEach(() => {
    folder = temporaryFolder();
    tree = makeTree(folder);
  });
  afterEach(() => removeTrees(folder));
  const inside = (name: string): string => path.join(folder, name);

  for (const direction of ['upload', 'download'] as const) {
    it(`keeps names, contents, modes, times and links (${direction})`, async () => {
      const result = await transfer(direction, { from: tree, to: inside('copy'), verify: 'hash' }, peer.context);
      assert.deepEqual(result.failed, []);
      assert.equal(result.state, 'done');
      assert.equal(treeOf(inside('copy')), treeOf(tree));
      assert.equal(result.verifiedFiles, result.total.files);
      assert.deepEqual(result.done, result.total);
      assert.equal(result.done.files, 10);
      assert.equal(result.done.links, 3);
    });
  }

  it('asks the host about no file by itself, to know what there is', async () => {
    const many = path.join(folder, 'many');
    fs.mkdirSync(many);
    for (let index = 0; index < 200; index += 1) fs.writeFileSync(path.join(many, `file${index}`), `${index}`);
    let looks = 0;
    const { files } = peer.machine;
    const stat: typeof files.stat = (file, signal) => {
      looks += 1;
      return files.stat(file, signal);
    };
    const context = { ...peer.context, machine: { ...peer.machine, files: { ...files, stat } } };
    const result = await run('download', { from: many, to: path.join(folder, 'counted') }, context);
    assert.equal(result.done.files, 200);
    assert.ok(looks < 5, `${looks} looks`);
  });

  it('goes into a folder that is there, and makes the folders above', async () => {
    fs.mkdirSync(inside('there'));
    await transfer('upload', { from: tree, to: inside('there') }, peer.context);
    assert.equal(treeOf(inside('there/tree')), treeOf(tree));
    await transfer('upload', { from: `${tree}/plain.txt`, to: inside('new/folder/') }, peer.context);
    assert.equal(fs.readFileSync(inside('new/folder/plain.txt'), 'utf8'), 'plain');
  });

  it('refuses in the plan what is there already, and names it', async () => {
    fs.mkdirSync(inside('copy'));
    fs.writeFileSync(inside('copy/plain.txt'), 'mine');
    const input = uploadTool.input.parse({ from: tree, to: inside('copy'), exact: true });
    await assert.rejects(uploadTool.plan(input, peer.context), (error: unknown) => {
      assert.ok(error instanceof ExpectedError);
      assert.equal(error.code, 'exists');
      assert.ok(error.message.includes('copy/plain.txt'), error.message);
      return true;
    });
    assert.deepEqual(fs.readdirSync(inside('copy')), ['plain.txt']);
  });

  it('leaves or replaces what is there as it was told', async () => {
    fs.mkdirSync(inside('copy'));
    const there = inside('copy/plain.txt');
    const copy = (onConflict: 'skip' | 'overwrite' | 'newer'): Promise<TransferResult> =>
      transfer('upload', { from: tree, to: inside('copy'), exact: true, onConflict }, peer.context);
    fs.writeFileSync(there, 'mine');
    assert.equal((await copy('skip')).skippedCount, 1);
    assert.equal(fs.readFileSync(there, 'utf8'), 'mine');
    assert.equal((await copy('newer')).failedCount, 0);
    assert.equal(fs.readFileSync(there, 'utf8'), 'mine');
    fs.utimesSync(there, 1, 1);
    await copy('newer');
    assert.equal(fs.readFileSync(there, 'utf8'), 'plain');
    fs.writeFileSync(there, 'mine');
    assert.deepEqual((await copy('overwrite')).failed, []);
    // Folders that were there have the time at which something was last put into them.
    const without = (shape: string): string => shape.replace(/( d \d+) \d+$/gm, '$1');
    assert.equal(without(treeOf(inside('copy'))), without(treeOf(tree)));
  });

  it('leaves out what the patterns name, and follows links where it is told, but in no circle', async () => {
    const given = { from: tree, to: inside('copy'), exclude: 'closed/, *.txt, deep/er', links: 'follow' as const };
    const result = await transfer('upload', given, peer.context);
    assert.equal(fs.existsSync(inside('copy/closed')), false);
    assert.equal(fs.existsSync(inside('copy/plain.txt')), false);
    assert.equal(fs.existsSync(inside('copy/deep/er')), false);
    assert.equal(fs.lstatSync(inside('copy/link')).isFile(), true);
    assert.deepEqual(result.failed.map(({ path: name }) => name).sort(), ['dangling', 'deep/up']);
  });

  it('writes through no link at the target', async () => {
    fs.mkdirSync(inside('elsewhere'));
    fs.mkdirSync(inside('copy'));
    fs.symlinkSync(inside('elsewhere'), inside('copy/deep'));
    const given = { from: tree, to: inside('copy'), exact: true, onConflict: 'overwrite' as const };
    const result = await transfer('upload', given, peer.context);
    assert.deepEqual(fs.readdirSync(inside('elsewhere')), []);
    assert.ok(result.failed.some(({ path: name }) => name === 'deep'));
  });

  it('goes on with a part of the same file, and not with one of another content', async () => {
    const big = inside('big');
    fs.writeFileSync(big, Buffer.alloc(40_000_000, '0123456789abcde'));
    fs.utimesSync(big, 1_400_000_000, 1_400_000_000);
    const part = inside(`.copy.${(40_000_000).toString(36)}-${(1_400_000_000).toString(36)}.opsdeck-part`);
    const given = { from: big, to: inside('copy'), onConflict: 'resume' as const, verify: 'hash' as const };
    fs.writeFileSync(part, fs.readFileSync(big).subarray(0, 30_000_000));
    const result = await transfer('upload', given, peer.context);
    assert.equal(result.resumedBytes, 30_000_000);
    assert.ok(fs.readFileSync(inside('copy')).equals(fs.readFileSync(big)));
    assert.equal(fs.existsSync(part), false);
    fs.rmSync(inside('copy'));
    fs.writeFileSync(part, Buffer.alloc(30_000_000, 'x'));
    assert.equal((await transfer('download', given, peer.context)).resumedBytes, 0);
    assert.ok(fs.readFileSync(inside('copy')).equals(fs.readFileSync(big)));
    assert.equal((await transfer('download', given, peer.context)).skippedCount, 1);
  });

  it('goes on after the connection was cut in the middle', async () => {
    const big = inside('big');
    fs.writeFileSync(big, Buffer.alloc(120_000_000, '0123456789abcde'));
    let cut = false;
    const context = { ...peer.context, live: true };
    let last: TransferResult | undefined;
    for await (const result of uploadTool.run(
      uploadTool.input.parse({ from: big, to: inside('copy'), verify: 'hash' }),
      context,
    )) {
      last = result;
      if (cut || result.done.bytes === 0 || result.state !== 'copying') continue;
      cut = true;
      for (const pid of childrenOf(peer.server.pid)) process.kill(pid, 'SIGKILL');
    }
    assert.equal(cut, true);
    assert.equal(last?.state, 'done', JSON.stringify(last));
    assert.deepEqual(last?.failed, []);
    assert.ok(fs.readFileSync(inside('copy')).equals(fs.readFileSync(big)));
    assert.deepEqual(fs.readdirSync(folder).sort(), ['big', 'copy', 'tree']);
  });

  it('keeps what was done when it is cancelled, and leaves no half file under its name', async () => {
    const many = inside('many');
    fs.mkdirSync(many);
    for (let at = 0; at < 8; at += 1) fs.writeFileSync(path.join(many, `f${at}`), Buffer.alloc(20_000_000, at));
    const controller = new AbortController();
    const context = { ...peer.context, live: true, signal: controller.signal };
    let last: TransferResult | undefined;
    const input = uploadTool.input.parse({ from: many, to: inside('copy') });
    for await (const result of uploadTool.run(input, context)) {
      last = result;
      if (result.done.bytes > 0) controller.abort();
    }
    assert.equal(last?.state, 'cancelled');
    const whole = fs.readdirSync(inside('copy')).filter((name) => name.startsWith('f'));
    assert.equal(whole.length, last.done.files);
    assert.ok(last.done.files < 8);
    for (const name of whole) assert.equal(fs.statSync(path.join(inside('copy'), name)).size, 20_000_000);
    assert.equal(uploadTool.changes(last).length, 1);
  });

  it('stops when the disk there is full, and keeps no part', async function () {
    const small = inside('small');
    if (!isRoot || !mountTmpfs(small)) this.skip();
    try {
      fs.writeFileSync(inside('big'), Buffer.alloc(8_000_000, 'x'));
      const result = await transfer('upload', { from: inside('big'), to: `${small}/` }, peer.context);
      assert.equal(result.state, 'stopped');
      assert.match(uploadTool.report(result).verdict, /full/);
      assert.deepEqual(fs.readdirSync(small), []);
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it('refuses to copy a folder into itself, and tells a source that is not there', async () => {
    const { machines } = peer.context;
    const local = await machines.open('local', peer.context.signal);
    const context = { ...peer.context, machine: local };
    const code = (wanted: string) => (error: unknown) => error instanceof ExpectedError && error.code === wanted;
    await assert.rejects(run('upload', { from: tree, to: `${tree}/deep/` }, context), code('invalid-input'));
    await assert.rejects(run('download', { from: inside('nothing'), to: inside('x') }, peer.context), code('missing'));
  });
});

function mountTmpfs(folder: string): boolean {
  fs.mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function childrenOf(pid: number): readonly number[] {
  return fs
    .readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
}
