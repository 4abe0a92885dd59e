import * as l10n from '@vscode/l10n';
import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { ExpectedError, throwIfCancelled } from '../../../lib/errors';
import { checkedType, connectControl, masterGone, MUX, muxHello, muxRequest } from './controlSocket';
import { ProxyChannel, type ChannelLine, type ChannelWish } from './proxyChannel';
import { FieldReader, PacketSplitter } from './wire';

/**
 * A master never forgets a channel that the server did not open, and breaks when it has 10,000 (channels.c). It also
 * breaks when the control connection of such a channel ends: so there is one for all, which lasts as long as it does.
 */
const MAX_FAILED_CHANNELS = 8_000;

/** A control connection in proxy mode (PROTOCOL.mux, 9), which carries all channels of a master. */
export class ProxyLine implements ChannelLine {
  readonly #splitter = new PacketSplitter();
  readonly #channels = new Map<number, ProxyChannel>();
  #isProxying = false;
  #nextId = 0;
  #opened = 0;
  #broken: Error | undefined;
  #settle: (error: Error | undefined) => void = () => undefined;

  private constructor(readonly socket: Socket) {
    setMaxListeners(0, socket);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('close', () => this.#break(masterGone()));
  }

  static async open(socketPath: string, signal: AbortSignal): Promise<ProxyLine> {
    const line = new ProxyLine(await connectControl(socketPath, signal));
    const cancel = (): void => void line.socket.destroy();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        line.#settle = (error) => (error === undefined ? resolve() : reject(error));
        line.socket.write(Buffer.concat([muxHello(), muxRequest(MUX.proxy)]));
        if (signal.aborted) cancel();
      });
      return line;
    } finally {
      signal.removeEventListener('abort', cancel);
      throwIfCancelled(signal);
    }
  }

  /** Opens a channel. Throws ExpectedError and CancelledError. */
  async channel(wish: ChannelWish, signal: AbortSignal): Promise<ProxyChannel> {
    throwIfCancelled(signal);
    if (this.#broken !== undefined) throw this.#broken;
    if (this.#nextId - this.#opened > MAX_FAILED_CHANNELS) this.socket.destroy();
    const ownId = this.#nextId++;
    const channel = new ProxyChannel(this, ownId, wish);
    this.#channels.set(ownId, channel);
    await channel.open(signal);
    this.#opened++;
    return channel;
  }

  forget(ownId: number): void {
    this.#channels.delete(ownId);
  }

  #receive(chunk: Buffer): void {
    try {
      for (const packet of this.#splitter.push(chunk)) {
        if (this.#isProxying) this.#onPacket(packet);
        else this.#onControl(new FieldReader(packet));
      }
    } catch (error) {
      // What ssh itself says makes no sense: the connection is of no use any more.
      this.#break(masterGone(error));
    }
  }

  #onControl(reader: FieldReader): void {
    const type = checkedType(reader);
    if (type === MUX.hello) return;
    this.#isProxying = type === MUX.proxying;
    if (this.#isProxying) return this.#settle(undefined);
    this.#break(new ExpectedError('unsupported', l10n.t('The ssh program shares no channels: {0}', reader.text())));
  }

  /** A byte of padding length, the message number, and in every message of a channel its number with us. */
  #onPacket(packet: Buffer): void {
    const reader = new FieldReader(packet.subarray(2));
    this.#channels.get(reader.number())?.take(packet.subarray(1));
  }

  #break(error: Error): void {
    if (this.#broken !== undefined) return;
    this.#broken = error;
    this.#settle(error);
    const channels = [...this.#channels.values()];
    this.#channels.clear();
    for (const channel of channels) channel.lose(error);
    this.socket.destroy();
  }
}
