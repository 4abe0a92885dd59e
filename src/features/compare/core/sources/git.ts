import * as nodePath from 'node:path';
import * as l10n from '@vscode/l10n';
import { decodePath, shownPath } from '../../../../lib/bytePath';
import { ExpectedError } from '../../../../lib/errors';
import { machineWords } from '../../../../machine/fileErrors';
import type { ExecResult, Machine } from '../../../../machine/machine';
import { pathOn } from './place';

/** Nothing is fetched, nobody is asked, and no file of the repository is written. */
export const GIT_ENVIRONMENT = { GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };

/** A path as a commit has it. */
export interface GitPlace {
  readonly machine: Machine;
  /** Where git is run: a folder of the working tree, or the bare repository. Absolute, without links. */
  readonly folder: string;
  readonly commit: string;
  /** Milliseconds since 1970 UTC. */
  readonly committedMs: number;
  /** From the root of the commit, '' for that; with '/' between names. */
  readonly path: string;
  /** That path in the repository's folder, whether it is there or not. */
  readonly place: string;
}

export interface GitRun {
  readonly signal: AbortSignal;
  readonly maxBytes?: number;
}

/** The repository is the one in which the path lies, or lay. Throws ExpectedError. */
export async function openGit(machine: Machine, ref: string, path: string, signal: AbortSignal): Promise<GitPlace> {
  const { folder, rest } = await nearestFolder(machine, pathOn(machine, path), signal);
  const asked = ['rev-parse', '--is-bare-repository', '--absolute-git-dir', '--show-prefix'];
  const found = await runGit(machine, folder, asked, { signal });
  if (found.exitCode !== 0) throw refused(machine, found, shownPath(path));
  const [isBare, gitFolder = '', prefix = ''] = decodePath(found.stdout).split('\n');
  const inner = isBare === 'true' ? insideBare(gitFolder, folder, rest) : `${prefix}${rest}`;
  const listed = await runGit(machine, folder, ['rev-list', '--max-count=1', '--timestamp', ref, '--'], { signal });
  const [seconds, commit] = decodePath(listed.stdout).trim().split(' ');
  if (listed.exitCode !== 0 || commit === undefined) throw refused(machine, listed, ref);
  const place = rest === '' ? folder : `${folder}/${rest}`;
  return { machine, folder, place, commit, committedMs: Number(seconds) * 1_000, path: inner.replace(/\/+$/, '') };
}

export async function runGit(
  machine: Machine,
  folder: string,
  words: readonly string[],
  options: GitRun,
): Promise<ExecResult> {
  return machine.exec(['git', '-C', folder, ...words], { ...options, env: GIT_ENVIRONMENT });
}

/** In git's own words, which name what is wrong. */
export function refused(machine: Machine, { stderr }: Pick<ExecResult, 'stderr'>, what: string): ExpectedError {
  const said =
    Buffer.from(stderr)
      .toString()
      .replace(/^(?:fatal|error): /, '')
      .split('\n')[0] ?? '';
  const reason = said === '' ? l10n.t('it does not say why') : shownPath(said).slice(0, 300);
  const text = l10n.t(
    'git on {0} has no {1}: {2}. Check the revision and the path.',
    machineWords(machine.name),
    what,
    reason,
  );
  return new ExpectedError('missing', text);
}

interface Nearest {
  readonly folder: string;
  /** What of the path is below it, with '/' between names. */
  readonly rest: string;
}

/** What a commit has need not be there any more. */
async function nearestFolder(machine: Machine, path: string, signal: AbortSignal): Promise<Nearest> {
  const { dirname, basename, sep } = machine.platform === 'win32' ? nodePath.win32 : nodePath.posix;
  const names: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      const folder = await machine.files.resolve(at, signal);
      if ((await machine.files.stat(folder, signal)).kind === 'directory') return { folder, rest: names.join('/') };
    } catch (error) {
      const isGone = error instanceof ExpectedError && ['missing', 'not-a-folder'].includes(error.code);
      if (!isGone || dirname(at) === at) throw error;
    }
    names.unshift(basename(at).split(sep).join('/'));
  }
}

function insideBare(gitFolder: string, folder: string, rest: string): string {
  const below = folder === gitFolder ? '' : folder.slice(gitFolder.length + 1);
  return below === '' ? rest : `${below}/${rest}`;
}
