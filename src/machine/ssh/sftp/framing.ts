import { MalformedPacket } from './cursor';
import { MAX_PACKET_BYTES, PACKET } from './protocol';

const LENGTH_BYTES = 4;
/** A type and an id, or a type and a version. */
const MIN_PACKET_BYTES = 5;

/** Type, id and the length of the content, which is all that has to be in one piece of a DATA packet. */
const DATA_HEAD_BYTES = 9;
/** Smaller pieces of content are put together: each costs more than its bytes. */
const LEAST_PIECE_BYTES = 2_048;

/** A packet without its length field; the end of a long DATA packet lies in the further parts. */
export type OnPacket = (packet: Buffer, further: readonly Buffer[]) => void;

/** Cuts what arrives into packets (draft-02, 3). Content is not copied: of a file it would all be. */
export class Framing {
  private readonly head = Buffer.alloc(LENGTH_BYTES);
  private headLength = 0;
  /** The packet of which a part is still to come: in pieces, or in one place with so much of it filled. */
  private pieces: Buffer[] = [];
  private packet: Buffer | null = null;
  private length = 0;
  private filled = 0;

  constructor(private readonly onPacket: OnPacket) {}

  /** Throws MalformedPacket; it is of no use then any more. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.packet !== null) at = this.fill(this.packet, chunk, at);
      else at = this.pieces.length > 0 ? this.add(chunk, at) : this.begin(chunk, at);
    }
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
      this.onPacket(chunk.subarray(at, at + length), []);
      return at + length;
    }
    this.length = length;
    this.filled = 0;
    if (chunk[at] === PACKET.DATA && chunk.length - at >= DATA_HEAD_BYTES) return this.add(chunk, at);
    this.packet = Buffer.allocUnsafeSlow(length);
    return at;
  }

  private add(chunk: Buffer, start: number): number {
    const piece = chunk.subarray(start, start + this.length - this.filled);
    const isLast = this.filled + piece.length === this.length;
    if (piece.length < LEAST_PIECE_BYTES && !isLast) return this.fill(this.joined(), chunk, start);
    this.filled += piece.length;
    this.pieces.push(piece);
    if (isLast) {
      const [first = piece, ...further] = this.pieces;
      this.pieces = [];
      this.onPacket(first, further);
    }
    return start + piece.length;
  }

  private joined(): Buffer {
    const packet = Buffer.allocUnsafeSlow(this.length);
    let at = 0;
    for (const piece of this.pieces) at += piece.copy(packet, at);
    this.pieces = [];
    this.packet = packet;
    return packet;
  }

  private fill(packet: Buffer, chunk: Buffer, start: number): number {
    const taken = chunk.copy(packet, this.filled, start);
    this.filled += taken;
    if (this.filled === packet.length) {
      this.packet = null;
      this.onPacket(packet, []);
    }
    return start + taken;
  }
}
