import { Duplex, Readable, Writable } from 'node:stream';
import type { ProxyChannel } from './proxyChannel';
import { ReceiveQueue } from './receiveQueue';

/** Kept on our side, beside what the channel's window holds. */
const HIGH_WATER_BYTES = 65_536;

/** What the channel sends. Destroyed: the rest is thrown away, so that the program there goes on. */
export function readerOf(channel: ProxyChannel): { readonly stream: Readable; readonly queue: ReceiveQueue } {
  const queue = new ReceiveQueue(
    (chunk) => stream.push(chunk),
    (bytes) => channel.taken(bytes),
  );
  const stream = new Readable({
    highWaterMark: HIGH_WATER_BYTES,
    read: () => queue.feed(),
    destroy: (error, done) => {
      queue.discard();
      done(error);
    },
  });
  stream.read(0); // A short output is taken in, and its end seen, also when nobody reads it.
  return { stream, queue };
}

/** Into the channel. After the channel's end it is destroyed without an error. */
export function writerOf(channel: ProxyChannel): Writable {
  return new Writable({
    highWaterMark: HIGH_WATER_BYTES,
    write: (chunk: Buffer, _encoding, done) => channel.write(chunk, done),
    final: (done) => {
      channel.eof();
      done();
    },
    destroy: (error, done) => {
      channel.eof();
      done(error);
    },
  });
}

/** A connection through a channel, that each side ends by itself. */
export class ChannelDuplex extends Duplex {
  readonly #queue: ReceiveQueue;

  constructor(private readonly channel: ProxyChannel) {
    super({ highWaterMark: HIGH_WATER_BYTES });
    this.#queue = new ReceiveQueue(
      (chunk) => this.push(chunk),
      (bytes) => channel.taken(bytes),
    );
    channel.receive({ stdout: this.#queue, stderr: null, over: (lost) => this.#over(lost) });
    this.read(0);
  }

  override _read(): void {
    this.#queue.feed();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.channel.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.channel.eof();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#queue.discard();
    this.channel.close();
    done(error);
  }

  /** Closed by the other side: what it said is still read. */
  #over(lost: Error | undefined): void {
    if (lost !== undefined) this.destroy(lost);
    else if (this.readableEnded || this.destroyed) this.destroy();
    else this.once('end', () => this.destroy());
  }
}
