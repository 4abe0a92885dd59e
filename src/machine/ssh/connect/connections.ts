import * as l10n from '@vscode/l10n';
import { untilAborted } from '../../../lib/deadline';
import { ExpectedError, isCancelled, throwIfCancelled } from '../../../lib/errors';
import type { HostRequest } from '../options';
import type { Connections, Transport } from '../transport';
import { backOff, type BackOff } from './backOff';
import { connectRoute, hopsBefore, targetOf, type HoldHop } from './connectHost';
import { newReadMemory } from './lineSocket';
import type { ConnectParts } from './parts';
import { recentReads } from './recent';
import { hopKey, planRoute, routeKey, type Route } from './route';
import { slotsOf, type Slots } from './slots';
import { trackTransport, type TrackedTransport } from './tracked';
import type { HeldHop } from './way';

/** sshd's MaxStartups begins to refuse at 10 that are not yet logged in. */
const OPENINGS_PER_JUMP_HOST = 10;
const OPENINGS = 32;
const IDLE_MS = 300_000;

export interface ConnectionsParts extends ConnectParts {
  /** How long a connection that nobody uses stays open; default five minutes. */
  idleMs?(): number;
}

/** The connections of the whole program: those to jump hosts are shared by the hosts behind them. */
export function createConnections(parts: ConnectionsParts): Connections {
  return new Pool({ ...parts, recent: recentReads(() => parts.now()), readMemory: newReadMemory() });
}

/** One connection, from its first wish to its end. */
interface Entry {
  readonly key: string;
  readonly opening: Promise<TrackedTransport>;
  /** Cancels the opening. */
  readonly stop: AbortController;
  /** Who waits for the opening. */
  waiting: number;
  open: TrackedTransport | null;
}

class Pool implements Connections {
  private readonly entries = new Map<string, Entry>();
  /** By the names that were asked for: an open connection is found without asking the configuration again. */
  private readonly byName = new Map<string, Entry>();
  private readonly backOffs = new Map<string, BackOff>();
  private readonly openings = slotsOf(OPENINGS);
  private readonly perJumpHost = new Map<string, Slots>();
  private ended = false;

  constructor(private readonly parts: ConnectionsParts) {}

  async get(host: string, signal: AbortSignal): Promise<Transport> {
    throwIfCancelled(signal);
    if (this.ended) throw endedError();
    const found = this.byName.get(host);
    if (found?.open != null) return this.touched(found.open);
    const request: HostRequest = { name: host };
    const options = await untilAborted(this.parts.resolve(request, signal), signal);
    const route = await planRoute(options, this.parts, signal);
    const entry = this.entryOf(route);
    this.byName.set(host, entry);
    return (await this.joined(entry, signal)).transport;
  }

  async close(): Promise<void> {
    this.ended = true;
    const all = [...this.entries.values()];
    await Promise.all(
      all.map(async ({ stop, open }) => {
        stop.abort();
        open?.transport.close();
        await open?.transport.closed;
      }),
    );
  }

  /** Restarts the time after which it would be closed. */
  private touched({ transport, use }: TrackedTransport): Transport {
    use()();
    return transport;
  }

  /** The connection, or the opening of it, or a new one. Throws what the last attempt failed with, while that is fresh. */
  private entryOf(route: Route): Entry {
    if (this.ended) throw endedError();
    const key = routeKey(route);
    const found = this.entries.get(key);
    if (found !== undefined) return found;
    const waiting = this.backOffs.get(key)?.waiting(this.parts.now());
    if (waiting != null) throw waiting;
    const stop = new AbortController();
    const entry: Entry = { key, opening: this.opened(key, route, stop.signal), stop, waiting: 0, open: null };
    this.entries.set(key, entry);
    entry.opening.then(
      (open) => this.onOpen(entry, open),
      (error: unknown) => this.onFailure(entry, error),
    );
    return entry;
  }

  /** Waits for the opening. Who no longer waits does not end it for others; the last one does. */
  private async joined(entry: Entry, signal: AbortSignal): Promise<TrackedTransport> {
    if (entry.open !== null) return entry.open;
    entry.waiting += 1;
    try {
      return await untilAborted(entry.opening, signal);
    } finally {
      entry.waiting -= 1;
      if (entry.waiting === 0 && entry.open === null) {
        entry.stop.abort();
        this.forget(entry);
      }
    }
  }

  private async opened(key: string, route: Route, signal: AbortSignal): Promise<TrackedTransport> {
    const taken: (() => void)[] = [];
    const holdHop: HoldHop = async (hops, hopSignal) => {
      const hop = await this.hold(hops, hopSignal);
      try {
        taken.push(await this.slotsOfJumpHost(hops).take(hopSignal));
        taken.push(await this.openings.take(hopSignal));
        return hop;
      } catch (error) {
        hop.release();
        throw error;
      }
    };
    try {
      // Behind a jump host the place is taken when that is connected, or both could wait for each other.
      if (hopsBefore(route) === null) taken.push(await this.openings.take(signal));
      const transport = await connectRoute(route, this.parts, holdHop, signal);
      return this.tracked(transport);
    } finally {
      for (const giveBack of taken) giveBack();
    }
  }

  /** The connection to a jump host, which stays while it is held. */
  private async hold(hops: Route, signal: AbortSignal): Promise<HeldHop> {
    const { transport, use } = await this.joined(this.entryOf(hops), signal);
    return { transport, release: use() };
  }

  private slotsOfJumpHost(hops: Route): Slots {
    const key = hopKey(targetOf(hops));
    for (const [name, slots] of this.perJumpHost) if (slots.unused() && name !== key) this.perJumpHost.delete(name);
    const slots = this.perJumpHost.get(key) ?? slotsOf(OPENINGS_PER_JUMP_HOST);
    this.perJumpHost.set(key, slots);
    return slots;
  }

  private tracked(transport: Transport): TrackedTransport {
    let timer: NodeJS.Timeout | undefined;
    const onBusy = (): void => clearTimeout(timer);
    const onIdle = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => this.expire(tracked), this.parts.idleMs?.() ?? IDLE_MS);
      timer.unref();
    };
    void transport.closed.then(onBusy);
    const tracked = trackTransport(transport, onBusy, onIdle);
    tracked.use()();
    return tracked;
  }

  private expire(open: TrackedTransport): void {
    for (const entry of this.entries.values()) if (entry.open === open) this.forget(entry);
    open.transport.close();
  }

  private onOpen(entry: Entry, open: TrackedTransport): void {
    this.backOffs.delete(entry.key);
    // Nobody waits for it any more, or all was closed meanwhile.
    if (this.ended || this.entries.get(entry.key) !== entry) return open.transport.close();
    entry.open = open;
    void open.transport.closed.then(() => this.forget(entry));
  }

  private onFailure(entry: Entry, error: unknown): void {
    this.forget(entry);
    if (isCancelled(error) || !(error instanceof Error) || isDecision(error)) return;
    const waits = this.backOffs.get(entry.key) ?? backOff();
    waits.failed(error, this.parts.now());
    this.backOffs.set(entry.key, waits);
  }

  private forget(entry: Entry): void {
    if (this.entries.get(entry.key) === entry) this.entries.delete(entry.key);
    for (const [name, other] of this.byName) if (other === entry) this.byName.delete(name);
  }
}

/** What a person decided, or mends before the next try, is not held against the host. */
function isDecision(error: Error): boolean {
  return error instanceof ExpectedError && (error.code.startsWith('host-key') || error.code === 'denied');
}

function endedError(): ExpectedError {
  return new ExpectedError('closed', l10n.t('All connections were closed. Start again.'));
}
