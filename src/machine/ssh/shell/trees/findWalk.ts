import { throwIfCancelled } from '../../../../lib/errors';
import { fileProblem, type FileTask } from '../../../fileErrors';
import { kindOfLetter } from '../../../fileKinds';
import type { FileFailure, WalkBatch, WalkOptions } from '../../../machine';
import { fileFailure } from '../../../local/errors';
import { errnoAtEnd } from '../complaints';
import type { HostConnection } from '../connection';
import { quoteWord } from '../quote';
import { pathWord, shellFileError } from '../shellFileErrors';
import { FolderAssembly, pathOfLatin, statOf, type FoundEntry } from './folders';
import { startScript } from './stream';

/** find(1) at a mount that does not answer. */
const SILENCE_MS = 60_000;
const BATCH_ENTRIES = 2_000;
/** What the script exits with that cannot enter the root. */
export const REFUSED = 3;

/** Goes into the root, or says in the words of strerror(3) why not. */
export function enterScript(task: FileTask): string {
  return `p=${pathWord(task)}
if [ ! -d "$p" ]; then { if [ -e "$p" ]; then echo ': Not a directory'; else ls -d "$p"; fi; } >&2; exit ${REFUSED}; fi
cd "$p" 2>/dev/null && [ -r . ] || { echo ': Permission denied' >&2; exit ${REFUSED}; }`;
}

/** The expression that keeps find out of these folders. */
export function pruneExpression(names: readonly string[]): string {
  const usable = names.filter((name) => name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name));
  if (usable.length === 0) return '';
  const tests = usable.map((name) => `-name ${quoteWord(name.replace(/[\\*?[]/g, '\\$&'))}`);
  return `-type d \\( ${tests.join(' -o ')} \\) -prune`;
}

/** The options of find(1), which come before all else. */
export function findOptions({ oneFileSystem = false, maxDepth = Infinity }: WalkOptions): string {
  return `${maxDepth === Infinity ? '' : `-maxdepth ${maxDepth + 1} `}${oneFileSystem ? '-xdev ' : ''}`;
}

/** Which folders find goes into. */
export interface Entering {
  readonly skip: ReadonlySet<string>;
  readonly oneFileSystem: boolean;
  readonly maxDepth: number;
}

export function enters({ skip, maxDepth }: Entering, depth: number, name: string): boolean {
  return depth === 0 || (depth <= maxDepth && !skip.has(name));
}

/** MachineFiles.walk by GNU find: one round trip, and the entries as find comes to them. */
export async function* walkByFind(
  host: HostConnection,
  task: FileTask,
  options: WalkOptions,
): AsyncGenerator<WalkBatch, void, undefined> {
  const { signal, skipNames = [], oneFileSystem = false, maxDepth = Infinity } = options;
  throwIfCancelled(signal);
  const format = String.raw`'%y%d %s %T@ %m %U %G %D\0%f\0%l\0'`;
  const find = `exec find . ${findOptions(options)}-printf ${format} ${pruneExpression(skipNames)}`;
  const script = await startScript(host, task.machine, `${enterScript(task)}\n${find}`, signal);
  const folders = new FolderAssembly();
  const records = new RecordReader({ skip: new Set(skipNames), oneFileSystem, maxDepth });
  let movedBytes = 0;
  const batch = (taken: WalkBatch['folders']): WalkBatch => {
    const bytes = movedBytes;
    movedBytes = 0;
    return { way: 'find', movedBytes: bytes, folders: taken };
  };
  const placeOf = (): FileTask => ({
    ...task,
    path: folders.place === '' ? task.path : `${task.path}/${folders.place}`,
  });
  try {
    for await (const chunk of script.chunks(() => SILENCE_MS, placeOf)) {
      movedBytes += chunk.length;
      for (const found of records.read(chunk)) folders.add(found);
      if (folders.waitingEntries >= BATCH_ENTRIES) yield batch(folders.take());
    }
    const { exitCode, complaints } = await script.end();
    if (exitCode === REFUSED || records.count === 0) throw shellFileError(task, complaints);
    const failures = complaintsOfFind(complaints);
    const taken = folders.finish((path) => takeFrom(failures, path));
    if (taken[0]?.path === '' && taken[0].failure !== null) throw fileProblem('denied', task);
    // What was complained of a folder in the middle of it.
    const others = [...failures].map(([path, failure]) => ({ path, entries: [], failure }));
    yield batch([...taken, ...others]);
  } finally {
    script.stop();
  }
}

function takeFrom(failures: Map<string, FileFailure>, path: string): FileFailure | null {
  const failure = failures.get(path) ?? null;
  failures.delete(path);
  return failure;
}

/** Text comes in pieces; three of them, each with NUL at its end, are a record. */
class RecordReader {
  count = 0;
  private rest = '';
  private rootDevice = '';

  constructor(private readonly entering: Entering) {}

  *read(chunk: Buffer): Generator<FoundEntry> {
    const parts = (this.rest + chunk.toString('latin1')).split('\0');
    const whole = parts.length - 1 - ((parts.length - 1) % 3);
    this.rest = parts.slice(whole).join('\0');
    for (let at = 0; at < whole; at += 3) yield this.found(parts[at] ?? '', parts[at + 1] ?? '', parts[at + 2] ?? '');
  }

  private found(facts: string, rawName: string, rawTarget: string): FoundEntry {
    this.count += 1;
    const [first = '', ...words] = facts.split(' ');
    const kind = kindOfLetter(first.charAt(0)) ?? 'unknown';
    const depth = Number(first.slice(1));
    const name = pathOfLatin(rawName);
    const device = words.at(-1) ?? '';
    if (depth === 0) this.rootDevice = device;
    const isElsewhere = this.entering.oneFileSystem && device !== this.rootDevice;
    return {
      depth,
      entry: {
        name,
        kind,
        stat: statOf(words),
        linkTarget: kind === 'symlink' ? pathOfLatin(rawTarget) : null,
        failure: null,
      },
      isEntered: kind === 'directory' && !isElsewhere && enters(this.entering, depth, name),
    };
  }
}

/** "find: './a/b': Permission denied" by path below the root; what is gone again was never there. */
function complaintsOfFind(complaints: string): Map<string, FileFailure> {
  const failures = new Map<string, FileFailure>();
  for (const line of complaints.split('\n')) {
    const [, quoted = ''] = /^\S*find: ['"‘]?\.\/?(.*?)['"’]?: [^:]+$/.exec(line) ?? [];
    const errno = errnoAtEnd(line);
    if (errno !== undefined && errno !== 'ENOENT') failures.set(pathOfLatin(unquoted(quoted)), fileFailure(errno));
  }
  return failures;
}

/** GNU's quoting of names in the C locale: \n, \t, \', \\ and octal numbers. */
function unquoted(text: string): string {
  return text.replace(/\\([0-7]{3}|.)/g, (_all, code: string) => {
    if (code.length === 3) return String.fromCharCode(parseInt(code, 8));
    return { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' }[code] ?? code;
  });
}
