import type { Readable, Writable } from 'node:stream';
import { errnoOf } from './errors';

/** Takes all that a stream gives, so that its writer never waits, and keeps the beginning. */
export class BoundedOutput {
  truncated = false;
  private readonly chunks: Uint8Array[] = [];
  private sizeBytes = 0;

  constructor(
    stream: Readable | null,
    private readonly maxBytes: number,
    onError: (error: Error) => void,
  ) {
    stream?.on('data', (chunk: Uint8Array) => this.add(chunk));
    stream?.on('error', onError);
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.chunks, this.sizeBytes);
  }

  private add(chunk: Uint8Array): void {
    const room = this.maxBytes - this.sizeBytes;
    if (chunk.length > room) this.truncated = true;
    if (room <= 0) return;
    const kept = chunk.subarray(0, room);
    this.chunks.push(kept);
    this.sizeBytes += kept.length;
  }
}

/** A program may end, or close its input, without reading all of it: its exit code tells how that went. */
const READER_GONE: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_DESTROYED']);

/** Gives a process its input and then the end of it. */
export function feed(
  stdin: Writable | null,
  content: Uint8Array | string | undefined,
  onError: (error: Error) => void,
): void {
  if (stdin === null || content === undefined) return;
  stdin.on('error', (error) => {
    if (!READER_GONE.has(errnoOf(error) ?? '')) onError(error);
  });
  stdin.end(content);
}
