import * as l10n from '@vscode/l10n';
import { setTimeout as pause } from 'node:timers/promises';
import { settlesWithin } from '../../../../lib/deadline';
import { CancelledError, ExpectedError, isCancelled } from '../../../../lib/errors';
import type { Machines } from '../../../../machine/machines';
import type { Tunnel, TunnelEnd } from '../../../../machine/tunnel';
import { explainListening } from './explain';
import { KeptTunnel } from './kept';
import type { TunnelsResult } from './schema';
import type { Wanted } from './wanted';

/** Counters are looked at this often; a change of phase is told at once. */
const LOOK_MS = 500;
/** What trying the targets finds in this time stands in the first result already. */
const TRY_WAIT_MS = 3_000;

export interface KeepParts {
  readonly host: string;
  readonly wanted: readonly Wanted[];
  readonly machines: Machines;
  readonly signal: AbortSignal;
  readonly live: boolean;
  now(): number;
}

/**
 * Opens the tunnels and keeps them until the consumer or the signal ends it, or none is left: live a result whenever
 * something has changed and one is asked for; otherwise one. Throws what the first tunnel failed with where none opens.
 */
export async function* keepTunnels(parts: KeepParts): AsyncGenerator<TunnelsResult, void, undefined> {
  const { host, signal, live } = parts;
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  let tunnels: readonly KeptTunnel[] = [];
  try {
    tunnels = await openAll(parts, stop.signal);
    const tries = tunnels.map((tunnel) => tunnel.tryTarget(stop.signal));
    await settlesWithin(Promise.all(tries), TRY_WAIT_MS);
    if (signal.aborted) throw new CancelledError('cancelled');
    const refusal = tunnels.every(({ isOver }) => isOver) ? tunnels[0]?.result().reason : undefined;
    if (refusal !== undefined) throw new ExpectedError('denied', refusal);
    const news = new Changes(tunnels);
    for (let told = ''; ;) {
      const result = { host, tunnels: tunnels.map((tunnel) => tunnel.result()) };
      const text = JSON.stringify(result);
      if (text !== told) yield result;
      told = text;
      if (!live || tunnels.every(({ isOver }) => isOver)) return;
      await news.next(stop.signal);
      if (signal.aborted) throw new CancelledError('cancelled');
    }
  } finally {
    stop.abort();
    signal.removeEventListener('abort', cancel);
    await Promise.all(tunnels.map((tunnel) => tunnel.close()));
  }
}

async function openAll(parts: KeepParts, signal: AbortSignal): Promise<readonly KeptTunnel[]> {
  const opened = await Promise.allSettled(parts.wanted.map((wanted) => openOne(wanted, parts, signal)));
  if (opened.every(({ status }) => status === 'rejected')) {
    const [first] = opened;
    throw first?.status === 'rejected' ? first.reason : new Error('There is no tunnel to open.');
  }
  return opened.map((one, index) => {
    const wanted = parts.wanted[index];
    if (one.status === 'fulfilled') return one.value;
    // It has an entry in both lists.
    return KeptTunnel.failed(wanted!.spec, parts.host, parts.now, one.reason);
  });
}

async function openOne({ spec, anyPort }: Wanted, parts: KeepParts, signal: AbortSignal): Promise<KeptTunnel> {
  const { host, machines, now } = parts;
  const open = (listen: TunnelEnd): Promise<Tunnel> => machines.tunnel(host, { ...spec, listen }, signal);
  try {
    return new KeptTunnel(spec, await open(spec.listen), host, now, []);
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { listen } = spec;
    if (!anyPort || listen.kind !== 'tcp' || !(error instanceof ExpectedError && error.code === 'in-use')) {
      throw await explainListening(error, spec, host, machines, signal);
    }
    const other = l10n.t('Port {0} of this machine is in use by another program: a free one was chosen.', listen.port);
    return new KeptTunnel(spec, await open({ ...listen, port: 0 }), host, now, [other]);
  }
}

/** Waits until something has changed, or it is time to look at the counters. */
class Changes {
  private wake: (() => void) | null = null;
  private isNew = false;

  constructor(tunnels: readonly KeptTunnel[]) {
    for (const tunnel of tunnels) {
      tunnel.watch(() => {
        this.isNew = true;
        this.wake?.();
      });
    }
  }

  async next(signal: AbortSignal): Promise<void> {
    const timer = new AbortController();
    const cancel = (): void => this.wake?.();
    signal.addEventListener('abort', cancel, { once: true });
    const changed = new Promise<void>((resolve) => (this.wake = resolve));
    if (this.isNew || signal.aborted) this.wake?.();
    await Promise.race([changed, pause(LOOK_MS, undefined, { signal: timer.signal }).catch(() => undefined)]);
    this.isNew = false;
    this.wake = null;
    timer.abort();
    signal.removeEventListener('abort', cancel);
  }
}
