import { encodePath } from '../../../../lib/bytePath';
import type { FileTask } from '../../../fileErrors';
import type { ContentOptions, FileFailure, HashBatch, HashOutcome } from '../../../machine';
import { fileFailure } from '../../../local/errors';
import { inFlight } from '../../../inFlight';
import { complaintsOf, errnoAtEnd } from '../complaints';
import type { HostConnection } from '../connection';
import { execRemote } from '../exec';
import { shellFileError } from '../shellFileErrors';
import { enterScript } from './findWalk';
import type { HashProgram } from './tools';

/** Two programs at work over there, each with so many files: a few round trips for tens of thousands. */
const AT_ONCE = 2;
const MOST_PATHS = 10_000;
/** To share fewer than these costs more than it brings. */
const LEAST_PATHS = 500;
const BASE_DEADLINE_MS = 60_000;
/** A slow disk reads so much. */
const SLOW_BYTES_PER_MS = 10_000;
const REFUSED = 3;
const NEVER = new AbortController().signal;

/** MachineFiles.hashMany by a program of the host, which gets the paths on its standard input. */
export async function* hashByProgram(
  host: HostConnection,
  task: FileTask,
  program: HashProgram,
  paths: readonly string[],
  options: ContentOptions,
): AsyncGenerator<HashBatch, void, undefined> {
  const count = Math.max(LEAST_PATHS, Math.min(MOST_PATHS, Math.ceil(paths.length / AT_ONCE)));
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  const limited = { ...options, signal: stopping.signal };
  let at = 0;
  const next = (): readonly [readonly string[], Promise<HashBatch>] | null => {
    if (at >= paths.length) return null;
    const chunk = paths.slice(at, (at += count));
    return [chunk, hashChunk(host, task, program, chunk, limited)];
  };
  try {
    for await (const [, batch] of inFlight(next, AT_ONCE)) yield batch;
  } finally {
    options.signal.removeEventListener('abort', stop);
    stop();
  }
}

async function hashChunk(
  host: HostConnection,
  task: FileTask,
  program: HashProgram,
  paths: readonly string[],
  { signal, sizeBytes = 0 }: ContentOptions,
): Promise<HashBatch> {
  const stdin = encodePath(`${paths.map(safe).join('\0')}\0`);
  const script = `${enterScript(task)}\nxargs -0 ${program.words}`;
  const deadlineMs = BASE_DEADLINE_MS + sizeBytes / SLOW_BYTES_PER_MS;
  const maxBytes = stdin.length * 2 + paths.length * 128;
  const words = ['sh', '-c', script];
  const result = await execRemote(host.transport, task.machine, words, { signal, deadlineMs, stdin, maxBytes }, NEVER);
  const stderr = Buffer.from(result.stderr).toString('latin1');
  if (result.exitCode === REFUSED) throw shellFileError(task, stderr);
  const stdout = Buffer.from(result.stdout.buffer, result.stdout.byteOffset, result.stdout.byteLength);
  const hashes = hashesOf(stdout.toString('latin1'), paths, program);
  const complaints = hashes.size === paths.length ? new Map<string, string>() : complaintsOf(stderr);
  return {
    way: 'program',
    movedBytes: stdin.length + result.stdout.length + result.stderr.length,
    hashes: paths.map((path) => ({ path, outcome: hashes.get(path) ?? failureOf(path, complaints, stderr) })),
  };
}

function safe(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

/** In the order of the paths: what could not be read is left out of it. */
function hashesOf(output: string, paths: readonly string[], { form }: HashProgram): ReadonlyMap<string, HashOutcome> {
  const hashes = new Map<string, HashOutcome>();
  let at = 0;
  for (const path of paths) {
    const bytes = latinOf(safe(path));
    const found = form === 'tagged' ? taggedAt(output, at, bytes) : plainAt(output, at, bytes, form);
    if (found === null) continue;
    hashes.set(path, { kind: 'hash', sha256: found.sha256 });
    at = found.end;
  }
  return hashes;
}

interface FoundHash {
  readonly sha256: string;
  readonly end: number;
}

/** GNU escapes line breaks and backslashes of a name, and says so by a backslash before the hash. */
function plainAt(output: string, at: number, bytes: string, form: 'zero' | 'line'): FoundHash | null {
  const isEscaped = form === 'line' && output.charAt(at) === '\\';
  const start = isEscaped ? at + 1 : at;
  const name = isEscaped ? bytes.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r') : bytes;
  const sha256 = output.slice(start, start + 64);
  const end = start + 66 + name.length;
  const isWhole = /^[0-9a-f]{64}$/.test(sha256) && output.startsWith(name, start + 66);
  return isWhole && output.charAt(end) === (form === 'zero' ? '\0' : '\n') ? { sha256, end: end + 1 } : null;
}

/** 'SHA256 (path) = hash' */
function taggedAt(output: string, at: number, bytes: string): FoundHash | null {
  const head = `SHA256 (${bytes}) = `;
  if (!output.startsWith(head, at)) return null;
  const start = at + head.length;
  return { sha256: output.slice(start, start + 64), end: start + 65 };
}

function latinOf(path: string): string {
  return encodePath(path).toString('latin1');
}

function failureOf(path: string, complaints: ReadonlyMap<string, string>, stderr: string): FileFailure {
  const errno = complaints.get(latinOf(safe(path)));
  if (errno !== undefined) return fileFailure(errno);
  // GNU quotes names that have more than letters in them; openssl says it in a sentence.
  const lines = stderr.trimEnd().split('\n');
  const told = lines.find((line) => line.includes(safe(path))) ?? (lines.length === 1 ? lines[0] : undefined) ?? '';
  return fileFailure(errnoAtEnd(told) ?? errnoAtEnd(told.replace(/^.*, /, ': ')) ?? 'EIO');
}
