import { MalformedPacket } from './cursor';
import { MAX_PACKET_BYTES } from './protocol';

const LENGTH_BYTES = 4;
/** A type and an id, or a type and a version. */
const MIN_PACKET_BYTES = 5;

/** Cuts what arrives into packets (draft-02, 3), without their length fields. */
export class Framing {
  private readonly head = Buffer.alloc(LENGTH_BYTES);
  private headLength = 0;
  /** The packet of which a part is still to come, in memory of its own, with so much of it filled. */
  private packet: Buffer | null = null;
  private filled = 0;
  private handedOn = false;

  constructor(private readonly onPacket: (packet: Buffer) => void) {}

  /**
   * Whether something of the chunk was handed on where it lies: packets that are wholly in it. Throws MalformedPacket;
   * it is of no use then any more.
   */
  push(chunk: Buffer): boolean {
    this.handedOn = false;
    let at = 0;
    while (at < chunk.length) {
      at = this.packet === null ? this.begin(chunk, at) : this.fill(this.packet, chunk, at);
    }
    return this.handedOn;
  }

  /** Takes the length field, and with it the packet where the chunk has the whole of it. */
  private begin(chunk: Buffer, start: number): number {
    const taken = chunk.copy(this.head, this.headLength, start, start + LENGTH_BYTES - this.headLength);
    this.headLength += taken;
    const at = start + taken;
    if (this.headLength < LENGTH_BYTES) return at;
    this.headLength = 0;
    const length = this.head.readUInt32BE(0);
    if (length < MIN_PACKET_BYTES || length > MAX_PACKET_BYTES) {
      throw new MalformedPacket(`a packet is said to have ${length} bytes`);
    }
    if (chunk.length - at >= length) {
      this.handedOn = true;
      this.onPacket(chunk.subarray(at, at + length));
      return at + length;
    }
    this.packet = Buffer.allocUnsafeSlow(length);
    this.filled = 0;
    return at;
  }

  private fill(packet: Buffer, chunk: Buffer, start: number): number {
    const taken = chunk.copy(packet, this.filled, start);
    this.filled += taken;
    if (this.filled === packet.length) {
      this.packet = null;
      this.onPacket(packet);
    }
    return start + taken;
  }
}
