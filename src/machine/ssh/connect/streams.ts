import { Duplex, type Readable as Source, Readable, Writable } from 'node:stream';
import type { Channel, ClientChannel } from 'ssh2';

/** Kept on our side, beside what the channel's window (2 MiB in ssh2) lets the server send. */
const HIGH_WATER_BYTES = 64 * 1024;
/** What may lie in the connection's socket before a writer has to wait. */
const SOCKET_BYTES = 1024 * 1024;

/**
 * ssh2 lets the server send on as soon as either stdout or stderr has room, so that the one nobody reads would grow
 * without bound. From now on both must have room.
 */
export function holdTogether(channel: ClientChannel): void {
  hold(channel, channel.stderr);
  hold(channel.stderr, channel);
}

function hold(one: Source, other: Source): void {
  const push = one.push.bind(one);
  const read = one._read.bind(one);
  one.push = (chunk: unknown, encoding?: BufferEncoding): boolean => push(chunk, encoding) && !isFull(other);
  one._read = (size: number): void => {
    if (!isFull(other)) read(size);
  };
}

function isFull(stream: Source): boolean {
  return stream.readableLength >= stream.readableHighWaterMark;
}

/** What the channel sends, at the pace of who reads it. Destroyed: the rest is thrown away, so that it goes on. */
export function readerOf(source: Source): Readable {
  const reader = new Readable({
    highWaterMark: HIGH_WATER_BYTES,
    read: () => void source.resume(),
    destroy: (error, done) => {
      source.off('data', take).resume();
      done(error);
    },
  });
  const take = (chunk: Buffer): void => {
    if (!reader.push(chunk)) source.pause();
  };
  source.pause().on('data', take);
  source.once('end', () => reader.push(null));
  reader.read(0); // A short output is taken in, and its end seen, also when nobody reads it.
  return reader;
}

/** Into the channel, at the pace of the connection. After the channel's end it is destroyed without an error. */
export function writerOf(channel: ClientChannel, socket: Duplex): Writable {
  const writer = new Writable({
    highWaterMark: HIGH_WATER_BYTES,
    write: (chunk: Buffer, _encoding, done) => send(channel, socket, chunk, done),
    final: (done) => {
      channel.end();
      done();
    },
    destroy: (error, done) => {
      channel.end();
      done(error);
    },
  });
  channel.once('close', () => writer.destroy());
  return writer;
}

/** A connection through the channel, as a socket behaves; also what another ssh2 client can run on. */
export class ChannelDuplex extends Duplex {
  bytesRead = 0;
  bytesWritten = 0;

  constructor(
    private readonly channel: Channel,
    private readonly socket: Duplex,
  ) {
    super({ highWaterMark: HIGH_WATER_BYTES });
    channel.pause().on('data', this.onData);
    channel.once('end', () => this.push(null));
    channel.once('close', () => {
      if (this.readableEnded) this.destroy();
      else this.once('end', () => this.destroy());
    });
    this.read(0);
  }

  private readonly onData = (chunk: Buffer): void => {
    this.bytesRead += chunk.length;
    if (!this.push(chunk)) this.channel.pause();
  };

  override _read(): void {
    this.channel.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.bytesWritten += chunk.length;
    send(this.channel, this.socket, chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.channel.off('data', this.onData).resume();
    this.channel.close();
    done(error);
  }
}

/** Calls back when the channel has taken the bytes and the socket is not overfull; ssh2 does not look at the socket. */
function send(channel: Channel, socket: Duplex, chunk: Buffer, done: (error?: Error | null) => void): void {
  if (!channel.writable) return done(new Error('the channel is closed'));
  channel.write(chunk, (error) => {
    if (error != null || socket.writableLength <= SOCKET_BYTES) return done(error);
    const goOn = (): void => {
      socket.off('drain', goOn).off('close', goOn);
      done();
    };
    socket.on('drain', goOn).on('close', goOn);
  });
}
