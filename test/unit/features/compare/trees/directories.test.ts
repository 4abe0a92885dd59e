import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { directoriesTool } from '../../../../../src/features/compare/treeTools';
import type { DirectoriesResult, DirectoryRow } from '../../../../../src/features/compare/core/trees/schema';
import { ExpectedError } from '../../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import { printMarkdown } from '../../../../../src/report/markdown';
import { reportSchema } from '../../../../../src/report/schema';
import type { RunContext } from '../../../../../src/tool/tool';
import { NO_MACHINES, runContextOf } from '../../../../support/runContext';
import { asOrdinaryUser, makeFifo, onLinux, onPosix, temporaryFolder } from '../../../machine/support';
import { hasProgram } from '../gnu';
import { compare } from './support';

describe('compare.directories', function () {
  this.timeout(30_000);
  const inside = temporaryFolder();
  let machine: LocalMachine;
  let context: RunContext;
  let folder = '';
  const left = (...names: readonly string[]): string => inside(folder, 'left', ...names);
  const right = (...names: readonly string[]): string => inside(folder, 'right', ...names);

  before(() => {
    machine = createLocalMachine();
    context = contextOf(machine);
  });
  after(() => machine?.dispose());
  beforeEach(() => {
    folder = fs.mkdtempSync(inside('case-')).slice(inside().length + 1);
    fs.chmodSync(inside(folder), 0o755);
    fs.mkdirSync(left());
    fs.mkdirSync(right());
  });

  /** Files by their path and content, on one side or both. */
  const write = (
    sides: readonly ((...names: readonly string[]) => string)[],
    files: Readonly<Record<string, string>>,
  ): void => {
    for (const side of sides) {
      for (const [file, content] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(side(file)), { recursive: true });
        fs.writeFileSync(side(file), content);
      }
    }
  };
  type More = Partial<Parameters<typeof compare>[0]>;
  const result = (more: More = {}): Promise<DirectoriesResult> =>
    compare({ left: left(), right: right(), ...more }, context);
  const rows = async (more: More = {}): Promise<readonly string[]> => (await result(more)).rows.map(shortOf);

  it('says that there is no difference, in counts and in a sentence', async () => {
    write([left, right], { a: '1', 'b/c': '2', 'b/d': '' });
    const same = await result();
    assert.deepEqual([same.state, same.counts.same, same.commonFolders, same.rows], ['done', 3, 1, []]);
    const report = reportSchema.parse(directoriesTool.report(same));
    assert.equal(report.status, 'ok');
    assert.equal(report.verdict, 'The folders are the same, byte by byte: 3 files in 1 folders.');
    assert.deepEqual(await rows({ identical: true }), ['same a', 'same b/c', 'same b/d']);
  });

  it('tells each difference with its reason and its sizes', async () => {
    write([left, right], { same: 's' });
    write([left], { changed: 'abc', longer: 'abc', 'gone/x/y': '12', 'gone/z': '345', kind: 'k' });
    write([right], { changed: 'abd', longer: 'abcd', new: '', 'kind/inner': 'k' });
    const found = await result();
    assert.deepEqual(found.rows.map(shortOf), [
      'differs changed (from byte 2 on)',
      'leftOnly gone 2/1/0',
      'kind kind (a file here, a folder there) 1/0/0',
      'differs longer (from byte 3 on)',
      'rightOnly new',
    ]);
    const longer = found.rows.find((row) => row.path === 'longer');
    assert.deepEqual([longer?.left?.sizeBytes, longer?.right?.sizeBytes], [3, 4]);
    assert.deepEqual(pickCounts(found), { same: 1, differs: 2, leftOnly: 1, rightOnly: 1, kind: 1 });
    assert.equal(directoriesTool.report(found).status, 'error');
  });

  it('compares by size, and by kind, size and time as filecmp does', async () => {
    write([left], { same: 'one', touched: 'one', edited: 'one', longer: '1' });
    write([right], { same: 'one', touched: 'one', edited: 'two', longer: '12' });
    for (const side of [left, right])
      for (const file of fs.readdirSync(side())) fs.utimesSync(side(file), 1_000_000, 1_000_000);
    fs.utimesSync(right('touched'), 1_000_005, 1_000_005);
    assert.deepEqual(await rows({ mode: 'size' }), ['differs longer (different sizes)']);
    // Same size and time: taken for the same without a look.
    assert.deepEqual(await rows({ mode: 'shallow' }), ['differs longer (different sizes)']);
    fs.utimesSync(right('edited'), 1_000_005, 1_000_005);
    assert.deepEqual(await rows({ mode: 'shallow' }), [
      'differs edited (from byte 0 on)',
      'differs longer (different sizes)',
    ]);
    assert.deepEqual(await rows({ mode: 'shallow', timeTolerance: 5 }), ['differs longer (different sizes)']);
    assert.deepEqual(await rows({ mode: 'hash' }), ['differs edited', 'differs longer (different sizes)']);
  });

  onPosix('tells metadata apart from content, within a tolerance', async () => {
    write([left, right], { mode: '1', time: '2', 'folder/x': '' });
    for (const side of [left, right])
      for (const file of ['mode', 'time', 'folder']) fs.utimesSync(side(file), 5_000, 5_000);
    fs.chmodSync(left('mode'), 0o600);
    fs.chmodSync(right('mode'), 0o644);
    fs.chmodSync(right('folder'), 0o700);
    fs.utimesSync(right('time'), 5_001.5, 5_001.5);
    assert.deepEqual(await rows({ metadata: 'mode, owner' }), ['metadata folder [mode]', 'metadata mode [mode]']);
    const withTime = { metadata: 'mtime', exclude: 'x' };
    assert.deepEqual(await rows(withTime), ['metadata time [mtime]']);
    assert.deepEqual(await rows({ ...withTime, timeTolerance: 2 }), []);
    assert.deepEqual(await rows(), []);
    await assert.rejects(async () => rows({ metadata: 'colour' }), /mode, owner, mtime, xattr/);
  });

  onLinux('compares extended attributes where they are asked for', async function () {
    if (!hasProgram('setfattr')) return this.skip();
    write([left, right], { 'odd\n\\name': '1', 'sub/same': '1', none: '' });
    const set = (file: string, name: string, value: string): void =>
      void execFileSync('setfattr', ['-n', name, '-v', value, file]);
    set(left('odd\n\\name'), 'user.origin', 'here');
    set(left('odd\n\\name'), 'user.same', '1');
    set(right('odd\n\\name'), 'user.same', '1');
    set(right('sub'), 'user.long', 'x'.repeat(300));
    for (const side of [left, right]) set(side('sub/same'), 'user.a', 'b');
    assert.deepEqual(await rows({ metadata: 'mode' }), []);
    const found = await result({ metadata: 'xattr' });
    assert.deepEqual(found.rows.map(shortOf), ['metadata odd\n\\name [xattr]', 'metadata sub [xattr]']);
    const report = printMarkdown(directoriesTool.report(found), { locale: 'en', timeZone: 'UTC' });
    assert.match(report, /extended attributes: user\.origin/);
    assert.match(report, /extended attributes: user\.long/);
  });

  it('leaves out what is ignored, excluded, not included or in a .gitignore', async () => {
    write([left], {
      'a.conf': '1',
      'a.log': '1',
      'tags/x': '1',
      'cache/x': '1',
      'src/a.conf': '1',
      'src/deep/b.log': '1',
    });
    assert.deepEqual(await rows({ ignore: 'DEFAULT_IGNORES, src' }), [
      'leftOnly a.conf',
      'leftOnly a.log',
      'leftOnly cache 1/0/0',
    ]);
    assert.deepEqual(await rows({ exclude: '*.log, cache/, tags' }), ['leftOnly a.conf', 'leftOnly src 1/1/0']);
    write([left, right], { 'src/deep/c.conf': '' });
    assert.deepEqual(await rows({ include: '*.conf', exclude: 'cache/, tags/' }), [
      'leftOnly a.conf',
      'leftOnly src/a.conf',
    ]);
    write([left, right], { '.gitignore': '*.log\ncache/\n/tags\n', 'src/.gitignore': '!b.log\na.conf\n' });
    assert.deepEqual(await rows({ gitignore: true }), ['leftOnly a.conf', 'leftOnly src/deep/b.log']);
  });

  it('looks at the folder alone, where that is wanted', async () => {
    write([left, right], { a: '1' });
    write([left], { 'b/c': '1', 'd/e': '2' });
    write([right], { 'b/c': '2' });
    assert.deepEqual(await rows({ recursive: false }), ['leftOnly d']);
  });

  onLinux('takes names for the same that differ only in case, and tells of those that clash', async () => {
    write([left], { 'Folder/File': '1', README: 'x', readme: 'x' });
    write([right], { 'folder/FILE': '2', ReadMe: 'x' });
    const [differing, clash, ...others] = await rows({ ignoreCase: true });
    assert.equal(differing, 'differs Folder/File (from byte 0 on)');
    assert.match(clash ?? '', /^error (README|readme) \(left: another name there differs only in case\)$/);
    assert.deepEqual(others, []);
    assert.equal((await rows()).length, 5);
  });

  it('finds what was moved or renamed by its content, the same name first', async () => {
    write([left], {
      'old/a.txt': 'alpha content',
      'old/b.txt': 'beta content!',
      twin1: 'twin',
      'x/twin2': 'twin',
      gone: 'gone',
    });
    write([right], { 'new/a.txt': 'alpha content', renamed: 'beta content!', 'y/twin2': 'twin', extra: 'more' });
    const moved = (await result({ moved: true })).rows.filter(({ difference }) => difference === 'moved');
    const pairs = moved.map(({ path: from, movedTo }) => `${from} → ${movedTo}`);
    assert.equal(pairs.length, 3);
    for (const pair of ['old/a.txt → new/a.txt', 'old/b.txt → renamed']) assert.ok(pairs.includes(pair), pairs.join());
    const counts = pickCounts(await result({ moved: true }));
    assert.equal(counts['moved'], 3);
  });

  onPosix('makes a row of all that cannot be read, and opens nothing that is no file', async () => {
    write([left, right], { 'closed/x': '1', secret: 'same', ok: '1' });
    for (const side of [left, right]) {
      makeFifo(side('pipe'));
      fs.symlinkSync('nowhere', side('dangling'));
      fs.symlinkSync('..', side('loop'));
    }
    fs.symlinkSync('here', left('other'));
    fs.symlinkSync('there', right('other'));
    fs.chmodSync(right('closed'), 0);
    fs.chmodSync(left('secret'), 0);
    const own = createLocalMachine();
    const found = await asOrdinaryUser(() => compare({ left: left(), right: right() }, contextOf(own)));
    await own.dispose();
    fs.chmodSync(right('closed'), 0o755);
    assert.deepEqual(found.rows.map(shortOf), [
      'error closed (right: permission denied)',
      'differs other (the links lead to different places)',
      'kind pipe (a named pipe on both sides, which is not opened)',
      'error secret (left: permission denied)',
    ]);
    assert.equal(found.counts.same, 3);
    assert.equal(found.state, 'done');
  });

  onLinux('keeps names that are no UTF-8, or have line breaks', async () => {
    const odd = Buffer.concat([Buffer.from(`${left()}/`), Buffer.from([0x66, 0xff])]);
    fs.writeFileSync(odd, '1');
    write([right], { 'a\nb': '' });
    assert.deepEqual(await rows(), ['rightOnly a\nb', 'leftOnly f\udcff']);
  });

  it('tells of three sides and more who is in the majority', async () => {
    const third = (...names: readonly string[]): string => inside(folder, 'third', ...names);
    const fourth = (...names: readonly string[]): string => inside(folder, 'fourth', ...names);
    write([left, right, third, fourth], { 'etc/same': '1' });
    write([left, third, fourth], { 'etc/conf': 'usual' });
    write([right], { 'etc/conf': 'other' });
    write([left, right], { half: '1' });
    const found = await result({ more: `${third()}, ${fourth()}` });
    assert.equal(found.sides.length, 4);
    assert.deepEqual(
      found.rows.map(({ path: file, difference, groups, missing }) => ({ file, difference, groups, missing })),
      [
        { file: 'etc/conf', difference: 'outlier', groups: [[0, 2, 3], [1]], missing: [] },
        { file: 'half', difference: 'outlier', groups: [[0, 1]], missing: [2, 3] },
      ],
    );
    assert.deepEqual([found.counts.same, found.commonFolders], [1, 1]);
    reportSchema.parse(directoriesTool.report(found));
  });

  it('takes times of many sides for the same that are near each other, wherever they lie', async () => {
    const third = (...names: readonly string[]): string => inside(folder, 'third', ...names);
    write([left, right, third], { near: '1', far: '1', chain: '1' });
    const times: Readonly<Record<string, readonly number[]>> = {
      // On both sides of any edge between buckets.
      near: [1_000_001.9, 1_000_002.1, 1_000_001.9],
      far: [1_000_000, 1_000_009, 1_000_000],
      chain: [1_000_000, 1_000_002, 1_000_004],
    };
    for (const [file, [one = 0, two = 0, three = 0]] of Object.entries(times)) {
      fs.utimesSync(left(file), one, one);
      fs.utimesSync(right(file), two, two);
      fs.utimesSync(third(file), three, three);
    }
    const found = await result({ more: third(), metadata: 'mtime', timeTolerance: 2, include: '*' });
    assert.deepEqual(
      found.rows.filter(({ path: file }) => file !== '').map(({ path: file, groups }) => [file, groups]),
      [
        ['chain', [[0, 1], [2]]],
        ['far', [[0, 2], [1]]],
      ],
    );
  });

  onPosix('tells of many sides what one of them cannot read, and what it lacks', async () => {
    const third = (...names: readonly string[]): string => inside(folder, 'third', ...names);
    write([left, right, third], { 'deep/er/same': '1', closed: '1', 'shut/x': '1' });
    write([left, third], { 'only/two/file': '1', size: '12' });
    write([right], { size: '1' });
    fs.chmodSync(third('closed'), 0);
    fs.chmodSync(right('shut'), 0);
    const own = createLocalMachine();
    const sides = { left: left(), right: right(), more: third() };
    const found = await asOrdinaryUser(() => compare(sides, contextOf(own)));
    await own.dispose();
    fs.chmodSync(right('shut'), 0o755);
    assert.deepEqual(
      found.rows.map(({ path: file, difference, groups, missing }) => [difference, file, groups, missing]),
      [
        ['error', 'closed', [[0, 1], [2]], []],
        ['outlier', 'only', [[0, 2]], [1]],
        ['outlier', 'only/two', [[0, 2]], [1]],
        ['outlier', 'only/two/file', [[0, 2]], [1]],
        ['error', 'shut', [[0, 2], [1]], []],
        ['outlier', 'size', [[0, 2], [1]], []],
      ],
    );
    assert.equal(found.counts.same, 2);
  });

  it('keeps what it has found when it is cancelled', async () => {
    const controller = new AbortController();
    write([left], Object.fromEntries(Array.from({ length: 300 }, (_none, index) => [`d${index}/f`, '1'])));
    const input = directoriesTool.input.parse({ left: left(), right: '/usr' });
    const states: string[] = [];
    let last: DirectoriesResult | undefined;
    for await (const one of directoriesTool.run(input, { ...context, live: true, signal: controller.signal })) {
      states.push(one.state);
      last = one;
      controller.abort();
    }
    assert.deepEqual([...new Set(states)].sort(), ['cancelled', 'comparing']);
    assert.equal(last?.state, 'cancelled');
    assert.equal(directoriesTool.report(last).status, 'warning', 'no failure, whatever was found');
    assert.match(directoriesTool.report(last).verdict, /^Cancelled/);
  });

  it('refuses a side that is not there, or is a file', async () => {
    write([left], { file: 'text\n' });
    const isError = (code: string) => (error: unknown) => error instanceof ExpectedError && error.code === code;
    await assert.rejects(rows({ left: left('none') }), isError('missing'));
    await assert.rejects(rows({ left: left('file') }), isError('not-a-folder'));
  });

  it('shows what it does while it does it, with figures that only grow', async () => {
    write(
      [left, right],
      Object.fromEntries(Array.from({ length: 500 }, (_none, index) => [`d${index % 50}/f${index}`, '1'])),
    );
    const input = directoriesTool.input.parse({ left: left(), right: right() });
    let seen = 0;
    let last: DirectoriesResult | undefined;
    for await (const one of directoriesTool.run(input, { ...context, live: true })) {
      assert.ok(one.counts.same >= (last?.counts.same ?? 0));
      reportSchema.parse(directoriesTool.report(one));
      last = one;
      seen += 1;
    }
    assert.ok(seen >= 1);
    assert.equal(last?.counts.same, 500);
  });
});

function contextOf(machine: LocalMachine): RunContext {
  return runContextOf(machine, { machines: { ...NO_MACHINES, open: () => Promise.resolve(machine) } });
}

function shortOf({ path: file, difference, reason, metadata, inside }: DirectoryRow): string {
  const parts = [
    difference,
    file,
    ...(reason === null ? [] : [`(${reason})`]),
    ...(metadata.length === 0 ? [] : [`[${metadata.join()}]`]),
    ...(inside === null || inside.files + inside.folders + inside.others === 0
      ? []
      : [`${inside.files}/${inside.folders}/${inside.others}`]),
  ];
  return parts.join(' ');
}

function pickCounts({ counts }: DirectoriesResult): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
