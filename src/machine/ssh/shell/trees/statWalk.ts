import { randomBytes } from 'node:crypto';
import { throwIfCancelled } from '../../../../lib/errors';
import type { FileTask } from '../../../fileErrors';
import type { WalkBatch, WalkOptions } from '../../../machine';
import { kindOfMode } from '../../../fileKinds';
import { fileFailure } from '../../../local/errors';
import { complaintsOf } from '../complaints';
import type { HostConnection } from '../connection';
import { shellFileError } from '../shellFileErrors';
import { enters, enterScript, findOptions, pruneExpression, type Entering } from './findWalk';
import { FolderAssembly, pathOfLatin, type FoundEntry } from './folders';
import { startScript } from './stream';

const SILENCE_MS = 120_000;

/**
 * MachineFiles.walk by a find that cannot print and a stat(1) that can: busybox', the BSDs'. stat ends each entry by a
 * line break, which names may have too: so each begins with a mark that no name has. Times are whole seconds.
 */
export async function* walkByStat(
  host: HostConnection,
  task: FileTask,
  options: WalkOptions,
  kind: 'stat-gnu' | 'stat-bsd',
): AsyncGenerator<WalkBatch, void, undefined> {
  const { signal, skipNames = [], oneFileSystem = false, maxDepth = Infinity } = options;
  throwIfCancelled(signal);
  const mark = randomBytes(12).toString('hex');
  const script = await startScript(host, task.machine, walkScript(task, mark, kind, options), signal);
  try {
    let text = '';
    for await (const chunk of script.chunks(
      () => SILENCE_MS,
      () => task,
    ))
      text += chunk.toString('latin1');
    const { exitCode, complaints } = await script.end();
    const [listed = '', linked = ''] = text.split(`\0${mark}\0`);
    const found = entriesOf(listed, linked, mark, { skip: new Set(skipNames), oneFileSystem, maxDepth });
    if (exitCode !== 0 && found.length === 0) throw shellFileError(task, complaints);
    const folders = new FolderAssembly();
    for (const entry of found) folders.add(entry);
    const failures = complaintsOf(complaints);
    const failureOf = (path: string): ReturnType<typeof fileFailure> | null => {
      const errno = failures.get(path === '' ? '.' : `./${path}`);
      return errno === undefined ? null : fileFailure(errno);
    };
    yield { way: 'stat', movedBytes: text.length, folders: folders.finish(failureOf) };
  } finally {
    script.stop();
  }
}

function walkScript(task: FileTask, mark: string, kind: 'stat-gnu' | 'stat-bsd', options: WalkOptions): string {
  const stat =
    kind === 'stat-gnu' ? `stat -c '${mark} %f %s %Y %u %g %d %n'` : `stat -f '${mark} %Xp %z %m %u %g %d %N'`;
  const prune = pruneExpression(options.skipNames ?? []);
  const find = `find . ${findOptions(options)}`;
  const all = prune === '' ? `${find}-print0` : `${find}-print0 ${prune}`;
  const links = prune === '' ? `${find}-type l` : `${find}${prune} -o -type l`;
  return `${enterScript(task)}
${all} | xargs -0 ${stat} --
printf '\\000${mark}\\000'
${links} -exec sh -c 'for l do printf "%s\\0" "$l"; readlink "$l"; printf "\\0"; done' sh {} +`;
}

function entriesOf(listed: string, linked: string, mark: string, entering: Entering): readonly FoundEntry[] {
  const parts = linked.split('\0');
  const targets = new Map<string, string>();
  for (let at = 0; at + 1 < parts.length; at += 2) {
    targets.set(parts[at] ?? '', (parts[at + 1] ?? '').replace(/\n$/, ''));
  }
  const records = listed.split(`${mark} `).slice(1);
  const rootDevice = records[0]?.split(' ')[5] ?? '';
  return records.map((record) => {
    const words = record.split(' ', 6);
    const path = record.slice(words.join(' ').length + 1).replace(/\n$/, '');
    return foundOf(words, path, targets.get(path), entering, entering.oneFileSystem && words[5] !== rootDevice);
  });
}

function foundOf(
  words: readonly string[],
  path: string,
  target: string | undefined,
  entering: Entering,
  isElsewhere: boolean,
): FoundEntry {
  const bits = parseInt(words[0] ?? '', 16);
  const [sizeBytes = 0, seconds = 0, uid = 0, gid = 0] = words.slice(1).map(Number);
  const kind = kindOfMode(bits);
  const depth = path.split('/').length - 1;
  const name = pathOfLatin(path.slice(path.lastIndexOf('/') + 1));
  return {
    depth,
    entry: {
      name,
      kind,
      stat: { sizeBytes, mode: bits & 0o7777, modifiedMs: seconds * 1_000, uid, gid },
      linkTarget: kind === 'symlink' && target !== undefined ? pathOfLatin(target) : null,
      failure: null,
    },
    isEntered: kind === 'directory' && !isElsewhere && enters(entering, depth, name),
  };
}
