import type { Duplex, Readable, Writable } from 'node:stream';
import type { Address, ExitStatus, TerminalSize } from '../machine';
import type { TunnelEnd } from '../tunnel';

/** One authenticated connection to a host: by ssh2, or by the system's ssh with a control socket. */
export interface Transport {
  /** Shown to the user. */
  readonly kind: 'ssh2' | 'system';
  /** For a person: why it is by the system's ssh, which old algorithms are in use, what was left out. */
  readonly remarks: readonly string[];
  /** Throws ExpectedError: 'closed' when the connection is gone, 'refused' when the server refuses the channel. */
  open(request: ChannelRequest, signal: AbortSignal): Promise<Channel>;
  /** direct-tcpip (RFC 4254, 7.2) or direct-streamlocal@openssh.com. Throws ExpectedError. */
  connect(target: TunnelEnd, signal: AbortSignal): Promise<Duplex>;
  /** tcpip-forward or streamlocal-forward@openssh.com. Throws ExpectedError. */
  listen(
    end: TunnelEnd,
    onConnection: (connection: Duplex, from: Address | null) => void,
    signal: AbortSignal,
  ): Promise<Listener>;
  /** Settles when the connection has ended, with why where that was no close() of ours. */
  readonly closed: Promise<Error | undefined>;
  close(): void;
}

export type ChannelRequest =
  /** A line for the user's login shell: whoever asks has quoted it. */
  | { readonly kind: 'exec'; readonly line: string; readonly terminal?: TerminalSize; readonly forwardAgent?: boolean }
  | { readonly kind: 'shell'; readonly terminal: TerminalSize; readonly forwardAgent?: boolean }
  | { readonly kind: 'subsystem'; readonly name: string };

/** Flow control reaches the other side: who does not read holds it up. */
export interface Channel {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** To be called, or not, with a chunk of stdout that nobody looks at any more: it is no garbage then. */
  free?(chunk: Buffer): void;
  readonly stderr: Readable;
  /** When the channel is closed; rejects with ExpectedError('closed') when the connection is lost before. */
  readonly ended: Promise<ExitStatus>;
  resize(size: TerminalSize): void;
  /** A signal request (RFC 4254, 6.9); many servers pass it over, so a caller has a second way. */
  signal(name: string): void;
  close(): void;
}

export interface Listener {
  /** Where it listens: the port that was found for 0. */
  readonly end: TunnelEnd;
  close(): Promise<void>;
}

/** Has connections and shares them: one host, one connection, as long as it is used and for a while after. */
export interface Connections {
  /** The open connection to the host, or a new one. Throws ExpectedError that says which step failed and what to do. */
  get(host: string, signal: AbortSignal): Promise<Transport>;
  /** Ends all. */
  close(): Promise<void>;
}
