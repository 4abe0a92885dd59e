import type { Writable } from 'node:stream';

/** Small packets of one turn leave together up to this; what is longer leaves by itself, uncopied. */
const TOGETHER_BYTES = 32_768;

/** Hands packets to the channel, few writes for many: each write costs a packet of the connection below. */
export class Outbox {
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private scheduled = false;

  /** `onTaken`: something was taken by the connection below. */
  constructor(
    private readonly stream: Writable,
    private readonly onTaken: () => void,
  ) {}

  /** `content` follows the packet. */
  push(packet: Buffer, content: Uint8Array | null = null): void {
    if (this.waitingBytes + packet.length > TOGETHER_BYTES) this.flush();
    if (packet.length >= TOGETHER_BYTES) return this.write(packet);
    this.waiting.push(packet);
    this.waitingBytes += packet.length;
    if (content !== null) {
      this.flush();
      return this.write(content);
    }
    if (this.scheduled) return;
    this.scheduled = true;
    process.nextTick(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    if (this.waiting.length === 0) return;
    const [first, ...others] = this.waiting;
    const all = others.length === 0 && first !== undefined ? first : Buffer.concat(this.waiting, this.waitingBytes);
    this.waiting = [];
    this.waitingBytes = 0;
    this.write(all);
  }

  private write(bytes: Uint8Array): void {
    if (!this.stream.writable) return;
    this.stream.write(bytes, (error) => {
      if (error == null) this.onTaken();
    });
  }
}
