import { performance } from 'node:perf_hooks';
import type { AuthTry } from '../../connectionCheck';
import type { HostKeyVerdict, ShownKey } from '../knownHosts/judge';
import type { ServerOffer } from './greeting';
import type { SettledAlgorithms } from './parts';

export type HandshakeStep = 'banner' | 'key-exchange' | 'host-key' | 'authentication';

/** What a handshake found out so far, also when it failed. */
export interface HandshakeTrace {
  step: HandshakeStep;
  banner: string | null;
  offered: ServerOffer | null;
  algorithms: SettledAlgorithms | null;
  hostKey: { readonly key: ShownKey; readonly verdict: HostKeyVerdict | null } | null;
  readonly tries: AuthTry[];
  accepted: readonly string[] | null;
  /** Milliseconds of each step that is over. */
  readonly elapsedMs: Map<HandshakeStep, number>;
  /** When the present step began, of performance.now(). */
  since: number;
}

export function newTrace(): HandshakeTrace {
  return {
    step: 'banner',
    banner: null,
    offered: null,
    algorithms: null,
    hostKey: null,
    tries: [],
    accepted: null,
    elapsedMs: new Map(),
    since: performance.now(),
  };
}

/** The time of a step that comes again, as the key exchange does after the host key, is added up. */
export function enterStep(trace: HandshakeTrace, step: HandshakeStep): void {
  endStep(trace);
  trace.step = step;
}

export function endStep(trace: HandshakeTrace): void {
  const now = performance.now();
  trace.elapsedMs.set(trace.step, (trace.elapsedMs.get(trace.step) ?? 0) + now - trace.since);
  trace.since = now;
}
