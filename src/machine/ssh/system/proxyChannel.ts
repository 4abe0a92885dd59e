import type { Socket } from 'node:net';
import { CancelledError, type ExpectedError } from '../../../lib/errors';
import type { ExitStatus } from '../../machine';
import { adjustPacket, MESSAGE, openPacket, plainPacket, requestPacket, WINDOW_BYTES } from './channelPackets';
import { masterGone } from './controlSocket';
import type { ReceiveQueue } from './receiveQueue';
import { SendWindow } from './sendWindow';
import { FieldReader, type Field } from './wire';

const STDERR = 1;
/** After our 'close' the other side has to say the same; so long is it waited for. */
const CLOSE_WAIT_MS = 5_000;

/** What channel is wanted. */
export interface ChannelWish {
  readonly type: string;
  /** The fields of that type, encoded. */
  readonly fields: Uint8Array;
  /** What it means that the server refuses, by its reason (RFC 4254, 5.1) and its text. */
  refusal(reason: number, text: string): ExpectedError;
}

/** Where what a channel receives goes. */
export interface ChannelSink {
  readonly stdout: ReceiveQueue;
  readonly stderr: ReceiveQueue | null;
  /** The channel is closed; `lost` says why where that was not by either side's will. */
  over(lost: Error | undefined): void;
}

/** What carries channels: packets go out by it, what comes for a channel it hands to that. */
export interface ChannelLine {
  readonly socket: Socket;
  /** The channel is closed on both sides: nothing more comes for it. */
  forget(ownId: number): void;
}

/** One channel of a line (RFC 4254, 5). */
export class ProxyChannel {
  readonly #packets: Buffer[] = [];
  readonly #answers: ((isGranted: boolean) => void)[] = [];
  readonly #window: SendWindow;
  #phase: 'opening' | 'open' | 'over' = 'opening';
  #settleOpening: (error: Error | undefined) => void = () => undefined;
  #sink: ChannelSink | undefined;
  #lost: Error | undefined;
  #theirId = 0;
  #takenBytes = 0;
  #exit: ExitStatus = { exitCode: null, signal: null };
  #eofSent = false;
  #closeSent = false;
  #closeTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly line: ChannelLine,
    private readonly ownId: number,
    private readonly wish: ChannelWish,
  ) {
    this.#window = new SendWindow(line.socket);
  }

  /** Settles when the other side has opened it too. Cancelled: it is closed as soon as it is open. */
  async open(signal: AbortSignal): Promise<void> {
    const cancel = (): void => this.#over(new CancelledError('cancelled'));
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        this.#settleOpening = (error) => (error === undefined ? resolve() : reject(error));
        this.#send(openPacket(this.ownId, this.wish.type, this.wish.fields));
        if (signal.aborted) cancel();
      });
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** How the program there ended, as far as is known by now. */
  get exit(): ExitStatus {
    return this.#exit;
  }

  /** Why it was lost, where it was. */
  get lost(): Error | undefined {
    return this.#lost;
  }

  /** From now on what comes goes there; before, it waits. */
  receive(sink: ChannelSink): void {
    this.#sink = sink;
    if (this.#phase === 'over') sink.over(this.#lost);
    else this.#receive();
  }

  /** Bytes of the sink's queues that were taken: the other side may send as many more. */
  taken(bytes: number): void {
    this.#takenBytes += bytes;
    if (this.#takenBytes < WINDOW_BYTES / 4 || this.#phase !== 'open') return;
    this.#send(adjustPacket(this.#theirId, this.#takenBytes));
    this.#takenBytes = 0;
  }

  write(bytes: Buffer, done: () => void): void {
    if (!this.#eofSent) this.#window.write(bytes, done);
  }

  /** Nothing more is sent. */
  eof(): void {
    if (this.#phase !== 'open' || this.#eofSent || this.#closeSent) return;
    this.#eofSent = true;
    this.#send(plainPacket('eof', this.#theirId));
  }

  /** A request that nobody answers. */
  tell(name: string, ...fields: readonly Field[]): void {
    if (this.#phase === 'open' && !this.#closeSent) {
      this.#send(requestPacket(this.#theirId, name, false, ...fields));
    }
  }

  /** Whether the other side did it; false also when the channel is closed. */
  request(name: string, ...fields: readonly Field[]): Promise<boolean> {
    if (this.#phase !== 'open' || this.#closeSent) return Promise.resolve(false);
    this.#send(requestPacket(this.#theirId, name, true, ...fields));
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  close(): void {
    if (this.#phase !== 'open') return this.#over(undefined);
    if (this.#closeSent) return;
    this.#closeSent = true;
    this.#send(plainPacket('close', this.#theirId));
    this.#closeTimer = setTimeout(() => this.#over(undefined), CLOSE_WAIT_MS).unref();
  }

  /** A packet for this channel, from its message number on. */
  take(packet: Buffer): void {
    this.#packets.push(packet);
    this.#receive();
  }

  /** The line is broken. */
  lose(error: Error): void {
    this.#over(error);
  }

  #receive(): void {
    while (this.#phase !== 'open' || this.#sink !== undefined) {
      const packet = this.#packets.shift();
      if (packet === undefined) return;
      const reader = new FieldReader(packet);
      const message = reader.byte();
      reader.number();
      if (this.#phase === 'opening') this.#onOpening(message, reader);
      else if (this.#phase === 'open') this.#onOpen(message, reader);
      else this.#afterwards(message, reader);
    }
  }

  #onOpening(message: number, reader: FieldReader): void {
    if (message === MESSAGE.openFailure) {
      this.line.forget(this.ownId);
      return this.#over(this.wish.refusal(reader.number(), reader.text()));
    }
    if (message !== MESSAGE.openConfirmation) return;
    this.#theirId = reader.number();
    this.#phase = 'open';
    this.#window.open(this.#theirId, reader.number(), reader.number());
    this.#settleOpening(undefined);
  }

  #onOpen(message: number, reader: FieldReader): void {
    switch (message) {
      case MESSAGE.data:
        return this.#sink?.stdout.add(reader.string());
      case MESSAGE.extendedData:
        return this.#onExtended(reader.number(), reader.string());
      case MESSAGE.windowAdjust:
        return this.#window.widen(reader.number());
      case MESSAGE.eof:
        return this.#endOutput();
      case MESSAGE.close:
        return this.#onClose();
      case MESSAGE.request:
        return this.#onRequest(reader);
      case MESSAGE.success:
      case MESSAGE.failure:
        return this.#answers.shift()?.(message === MESSAGE.success);
    }
  }

  #onExtended(type: number, bytes: Buffer): void {
    if (type === STDERR && this.#sink?.stderr != null) this.#sink.stderr.add(bytes);
    else this.taken(bytes.length);
  }

  /** RFC 4254, 6.10. What is not known is refused, as the keep-alive question of sshd wants it. */
  #onRequest(reader: FieldReader): void {
    const name = reader.text();
    const wantsReply = reader.boolean();
    if (name === 'exit-status') this.#exit = { exitCode: reader.number(), signal: null };
    else if (name === 'exit-signal') this.#exit = { exitCode: null, signal: reader.text() };
    else if (wantsReply) this.#send(plainPacket('failure', this.#theirId));
  }

  #onClose(): void {
    if (!this.#closeSent) this.#send(plainPacket('close', this.#theirId));
    this.#closeSent = true;
    this.line.forget(this.ownId);
    this.#over(undefined);
  }

  /** Nobody waits for it any more; the other side is to forget it, too. */
  #afterwards(message: number, reader: FieldReader): void {
    if (message === MESSAGE.openConfirmation) {
      this.#theirId = reader.number();
      this.#closeSent = true;
      this.#send(plainPacket('close', this.#theirId));
    } else if (message === MESSAGE.close || message === MESSAGE.openFailure) this.line.forget(this.ownId);
  }

  #endOutput(): void {
    this.#sink?.stdout.end();
    this.#sink?.stderr?.end();
  }

  #over(error: Error | undefined): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#lost = error;
    clearTimeout(this.#closeTimer);
    this.#settleOpening(error ?? masterGone());
    for (const answer of this.#answers.splice(0)) answer(false);
    if (error === undefined) this.#endOutput();
    this.#sink?.over(error);
  }

  #send(packet: Buffer): void {
    if (!this.line.socket.destroyed) this.line.socket.write(packet);
  }
}
