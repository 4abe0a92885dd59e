import { ExpectedError } from '../../../lib/errors';
import { fileProblem, type FileProblem, type FileTask } from '../../fileErrors';
import { kindOfLetter, kindOfMode } from '../../fileKinds';
import type { DirectoryEntry, FileChange, FileStat, PathVerbs, RenameOptions } from '../../machine';
import type { HostConnection } from './connection';
import { quoteWord } from './quote';
import { pathWord, shellFileError } from './shellFileErrors';
import { readByShell, streamByShell, writeByShell, writeStreamByShell } from './shellTransfer';

/** The verbs of MachineFiles by sh and the programs of POSIX, for a host whose server has no SFTP. */
export function shellFiles(host: HostConnection, name: string): PathVerbs {
  const does = async (task: FileTask, script: string, signal: AbortSignal): Promise<string> => {
    const { exitCode, output } = await host.run(`p=${pathWord(task)}\n${script}`, signal);
    if (exitCode !== 0) throw shellFileError(task, output);
    return output;
  };
  const task = (action: FileTask['action'], path: string): FileTask => ({ action, path, machine: name });
  return {
    list: async (path, signal) => entriesOf(await does(task('list', path), LIST, signal)),
    stat: async (path, signal) => statOf(await does(task('read', path), STAT, signal)),
    resolve: async (path, signal) =>
      withoutNewline(await does(task('read', path === '' ? '.' : path), RESOLVE, signal)),
    readLink: async (path, signal) => withoutNewline(await does(task('read', path), READ_LINK, signal)),
    read: (path, options) => readByShell(host, task('read', path), options),
    stream: (path, options) => streamByShell(host, task('read', path), options),
    writeStream: (path, options) => writeStreamByShell(host, task('write', path), options),
    write: (path, content, options) => writeByShell(host, task('write', path), content, options),
    makeFolder: async (path, signal) => void (await does(task('make', path), 'mkdir "$p"', signal)),
    async makeLink(path, target, signal) {
      const link = `ln -s -- ${quoteWord(target)} "$p"`;
      await does(
        task('make', path),
        `if [ -e "$p" ] || [ -L "$p" ]; then echo ': File exists'; false; else ${link}; fi`,
        signal,
      );
    },
    async hardLink(path, to, signal) {
      const target = pathWord(task('make', to));
      await does(task('make', path), `t=${target}\n${LINK}`, signal);
    },
    rename: (from, to, options) => rename(does, task('rename', from), to, options),
    remove: async (path, signal) => void (await does(task('remove', path), REMOVE, signal)),
    change: async (path, change, signal) => void (await does(task('change', path), changeScript(change), signal)),
  };
}

/** In the words of strerror(3), as programs say it. */
const says = (errno: string): string => `{ echo ': ${errno}'; exit 1; }`;

const LIST = `( [ -d "$p" ] || { { [ -e "$p" ] && ${says('Not a directory')}; }; ls -d "$p/."; exit 1; }
[ -r "$p" ] || ${says('Permission denied')}
for x in "$p"/.* "$p"/*; do n=\${x##*/}
case $n in .|..) continue;; esac
if [ -L "$x" ]; then k=l; elif [ -f "$x" ]; then k=f; elif [ -d "$x" ]; then k=d; elif [ -p "$x" ]; then k=p
elif [ -S "$x" ]; then k=s; elif [ -b "$x" ]; then k=b; elif [ -c "$x" ]; then k=c; elif [ -e "$x" ]; then k=u
elif [ -x "$p" ]; then continue; else k=u; fi
printf '%s%s\\0' $k "$n"; done )`;

/** GNU's and busybox' stat, or else BSD's. */
const STAT = `stat -c '%f %s %Y %u %g' "$p" 2>/dev/null || stat -f '%Xp %z %m %u %g' "$p" 2>/dev/null || { ls -d "$p" && false; }`;

const RESOLVE = `if [ "$p" = ./. ]; then p=$HOME; fi
if [ -e "$p" ]; then readlink -f "$p" || ( cd -P "$p" && pwd -P ); else ls -d "$p/." && false; fi`;

const READ_LINK = `if [ -L "$p" ]; then readlink "$p"; else ( [ -e "$p" ] && ${says('Invalid argument')}; ls -d "$p"; exit 1 ); fi`;

const REMOVE = `if [ -d "$p" ] && [ ! -L "$p" ]; then rmdir "$p"; else rm "$p"; fi`;

type Does = (task: FileTask, script: string, signal: AbortSignal) => Promise<string>;

async function rename(does: Does, task: FileTask, to: string, options: RenameOptions): Promise<void> {
  const target = pathWord({ ...task, path: to });
  const taken = options.overwrite === true ? OVERWRITE : ELSE_EXISTS;
  try {
    await does(task, `t=${target}\nif ls -d "$p" >/dev/null; then ${taken}; else false; fi`, options.signal);
  } catch (error) {
    const aboutTarget = error instanceof ExpectedError && ['exists', 'not-empty', 'is-a-folder'].includes(error.code);
    throw aboutTarget ? fileProblem(error.code as FileProblem, { ...task, path: to }) : error;
  }
}

/** ln(1) would put it into a folder of that name. */
const LINK = `if [ -e "$t" ] || [ -L "$t" ]; then echo ': File exists'; false; else ln "$p" "$t"; fi`;

const ELSE_EXISTS = `if [ -e "$t" ] || [ -L "$t" ]; then echo ': File exists'; false; else mv "$p" "$t"; fi`;

/** mv(1) would put it into a folder of that name: an empty one makes room for a folder. */
const OVERWRITE = `if [ -d "$t" ] && [ ! -L "$t" ]; then
if [ -d "$p" ] && [ ! -L "$p" ]; then rmdir "$t" && mv "$p" "$t"; else echo ': Is a directory'; false; fi
elif [ -L "$t" ] && [ -d "$t" ]; then rm "$t" && mv "$p" "$t"
else mv -f "$p" "$t"; fi`;

function changeScript({ mode, modifiedMs, owner }: FileChange): string {
  const steps = ['true'];
  if (owner !== undefined) steps.push(`chown ${owner.uid}:${owner.gid} "$p"`);
  if (mode !== undefined) steps.push(`chmod ${(mode & 0o7777).toString(8)} "$p"`);
  if (modifiedMs !== undefined) steps.push(`TZ=UTC0 touch -c -t ${touchTime(modifiedMs)} "$p"`);
  return `ls -d "$p" >/dev/null && ${steps.join(' && ')}`;
}

/** CCYYMMDDhhmm.SS of touch(1): whole seconds. */
function touchTime(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().split('T');
  return `${date.replaceAll('-', '')}${time.slice(0, 5).replace(':', '')}.${time.slice(6, 8)}`;
}

function entriesOf(output: string): readonly DirectoryEntry[] {
  return output
    .split('\0')
    .slice(0, -1)
    .map((entry) => ({ name: entry.slice(1), kind: kindOfLetter(entry.charAt(0)) ?? 'unknown' }));
}

function statOf(output: string): FileStat {
  const [mode = '', ...others] = output.trim().split(' ');
  const bits = parseInt(mode, 16);
  const [sizeBytes = 0, modified = 0, uid = 0, gid = 0] = others.map(Number);
  const kind = kindOfMode(bits);
  return { kind, sizeBytes, mode: bits & 0o7777, modifiedMs: modified * 1_000, uid, gid };
}

function withoutNewline(output: string): string {
  return output.replace(/\n$/, '');
}
