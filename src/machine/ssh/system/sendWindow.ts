import type { Socket } from 'node:net';
import { dataPacket } from './channelPackets';

/** What may lie in the control connection before a writer has to wait. */
const SOCKET_BYTES = 1_048_576;

/** What we may send into a channel: as much as the other side has room for, at the pace of the control connection. */
export class SendWindow {
  #theirId = 0;
  #room = 0;
  #maxPacketBytes = 0;
  #pending: { readonly bytes: Buffer; readonly done: () => void } | undefined;

  constructor(private readonly socket: Socket) {}

  open(theirId: number, room: number, maxPacketBytes: number): void {
    this.#theirId = theirId;
    this.#room = room;
    this.#maxPacketBytes = Math.min(maxPacketBytes, 32_768);
    this.#send();
  }

  /** The other side has room for so many bytes more. */
  widen(bytes: number): void {
    this.#room += bytes;
    this.#send();
  }

  /** One at a time, as Writable does it. `done` is called when all is on its way. */
  write(bytes: Buffer, done: () => void): void {
    this.#pending = { bytes, done };
    this.#send();
  }

  #send(): void {
    const { socket } = this;
    if (this.#pending === undefined || this.#maxPacketBytes === 0 || socket.destroyed) return;
    const { bytes, done } = this.#pending;
    const end = Math.min(bytes.length, this.#room);
    for (let at = 0; at < end; at += this.#maxPacketBytes) {
      socket.write(dataPacket(this.#theirId, bytes.subarray(at, Math.min(end, at + this.#maxPacketBytes))));
    }
    this.#room -= end;
    if (end < bytes.length) {
      this.#pending = { bytes: bytes.subarray(end), done };
      return;
    }
    this.#pending = undefined;
    if (socket.writableLength > SOCKET_BYTES) socket.once('drain', done);
    else done();
  }
}
