import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DirectoriesInput } from '../../../../../src/features/compare/core/trees/inputs';
import { mergedResult } from '../../../../../src/features/compare/core/trees/merged';
import { MOST_LINES, partOf, summaryOf, type Line } from '../../../../../src/features/compare/core/trees/parts';
import type { DirectoriesResult, DirectoryRow } from '../../../../../src/features/compare/core/trees/schema';
import { noCounts } from '../../../../../src/features/compare/core/trees/tally';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import type { RunContext } from '../../../../../src/tool/tool';
import { NO_MACHINES, runContextOf } from '../../../../support/runContext';
import { temporaryFolder } from '../../../machine/support';
import { compare, makeRandomTrees, randomFrom } from './support';

function row(file: string, difference: DirectoryRow['difference'] = 'differs', more: Partial<DirectoryRow> = {}) {
  return {
    path: file,
    difference,
    left: null,
    right: null,
    reason: null,
    metadata: [],
    movedTo: null,
    inside: null,
    groups: null,
    missing: null,
    ...more,
  };
}

function resultOf(rows: readonly DirectoryRow[]): DirectoriesResult {
  const counts = noCounts();
  for (const { difference } of rows) counts[difference] += 1;
  return {
    state: 'done',
    mode: 'deep',
    contentBy: 'bytes',
    sides: [],
    counts,
    commonFolders: 0,
    rows: [...rows].sort((one, other) => (one.path < other.path ? -1 : 1)),
    rowsLeftOut: 0,
    closure: null,
    ignored: [],
    startedMs: 0,
    elapsedMs: 0,
  };
}

function text(line: Line): string {
  if (line.kind === 'row') return line.row.path;
  return line.kind === 'folder' ? `${line.path}/ ${line.rows}` : `${line.range.join('-')} ${line.ends.join(' ')}`;
}

function lines(
  result: DirectoriesResult,
  layout: 'list' | 'tree',
  folder = '',
  range: readonly [number, number] | null = null,
): readonly string[] {
  const answer = partOf(result, { kind: 'lines', group: 'differences', layout, folder, range });
  return (answer as readonly Line[]).map(text);
}

/** Node's own recursion follows links, here without an end. */
function pathsBelow(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((one) => [
      one.name,
      ...(one.isDirectory() ? pathsBelow(path.join(folder, one.name)).map((file) => path.join(one.name, file)) : []),
    ]);
}

function isReal(folder: string): boolean {
  return fs.existsSync(folder) && fs.statSync(folder).isDirectory() && fs.realpathSync(folder) === folder;
}

describe('parts of a comparison', () => {
  it('are lines of a group: a list, or folders of which lonely ones are one line', () => {
    const result = resultOf(
      ['z', 'a/b/c/1', 'a/b/c/2', 'a/b/d', 'lonely/in/here/x', 'ab/y']
        .map((file) => row(file))
        .concat(row('l', 'leftOnly')),
    );
    assert.deepEqual(lines(result, 'list'), ['a/b/c/1', 'a/b/c/2', 'a/b/d', 'ab/y', 'lonely/in/here/x', 'z']);
    assert.deepEqual(lines(result, 'tree'), ['a/b/ 3', 'ab/ 1', 'lonely/in/here/ 1', 'z']);
    assert.deepEqual(lines(result, 'tree', 'a/b'), ['a/b/c/ 2', 'a/b/d']);
    assert.deepEqual(lines(result, 'tree', 'lonely/in/here'), ['lonely/in/here/x']);
  });

  it('are ranges where there are too many', () => {
    const files = Array.from({ length: 2 * MOST_LINES + 1 }, (_, index) => `f/${String(index).padStart(4, '0')}`);
    const result = resultOf(files.map((file) => row(file)));
    for (const layout of ['list', 'tree'] as const) {
      const folder = layout === 'tree' ? 'f' : '';
      assert.deepEqual(lines(result, layout, folder), [
        `0-${MOST_LINES} f/0000 f/0249`,
        `${MOST_LINES}-${2 * MOST_LINES} f/0250 f/0499`,
        `${2 * MOST_LINES}-${2 * MOST_LINES + 1} f/0500 f/0500`,
      ]);
      assert.deepEqual(lines(result, layout, folder, [MOST_LINES, MOST_LINES + 2]), ['f/0250', 'f/0251']);
    }
  });

  it('are rows below a folder, of all that differ, at most so many', () => {
    const result = resultOf([row('a/1'), row('a/2', 'leftOnly'), row('b/1', 'moved'), row('b/2', 'error')]);
    const rows = (folder: string, most: number) => {
      const answer = partOf(result, { kind: 'rows', group: null, folder, most }) as {
        readonly rows: readonly DirectoryRow[];
        readonly count: number;
      };
      return [answer.count, ...answer.rows.map((one) => one.path)];
    };
    assert.deepEqual(rows('', 10), [3, 'a/1', 'a/2', 'b/1']);
    assert.deepEqual(rows('a', 1), [2, 'a/1']);
  });

  it('name both ends of what has moved, and the folder of which only one side has all', () => {
    const inside = { files: 1, folders: 0, others: 0, bytes: null };
    const result = resultOf([row('from', 'moved', { movedTo: 'to' }), row('new', 'leftOnly', { inside }), row('x/y')]);
    const touched = (...paths: readonly string[]) => partOf(result, { kind: 'touched', paths });
    assert.deepEqual(touched('to'), ['to', 'from']);
    assert.deepEqual(touched('new/deep/file'), ['new']);
    assert.deepEqual(touched('x/y', 'x'), ['x']);
    assert.deepEqual(touched('elsewhere'), ['elsewhere']);
  });
});

describe('a comparison of which a part was looked at again (not on Windows)', function () {
  this.timeout(60_000);
  const inside = temporaryFolder();
  let machine: LocalMachine;
  let context: RunContext;

  before(function () {
    if (process.platform === 'win32') return this.skip();
    machine = createLocalMachine();
    context = runContextOf(machine, { machines: NO_MACHINES });
  });
  after(() => machine?.dispose());

  /** Changes some files of the trees below `root`, and tells which. */
  function changeSome(root: string, seed: number): readonly string[] {
    const random = randomFrom(seed);
    const chosen = pathsBelow(path.join(root, 'left')).filter(() => random() < 0.05);
    for (const file of chosen) {
      const [from, to] = random() < 0.5 ? ['left', 'right'] : ['right', 'left'];
      const what = random();
      const target = path.join(root, to ?? '', file);
      const source = path.join(root, from ?? '', file);
      if (!isReal(path.dirname(target)) || !isReal(path.dirname(source))) continue;
      if (what < 0.5) fs.rmSync(target, { recursive: true, force: true });
      if (what < 0.25 || !fs.lstatSync(source, { throwIfNoEntry: false })) continue;
      fs.rmSync(target, { recursive: true, force: true });
      execFileSync('cp', ['-a', source, target]);
    }
    return chosen;
  }

  for (const options of [{}, { identical: true }, { metadata: 'mtime' }] as const) {
    it(`is as if all had been: ${JSON.stringify(options)}`, async () => {
      for (let seed = 1; seed <= 12; seed += 1) {
        const root = inside(`${Object.keys(options).join()}-${seed}`);
        makeRandomTrees(root, seed);
        const input: Partial<DirectoriesInput> & { left: string; right: string } = {
          left: path.join(root, 'left'),
          right: path.join(root, 'right'),
          ...options,
        };
        const before = await compare(input, context);
        const changed = changeSome(root, seed);
        const paths = partOf(before, { kind: 'touched', paths: changed }) as readonly string[];
        const part = await compare({ ...input, identical: true, only: paths.join('\n') }, context);
        const merged = mergedResult(before, part, { paths, identical: 'identical' in options });
        const after = await compare(input, context);
        const told = ({ rows }: DirectoriesResult) =>
          rows.map((one) => `${one.difference} ${one.path} ${one.movedTo ?? ''} ${JSON.stringify(one.inside?.files)}`);
        assert.deepEqual(told(merged), told(after), `seed ${seed}: ${changed.join(', ')}`);
        const { same: _same, ...counts } = after.counts;
        assert.deepEqual({ ...merged.counts, same: undefined }, { ...counts, same: undefined });
        if ('identical' in options) assert.equal(merged.counts.same, after.counts.same);
      }
    });
  }

  it('looks at nothing but these paths', async () => {
    const root = inside('only');
    const at = (side: string, ...names: readonly string[]): string => path.join(root, side, ...names);
    for (const side of ['left', 'right']) {
      fs.mkdirSync(at(side, 'a', 'b', 'deep'), { recursive: true });
      fs.mkdirSync(at(side, 'c'));
      for (const file of ['a/b/1', 'a/b/2', 'a/b/deep/3', 'c/4', 'top']) fs.writeFileSync(at(side, file), side);
    }
    fs.mkdirSync(at('left', 'new', 'x'), { recursive: true });
    fs.writeFileSync(at('left', 'new', 'x', 'y'), '');
    const walked: string[] = [];
    const walk: LocalMachine['files']['walk'] = (folder, options) => {
      if (folder.startsWith(at('left'))) walked.push(`${path.relative(root, folder)}:${options.maxDepth ?? 'all'}`);
      return machine.files.walk(folder, options);
    };
    const files = Object.create(machine.files, { walk: { value: walk } }) as LocalMachine['files'];
    const watched = Object.create(machine, { files: { value: files } }) as LocalMachine;
    const of = async (only: string, more: Partial<DirectoriesInput> = {}) => {
      walked.length = 0;
      const input = { left: at('left'), right: at('right'), only, ...more };
      const { rows } = await compare(input, { ...context, machine: watched });
      return [rows.map((one) => one.path).join(' '), walked.join(' ')];
    };
    assert.deepEqual(await of('a/b/1'), ['a/b/1', 'left:0 left/a:0 left/a/b:0']);
    assert.deepEqual(await of('a/b'), ['a/b/1 a/b/2 a/b/deep/3', 'left:0 left/a:0 left/a/b:all']);
    assert.deepEqual(await of('top\nc'), ['c/4 top', 'left:0 left/c:all']);
    assert.deepEqual(await of('new/x/y'), ['new', 'left:0 left/new:0 left/new/x:0']);
    assert.deepEqual(await of('nowhere/at/all'), ['', 'left:0']);
    assert.deepEqual(await of('a/b', { recursive: false }), ['', 'left:0']);
  });

  it('finds again what has moved, or that it no longer has', async () => {
    const root = inside('moved');
    for (const side of ['left', 'right']) fs.mkdirSync(path.join(root, side), { recursive: true });
    fs.writeFileSync(path.join(root, 'left', 'from'), 'content');
    fs.writeFileSync(path.join(root, 'right', 'to'), 'content');
    const input = { left: path.join(root, 'left'), right: path.join(root, 'right'), moved: true };
    let told = await compare(input, context);
    const renew = async (): Promise<readonly string[]> => {
      const paths = partOf(told, { kind: 'touched', paths: ['to'] }) as readonly string[];
      const part = await compare({ ...input, identical: true, only: paths.join('\n') }, context);
      told = mergedResult(told, part, { paths, identical: false });
      return told.rows.map(({ path: file, difference, movedTo }) => `${difference} ${file} ${movedTo ?? ''}`.trim());
    };
    assert.deepEqual(await renew(), ['moved from to']);
    fs.writeFileSync(path.join(root, 'right', 'to'), 'other');
    assert.deepEqual(await renew(), ['leftOnly from', 'rightOnly to']);
    assert.deepEqual([told.counts.moved, told.counts.leftOnly, told.counts.rightOnly], [0, 1, 1]);
  });

  it('has a summary without its rows', () => {
    const summary = summaryOf(resultOf([row('a')]));
    assert.equal('rows' in summary, false);
    assert.equal(summary.counts.differs, 1);
  });
});
