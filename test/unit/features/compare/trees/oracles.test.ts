import * as assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { OwnedMachines } from '../../../../../src/machine/machines';
import type { RunContext } from '../../../../../src/tool/tool';
import { machinesOf } from '../../../../support/machines';
import { runContextOf } from '../../../../support/runContext';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { programPath } from '../../../machine/ssh/shell/shells';
import { temporaryFolder } from '../../../machine/support';
import { compare, makeRandomTrees, pathsOf } from './support';

const SEEDS = [1, 2, 3, 4, 5, 6];
const PYTHON = '/usr/bin/python3';

describe('compare.directories against diff, filecmp and rsync', function () {
  this.timeout(60_000);
  const inside = temporaryFolder();
  let machines: OwnedMachines;
  let server: SshServer | undefined;
  let context: RunContext;

  before(async function () {
    if (process.platform !== 'linux') return this.skip();
    server = noSshServer === undefined ? await startSshServer() : undefined;
    machines = machinesOf(server?.configFile ?? null);
    context = runContextOf(await machines.open('local', new AbortController().signal), { machines });
  });
  after(async () => {
    await machines?.close();
    await server?.stop();
  });

  /** The same trees: here; here and on a host; both on a host. */
  const places = (left: string, right: string): readonly (readonly [left: string, right: string])[] =>
    server === undefined
      ? [[left, right]]
      : [
          [left, right],
          [left, `${server.alias}:${right}`],
          [`${server.alias}:${left}`, right],
          [`${server.alias}:${left}`, `${server.alias}:${right}`],
        ];

  for (const seed of SEEDS) {
    it(`tells what diff -rq tells, wherever the trees are (seed ${seed})`, async () => {
      const root = inside(`diff${seed}`);
      makeRandomTrees(root, seed);
      const [left, right] = [path.join(root, 'left'), path.join(root, 'right')];
      const expected = diffOf(left, right);
      for (const [one, other] of places(left, right)) {
        for (const mode of ['deep', 'hash'] as const) {
          const result = await compare({ left: one, right: other, mode }, context);
          assert.equal(result.state, 'done');
          const told = result.rows.map(({ path: file, difference }) => `${difference} ${file}`).sort();
          assert.deepEqual(told, expected, `${one} ${other} ${mode}`);
        }
      }
    });

    it(`prints what filecmp prints (seed ${seed})`, async function () {
      if (!fs.existsSync(PYTHON)) return this.skip();
      const root = inside(`filecmp${seed}`);
      // filecmp follows links, which is never done here.
      makeRandomTrees(root, seed + 100, { links: false });
      const [left, right] = [path.join(root, 'left'), path.join(root, 'right')];
      for (const shallow of [true, false]) {
        for (const ignore of ['', 'DEFAULT_IGNORES']) {
          for (const closure of ['top', 'partial', 'full'] as const) {
            const options = { left, right, ignore, closure, mode: shallow ? ('shallow' as const) : ('deep' as const) };
            const { closure: text } = await compare(options, context);
            assert.equal(`${text}`, filecmp(left, right, { shallow, ignore: ignore !== '', closure }));
          }
        }
      }
    });

    it(`finds what rsync -nrlc --delete would change (seed ${seed})`, async function () {
      if (programPath('rsync') === undefined) return this.skip();
      const root = inside(`rsync${seed}`);
      // What rsync replaces where kinds clash is told by it in two ways.
      makeRandomTrees(root, seed + 200, { clashes: false });
      const [left, right] = [path.join(root, 'left'), path.join(root, 'right')];
      const { copied, deleted } = rsyncOf(left, right);
      const { rows } = await compare({ left, right }, context);
      assert.deepEqual(
        [...pathsOf(rows, 'differs', 'leftOnly'), ...insideOf(left, pathsOf(rows, 'leftOnly'))].sort(),
        copied,
      );
      assert.deepEqual([...pathsOf(rows, 'rightOnly'), ...insideOf(right, pathsOf(rows, 'rightOnly'))].sort(), deleted);
    });
  }
});

/** 'differs a/b' and so on, of each line that diff says. */
function diffOf(left: string, right: string): readonly string[] {
  const { stdout } = spawnSync('diff', ['-rq', '--no-dereference', left, right], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8' },
  });
  const below = (file: string, root: string): string => path.relative(root, file);
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, folder = '', name = ''] = /^Only in (.*): (.*)$/.exec(line) ?? [];
      if (folder !== '') {
        const isLeft = folder === left || folder.startsWith(`${left}/`);
        return `${isLeft ? 'leftOnly' : 'rightOnly'} ${path.join(below(folder, isLeft ? left : right), name)}`;
      }
      const [, first = ''] = /^(?:Files|Symbolic links) (.*) and .* differ$/.exec(line) ?? [];
      if (first !== '') return `differs ${below(first, left)}`;
      const [, clash = ''] = /^File (.*) is an? .* while file .* is an? .*$/.exec(line) ?? assert.fail(line);
      return `kind ${below(clash, left)}`;
    })
    .sort();
}

const FILECMP = `
import filecmp, sys, os
left, right, shallow, ignore, closure = sys.argv[1:]
class Deep(filecmp.dircmp):
    def phase3(self):
        found = filecmp.cmpfiles(self.left, self.right, self.common_files, shallow == 'True')
        self.same_files, self.diff_files, self.funny_files = found
    methodmap = dict(filecmp.dircmp.methodmap, same_files=phase3, diff_files=phase3, funny_files=phase3)
compared = Deep(left, right, ignore=None if ignore == 'True' else [])
{'top': compared.report, 'partial': compared.report_partial_closure, 'full': compared.report_full_closure}[closure]()
`;

function filecmp(
  left: string,
  right: string,
  { shallow, ignore, closure }: { readonly shallow: boolean; readonly ignore: boolean; readonly closure: string },
): string {
  const flags = [shallow, ignore].map((flag) => (flag ? 'True' : 'False'));
  return execFileSync(PYTHON, ['-c', FILECMP, left, right, ...flags, closure], {
    encoding: 'utf8',
    env: { PYTHONUTF8: '1' },
  });
}

/** Paths of all but folders that it would write, and all that it would remove. */
function rsyncOf(
  left: string,
  right: string,
): { readonly copied: readonly string[]; readonly deleted: readonly string[] } {
  const args = ['-nrlc', '--delete', '--out-format=%i %n', '-8', `${left}/`, `${right}/`];
  const lines = execFileSync('rsync', args, { encoding: 'utf8' })
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '');
  const paths = (pattern: RegExp): readonly string[] =>
    lines
      .filter((line) => pattern.test(line))
      .map((line) =>
        line
          .slice(12)
          .replace(/ -> .*$/, '')
          .replace(/\/$/, ''),
      )
      .sort();
  return { copied: paths(/^(>f|cL|cd\+)/), deleted: paths(/^\*deleting/) };
}

function insideOf(root: string, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    const place = path.join(root, folder);
    if (!fs.lstatSync(place).isDirectory()) return [];
    return (fs.readdirSync(place, { recursive: true }) as string[]).map((name) => path.join(folder, name));
  });
}
