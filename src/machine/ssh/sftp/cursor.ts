/** What a packet does not keep to; the message is part of the sentence that the session makes of it. */
export class MalformedPacket extends Error {
  override readonly name = 'MalformedPacket';
}

/** Reads the fields of one packet, of which the end may lie in further parts. Whatever would lie beyond its end throws MalformedPacket. */
export class Cursor {
  private at = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly further: readonly Buffer[] = [],
  ) {}

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

  /** As string, for the last field: it may reach into the further parts. */
  parts(): readonly Buffer[] {
    const parts: Buffer[] = [];
    let left = this.uint32();
    for (const part of [this.bytes.subarray(this.at), ...this.further]) {
      if (left === 0) break;
      const taken = part.subarray(0, left);
      if (taken.length > 0) parts.push(taken);
      left -= taken.length;
    }
    if (left > 0) throw new MalformedPacket('a packet ends before its fields do');
    this.at = this.bytes.length;
    return parts;
  }

  private take(length: number): number {
    if (length > this.remaining) throw new MalformedPacket('a packet ends before its fields do');
    const start = this.at;
    this.at += length;
    return start;
  }
}
