/** What keeps the text of an output and tells it in a bounded form; see report/terminalText.ts. */
export interface OutputScreen {
  write(output: string): void;
  text(): string;
}

const LINE_FEED = 0x0a;

/** One output of a program: counted, decoded as UTF-8, passed through a filter and kept within bounds. */
export class Capture {
  private readonly decoder = new TextDecoder('utf-8');
  private written = 0;
  private lineCount = 0;

  constructor(private readonly screen: OutputScreen) {}

  get bytes(): number {
    return this.written;
  }

  get lines(): number {
    return this.lineCount;
  }

  /** What these bytes say, together with what was left of the last ones. */
  decode(chunk: Uint8Array): string {
    return this.decoder.decode(chunk, { stream: true });
  }

  /** What was left over at the end. */
  rest(): string {
    return this.decoder.decode();
  }

  /** Counts and keeps output that comes as bytes; `text` is what they say. */
  keep(text: string, bytes: Uint8Array): void {
    this.written += bytes.length;
    for (const byte of bytes) if (byte === LINE_FEED) this.lineCount++;
    this.screen.write(text);
  }

  /** The same for what a filter has left of the output. */
  keepText(text: string): void {
    if (text !== '') this.keep(text, Buffer.from(text));
  }

  text(): string {
    return this.screen.text();
  }
}
