import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DirectoriesResult } from '../../../../../src/features/compare/core/trees/schema';
import { directoriesTool } from '../../../../../src/features/compare/treeTools';
import { sideFile } from '../../../../../src/features/compare/core/trees/sideFile';
import { textsTool } from '../../../../../src/features/compare/textsTools';
import type { TextsResult } from '../../../../../src/features/compare/core/text/toolSchema';
import type { OwnedMachines } from '../../../../../src/machine/machines';
import { printMarkdown } from '../../../../../src/report/markdown';
import { reportSchema } from '../../../../../src/report/schema';
import type { RunContext } from '../../../../../src/tool/tool';
import { machinesOf } from '../../../../support/machines';
import { runContextOf } from '../../../../support/runContext';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { temporaryFolder } from '../../../machine/support';
import { hasProgram } from '../gnu';
import { compare, makeRandomTrees } from './support';

describe('comparison with git revisions', function () {
  this.timeout(60_000);
  const inside = temporaryFolder();
  let machines: OwnedMachines;
  let server: SshServer | undefined;
  let context: RunContext;
  let repository = '';
  let work = '';

  before(async function () {
    if (!hasProgram('git')) return this.skip();
    server = noSshServer === undefined ? await startSshServer() : undefined;
    machines = machinesOf(server?.configFile ?? null);
    context = runContextOf(await machines.open('local', new AbortController().signal), { machines });
    repository = inside('repository');
    work = path.join(repository, 'left');
    makeRandomTrees(repository, 11);
    git('init', '-q');
    commit('first');
    git('tag', 'v1');
    fs.rmSync(work, { recursive: true });
    fs.cpSync(path.join(repository, 'right'), work, { recursive: true, verbatimSymlinks: true });
    commit('second');
  });
  after(async () => {
    await machines?.close();
    await server?.stop();
  });

  function git(...words: readonly string[]): void {
    const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'protocol.file.allow=always'];
    execFileSync('git', ['-C', repository, ...who, ...words], { stdio: 'pipe' });
  }

  function commit(message: string): void {
    git('add', '-A', '-f');
    git('commit', '-q', '--no-verify', '--allow-empty', '-m', message);
  }

  const run = (
    left: string,
    right: string,
    more: Partial<Parameters<typeof compare>[0]> = {},
  ): Promise<DirectoriesResult> => compare({ left, right, ...more }, context);
  const told = ({ rows }: DirectoriesResult): readonly string[] =>
    rows.map(({ path: file, difference }) => `${difference} ${file}`);

  /** git knows no empty folders. */
  function withoutEmpty(folder: string): string {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) withoutEmpty(path.join(folder, entry.name));
    }
    if (fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
    return folder;
  }

  async function texts(left: string, right: string): Promise<TextsResult> {
    let last: TextsResult | undefined;
    for await (const result of textsTool.run(textsTool.input.parse({ left, right }), context)) last = result;
    reportSchema.parse(textsTool.report(last ?? assert.fail('no result')));
    return textsTool.result.parse(last);
  }

  it('finds in a revision what a folder of it would have', async () => {
    const first = inside('first');
    fs.mkdirSync(first);
    execFileSync('sh', ['-c', 'git -C "$1" archive v1 | tar -x -C "$2"', 'sh', repository, first]);
    const [left, right] = [withoutEmpty(path.join(first, 'left')), withoutEmpty(path.join(first, 'right'))];
    const expected = told(await run(left, right, { mode: 'hash' }));
    assert.ok(expected.length > 5);
    assert.deepEqual(told(await run(`git:v1:${work}`, right)), expected);
    assert.deepEqual(told(await run(left, `git:v1:${path.join(repository, 'right')}`)), expected);
    const both = await run(`git:v1:${work}`, `git:HEAD:${work}`);
    assert.deepEqual(told(both), expected);
    assert.deepEqual([both.sides[0]?.listedBy, both.sides[0]?.readBy, both.sides[0]?.readBytes], ['git', null, 0]);
    assert.deepEqual(told(await run(`git:v1:${work}`, left, { metadata: 'mode, owner, mtime' })), []);
    reportSchema.parse(directoriesTool.report(both));
    const [one] = both.rows.filter(({ difference }) => difference === 'differs');
    const [before, after] = both.sides.map((side) => sideFile(side, one?.path ?? ''));
    assert.equal((await texts(before ?? '', after ?? '')).outcome, 'different');
  });

  it('looks at a revision on a host, in a bare repository, at one folder alone', async function () {
    const bare = inside('bare.git');
    execFileSync('git', ['clone', '-q', '--bare', repository, bare], { stdio: 'pipe' });
    const expected = told(await run(`git:v1:${work}`, `git:HEAD:${work}`));
    assert.deepEqual(told(await run(`git:v1:${bare}/left`, `git:HEAD:${bare}/left`)), expected);
    const flat = await run(`git:v1:${work}`, `git:HEAD:${work}`, { recursive: false });
    assert.ok(flat.rows.every(({ path: file }) => !file.includes('/')));
    if (server === undefined) return this.skip();
    const far = await run(`peer:git:v1:${work}`, withoutEmpty(work));
    assert.deepEqual(told(far), expected);
    assert.ok((far.sides[0]?.movedBytes ?? 0) > 0);
  });

  it('tells of submodules, of execution, of what .gitignore leaves out', async () => {
    const folder = path.join(repository, 'more');
    fs.mkdirSync(folder);
    const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
    write('.gitignore', '*.log\n');
    write('run', '');
    write('b.log', '1');
    git('submodule', 'add', '-q', '--force', '--name', 'm', '--', repository, 'more/module');
    commit('more');
    fs.chmodSync(path.join(folder, 'run'), 0o755);
    write('b.log', '2');
    const found = await run(`git:HEAD:${folder}`, folder, { gitignore: true, metadata: 'mode' });
    assert.deepEqual(
      found.rows.map(({ path: file, difference, metadata }) => [difference, file, metadata.join()]),
      [
        ['error', 'module', ''],
        ['metadata', 'run', 'mode'],
      ],
    );
    git('rm', '-qrf', 'more');
    commit('without');
    // The folder is gone, its revision is not.
    fs.rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(told(await run(`git:HEAD~1:${folder}`, `git:HEAD~1:${folder}`)), ['error module']);
  });

  it('compares a file with an older one of it', async () => {
    const file = path.join(repository, 'nginx.conf');
    fs.writeFileSync(file, 'listen 80;\n');
    commit('nginx');
    fs.writeFileSync(file, 'listen 443;\n');
    const { left, counts, outcome } = await texts(`git:HEAD:${file}`, file);
    assert.deepEqual([left.label, counts.changes, outcome], [`git:HEAD:${file}`, 1, 'different']);
    assert.match(left.origin.kind === 'git' ? left.origin.commit : '', /^[0-9a-f]{40}$/);
    const report = printMarkdown(textsTool.report(await texts(`git:HEAD:${file}`, file)), {
      locale: 'en',
      timeZone: 'UTC',
    });
    assert.match(report, /\| Where From +\| commit [0-9a-f]{12} +\| a file +\|/);
  });

  it('says what git does not have', async () => {
    const file = path.join(repository, 'nginx.conf');
    await assert.rejects(texts(`git:v9:${file}`, file), { name: 'ExpectedError', message: /bad revision 'v9'/ });
    await assert.rejects(texts(`git:v1:${file}`, file), { name: 'ExpectedError', code: 'missing' });
    await assert.rejects(texts(`git:HEAD:${inside()}/x`, file), { message: /not a git repository/ });
    await assert.rejects(run(`git:HEAD:${file}`, work), { message: /it is no folder there/ });
    assert.throws(() => textsTool.input.parse({ left: 'exec:ls', right: 'x' }), /compare\.outputs/);
  });
});
