/** How a connection to a host came about, or how far it came. */
export interface ConnectionCheck {
  readonly host: string;
  /** Of each hop, the jump hosts first. */
  readonly hops: readonly HopCheck[];
}

export interface HopCheck {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** What logs in there: our own, or the ssh of this computer, with why as a clause. */
  readonly by: { readonly transport: 'ssh2' | 'system'; readonly reason: string };
  /** In their order; the last one is the one that failed, where one did. */
  readonly steps: readonly CheckStep[];
  /** 'SSH-2.0-OpenSSH_9.2p1 …'; null where none came. */
  readonly banner: string | null;
  /** What both sides settled on; null before that. */
  readonly algorithms: {
    readonly kex: string;
    readonly hostKey: string;
    readonly cipher: string;
    readonly mac: string;
    readonly compression: string;
  } | null;
  /** What the server offered, where that is known. */
  readonly offered: {
    readonly kex: readonly string[];
    readonly hostKey: readonly string[];
    readonly ciphers: readonly string[];
    readonly macs: readonly string[];
  } | null;
  readonly hostKey: {
    readonly type: string;
    readonly sha256: string;
    readonly verdict: 'known' | 'unknown' | 'changed' | 'revoked' | 'certified' | 'unchecked';
  } | null;
  /** In their order, each with what came of it. */
  readonly tries: readonly AuthTry[];
  /** What the server would still accept after the last try: 'publickey', 'password' …; null where unknown. */
  readonly accepted: readonly string[] | null;
}

export interface CheckStep {
  readonly kind: 'name' | 'tcp' | 'banner' | 'key-exchange' | 'host-key' | 'authentication' | 'channel' | 'shell';
  readonly elapsedMs: number;
  readonly state: 'ok' | 'failed' | 'skipped';
  /** For a person: why it failed, or what was found. */
  readonly message: string;
}

export interface AuthTry {
  readonly method: 'none' | 'publickey' | 'password' | 'keyboard-interactive' | 'hostbased' | 'gssapi-with-mic';
  /** '~/.ssh/id_ed25519', 'agent: comment'; '' where the method needs none. */
  readonly credential: string;
  readonly outcome: 'accepted' | 'partial' | 'refused' | 'skipped';
  /** Why it was skipped: 'the key is encrypted …'. */
  readonly message: string;
}
