import { encodePath } from '../../lib/bytePath';
import { isFailure, type FileTexts, type Machine } from '../machine';
import { localName } from '../machines';

interface Wanted {
  readonly path: string;
  readonly resolve: (content: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

/** What readMany takes for a pattern. */
const PATTERN = /[*[]/;

/**
 * The whole content of small files of a machine: of this one, many that are wanted at the same time are read at once,
 * which costs a fraction of a read for each.
 */
export class SmallReads {
  private waiting: Wanted[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly maxBytes: number,
    private readonly signal: AbortSignal,
  ) {}

  /** Throws ExpectedError, as MachineFiles.read does. */
  read(path: string): Promise<Uint8Array> {
    if (this.machine.name !== localName || PATTERN.test(path)) return this.alone(path);
    return new Promise((resolve, reject) => {
      this.waiting.push({ path, resolve, reject });
      // Those who ask in the same turn come along.
      if (this.waiting.length === 1) setImmediate(() => void this.answer());
    });
  }

  private alone(path: string): Promise<Uint8Array> {
    const { machine, signal, maxBytes } = this;
    return machine.files.read(path, { signal, maxBytes });
  }

  private async answer(): Promise<void> {
    const { machine, signal } = this;
    const batch = this.waiting;
    this.waiting = [];
    try {
      const paths = batch.map(({ path }) => bytesOf(path));
      // One byte more, to see what is longer.
      const options = { signal, encoding: 'bytes', maxBytes: this.maxBytes + 1 } as const;
      const texts = await machine.files.readMany(paths, options);
      for (const wanted of batch) this.settle(wanted, texts);
      texts.release?.();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** What cannot be read has its error from being read alone. */
  private settle({ path, resolve, reject }: Wanted, texts: FileTexts): void {
    const text = texts.get(bytesOf(path));
    if (text !== undefined && !isFailure(text) && text.length <= this.maxBytes) resolve(Buffer.from(text, 'latin1'));
    else this.alone(path).then(resolve, reject);
  }
}

/** As readMany has a path: a character for each byte. */
function bytesOf(path: string): string {
  return encodePath(path).toString('latin1');
}
