import { Transform, type TransformCallback } from 'node:stream';

const MOST_LINE = 256;
const KEPT_WORDS = 2_048;

/** Lets through what follows the line that holds the mark; what login shells print comes before that. */
export class AfterMark extends Transform {
  /** What stands after the mark on its line; null where the stream ended without it. */
  readonly found: Promise<string | null>;
  private tell: (line: string | null) => void = () => undefined;
  private before: Buffer | null = Buffer.alloc(0);

  constructor(private readonly mark: string) {
    super();
    this.found = new Promise((resolve) => (this.tell = resolve));
    this.once('close', () => this.tell(null));
  }

  /** The end of what came instead of the mark. */
  get words(): string {
    return this.before === null ? '' : this.before.subarray(-KEPT_WORDS).toString();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (this.before === null) return done(null, chunk);
    const all = Buffer.concat([this.before, chunk]);
    const at = all.indexOf(`\n${this.mark}`);
    const end = at < 0 ? -1 : all.indexOf('\n', at + 1);
    if (end < 0) {
      this.before = at < 0 ? all.subarray(-(KEPT_WORDS + MOST_LINE)) : all.subarray(at);
      return done();
    }
    this.before = null;
    this.tell(all.toString('latin1', at + 1 + this.mark.length, end).trim());
    const rest = all.subarray(end + 1);
    return rest.length === 0 ? done() : done(null, rest);
  }

  override _flush(done: TransformCallback): void {
    this.tell(null);
    done();
  }
}
