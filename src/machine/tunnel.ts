/** What a tunnel connects, as ssh(1) has it with -L, -R and -D. */
export type TunnelSpec =
  /** Connections to `listen` here go on to `target` as seen from the host. */
  | { readonly kind: 'local'; readonly listen: TunnelEnd; readonly target: TunnelEnd }
  /** Connections to `listen` on the host go on to `target` as seen from here. */
  | { readonly kind: 'remote'; readonly listen: TunnelEnd; readonly target: TunnelEnd }
  /** A SOCKS proxy here (RFC 1928, versions 5 and 4a), whose connections leave from the host. */
  | { readonly kind: 'dynamic'; readonly listen: TunnelEnd };

export type TunnelEnd =
  | { readonly kind: 'tcp'; readonly host: string; /** 0: any free one. */ readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

export interface Tunnel {
  /** Where it listens really: the port that was found for 0. */
  readonly listen: TunnelEnd;
  /** As it is now. */
  state(): TunnelState;
  /** Told of every change of `state().phase`. Returns what stops that. */
  onChange(listener: () => void): () => void;
  /**
   * Connects to the target once and hangs up; a SOCKS proxy has none, and there only the leave to connect is tried.
   * Throws ExpectedError, 'denied' where the host forbids such connections.
   */
  tryTarget(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface TunnelState {
  /** 'waiting': the connection is lost and tried again; the listening end stays. */
  readonly phase: 'open' | 'waiting' | 'closed';
  readonly openConnections: number;
  readonly totalConnections: number;
  /** Towards the target. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Why it waits or was closed, or the last connection that failed; '' where nothing did. */
  readonly message: string;
}
