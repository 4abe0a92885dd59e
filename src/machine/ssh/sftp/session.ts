import type { Readable, Writable } from 'node:stream';
import type { ArgumentsOf, Operation, ReplyOf } from './protocol';
import type { ByteBudget, Slots } from './slots';

/** Any pair of streams with an SFTP server at the other end. */
export interface SftpChannel {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** As Channel.free. */
  free?(chunk: Buffer): void;
  close(): void;
}

/** One SFTP server at work. Requests are sent at once and answered in any order: many at a time cost one round trip. */
export interface SftpSession {
  /** As Machine.name, for sentences. */
  readonly machineName: string;
  readonly limits: SftpLimits;
  /** Whether the server has the operation: one of the draft, or an extension that it announced. */
  has(operation: Operation): boolean;
  /**
   * Throws SftpStatusError; ExpectedError 'closed', 'timed-out' (only silence counts) or 'protocol'; CancelledError.
   * The answer to what was cancelled is dropped when it comes, and a file that it opened is closed.
   */
  ask<Name extends Operation>(
    operation: Name,
    given: ArgumentsOf<Name>,
    signal: AbortSignal | null,
  ): Promise<ReplyOf<Name>>;
  /** For files that are open at a time: servers bound them. */
  readonly handles: Slots;
  /** For the content that is on its way, of all transfers together. */
  readonly budget: ByteBudget;
  /** Settles when it has ended, with why where that was no close() of ours. */
  readonly closed: Promise<Error | undefined>;
  /** Ends it and its channel; what waits for an answer rejects with `reason`, by default ExpectedError('closed'). */
  close(reason?: Error): void;
}

/** What one request may hold, in bytes. */
export interface SftpLimits {
  readonly readBytes: number;
  readonly writeBytes: number;
}
