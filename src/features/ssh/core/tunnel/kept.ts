import * as l10n from '@vscode/l10n';
import { ExpectedError, isCancelled, messageOf } from '../../../../lib/errors';
import { listensBeyondLoopback, printTunnelSpec } from '../../../../machine/ssh/tunnels/spec';
import type { Tunnel, TunnelEnd, TunnelSpec, TunnelState } from '../../../../machine/tunnel';
import type { EndResult, TunnelResult } from './schema';

const FRESH: TunnelState = {
  phase: 'closed',
  openConnections: 0,
  totalConnections: 0,
  sentBytes: 0,
  receivedBytes: 0,
  message: '',
};

/** One tunnel with what is to be told of it, from its opening (or the failure of that) to its end. */
export class KeptTunnel {
  private readonly openedAtMs: number | null;
  private phase: TunnelState['phase'];
  private sinceMs: number;
  private losses = 0;
  private lastFailure: { readonly atMs: number; readonly message: string } | null = null;
  /** What was found out by trying the target; it goes when something has come from there. */
  private targetWarning: string | null = null;
  /** Why it was closed by us, or never opened. */
  private ended = '';

  constructor(
    private readonly wanted: TunnelSpec,
    private readonly tunnel: Tunnel | null,
    private readonly host: string,
    private readonly now: () => number,
    private readonly warnings: readonly string[],
  ) {
    this.sinceMs = now();
    this.openedAtMs = tunnel === null ? null : this.sinceMs;
    this.phase = this.state.phase;
  }

  static failed(wanted: TunnelSpec, host: string, now: () => number, error: unknown): KeptTunnel {
    const kept = new KeptTunnel(wanted, null, host, now, []);
    kept.end(messageOf(error));
    return kept;
  }

  /** Tells of every change of its phase. */
  watch(onChange: () => void): void {
    this.tunnel?.onChange(() => {
      if (this.state.phase === 'waiting') this.losses += 1;
      onChange();
    });
  }

  get isOver(): boolean {
    return this.state.phase === 'closed';
  }

  /** Tries the target once: a host that forbids it ends the tunnel, which could never carry anything. */
  async tryTarget(signal: AbortSignal): Promise<void> {
    try {
      await this.tunnel?.tryTarget(signal);
    } catch (error) {
      if (isCancelled(error) || this.isOver) return;
      const forbidden = error instanceof ExpectedError && error.code === 'denied' && this.wanted.kind === 'local';
      if (forbidden) {
        this.end(messageOf(error));
        await this.tunnel?.close();
      } else this.targetWarning = messageOf(error);
    }
  }

  close(): Promise<void> {
    return this.tunnel?.close() ?? Promise.resolve();
  }

  result(): TunnelResult {
    const { state } = this;
    this.note(state);
    const { kind } = this.wanted;
    const spec = { ...this.wanted, listen: this.tunnel?.listen ?? this.wanted.listen };
    const { phase, openConnections, totalConnections, sentBytes, receivedBytes } = state;
    return {
      kind,
      spec: printTunnelSpec(spec),
      listen: endResult(spec.listen),
      target: spec.kind === 'dynamic' ? null : endResult(spec.target),
      phase,
      openedAtMs: this.openedAtMs,
      sinceMs: this.sinceMs,
      openConnections,
      totalConnections,
      sentBytes,
      receivedBytes,
      losses: this.losses,
      reason: phase === 'open' ? '' : this.ended || state.message,
      lastFailure: this.lastFailure,
      warnings: this.warningsOf(spec),
    };
  }

  private get state(): TunnelState {
    return this.tunnel?.state() ?? FRESH;
  }

  private end(reason: string): void {
    this.ended = reason;
    this.lastFailure = { atMs: this.now(), message: reason };
  }

  private note({ phase, message, receivedBytes }: TunnelState): void {
    if (phase !== this.phase) {
      this.phase = phase;
      this.sinceMs = this.now();
    }
    if (message !== '' && message !== this.lastFailure?.message) this.lastFailure = { atMs: this.now(), message };
    if (receivedBytes > 0) this.targetWarning = null;
  }

  private warningsOf(spec: TunnelSpec): string[] {
    if (this.isOver) return [];
    return [
      ...(listensBeyondLoopback(spec) ? [beyondText(spec, this.host)] : []),
      ...this.warnings,
      ...(this.targetWarning === null ? [] : [this.targetWarning]),
    ];
  }
}

/** That others can use it too. */
export function beyondText({ kind, listen }: TunnelSpec, host: string): string {
  const address = listen.kind === 'tcp' ? listen.host : '';
  const where = address === '*' ? l10n.t('every interface') : address;
  return kind === 'remote'
    ? l10n.t(
        'It listens on {0} of {1}, if its GatewayPorts allows that: whoever reaches {1} there can use it.',
        where,
        host,
      )
    : l10n.t('It listens on {0} of this machine: whoever reaches it there can use it, without a password.', where);
}

export function endResult(end: TunnelEnd): EndResult {
  if (end.kind === 'unix') return { text: end.path, host: null, port: null };
  const { host, port } = end;
  return { text: `${host.includes(':') ? `[${host}]` : host}:${port}`, host, port };
}
