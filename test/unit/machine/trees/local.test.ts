import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { CancelledError, ExpectedError } from '../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../src/machine/local';
import type { CompareBatch, PathPair } from '../../../../src/machine/machine';
import { asOrdinaryUser, makeFifo, makeHangingFile, onLinux, onPosix, STUCK_WORKER, temporaryFolder } from '../support';
import { hashesOf, makeHostileTree, never, sha256, walked } from './support';

async function compared(
  machine: LocalMachine,
  roots: PathPair,
  paths: readonly (string | PathPair)[],
): Promise<{ readonly same: number; readonly others: ReadonlyMap<number, string> }> {
  let same = 0;
  const others = new Map<number, string>();
  for await (const batch of machine.files.compareMany(roots, paths, { signal: never })) {
    same += batch.same;
    for (const { index, outcome } of batch.others) others.set(index, wordsOf(outcome));
  }
  return { same, others };
}

function wordsOf(outcome: CompareBatch['others'][number]['outcome']): string {
  return outcome.kind === 'differs' ? `at ${outcome.offset}` : `${outcome.side} ${outcome.failure.code}`;
}

describe('trees of LocalMachine', () => {
  const inside = temporaryFolder();
  let machine: LocalMachine;
  let end = (): Promise<void> => Promise.resolve();

  before(async function () {
    if (process.platform === 'win32') return this.skip();
    machine = createLocalMachine();
    fs.mkdirSync(inside('tree'));
    end = await makeHostileTree(inside('tree'));
  });
  after(async () => {
    await end();
    await machine?.dispose();
  });

  onLinux('compares small files without waiting for a large one among them', async () => {
    const [left, right] = [inside('small-left'), inside('small-right')];
    for (const folder of [left, right]) {
      fs.mkdirSync(folder);
      for (const name of ['a', 'z']) fs.writeFileSync(`${folder}/${name}`, `${name} in ${folder}`);
      // Holes: it takes no space, and hours to be read.
      fs.writeFileSync(`${folder}/huge`, '');
      fs.truncateSync(`${folder}/huge`, 2 ** 40);
    }
    const stop = new AbortController();
    const found: number[] = [];
    const work = async (): Promise<void> => {
      const options = { signal: stop.signal };
      for await (const { others } of machine.files.compareMany({ left, right }, ['a', 'huge', 'z'], options)) {
        found.push(...others.map(({ index }) => index));
        if (found.length === 2) stop.abort();
      }
    };
    await assert.rejects(work(), CancelledError);
    assert.deepEqual(found, [0, 2]);
  });

  onLinux('tells what find tells, of every kind and name', async () => {
    const { entries, folders, ways } = await walked(machine.files, inside('tree'));
    const format = String.raw`%P\0%y\0%s\0%m\0%U\0%G\0%l\0`;
    const parts = execFileSync('find', [inside('tree'), '-mindepth', '1', '-printf', format], {
      encoding: 'latin1',
    }).split('\0');
    const expected = new Map<string, readonly string[]>();
    for (let at = 0; at + 7 <= parts.length; at += 7) expected.set(parts[at] ?? '', parts.slice(at + 1, at + 7));
    const letters: Readonly<Record<string, string>> = {
      file: 'f',
      directory: 'd',
      symlink: 'l',
      fifo: 'p',
      socket: 's',
    };
    const latin = (text: string): string =>
      Buffer.concat(
        [...text].map((one) =>
          /[\udc80-\udcff]/.test(one) ? Buffer.from([one.charCodeAt(0) - 0xdc00]) : Buffer.from(one),
        ),
      ).toString('latin1');
    const found = [...entries].map(([file, { kind, stat, linkTarget }]) => [
      latin(file),
      [
        letters[kind],
        String(stat?.sizeBytes),
        (stat?.mode ?? 0).toString(8),
        String(stat?.uid),
        String(stat?.gid),
        latin(linkTarget ?? ''),
      ],
    ]);
    assert.deepEqual(sorted(found), sorted([...expected]));
    assert.equal(entries.get('file')?.stat?.modifiedMs, 1_600_000_000_250);
    assert.deepEqual(
      [...folders.values()].filter((failure) => failure !== null),
      [],
    );
    assert.deepEqual([...ways], ['threads']);
  });

  it('does not look at what is not asked for', async () => {
    const { entries, folders } = await walked(machine.files, inside('tree'), {
      detail: 'kinds',
      skipNames: ['skipped'],
      maxDepth: 1,
    });
    assert.equal(entries.get('file')?.stat, null);
    assert.equal(entries.get('skipped')?.kind, 'directory');
    assert.equal(folders.has('skipped') || folders.has('folder/below'), false);
    assert.equal(folders.has('folder'), true);
  });

  onLinux('does not enter another file system where that is not wanted', async () => {
    const { entries, folders } = await walked(machine.files, '/', {
      detail: 'kinds',
      oneFileSystem: true,
      maxDepth: 1,
    });
    assert.equal(entries.get('proc')?.kind, 'directory');
    assert.equal(folders.has('proc'), false);
    assert.equal(folders.has('usr'), true);
  });

  onPosix('makes a value of a folder that may not be listed, and an error of the root', async () => {
    fs.mkdirSync(inside('denied', 'closed'), { recursive: true });
    fs.chmodSync(inside('denied', 'closed'), 0);
    const own = createLocalMachine();
    const { folders } = await asOrdinaryUser(() => walked(own.files, inside('denied')));
    assert.equal(folders.get('closed'), 'denied');
    const isError = (code: string) => (error: unknown) => error instanceof ExpectedError && error.code === code;
    await assert.rejects(
      asOrdinaryUser(() => walked(own.files, inside('denied', 'closed'))),
      isError('denied'),
    );
    await assert.rejects(walked(own.files, inside('none')), isError('missing'));
    await assert.rejects(walked(own.files, inside('tree', 'file')), isError('not-a-folder'));
    await own.dispose();
  });

  it('hashes what it was told, and tells why it could not', async () => {
    const paths = [
      'file',
      'folder/none',
      'folder/below/deep/large',
      'folder/new\nline',
      'folder/f\udcff\udcfe',
      'gone',
      'pipe',
      'dangling',
    ];
    const hashes = await hashesOf(machine.files, inside('tree'), paths);
    assert.deepEqual(
      [...hashes].sort(),
      [
        ['file', sha256('content')],
        ['folder/none', sha256('')],
        ['folder/below/deep/large', sha256(Buffer.alloc(3_000_000, 'x'))],
        ['folder/new\nline', sha256('new\nline')],
        ['folder/f\udcff\udcfe', sha256('bytes')],
        ['gone', 'missing'],
        ['pipe', 'failed'],
        ['dangling', 'failed'],
      ].sort(),
    );
  });

  it('finds the first byte that differs, in the first piece and in later ones', async () => {
    fs.mkdirSync(inside('left'));
    fs.mkdirSync(inside('right'));
    const large = Buffer.alloc(5_000_000, 'y');
    const cases: readonly (readonly [name: string, left: Uint8Array, right: Uint8Array, expected: string | null])[] = [
      ['same', Buffer.from('same'), Buffer.from('same'), null],
      ['none', Buffer.alloc(0), Buffer.alloc(0), null],
      ['empty', Buffer.alloc(0), Buffer.from('x'), 'at 0'],
      ['first', Buffer.from('abc'), Buffer.from('xbc'), 'at 0'],
      ['longer', Buffer.from('abc'), Buffer.from('abcd'), 'at 3'],
      ['piece', Buffer.alloc(65_536, 'z'), Buffer.alloc(65_536, 'z'), null],
      ['piece+', Buffer.alloc(65_536, 'z'), Buffer.alloc(65_537, 'z'), 'at 65536'],
      ['large', large, large, null],
      ['late', large, changedAt(large, 4_999_999), 'at 4999999'],
      ['middle', large, changedAt(large, 1_114_112), 'at 1114112'],
      ['short', large, large.subarray(0, 65_536 + 1_048_576), `at ${65_536 + 1_048_576}`],
    ];
    for (const [name, left, right] of cases) {
      fs.writeFileSync(inside('left', name), left);
      fs.writeFileSync(inside('right', name), right);
    }
    const names = cases.map(([name]) => name);
    const { same, others } = await compared(machine, { left: inside('left'), right: inside('right') }, names);
    assert.deepEqual(
      cases.map((_one, index) => others.get(index) ?? null),
      cases.map(([, , , expected]) => expected),
    );
    assert.equal(same, 4);
  });

  it('compares thousands of pairs, also of different names, and tells of each that it cannot', async () => {
    const roots = { left: inside('many'), right: inside('many') };
    fs.mkdirSync(roots.left);
    for (let index = 0; index < 1_000; index += 1) fs.writeFileSync(inside('many', `file${index}`), String(index % 7));
    makeFifo(inside('many', 'pipe'));
    fs.symlinkSync('file1', inside('many', 'link'));
    const pairs = Array.from({ length: 1_000 }, (_none, index) => ({
      left: `file${index}`,
      right: `file${(index * 3) % 1_000}`,
    }));
    const { same, others } = await compared(machine, roots, [
      ...pairs,
      { left: 'file1', right: 'gone' },
      'pipe',
      'link',
      'file0/x',
    ]);
    const expected = pairs.filter((_pair, index) => index % 7 === ((index * 3) % 1_000) % 7).length;
    assert.equal(same, expected);
    assert.deepEqual(
      [1_000, 1_001, 1_002, 1_003].map((index) => others.get(index)),
      ['right missing', 'left failed', 'left failed', 'left missing'],
    );
  });

  onLinux('reads what the kernel makes to its end, in whatever pieces it comes', async () => {
    const { same } = await compared(machine, { left: '/proc/self', right: '/proc/self' }, ['limits', 'mountinfo']);
    assert.equal(same, 2);
    const hashes = await hashesOf(machine.files, '/proc', ['cpuinfo', 'filesystems']);
    assert.equal(hashes.get('filesystems'), sha256(fs.readFileSync('/proc/filesystems')));
  });

  it('tells what it reads of a sparse file while it reads it, and stops in the middle of it', async () => {
    for (const name of ['sparse1', 'sparse2']) {
      fs.closeSync(fs.openSync(inside(name), 'w'));
      fs.truncateSync(inside(name), 64 * 1_073_741_824);
    }
    const controller = new AbortController();
    let read = 0;
    const onRead = (bytes: number): void => {
      read += bytes;
      controller.abort();
    };
    const pairs = [{ left: 'sparse1', right: 'sparse2' }];
    const work = machine.files.compareMany({ left: inside(), right: inside() }, pairs, {
      signal: controller.signal,
      onRead,
    });
    await assert.rejects(async () => {
      for await (const batch of work) assert.fail(JSON.stringify(batch));
    }, CancelledError);
    assert.ok(read > 0);
    // The threads are free again.
    assert.equal((await hashesOf(machine.files, inside('tree'), ['file'])).get('file'), sha256('content'));
  });

  it('ends a walk whose consumer leaves, and one that is cancelled', async () => {
    for await (const batch of machine.files.walk(inside(), { signal: never })) {
      assert.ok(batch.folders.length > 0);
      break;
    }
    const controller = new AbortController();
    await assert.rejects(async () => {
      for await (const batch of machine.files.walk('/usr', { signal: controller.signal })) {
        assert.ok(batch);
        controller.abort();
      }
    }, CancelledError);
    await assert.rejects(walked(machine.files, inside(), { signal: controller.signal }), CancelledError);
  });

  it('rejects what is under way when the machine is closed', async () => {
    const own = createLocalMachine();
    const work = walked(own.files, '/usr', { detail: 'stat' });
    const rejected = assert.rejects(work, CancelledError);
    await own.dispose();
    await rejected;
  });
});

describe('trees of LocalMachine at files that hang', function () {
  const inside = temporaryFolder();
  let machine: LocalMachine;

  before(function () {
    if (process.platform === 'win32') return this.skip();
    machine = createLocalMachine({ workerFile: STUCK_WORKER, treeHangMs: 400 });
  });
  after(() => machine?.dispose());

  it('goes on without the file, and with all others', async () => {
    for (let index = 0; index < 300; index += 1) fs.writeFileSync(inside(`file${index}`), 'x');
    const hanging = makeHangingFile(inside('hangs'), 'x');
    const names = Array.from({ length: 300 }, (_none, index) => (index === 150 ? 'hangs' : `file${index}`));
    const { same, others } = await compared(machine, { left: inside(), right: inside() }, names);
    assert.deepEqual([...others], [[150, 'left timed-out']]);
    assert.equal(same, 299);
    const hashes = await hashesOf(machine.files, inside(), ['file1', 'hangs']);
    assert.deepEqual(
      hashes,
      new Map(
        [
          ['file1', sha256('x')],
          ['hangs', 'timed-out'],
        ].sort() as [string, string][],
      ),
    );
    hanging.release();
  });
});

function changedAt(bytes: Buffer, offset: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[offset] = 0;
  return copy;
}

function sorted(rows: readonly unknown[]): readonly unknown[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
