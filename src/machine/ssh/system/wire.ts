/*
 * Numbers and strings as SSH writes them (RFC 4251, 5), in packets that have their length before them: the form of the
 * control socket (OpenSSH's PROTOCOL.mux).
 */

export type Field = number | string | boolean | Uint8Array;

/** Numbers as uint32, strings and bytes with their length, booleans as one byte. */
export function encode(...fields: readonly Field[]): Buffer {
  return Buffer.concat(fields.map(encodeField));
}

function encodeField(field: Field): Buffer {
  if (typeof field === 'number') return uint32(field);
  if (typeof field === 'boolean') return Buffer.of(field ? 1 : 0);
  const bytes = typeof field === 'string' ? Buffer.from(field, 'utf8') : field;
  return Buffer.concat([uint32(bytes.length), bytes]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** Reads fields one after the other. Throws MalformedPacket where there are none. */
export class FieldReader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  byte(): number {
    return this.#take(1)[0] ?? 0;
  }

  number(): number {
    return this.#take(4).readUInt32BE();
  }

  string(): Buffer {
    return this.#take(this.number());
  }

  text(): string {
    return this.string().toString('utf8');
  }

  boolean(): boolean {
    return this.byte() !== 0;
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.bytes.length) throw new MalformedPacket('a packet is shorter than its fields');
    const bytes = this.bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }
}

export class MalformedPacket extends Error {
  override readonly name = 'MalformedPacket';
}

/** Beyond what ssh sends: it grants 32 KiB a packet, and takes 256 KiB. */
const MAX_PACKET_BYTES = 1_048_576;

/** Cuts a stream of bytes into packets. */
export class PacketSplitter {
  #chunks: Buffer[] = [];
  #length = 0;

  /** The packets that are complete now, without their lengths. Throws MalformedPacket. */
  push(chunk: Buffer): readonly Buffer[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const packets: Buffer[] = [];
    while (this.#length >= 4) {
      const length = this.#joined(4).readUInt32BE();
      if (length > MAX_PACKET_BYTES) throw new MalformedPacket('a packet is too long');
      if (this.#length < 4 + length) break;
      const all = this.#joined(4 + length);
      packets.push(all.subarray(4, 4 + length));
      this.#chunks[0] = all.subarray(4 + length);
      this.#length -= 4 + length;
    }
    return packets;
  }

  /** The first chunk, made at least that long. */
  #joined(length: number): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= length) return first;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}

export function framed(packet: Uint8Array): Buffer {
  return Buffer.concat([uint32(packet.length), packet]);
}
