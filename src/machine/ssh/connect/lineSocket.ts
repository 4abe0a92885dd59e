import * as net from 'node:net';

/** What one read of the system takes in at most. */
const READ_BYTES = 262_144;

/** Memory into which the sockets of a thread read in turn. */
export function newReadMemory(): Buffer {
  return Buffer.allocUnsafeSlow(READ_BYTES);
}

/**
 * A socket that reads into memory which others use as well: Node makes new memory for each read, four times as many
 * reads, and garbage of as many megabytes as come. It is paused: who resumes it has attached 'data' before, which is
 * emitted at once and does not go through the stream's buffer.
 */
export class LineSocket extends net.Socket {
  /** Whether each chunk is one of its own. Only who keeps nothing of a chunk after its 'data' may do without. */
  copies = true;

  constructor(memory: Buffer) {
    super({
      onread: {
        buffer: memory,
        callback: (bytes, buffer) => {
          const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, bytes);
          this.emit('data', this.copies ? Buffer.from(chunk) : chunk);
          return true;
        },
      },
    });
    this.pause();
  }
}
