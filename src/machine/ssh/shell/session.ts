import * as l10n from '@vscode/l10n';
import { randomBytes } from 'node:crypto';
import { ExpectedError } from '../../../lib/errors';
import type { Channel } from '../transport';

/** What is kept of stderr, to say why a program ended. */
const MOST_WORDS = 4_096;
/** Of one answer. */
const MOST_BYTES = 256 * 1_048_576;

/** A mark that nobody over there can foresee. */
export function newMark(): string {
  return `opsdeck-${randomBytes(16).toString('hex')}`;
}

/**
 * A program that stays and answers one request after another on its standard streams. An answer stands between
 * newline, mark, ' begin', newline and newline, mark, newline; whatever comes before, such as what a login shell
 * prints, is passed over. The mark is told on stdin only: nobody who sees argument lists knows it.
 */
export class Session {
  private readonly beginMark: Buffer;
  private readonly endMark: Buffer;
  private chunks: Buffer[] = [];
  private sizeBytes = 0;
  private begun = false;
  private waiting: { readonly resolve: (answer: Buffer) => void; readonly reject: (error: Error) => void } | undefined;
  private ended: Error | undefined;
  private words = '';
  private askedCount = 0;

  constructor(
    private readonly channel: Channel,
    private readonly host: string,
    readonly mark = newMark(),
  ) {
    this.beginMark = Buffer.from(`\n${mark} begin\n`);
    this.endMark = Buffer.from(`\n${mark}\n`);
    channel.stdout.on('data', this.receive);
    channel.stderr.on('data', this.hear);
    for (const stream of [channel.stdin, channel.stdout, channel.stderr])
      stream.on('error', () => this.end(new ExpectedError('closed', endedText(host, null, this.words))));
    channel.ended.then(
      ({ exitCode }) => this.end(new ExpectedError('closed', endedText(host, exitCode, this.words))),
      (error: unknown) => this.end(error instanceof Error ? error : new Error(String(error))),
    );
  }

  get isOpen(): boolean {
    return this.ended === undefined;
  }

  /** How many requests it was given. */
  get asked(): number {
    return this.askedCount;
  }

  /** One at a time. Rejects with ExpectedError('closed') when the program ends before it has answered. */
  ask(request: Uint8Array): Promise<Buffer> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    this.forget();
    this.askedCount += 1;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.channel.stdin.write(request);
    });
  }

  /** What has come of the answer that is waited for. */
  soFar(): Buffer {
    return this.begun ? this.whole() : Buffer.alloc(0);
  }

  /** Gives the channel away, while nothing is asked: what comes from now on is for who takes it. */
  release(): Channel {
    const { channel, host } = this;
    this.end(new ExpectedError('closed', endedText(host, null, '')));
    channel.stdout.off('data', this.receive).pause();
    channel.stderr.off('data', this.hear).pause();
    return channel;
  }

  close(): void {
    this.end(new ExpectedError('closed', endedText(this.host, null, '')));
    this.channel.close();
  }

  private readonly hear = (chunk: Buffer): void => {
    this.words = (this.words + String(chunk)).slice(-MOST_WORDS);
  };

  private readonly receive = (chunk: Buffer): void => {
    if (this.waiting === undefined) return;
    this.chunks.push(chunk);
    this.sizeBytes += chunk.length;
    if (!this.begun) this.findBegin();
    if (this.sizeBytes > MOST_BYTES) this.tooMuch();
    else if (this.begun && this.endsWithMark()) this.finish();
  };

  private findBegin(): void {
    const all = this.whole();
    const at = all.indexOf(this.beginMark);
    this.begun = at >= 0;
    this.chunks = [at >= 0 ? all.subarray(at + this.beginMark.length) : all];
    this.sizeBytes = this.chunks[0]?.length ?? 0;
  }

  /** Nothing follows it before the next request. */
  private endsWithMark(): boolean {
    const length = this.endMark.length;
    let tail = this.chunks.at(-1) ?? Buffer.alloc(0);
    if (tail.length < length && this.chunks.length > 1) {
      tail = this.whole();
      this.chunks = [tail];
    }
    return tail.length >= length && tail.subarray(-length).equals(this.endMark);
  }

  private finish(): void {
    const answer = this.whole().subarray(0, -this.endMark.length);
    const { waiting } = this;
    this.forget();
    waiting?.resolve(answer);
  }

  private whole(): Buffer {
    return this.chunks.length === 1 ? (this.chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.chunks, this.sizeBytes);
  }

  private forget(): void {
    this.waiting = undefined;
    this.chunks = [];
    this.sizeBytes = 0;
    this.begun = false;
  }

  private tooMuch(): void {
    const text = l10n.t(
      '{0} answered with more than {1} MiB at once. Ask for less.',
      this.host,
      MOST_BYTES / 1_048_576,
    );
    this.end(new ExpectedError('too-large', text));
    this.channel.close();
  }

  private end(error: Error): void {
    this.ended ??= error;
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.reject(this.ended);
  }
}

function endedText(host: string, exitCode: number | null, words: string): string {
  const last = words.trim().split('\n').at(-1) ?? '';
  if (last !== '') return l10n.t('The shell on {0} has ended: {1}. Try again.', host, last);
  if (exitCode === null) return l10n.t('The shell on {0} has ended. Try again.', host);
  return l10n.t('The shell on {0} has ended with exit code {1}. Try again.', host, exitCode);
}
