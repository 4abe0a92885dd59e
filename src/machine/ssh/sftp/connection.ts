import { CancelledError, messageOf } from '../../../lib/errors';
import { Cursor, MalformedPacket } from './cursor';
import { readHead, readReply, readVersion, SftpStatusError } from './decode';
import { encodeInit, encodeRequest } from './encode';
import { Framing } from './framing';
import { Outbox } from './outbox';
import { PendingRequests } from './pending';
import { extensionOf, PACKET, SFTP_VERSION, type ArgumentsOf, type Operation, type ReplyOf } from './protocol';
import type { SftpChannel, SftpLimits, SftpSession } from './session';
import { chatterError, closedError, noSftpError, protocolError, silentError, versionError } from './sessionErrors';
import { SilenceWatch } from './silence';
import { ByteBudget, Slots } from './slots';

/** What every server must take (draft-02, 3); OpenSSH's own client uses it where nothing else is told. */
const DEFAULT_CHUNK_BYTES = 32_768;
/** A packet's bound less what stands around the content. */
const MAX_CHUNK_BYTES = 261_120;
const OPEN_HANDLES = 100;
const BUDGET_BYTES = 32 * 1_048_576;

export interface ConnectionOptions {
  readonly machineName: string;
  readonly silenceMs: number;
}

/** The client's side of one channel. begin() makes it a session. */
export class SftpConnection implements SftpSession {
  readonly machineName: string;
  readonly handles = new Slots(OPEN_HANDLES);
  readonly budget = new ByteBudget(BUDGET_BYTES);
  readonly closed: Promise<Error | undefined>;
  private chunkLimits: SftpLimits = { readBytes: DEFAULT_CHUNK_BYTES, writeBytes: DEFAULT_CHUNK_BYTES };
  private extensions: ReadonlyMap<string, string> | undefined;
  private readonly pending = new PendingRequests();
  private readonly outbox: Outbox;
  private readonly silence: SilenceWatch;
  private readonly framing = new Framing((packet) => this.receive(packet));
  /** Whether anything has come. */
  private begun = false;
  private ending: Error | undefined;
  private settleClosed: (reason: Error | undefined) => void = () => undefined;
  private version: { resolve(): void; reject(error: Error): void } | undefined;

  constructor(
    private readonly channel: SftpChannel,
    options: ConnectionOptions,
  ) {
    this.machineName = options.machineName;
    this.closed = new Promise((resolve) => (this.settleClosed = resolve));
    this.silence = new SilenceWatch(
      options.silenceMs,
      () => this.pending.oldestMs(),
      (sinceMs) => this.pending.dropUntil(sinceMs, () => silentError(this.machineName, options.silenceMs)),
    );
    this.outbox = new Outbox(channel.stdin, () => this.silence.sign());
  }

  get limits(): SftpLimits {
    return this.chunkLimits;
  }

  /** Sends the first packet; resolves when the server's first has come. */
  begin(): Promise<void> {
    const { stdin, stdout } = this.channel;
    return new Promise((resolve, reject) => {
      this.version = { resolve, reject };
      stdout.on('data', (chunk: Buffer) => this.take(chunk));
      for (const stream of [stdin, stdout]) stream.on('error', (error) => this.end(this.lost(error)));
      for (const event of ['end', 'close']) stdout.on(event, () => this.end(this.lost()));
      this.outbox.push(encodeInit());
    });
  }

  has(operation: Operation): boolean {
    const extension = extensionOf(operation);
    return extension === undefined || this.extensions?.has(extension) === true;
  }

  ask<Name extends Operation>(
    operation: Name,
    given: ArgumentsOf<Name>,
    signal: AbortSignal | null,
  ): Promise<ReplyOf<Name>> {
    if (this.ending !== undefined) return Promise.reject(this.ending);
    if (signal?.aborted === true) return Promise.reject(new CancelledError('cancelled'));
    const answer = this.pending.add<ReplyOf<Name>>(operation, this.silence.nowMs(), signal, (id) => {
      const { packet, content } = encodeRequest(operation, id, given);
      this.outbox.push(packet, content);
    });
    this.silence.update();
    return answer;
  }

  close(reason?: Error): void {
    this.end(reason ?? closedError(this.machineName), reason === undefined);
  }

  private take(chunk: Buffer): void {
    if (this.ending !== undefined) return;
    this.silence.sign();
    if (!this.begun && isText(chunk)) return this.end(chatterError(this.machineName, chunk));
    this.begun = true;
    try {
      if (!this.framing.push(chunk)) this.channel.free?.(chunk);
    } catch (error) {
      if (!(error instanceof MalformedPacket)) throw error;
      this.end(protocolError(this.machineName, messageOf(error), { cause: error }));
    }
    this.silence.update();
  }

  private receive(packet: Buffer): void {
    if (this.ending !== undefined) return;
    const cursor = new Cursor(packet);
    if (this.extensions === undefined) return this.receiveVersion(cursor);
    const { type, id } = readHead(cursor);
    const answered = this.pending.answered(id);
    if (answered === undefined) throw new MalformedPacket('it answers what was not asked');
    const { operation, waiting } = answered;
    let reply;
    try {
      reply = readReply(operation, type, cursor);
    } catch (error) {
      waiting?.reject(protocolError(this.machineName, messageOf(error), { cause: error }));
      throw error;
    }
    if (waiting === undefined) this.closeDropped(operation, reply);
    else if (reply instanceof SftpStatusError) waiting.reject(reply);
    else waiting.resolve(reply as never);
  }

  private receiveVersion(cursor: Cursor): void {
    if (cursor.uint8() !== PACKET.VERSION) throw new MalformedPacket('it does not begin with its version');
    const { version, extensions } = readVersion(cursor);
    if (version !== SFTP_VERSION) return this.end(versionError(this.machineName, version));
    this.extensions = extensions;
    // Not waited for: what is done until then is small.
    if (this.has('limits')) this.ask('limits', [], null).then((numbers) => this.setLimits(numbers), ignore);
    this.version?.resolve();
  }

  /** limits@openssh.com: packet, read, write, handles. */
  private setLimits(numbers: readonly bigint[]): void {
    const chunk = (limit: bigint | undefined): number =>
      limit === undefined || limit === 0n ? DEFAULT_CHUNK_BYTES : Math.min(Number(limit), MAX_CHUNK_BYTES);
    this.chunkLimits = { readBytes: chunk(numbers[1]), writeBytes: chunk(numbers[2]) };
  }

  /** What was opened for somebody who no longer waits must not stay open. */
  private closeDropped(operation: Operation, reply: unknown): void {
    if (!Buffer.isBuffer(reply) || (operation !== 'open' && operation !== 'opendir')) return;
    this.ask('close', [reply], null).catch(ignore);
  }

  private lost(error?: Error): Error {
    if (this.extensions === undefined && error === undefined) return noSftpError(this.machineName);
    return closedError(this.machineName, { cause: error });
  }

  private end(reason: Error, ours = false): void {
    if (this.ending !== undefined) return;
    this.ending = reason;
    this.silence.stop();
    this.version?.reject(reason);
    this.pending.failAll(reason);
    this.channel.close();
    this.settleClosed(ours ? undefined : reason);
  }
}

/** The first packet begins with a length below 2^24. */
function isText(first: Buffer): boolean {
  const byte = first[0] ?? 0;
  return byte !== 0;
}

function ignore(): void {
  // The error of a request that nobody waits for says nothing to anybody.
}
