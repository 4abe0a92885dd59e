import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { FileFailure, HashOutcome, Machine, RunningCommand } from '../../../../machine/machine';
import { ByteReader } from '../archives/byteReader';
import { GIT_ENVIRONMENT } from '../sources/git';

const PORTION_BYTES = 65_536;

/** One `git cat-file --batch` (git-cat-file(1)): it answers in the order of the questions. */
export class GitObjects {
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly command: RunningCommand,
    private readonly reader: ByteReader,
    private readonly stop: AbortController,
  ) {}

  static async open(
    machine: Machine,
    folder: string,
    signal: AbortSignal,
    onBytes: (bytes: number) => void,
  ): Promise<GitObjects> {
    const stop = new AbortController();
    signal.addEventListener('abort', () => stop.abort(), { once: true, signal: stop.signal });
    if (signal.aborted) stop.abort();
    const words = ['git', '-C', folder, 'cat-file', '--batch'];
    const command = await machine.start(words, { signal: stop.signal, env: { ...GIT_ENVIRONMENT, LC_ALL: 'C' } });
    command.ended.catch(() => undefined);
    for (const stream of [command.stdin, command.stdout]) stream.on('error', () => undefined);
    command.stderr.resume();
    return new GitObjects(command, new ByteReader(command.stdout, onBytes), stop);
  }

  /** Asks for objects by their names; each is to be taken by `hash`, in their order. */
  ask(names: readonly string[]): void {
    this.command.stdin.write(names.map((name) => `${name}\n`).join(''));
  }

  /** The next content that was asked for, portion by portion; null where there is none. */
  private async take(each: (part: Buffer) => void): Promise<number | null> {
    const answer = await this.reader.until(10);
    if (answer === null) throw await this.endedEarly();
    const [, sizeText] = / (\d+)$/.exec(answer.toString('latin1')) ?? [];
    if (sizeText === undefined) return null;
    const sizeBytes = Number(sizeText);
    for (let left = sizeBytes; left > 0;) {
      const part = await this.reader.some(Math.min(left, PORTION_BYTES));
      if (part === null) throw await this.endedEarly();
      each(part);
      left -= part.length;
    }
    await this.reader.skip(1);
    return sizeBytes;
  }

  /** Whole contents, by their names or as REVISION:PATH; null where there is none. Calls wait for each other. */
  contents(names: readonly string[]): Promise<readonly (Buffer | null)[]> {
    const turn = this.turn.then(async () => {
      this.ask(names);
      const contents: (Buffer | null)[] = [];
      while (contents.length < names.length) contents.push(await this.content());
      return contents;
    });
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  private async content(): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    const sizeBytes = await this.take((part) => parts.push(Buffer.from(part)));
    return sizeBytes === null ? null : Buffer.concat(parts);
  }

  async hash(): Promise<HashOutcome> {
    const hash = createHash('sha256');
    const sizeBytes = await this.take((part) => hash.update(part));
    return sizeBytes === null ? notThere() : { kind: 'hash', sha256: hash.digest('hex') };
  }

  /** Ends it, whatever it is at. */
  close(): void {
    this.command.stdin.end();
    this.stop.abort();
  }

  /** What ended it: the signal, a lost connection, or git itself. */
  private async endedEarly(): Promise<unknown> {
    return this.command.ended.then(
      ({ exitCode }) => new Error(`git cat-file ended by itself with code ${exitCode}`),
      (error: unknown) => error,
    );
  }
}

/** Of a clone without all contents; nothing is fetched. */
function notThere(): FileFailure {
  return { kind: 'failure', code: 'missing', message: l10n.t('the repository does not have its content') };
}
