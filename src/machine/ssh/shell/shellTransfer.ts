import { randomBytes } from 'node:crypto';
import { Transform, Writable, type Readable } from 'node:stream';
import { ExpectedError, messageOf } from '../../../lib/errors';
import { lateFile, notAFile, tooLargeFile, type FileTask } from '../../fileErrors';
import type {
  FileKind,
  ReadOptions,
  RunningCommand,
  StreamOptions,
  WriteOptions,
  WriteStreamOptions,
} from '../../machine';
import type { HostConnection } from './connection';
import { execRemote } from './exec';
import { pathWord, shellFileError } from './shellFileErrors';
import { startRemote } from './start';

const DEFAULT_MAX_BYTES = 64 * 1_048_576;
const DEFAULT_MODE = 0o644;
const BASE_DEADLINE_MS = 60_000;
const SLOWEST_BYTES_PER_MS = 100;
const MOST_WORDS = 4_096;
const NEVER = new AbortController().signal;

/** Refuses what is no file before it is opened, which may set something off. */
const REQUIRE_FILE = `if [ ! -f "$p" ]; then
if [ -d "$p" ]; then k=directory; elif [ -p "$p" ]; then k=fifo; elif [ -S "$p" ]; then k=socket
elif [ -b "$p" ]; then k=block; elif [ -c "$p" ]; then k=character; else k=; fi
if [ -n "$k" ]; then echo "kind $k" >&2; exit 1; fi; fi`;

/** MachineFiles.read */
export async function readByShell(host: HostConnection, task: FileTask, options: ReadOptions): Promise<Uint8Array> {
  const { signal, maxBytes = DEFAULT_MAX_BYTES } = options;
  const deadlineMs = BASE_DEADLINE_MS + maxBytes / SLOWEST_BYTES_PER_MS;
  const script = `p=${pathWord(task)}\n${REQUIRE_FILE}\nhead -c ${maxBytes + 1} "$p"`;
  const result = await timed(task, deadlineMs, () =>
    execRemote(host, task.machine, ['sh', '-c', script], { signal, deadlineMs, maxBytes }, NEVER),
  );
  if (result.exitCode !== 0) throw transferError(task, Buffer.from(result.stderr).toString());
  if (result.truncated) throw tooLargeFile(task, maxBytes);
  return result.stdout;
}

/** MachineFiles.stream */
export async function streamByShell(host: HostConnection, task: FileTask, options: StreamOptions): Promise<Readable> {
  const { signal, start = 0 } = options;
  const from = start === 0 ? 'cat "$p"' : `tail -c +${start + 1} "$p"`;
  const transfer = await begin(host, task, `${REQUIRE_FILE}\n${from}`, signal);
  transfer.command.stdin.end();
  const stream = new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    // The end is told only when the program has ended well.
    flush: (done) => void transfer.end().then(() => done(), done),
    destroy: (error, done) => {
      transfer.stop();
      done(error);
    },
  });
  transfer.command.stdout.on('error', (error) => stream.destroy(error));
  // Where there is a cancel or the connection is lost, the output may end without an end.
  transfer.end().catch((error: unknown) => stream.destroy(asError(error)));
  return transfer.command.stdout.pipe(stream);
}

/** MachineFiles.writeStream */
export async function writeStreamByShell(
  host: HostConnection,
  task: FileTask,
  options: WriteStreamOptions,
): Promise<Writable> {
  const { signal, start = 0, truncate = false, mode = DEFAULT_MODE } = options;
  const script = [
    REQUIRE_FILE,
    `if [ ! -e "$p" ]; then ( umask 077; : >>"$p" ) && chmod ${mode.toString(8)} "$p" || exit 1; fi`,
    ...(truncate ? [': >"$p" || exit 1'] : []),
    // dd(1) moves the place in the file that cat goes on from.
    start === 0 ? 'cat 1<>"$p"' : `{ dd bs=1 seek=${start} count=0 conv=notrunc 2>/dev/null; cat; } 1<>"$p"`,
  ].join('\n');
  const transfer = await begin(host, task, script, signal);
  const { stdin, stdout } = transfer.command;
  stdout.resume();
  stdin.on('error', () => undefined);
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => void (stdin.write(chunk) ? done() : drained(stdin, done)),
    final: (done) => {
      stdin.end();
      void transfer.end().then(() => done(), done);
    },
    destroy: (error, done) => {
      transfer.stop();
      done(error);
    },
  });
  transfer.end().catch((error: unknown) => stream.destroy(asError(error)));
  return stream;
}

function drained(stdin: Writable, done: () => void): void {
  const go = (): void => {
    stdin.off('drain', go).off('close', go);
    done();
  };
  stdin.once('drain', go).once('close', go);
}

/** MachineFiles.write: all or nothing, also where the connection is lost in the middle. */
export async function writeByShell(
  host: HostConnection,
  task: FileTask,
  content: Uint8Array,
  { signal, mode = DEFAULT_MODE }: WriteOptions,
): Promise<void> {
  const deadlineMs = BASE_DEADLINE_MS + content.length / SLOWEST_BYTES_PER_MS;
  const script = writeScript(task, content.length, mode);
  const options = { signal, deadlineMs, stdin: content };
  const { exitCode, stderr } = await timed(task, deadlineMs, () =>
    execRemote(host, task.machine, ['sh', '-c', script], options, NEVER),
  );
  if (exitCode !== 0) throw transferError(task, Buffer.from(stderr).toString());
}

/**
 * Follows links, writes beside the target, and moves it there when it is whole. The file that it replaces gives mode
 * and owner; set-user-id for another user than before would be a gift of rights.
 */
function writeScript(task: FileTask, length: number, mode: number): string {
  return `p=${pathWord(task)}; i=0; nl='
'
while [ -L "$p" ]; do i=$((i+1)); if [ $i -gt 40 ]; then echo ': Too many levels of symbolic links' >&2; exit 1; fi
l=$(readlink "$p"; echo x); l=\${l%x}; l=\${l%"$nl"}
case $l in /*) p=$l;; *) p=\${p%/*}/$l;; esac; done
${REQUIRE_FILE}
if [ -e "$p" ] && [ ! -w "$p" ]; then echo ': Permission denied' >&2; exit 1; fi
t=\${p%/*}/.opsdeck-${randomBytes(12).toString('hex')}.tmp
trap 'rm -f "$t"' EXIT; trap 'exit 1' HUP INT TERM
( umask 077; set -C; cat >"$t" ) || exit 1
if [ "$(($(wc -c <"$t")))" -ne ${length} ]; then echo 'the content did not come whole' >&2; exit 1; fi
if [ -e "$p" ]; then m=$(stat -c '%a %u:%g' "$p" 2>/dev/null || stat -f '%Lp %u:%g' "$p") || exit 1
b=\${m%% *}; if chown "\${m#* }" "$t" 2>/dev/null; then chmod "$b" "$t"; else case $b in ????*) b=\${b#?};; esac; chmod "$b" "$t"; fi
else chmod ${mode.toString(8)} "$t"; fi || exit 1
mv -f "$t" "$p"`;
}

interface Transfer {
  readonly command: RunningCommand;
  /** Rejects unless the program has ended well. */
  end(): Promise<void>;
  stop(): void;
}

async function begin(host: HostConnection, task: FileTask, script: string, signal: AbortSignal): Promise<Transfer> {
  const stopping = new AbortController();
  const cancel = (): void => stopping.abort();
  signal.addEventListener('abort', cancel, { once: true });
  const words = ['sh', '-c', `p=${pathWord(task)}\n${script}`];
  const env = { LC_ALL: 'C' };
  if (signal.aborted) cancel();
  const command = await startRemote(host, task.machine, words, { signal: stopping.signal, env }, NEVER);
  let said = '';
  command.stderr.on('data', (chunk: Buffer) => (said = (said + String(chunk)).slice(-MOST_WORDS)));
  command.stderr.on('error', () => undefined);
  const done = command.ended.then(({ exitCode }) => {
    signal.removeEventListener('abort', cancel);
    if (exitCode !== 0) throw transferError(task, said);
  });
  done.catch(() => undefined);
  return { command, end: () => done, stop: cancel };
}

function transferError(task: FileTask, said: string): ExpectedError {
  const kind = /^kind (\w+)\n$/.exec(said)?.[1];
  return kind === undefined ? shellFileError(task, said) : notAFile(task, kind as FileKind);
}

async function timed<T>(task: FileTask, deadlineMs: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ExpectedError && error.code === 'timed-out' ? lateFile(task, deadlineMs) : error;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error));
}
