import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { PreviewResult } from '../../../../../src/features/compare/core/patch/schema';
import { applyPatchTool, previewPatchTool } from '../../../../../src/features/compare/patchTools';
import { reportSchema } from '../../../../../src/report/schema';
import { temporaryFolder } from '../../../machine/support';
import { hasProgram, runIn } from '../gnu';
import { change, changeHouse, run, snapshot, undo, withoutFolderTimes } from './support';

describe('compare.applyPatch', function () {
  this.timeout(60_000);
  const inside = temporaryFolder();
  const house = changeHouse(inside);
  let folder = '';
  const work = (...names: readonly string[]): string => inside(folder, 'work', ...names);
  const write = (name: string, content: string, mode = 0o644): void => {
    fs.mkdirSync(path.dirname(work(name)), { recursive: true });
    fs.writeFileSync(work(name), content, { mode });
    fs.utimesSync(work(name), 1_600_000_000, 1_600_000_000);
  };

  beforeEach(() => {
    folder = fs.mkdtempSync(inside('case-')).slice(inside().length + 1);
    fs.mkdirSync(work());
  });

  const given = (
    patchText: string,
    more: Readonly<Record<string, unknown>> = {},
  ): Readonly<Record<string, unknown>> => ({
    patch: 'the.patch',
    patchText,
    folder: work(),
    ...more,
  });
  const preview = (patchText: string, more?: Readonly<Record<string, unknown>>): Promise<PreviewResult> =>
    run(previewPatchTool, given(patchText, more), house.context);
  const short = ({ files }: PreviewResult): string[] =>
    files.map(({ action, path: file, reason }) => `${action} ${file}: ${reason ?? 'fits'}`);

  /** What git says of two states of the folder, as it is and after `edit`, as a file. Leaves the first one. */
  const patchFile = (edit: () => void, ...options: readonly string[]): string => {
    const git = (...args: readonly string[]): string => {
      const { status, output } = runIn(work(), 'git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args]);
      assert.equal(status, 0, output);
      return output;
    };
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'before', '--allow-empty');
    fs.cpSync(work(), inside(folder, 'saved'), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    edit();
    git('add', '-A');
    git(
      'diff',
      '--cached',
      '-B',
      '-M',
      '-C',
      '--find-copies-harder',
      `--output=${inside(folder, 'the.patch')}`,
      ...options,
    );
    fs.cpSync(work(), inside(folder, 'edited'), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    fs.rmSync(work(), { recursive: true });
    fs.renameSync(inside(folder, 'saved'), work());
    for (const side of ['edited', 'work']) fs.rmSync(inside(folder, side, '.git'), { recursive: true });
    return inside(folder, 'the.patch');
  };
  const contents = (root: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(snapshot(root))
        .filter(([name]) => !name.endsWith('/'))
        .map(([name, text]) => [name, text.replace(/^file (\d+) \d+/, 'file $1')]),
    );

  const long = Array.from({ length: 40 }, (_none, at) => `line ${at}\n`).join('');
  const makeTree = (): void => {
    write('changed', long);
    write('latin', 'caf\u00e9\n'.repeat(3));
    fs.writeFileSync(work('latin'), Buffer.from('caf\xe9 one\ncaf\xe9 two\n', 'latin1'));
    write('gone', 'gone\n');
    write('old name', `${long}old\n`);
    write('copied', `copied\n${long}`);
    write('script', 'run\n');
    write('crlf', 'one\r\ntwo\r\n');
    write('tool', 'x\n', 0o755);
    write('swapped', `three\n${long}`);
    write('swapping', `${long}one\n`);
    fs.symlinkSync('somewhere', work('link'));
  };
  const editTree = (): void => {
    write('changed', long.replace('line 3\n', 'line three\n').replace('line 33\n', ''));
    fs.writeFileSync(work('latin'), Buffer.from('caf\xe9 1\ncaf\xe9 two\n', 'latin1'));
    fs.rmSync(work('gone'));
    write('new/folder/file', 'no newline');
    write('new/ä "q"', 'x\n');
    write('empty', '');
    fs.renameSync(work('old name'), work('new name'));
    write('new name', `${long}new\n`);
    write('copy', `copied\n${long}`);
    fs.chmodSync(work('script'), 0o755);
    write('crlf', 'one\r\n2\r\n');
    fs.rmSync(work('link'));
    fs.symlinkSync('elsewhere', work('link'));
    write('tool', 'another\n', 0o755);
    write('swapped', `${long}one\n`);
    write('swapping', `three\n${long}`);
  };

  it('does what git diff says: changes, new, deleted, renamed, copied files, modes, links, here and over SSH', async function () {
    if (!hasProgram('git')) return this.skip();
    makeTree();
    const patch = patchFile(editTree);
    for (const host of house.server === undefined ? [''] : ['', `${house.server.alias}:`]) {
      const before = snapshot(work());
      const input = { patch, folder: host + work() };
      const found = await run<PreviewResult>(previewPatchTool, input, house.context);
      assert.deepEqual(
        found.files.filter(({ reason }) => reason !== null),
        [],
      );
      const done = await change(applyPatchTool, input, house.context);
      assert.deepEqual([done.state, done.failed], ['done', []]);
      assert.deepEqual(contents(work()), contents(inside(folder, 'edited')));
      const again = await run<PreviewResult>(previewPatchTool, input, house.context);
      assert.ok(again.files.some(({ reason }) => reason === 'it is applied already'));
      const undone = await undo(done, house.context);
      assert.deepEqual(undone.failed, []);
      assert.deepEqual(
        host === '' ? snapshot(work()) : withoutFolderTimes(snapshot(work())),
        host === '' ? before : withoutFolderTimes(before),
      );
    }
    // And the other way round.
    fs.rmSync(work(), { recursive: true });
    fs.cpSync(inside(folder, 'edited'), work(), { recursive: true, verbatimSymlinks: true });
    const copies = fs
      .readFileSync(patch, 'latin1')
      .replace(/diff --git a\/copied b\/copy\n(?:.+\n)*?(?=diff --git)/, '');
    fs.rmSync(work('copy'));
    fs.writeFileSync(patch, copies, 'latin1');
    await change(applyPatchTool, { patch, folder: work(), reverse: true }, house.context);
    const names = fs.readdirSync(work()).sort();
    assert.deepEqual(names, [
      'changed',
      'copied',
      'crlf',
      'gone',
      'latin',
      'link',
      'new',
      'old name',
      'script',
      'swapped',
      'swapping',
      'tool',
    ]);
    assert.equal(fs.readFileSync(work('changed'), 'utf8'), long);
  });

  it('tells offset, fuzz and what does not fit, and leaves such files alone', async () => {
    const lines = Array.from({ length: 30 }, (_none, at) => `${at}\n`);
    const patch = (name: string): string =>
      `--- a/${name}\n+++ b/${name}\n@@ -10,7 +10,7 @@\n 9\n 10\n 11\n-12\n+twelve\n 13\n 14\n 15\n`;
    write('exact', lines.join(''));
    write('moved', `new\nnew\n${lines.join('')}`);
    write('fuzzy', lines.join('').replace('\n9\n', '\nnine\n'));
    write('other', lines.join('').replace('\n12\n', '\n12.5\n'));
    write('done', lines.join('').replace('\n12\n', '\ntwelve\n'));
    const all = ['exact', 'moved', 'fuzzy', 'other', 'done', 'missing'].map(patch).join('');
    const found = await preview(all, { texts: true });
    assert.deepEqual(short(found), [
      'change exact: fits',
      'change moved: fits',
      'change fuzzy: fits',
      'change other: some hunks do not fit',
      'change done: it is applied already',
      'change missing: the file is not there',
    ]);
    assert.deepEqual(
      found.files.slice(0, 3).map(({ hunks }) => hunks[0]),
      [
        { kind: 'applied', line: 10, offset: 0, fuzz: 0 },
        { kind: 'applied', line: 12, offset: 2, fuzz: 0 },
        { kind: 'applied', line: 11, offset: 0, fuzz: 1 },
      ],
    );
    assert.equal(found.files[0]?.texts?.before, lines.join(''));
    assert.match(found.files[0]?.texts?.after ?? '', /\ntwelve\n/);
    const report = reportSchema.parse(previewPatchTool.report(found));
    assert.equal(report.verdict, 'The patch fits 3 of 6 files.');
    const done = await change(applyPatchTool, given(all), house.context);
    assert.deepEqual(
      done.failed.map(({ path: file }) => file),
      ['other', 'done', 'missing'],
    );
    assert.equal(fs.readFileSync(work('other'), 'utf8').includes('twelve'), false);
    assert.equal(applyPatchTool.report(done).status, 'error');
    await assert.rejects(change(applyPatchTool, given(patch('exact')), house.context), /applied already/);
    await assert.rejects(change(applyPatchTool, given(patch('fuzzy'), { fuzz: 0, reverse: false }), house.context));
  });

  it('refuses what leads out of the folder, what is binary, and what has changed since it was shown', async () => {
    const create = (name: string): string => `--- /dev/null\n+++ ${name}\n@@ -0,0 +1 @@\n+new\n`;
    await assert.rejects(preview(create('b/../../evil')), /cannot be below a folder/);
    await assert.rejects(preview(create('/etc/evil'), { strip: 0 }), /cannot be below a folder/);
    const binary =
      'diff --git a/bin b/bin\nnew file mode 100644\nindex 0000000..4d9a\nGIT binary patch\nliteral 3\nKcmZQzWMT#Y\n\nliteral 0\nHcmV?d00001\n\n';
    assert.deepEqual(short(await preview(binary)), ['create bin: it is binary.']);
    write('file', 'old\n');
    const edit = '--- a/file\n+++ b/file\n@@ -1 +1 @@\n-old\n+new\n';
    await assert.rejects(
      change(applyPatchTool, given(edit), house.context, () => write('file', 'old\nmore\n')),
      /have changed since they were shown/,
    );
    assert.equal(fs.readFileSync(work('file'), 'utf8'), 'old\nmore\n');
    fs.symlinkSync('..', work('up'));
    const through = await change(applyPatchTool, given(create('b/up/evil')), house.context).catch(
      (error: unknown) => error,
    );
    assert.equal(fs.existsSync(inside(folder, 'evil')), false, JSON.stringify(through));
  });

  it('keeps the owner and the permissions of a file', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    write('file', 'old\n', 0o640);
    fs.chownSync(work('file'), 65_534, 65_534);
    const done = await change(
      applyPatchTool,
      given('--- a/file\n+++ b/file\n@@ -1 +1 @@\n-old\n+new\n'),
      house.context,
    );
    const owner = (): readonly number[] => {
      const { uid, gid, mode } = fs.statSync(work('file'));
      return [uid, gid, mode & 0o7777];
    };
    assert.equal(fs.readFileSync(work('file'), 'utf8'), 'new\n');
    assert.deepEqual(owner(), [65_534, 65_534, 0o640]);
    await undo(done, house.context);
    assert.deepEqual(owner(), [65_534, 65_534, 0o640]);
  });
});
