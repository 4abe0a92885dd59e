/** What a packet does not keep to; the message is part of the sentence that the session makes of it. */
export class MalformedPacket extends Error {
  override readonly name = 'MalformedPacket';
}

/** Reads the fields of one packet. Whatever would lie beyond its end throws MalformedPacket. */
export class Cursor {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  uint8(): number {
    return this.bytes.readUInt8(this.take(1));
  }

  uint32(): number {
    return this.bytes.readUInt32BE(this.take(4));
  }

  uint64(): bigint {
    return this.bytes.readBigUInt64BE(this.take(8));
  }

  /** Bytes with their length before them; a view of the packet. */
  string(): Buffer {
    const length = this.uint32();
    const start = this.take(length);
    return this.bytes.subarray(start, start + length);
  }

  private take(length: number): number {
    if (length > this.remaining) throw new MalformedPacket('a packet ends before its fields do');
    const start = this.at;
    this.at += length;
    return start;
  }
}
