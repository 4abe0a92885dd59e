import { ExpectedError } from '../../../../lib/errors';
import { isFailure, type FileTexts, type Machine } from '../../../../machine/machine';
import { within } from './sshFolder';

/** A file of ~/.ssh, or why it could not be read. */
export interface FolderFile {
  readonly path: string;
  readonly text: string | null;
  readonly failure: string | null;
  /** Permission bits; null on machines that have none. */
  readonly mode: number | null;
  readonly modifiedAtMs: number | null;
}

export interface Folder {
  readonly path: string;
  readonly mode: number | null;
  readonly files: readonly FolderFile[];
}

/** What is larger holds no keys of a person; authorized_keys may have thousands. */
const MAX_FILE_BYTES = 1_048_576;
const MAX_FILES = 2_000;
/** Of files that hold no keys of the user, nothing is read. */
const OTHER_FILES = /^(known_hosts.*|config|environment|rc|authorized_keys\d?\.opsdeck-.*|.*\.(bak|log|swp))$/;

/** The files of the folder that may hold keys; a folder that is missing is empty. */
export async function readSshFolder(machine: Machine, path: string, signal: AbortSignal): Promise<Folder> {
  const names = await namesIn(machine, path, signal);
  if (names === null) return { path, mode: null, files: [] };
  const hasModes = machine.platform !== 'win32';
  const paths = names.map((name) => within(path, name));
  const stats = await machine.files.readMany(
    [path, ...paths].map((one) => ({ path: one, what: 'stat' as const })),
    { signal },
  );
  const wanted = paths.map((one) => ({ path: one, ...statOf(stats, one) })).filter(mayHoldKeys);
  const texts = await machine.files.readMany(
    wanted.map((one) => one.path),
    { signal, maxBytes: MAX_FILE_BYTES },
  );
  const files = wanted.map((one) => ({
    path: one.path,
    ...textOf(texts, one.path),
    mode: hasModes ? one.mode : null,
    modifiedAtMs: one.modifiedAtMs,
  }));
  return { path, mode: hasModes ? statOf(stats, path).mode : null, files };
}

function mayHoldKeys({ kind, sizeBytes }: Stat): boolean {
  return (kind === 'f' || kind === null) && sizeBytes <= MAX_FILE_BYTES;
}

/** null where there is no such folder. A name that readMany takes for a pattern is left out. */
async function namesIn(machine: Machine, path: string, signal: AbortSignal): Promise<readonly string[] | null> {
  try {
    const entries = await machine.files.list(path, signal);
    return entries
      .filter(({ kind, name }) => ['file', 'symlink', 'unknown'].includes(kind) && !OTHER_FILES.test(name))
      .map(({ name }) => name)
      .filter((name) => !/[*[\]\p{Cs}]/u.test(name))
      .sort()
      .slice(0, MAX_FILES);
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'missing') return null;
    throw error;
  }
}

function textOf(texts: FileTexts, path: string): Pick<FolderFile, 'text' | 'failure'> {
  const text = texts.get(path);
  if (typeof text === 'string') return { text, failure: null };
  return { text: null, failure: isFailure(text) ? text.message : null };
}

interface Stat {
  /** null where stat told nothing; reading the file then tells why. */
  readonly kind: string | null;
  readonly sizeBytes: number;
  readonly mode: number | null;
  readonly modifiedAtMs: number | null;
}

/** The nine words of ReadWhat 'stat'. */
function statOf(stats: FileTexts, path: string): Stat {
  const words = stats.get(path);
  if (typeof words !== 'string') return { kind: null, sizeBytes: 0, mode: null, modifiedAtMs: null };
  const [kind = '?', mode = '', size = '', , , , , , seconds = ''] = words.trim().split(/\s+/);
  const modifiedAtMs = Math.round(Number(seconds) * 1_000);
  return { kind, sizeBytes: Number(size), mode: Number.parseInt(mode, 8), modifiedAtMs };
}
