import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { decodePath } from '../../lib/bytePath';
import { ExpectedError } from '../../lib/errors';
import type { Machine } from '../machine';
import { localName } from '../machines';

const EXEC_DEADLINE_MS = 60_000;
/** A slow disk reads so much. */
const SLOW_BYTES_PER_MS = 10_000;
/** What waits so long for company is hashed without. */
const GATHER_MS = 15;
const MOST_AT_ONCE = 800;
const MOST_LENGTH = 60_000;
const HEX = /^[0-9a-f]{64}$/;

/** A program that prints SHA-256 hashes, what it is called with before the paths, and how its lines begin and end. */
interface HashProgram {
  readonly command: readonly string[];
  readonly separator: '\0' | '\n';
  /** One line, or null where it is something else. */
  read(line: string): readonly [path: string, hash: string] | null;
}

function hashFirst(line: string): readonly [string, string] | null {
  const [, hash = '', path = ''] = /^([0-9a-f]{64}) [ *](.*)$/s.exec(line) ?? [];
  return hash === '' ? null : [path, hash];
}

function pathFirst(line: string): readonly [string, string] | null {
  const [, path = '', hash = ''] = /^SHA256 ?\((.*)\) ?= ([0-9a-f]{64})$/s.exec(line) ?? [];
  return hash === '' ? null : [path, hash];
}

/** GNU coreutils, busybox and others, perl's (macOS), the BSDs', openssl(1). */
const PROGRAMS: readonly HashProgram[] = [
  { command: ['sha256sum', '-z', '--'], separator: '\0', read: hashFirst },
  { command: ['sha256sum', '--'], separator: '\n', read: hashFirst },
  { command: ['shasum', '-a', '256', '--'], separator: '\n', read: hashFirst },
  { command: ['sha256'], separator: '\n', read: pathFirst },
  { command: ['openssl', 'dgst', '-sha256', '-r'], separator: '\n', read: hashFirst },
];

interface Wanted {
  readonly path: string;
  readonly sizeBytes: number;
  readonly resolve: (hash: string) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * SHA-256 of files of a machine: many in one run of a program over there, one run at a time. On this machine, and where
 * there is no such program, the files are read.
 */
export class Hashes {
  private readonly waiting: Wanted[] = [];
  private working: Promise<void> | undefined;
  private program: Promise<HashProgram | null> | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly signal: AbortSignal,
  ) {}

  /** In hex. Throws ExpectedError. */
  of(path: string, sizeBytes: number): Promise<string> {
    if (this.machine.name === localName) return this.byReading(path, null);
    return new Promise((resolve, reject) => {
      this.waiting.push({ path, sizeBytes, resolve, reject });
      this.working ??= this.work();
    });
  }

  /** Of its first bytes. */
  async ofBeginning(path: string, bytes: number): Promise<string> {
    const program = this.machine.name === localName ? null : await this.found();
    if (program === null) return this.byReading(path, bytes);
    // The words stand apart from the script, which is always the same.
    const script = 'bytes=$1 file=$2; shift 2; head -c "$bytes" "$file" | "$@"';
    const words = program.command.filter((word) => word !== '--' && word !== '-z');
    const { stdout } = await this.machine.exec(['sh', '-c', script, 'sh', String(bytes), path, ...words], {
      signal: this.signal,
      deadlineMs: deadlineOf(bytes),
    });
    return /[0-9a-f]{64}/.exec(Buffer.from(stdout).toString('latin1'))?.[0] ?? this.byReading(path, bytes);
  }

  /** What comes while a program runs waits for the next run. */
  private async work(): Promise<void> {
    await pause(GATHER_MS);
    while (this.waiting.length > 0) await this.answer(nextBatch(this.waiting));
    this.working = undefined;
  }

  private async answer(batch: readonly Wanted[]): Promise<void> {
    try {
      const hashes = await this.byProgram(batch);
      for (const { path, resolve, reject } of batch) {
        const hash = hashes.get(path);
        // Also the error of a file that cannot be read comes from reading it.
        if (hash !== undefined) resolve(hash);
        else await this.byReading(path, null).then(resolve, reject);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  private async byProgram(batch: readonly Wanted[]): Promise<ReadonlyMap<string, string>> {
    const program = await this.found();
    if (program === null) return new Map();
    const isPlain = ({ path }: Wanted): boolean => program.separator === '\0' || !/[\n\r\\]/.test(path);
    const asked = batch.filter(isPlain);
    if (asked.length === 0) return new Map();
    const { stdout } = await this.machine.exec([...program.command, ...asked.map(({ path }) => path)], {
      signal: this.signal,
      deadlineMs: deadlineOf(asked.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)),
    });
    const lines = decodePath(stdout).split(program.separator);
    return new Map(lines.map((line) => program.read(line)).filter((found) => found !== null));
  }

  private found(): Promise<HashProgram | null> {
    return (this.program ??= this.find());
  }

  private async find(): Promise<HashProgram | null> {
    if (this.machine.platform === 'win32') return null;
    for (const program of PROGRAMS) {
      if (await this.works(program)) return program;
    }
    return null;
  }

  /** Asked for a file that every machine has: an old program does not know the option. */
  private async works({ command, separator, read }: HashProgram): Promise<boolean> {
    try {
      const { exitCode, stdout } = await this.machine.exec([...command, '/dev/null'], { signal: this.signal });
      const [line = ''] = Buffer.from(stdout).toString('latin1').split(separator);
      return exitCode === 0 && HEX.test(read(line)?.[1] ?? '');
    } catch (error) {
      if (error instanceof ExpectedError && ['not-found', 'missing', 'denied'].includes(error.code)) return false;
      throw error;
    }
  }

  private async byReading(path: string, bytes: number | null): Promise<string> {
    const hash = createHash('sha256');
    let left = bytes ?? Number.POSITIVE_INFINITY;
    if (left === 0) return hash.digest('hex');
    for await (const chunk of await this.machine.files.stream(path, { signal: this.signal })) {
      const part = (chunk as Buffer).subarray(0, left);
      hash.update(part);
      left -= part.length;
      if (left <= 0) break;
    }
    return hash.digest('hex');
  }
}

/** Taken from the front: as many as a command line can hold. */
function nextBatch(waiting: Wanted[]): readonly Wanted[] {
  let length = 0;
  const end = waiting.findIndex(({ path }) => (length += path.length) > MOST_LENGTH);
  return waiting.splice(0, end === -1 ? MOST_AT_ONCE : Math.min(MOST_AT_ONCE, Math.max(1, end)));
}

function deadlineOf(bytes: number): number {
  return EXEC_DEADLINE_MS + bytes / SLOW_BYTES_PER_MS;
}
