import * as assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { PlanResult } from '../../../../../src/features/compare/core/plan/schema';
import { planTool } from '../../../../../src/features/compare/syncTools';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import { reportSchema } from '../../../../../src/report/schema';
import type { RunContext } from '../../../../../src/tool/tool';
import { runContextOf } from '../../../../support/runContext';
import { temporaryFolder } from '../../../machine/support';
import { hasProgram, runIn } from '../gnu';
import { makeRandomTrees } from '../trees/support';
import { run, snapshot } from './support';

const HOSTILE = ["it's", 'a b', '-rf', '$(id)', 'back\\slash', 'new\nline', 'ä', 'tab\t', '"quoted"', '~', '*'];

describe('exports of a plan', function () {
  this.timeout(60_000);
  const inside = temporaryFolder();
  let machine: LocalMachine;
  let context: RunContext;
  let folder = '';
  const left = (...names: readonly string[]): string => inside(folder, 'left', ...names);
  const right = (...names: readonly string[]): string => inside(folder, 'right', ...names);

  before(function () {
    if (process.platform !== 'linux') return this.skip();
    machine = createLocalMachine();
    context = runContextOf(machine);
  });
  after(() => machine?.dispose());
  beforeEach(() => {
    folder = fs.mkdtempSync(inside('case-')).slice(inside().length + 1);
    fs.mkdirSync(left());
    fs.mkdirSync(right());
  });

  const plan = (as: string, more: Readonly<Record<string, unknown>> = {}): Promise<PlanResult> =>
    run(planTool, { left: left(), right: right(), direction: 'mirror-right', as, ...more }, context);
  const textOf = ({ texts }: PlanResult): string => texts[0]?.text ?? '';

  /** Files of hostile names on the left, changed, equal and gone on the right. */
  const makeHostile = (): void => {
    HOSTILE.forEach((name, at) => {
      fs.writeFileSync(left(name), `left ${at}\n`);
      if (at % 2 === 0) fs.writeFileSync(right(name), `right ${at}\n`);
      fs.writeFileSync(right(`${name}.gone`), 'gone\n');
    });
    fs.writeFileSync(Buffer.concat([Buffer.from(left('bad-')), Buffer.from([0xff])]), 'no UTF-8\n');
  };

  for (const shell of ['sh', 'bash']) {
    it(`a command of rsync does in ${shell} what was planned, and nothing else`, async function () {
      if (!hasProgram('rsync') || spawnSync(shell, ['-c', ':']).error !== undefined) return this.skip();
      for (const prepare of [makeHostile, () => makeRandomTrees(inside(folder), 5)]) {
        fs.rmSync(inside(folder), { recursive: true });
        fs.mkdirSync(left(), { recursive: true });
        fs.mkdirSync(right());
        prepare();
        const result = await plan('rsync');
        const before = snapshot(right());
        const dry = textOf(result).replaceAll('| rsync ', "| rsync -n --out-format='%o %i %n' ");
        const said = execFileSync(shell, ['-c', dry], { encoding: 'latin1' }).split('\n').slice(0, -1);
        assert.deepEqual(snapshot(right()), before);
        const kinds = { copy: 0, link: 0, folder: 0, change: 0, delete: 0 };
        for (const { action } of result.steps) kinds[action] += 1;
        const told = (verb: string): number => said.filter((line) => line.startsWith(verb)).length;
        assert.equal(told('send '), kinds.copy + kinds.link + kinds.folder + kinds.change);
        if (!result.steps.some(({ first }) => first)) assert.equal(told('del. '), kinds.delete);
        execFileSync(shell, ['-c', textOf(result)]);
        assert.deepEqual((await plan('report')).steps, []);
      }
    });
  }

  it('a command of rsync names hosts as ssh does, and says where it must be run between two', async () => {
    fs.writeFileSync(left('file'), '');
    const { texts } = await plan('rsync');
    assert.match(texts[0]?.text ?? '', /^printf '%s\\0' \\\n {2}file \\\n\| rsync -lpt .* \/.*left\/ \/.*right\/\n$/);
    reportSchema.parse(planTool.report(await plan('rsync')));
  });

  for (const [program, args] of [
    ['git', ['apply', '--unsafe-paths', '-p1']],
    ['patch', ['-p1', '-s', '--no-backup-if-mismatch', '-i']],
  ] as const) {
    it(`a patch is taken by ${program}: new, deleted, changed files, modes and links`, async function () {
      if (!hasProgram(program)) return this.skip();
      fs.mkdirSync(left('sub dir'));
      fs.writeFileSync(left('sub dir/new file'), 'one\ntwo');
      fs.writeFileSync(left('changed'), 'one\n2\nthree\n');
      fs.writeFileSync(right('changed'), 'one\ntwo\nthree\n');
      fs.writeFileSync(left('crlf'), 'one\r\n2\r\n');
      fs.writeFileSync(right('crlf'), 'one\r\ntwo\r\n');
      fs.writeFileSync(left('mark'), '\ufeffone\n2\n');
      fs.writeFileSync(right('mark'), '\ufeffone\ntwo\n');
      fs.writeFileSync(right('gone'), 'gone\n');
      fs.writeFileSync(left('empty'), '');
      fs.writeFileSync(left('script'), 'run\n', { mode: 0o755 });
      fs.writeFileSync(right('script'), 'run\n', { mode: 0o644 });
      fs.symlinkSync('elsewhere', left('link'));
      fs.writeFileSync(right('ä"q'), 'gone\n');
      const result = await plan('patch', { metadata: 'mode' });
      assert.deepEqual(result.texts[0]?.notes, []);
      fs.writeFileSync(inside(folder, 'all.patch'), textOf(result));
      const { status, output } = runIn(right(), program, [...args, inside(folder, 'all.patch')]);
      assert.equal(status, 0, `${output}\n${textOf(result)}`);
      const rest = await plan('report', { metadata: program === 'git' ? 'mode' : 'none' });
      assert.deepEqual(
        rest.steps.map(({ path: file, action }) => `${action} ${file}`),
        [],
      );
    });
  }

  it('a patch says what cannot stand in it', async () => {
    fs.writeFileSync(left('binary'), Buffer.from([0, 1, 2, 3, 0, 0xff]));
    fs.writeFileSync(left('latin'), Buffer.from('caf\xe9 caf\xe9 ol\xe9\n', 'latin1'));
    fs.writeFileSync(right('latin'), 'cafe\n');
    const result = await plan('patch');
    assert.equal(textOf(result), '');
    assert.deepEqual(result.texts[0]?.notes, [
      'binary is not in the patch: it is binary.',
      'latin is not in the patch: it is not UTF-8.',
    ]);
  });

  it('a list is read by tar, whatever the names are', async function () {
    if (!hasProgram('tar')) return this.skip();
    makeHostile();
    fs.mkdirSync(left('folder'));
    fs.writeFileSync(left('folder/same'), 's');
    fs.mkdirSync(right('folder'));
    fs.writeFileSync(right('folder/same'), 's');
    const result = await plan('tar', { metadata: 'none' });
    fs.writeFileSync(inside(folder, 'list'), textOf(result));
    const tar = spawnSync('tar', [
      '-cf',
      inside(folder, 'x.tar'),
      '--no-recursion',
      '-C',
      left(),
      '-T',
      inside(folder, 'list'),
    ]);
    assert.equal(tar.status, 0, String(tar.stderr));
    fs.mkdirSync(inside(folder, 'out'));
    execFileSync('tar', ['-xf', inside(folder, 'x.tar'), '-C', inside(folder, 'out')]);
    assert.deepEqual(
      fs.readdirSync(inside(folder, 'out'), 'latin1').sort(),
      fs
        .readdirSync(left(), 'latin1')
        .filter((name) => name !== 'folder')
        .sort(),
    );
    assert.match(result.texts[0]?.notes.join('\n') ?? '', new RegExp(path.basename(folder)));
  });
});
