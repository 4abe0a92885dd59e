/** Hands what one puts in to one who takes it out, in order; whoever takes waits for it. */
export class AsyncQueue<Item> implements AsyncIterable<Item> {
  private readonly items: Item[] = [];
  private over: { readonly error: unknown } | null = null;
  private wake: (() => void) | null = null;

  push(item: Item): void {
    if (this.over !== null) return;
    this.items.push(item);
    this.stir();
  }

  /** Nothing more comes. With an error, it is thrown when all is taken. */
  end(error?: unknown): void {
    this.over ??= { error };
    this.stir();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for (;;) {
      const item = this.items.shift();
      if (item !== undefined) yield item;
      else if (this.over === null) await new Promise<void>((resolve) => (this.wake = resolve));
      else if (this.over.error === undefined) return;
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- handed on as it came
      else throw this.over.error;
    }
  }

  private stir(): void {
    this.wake?.();
    this.wake = null;
  }
}
