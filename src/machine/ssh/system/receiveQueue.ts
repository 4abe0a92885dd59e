/**
 * What a channel has received and nobody has taken yet. It never holds more than the channel's window, because the
 * other side may send on only for what was taken.
 */
export class ReceiveQueue {
  readonly #chunks: Buffer[] = [];
  #isWanted = false;
  #hasEnded = false;
  #isDiscarding = false;

  constructor(
    /** Readable.push: false when there is enough for now. */
    private readonly push: (chunk: Buffer | null) => boolean,
    /** Told of every byte that has left the queue. */
    private readonly taken: (bytes: number) => void,
  ) {}

  add(chunk: Buffer): void {
    if (this.#hasEnded) return;
    if (this.#isDiscarding) return this.taken(chunk.length);
    this.#chunks.push(chunk);
    if (this.#isWanted) this.feed();
  }

  /** Readable._read: the reader wants more. */
  feed(): void {
    this.#isWanted = true;
    for (let chunk = this.#chunks.shift(); chunk !== undefined; chunk = this.#chunks.shift()) {
      this.#isWanted = this.push(chunk);
      this.taken(chunk.length);
      if (!this.#isWanted) break;
    }
    this.#endWhenEmpty();
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#endWhenEmpty();
  }

  /** Nobody reads any more: what comes is taken and thrown away, so that the other side can go on. */
  discard(): void {
    this.#isDiscarding = true;
    for (const chunk of this.#chunks.splice(0)) this.taken(chunk.length);
  }

  #endWhenEmpty(): void {
    if (this.#hasEnded && this.#chunks.length === 0 && !this.#isDiscarding) this.push(null);
  }
}
