import { encodePath } from '../../../../lib/bytePath';
import type { FileTask } from '../../../fileErrors';
import { fileFailure } from '../../../local/errors';
import type { ContentOptions, FileFailure, HashBatch } from '../../../machine';
import { complaintsOf, errnoAtEnd } from '../complaints';
import type { HostConnection } from '../connection';
import { shellFileError } from '../shellFileErrors';
import { enterScript, REFUSED } from './findWalk';
import { HashReader, safe } from './hashReader';
import { startScript, type RunningScript } from './stream';
import type { HashProgram } from './tools';

/** So many paths to each run of the program: the hashes come when it ends. */
const PATHS_A_RUN = 2_000;
const SILENCE_MS = 60_000;
/** A slow disk reads so much. */
const SLOW_BYTES_PER_MS = 10_000;

/** One xargs(1) over there, that takes paths and gives hashes for as long as there are any. */
export class HashLane {
  /** When all is told. Rejects with ExpectedError or CancelledError. */
  readonly ended: Promise<void>;
  private readonly reader: HashReader;
  private readonly script: Promise<RunningScript>;
  private movedBytes = 0;

  constructor(
    host: HostConnection,
    private readonly task: FileTask,
    program: HashProgram,
    private readonly options: ContentOptions,
    private readonly tell: (batch: HashBatch) => void,
  ) {
    this.reader = new HashReader(program.form);
    const text = `${enterScript(task)}\nexec xargs -0 -n ${PATHS_A_RUN} ${program.words}`;
    this.script = startScript(host, task.machine, text, options.signal, true);
    this.ended = this.read();
    this.ended.catch(() => undefined);
  }

  /** Resolves when it is sent. */
  async add(paths: readonly string[]): Promise<void> {
    const bytes = encodePath(`${paths.map(safe).join('\0')}\0`);
    this.reader.expect(paths);
    this.movedBytes += bytes.length;
    await (await this.script).send(bytes);
  }

  /** No more paths come. */
  close(): void {
    this.script.then(
      (script) => script.endInput(),
      () => undefined,
    );
  }

  private async read(): Promise<void> {
    const script = await this.script;
    const limitMs = (): number => SILENCE_MS + (this.options.pendingBytes?.() ?? 0) / SLOW_BYTES_PER_MS;
    // Where no path comes, nothing is waited for over there.
    const isIdle = (): boolean => this.reader.isDone;
    try {
      for await (const chunk of script.chunks(limitMs, () => this.task, isIdle)) {
        this.movedBytes += chunk.length;
        this.give(this.reader.take(chunk.toString('latin1')));
      }
      const { exitCode, complaints } = await script.end();
      if (exitCode === REFUSED) throw shellFileError(this.task, complaints);
      this.movedBytes += complaints.length;
      const failures = complaintsOf(complaints);
      const { found, missing } = this.reader.finish();
      const failed = missing.map((path) => ({ path, outcome: failureOf(path, failures, complaints) }));
      this.give([...found, ...failed]);
    } finally {
      script.stop();
    }
  }

  private give(hashes: HashBatch['hashes']): void {
    if (hashes.length === 0) return;
    this.tell({ way: 'program', movedBytes: this.movedBytes, hashes });
    this.movedBytes = 0;
  }
}

function failureOf(path: string, complaints: ReadonlyMap<string, string>, stderr: string): FileFailure {
  const name = encodePath(safe(path)).toString('latin1');
  const errno = complaints.get(name);
  if (errno !== undefined) return fileFailure(errno);
  // GNU quotes names that have more than letters in them; openssl says it in a sentence.
  const lines = stderr.trimEnd().split('\n');
  const told = lines.find((line) => line.includes(name)) ?? (lines.length === 1 ? lines[0] : undefined) ?? '';
  return fileFailure(errnoAtEnd(told) ?? errnoAtEnd(told.replace(/^.*, /, ': ')) ?? 'EIO');
}
