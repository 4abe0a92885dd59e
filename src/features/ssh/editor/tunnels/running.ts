import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EditorHost } from '../../../../editor/feature';
import { isUnderWay, type Holder, type Session } from '../../../../editor/session';
import { ExpectedError } from '../../../../lib/errors';
import { localName } from '../../../../machine/machines';
import { inputOf, isSame, type SavedTunnel } from '../../core/tunnel/saved';
import type { TunnelResult, TunnelsResult } from '../../core/tunnel/schema';

export interface TunnelState {
  readonly phase: 'closed' | 'opening' | 'open' | 'waiting' | 'failed';
  /** As it is, or was last. */
  readonly result: TunnelResult | null;
  /** Why it waits or failed. */
  readonly message: string;
}

interface Run {
  tunnel: SavedTunnel;
  readonly holder: Holder;
  state: TunnelState;
  /** Nobody is told of a port that is taken: another window has opened it. */
  readonly quiet: boolean;
}

const CLOSED: TunnelState = { phase: 'closed', result: null, message: '' };

/** The tunnels that are open, each a run of the tool ssh.tunnel in its thread; they end with the window. */
export class RunningTunnels implements vscode.Disposable {
  private readonly runs = new Map<string, Run>();
  private readonly failures = new Map<string, TunnelState>();
  private readonly ending = new WeakSet<Session>();
  private readonly changed = new vscode.EventEmitter<string>();
  /** Tells the name. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly host: EditorHost) {}

  stateOf(name: string): TunnelState {
    return this.runs.get(name)?.state ?? this.failures.get(name) ?? CLOSED;
  }

  isRunning(name: string): boolean {
    return this.runs.has(name);
  }

  start(tunnel: SavedTunnel, { quiet = false } = {}): void {
    const { name } = tunnel;
    if (this.runs.has(name)) return;
    this.failures.delete(name);
    const request = { tool: 'ssh.tunnel', input: inputOf(tunnel), machine: localName };
    const made: { run?: Run } = {};
    // What comes before the run is known here is looked at right after.
    const holder = this.host.holdLive(request, () => made.run !== undefined && this.look(made.run), true);
    const run = (made.run = { tunnel, holder, quiet, state: { ...CLOSED, phase: 'opening' } });
    this.runs.set(name, run);
    // A report of the same tunnel may have stayed open after its end, which may not have been told yet.
    if (this.ending.delete(holder.session) || !isUnderWay(holder.session.shown)) holder.session.restart();
    this.look(run);
    this.changed.fire(name);
  }

  stop(name: string): void {
    const run = this.runs.get(name);
    this.failures.delete(name);
    if (run !== undefined) this.end(name, run);
    this.changed.fire(name);
  }

  /** It goes on under its new name. */
  rename(name: string, tunnel: SavedTunnel): void {
    const run = this.runs.get(name);
    const failure = this.failures.get(name);
    this.runs.delete(name);
    this.failures.delete(name);
    if (failure !== undefined) this.failures.set(tunnel.name, failure);
    if (run === undefined) return;
    run.tunnel = tunnel;
    this.runs.set(tunnel.name, run);
  }

  /** What is saved has changed: what is no longer there ends, and what leads elsewhere is opened anew. */
  follow(saved: readonly SavedTunnel[]): void {
    for (const [name, { tunnel }] of [...this.runs]) {
      const now = saved.find((one) => one.name === name);
      if (now !== undefined && isSame(now, tunnel)) continue;
      this.stop(name);
      if (now !== undefined) this.start(now);
    }
  }

  dispose(): void {
    for (const [name, run] of [...this.runs]) this.end(name, run);
    this.changed.dispose();
  }

  private end(name: string, { holder }: Run): void {
    this.runs.delete(name);
    this.ending.add(holder.session);
    holder.session.cancel();
    holder.dispose();
  }

  private look(run: Run): void {
    const { name } = run.tunnel;
    if (this.runs.get(name) !== run) return;
    const { shown, failure } = run.holder.session;
    const result = (shown.result as TunnelsResult | undefined)?.tunnels[0] ?? null;
    if (isUnderWay(shown)) {
      const state = stateOf(result);
      if (JSON.stringify(state) === JSON.stringify(run.state)) return;
      run.state = state;
    } else {
      this.runs.delete(name);
      // The session is telling us; it is left when it has done so.
      queueMicrotask(() => run.holder.dispose());
      if (shown.state !== 'cancelled') this.failed(run, result, failure);
    }
    this.changed.fire(name);
  }

  private failed({ tunnel, quiet }: Run, result: TunnelResult | null, failure: Error | undefined): void {
    const error = failure ?? new ExpectedError('closed', result?.reason ?? '');
    this.failures.set(tunnel.name, { phase: 'failed', result, message: error.message });
    const isTold = !(error instanceof ExpectedError) || (quiet && error.code === 'in-use');
    if (!isTold) void this.host.attempt(l10n.t('Tunnel “{0}”', tunnel.name), () => Promise.reject(error));
  }
}

function stateOf(result: TunnelResult | null): TunnelState {
  if (result === null) return { ...CLOSED, phase: 'opening' };
  return { phase: result.phase === 'closed' ? 'failed' : result.phase, result, message: result.reason };
}
