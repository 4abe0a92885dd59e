import * as l10n from '@vscode/l10n';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { settlesWithin, withDeadline } from '../../../lib/deadline';
import { CancelledError, ExpectedError, isCancelled, messageOf, throwIfCancelled } from '../../../lib/errors';
import type { Tunnel, TunnelEnd, TunnelSpec, TunnelState } from '../../tunnel';
import type { Listener, Transport } from '../transport';
import { Carrier, type TunnelParts } from './carrier';
import { dialHere, dialInTime } from './dial';
import { breakOff, join } from './join';
import { listenHere, type Listening } from './listening';
import { answerSocks, readSocksRequest, type SocksRequest } from './socksServer';
import { ALL_INTERFACES } from './spec';
import { TunnelStatus } from './status';

const CLOSE_WAIT_MS = 3_000;
const TRY_DEADLINE_MS = 35_000;
/** Of the host itself: port 1, on which hardly anything listens (tcpmux, RFC 1078). */
const NOBODY: TunnelEnd = { kind: 'tcp', host: '127.0.0.1', port: 1 };

/**
 * Opens a tunnel. It fails with what its first connection or its listening end fails with (ExpectedError); later losses
 * are waited out: the listening end stays, what was open breaks, and connections that come meanwhile are held for ten
 * seconds and then closed. It ends with close(), with the signal, or when the connection fails in a way that trying
 * again does not mend. A target that cannot be reached costs that connection only.
 */
export async function openTunnel(spec: TunnelSpec, parts: TunnelParts, signal: AbortSignal): Promise<Tunnel> {
  throwIfCancelled(signal);
  const tunnel = new OpenTunnel(spec, parts);
  const onAbort = (): void => void tunnel.close();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await tunnel.open();
    tunnel.onChange(() => {
      if (tunnel.state().phase === 'closed') signal.removeEventListener('abort', onAbort);
    });
    return tunnel;
  } catch (error) {
    signal.removeEventListener('abort', onAbort);
    await tunnel.close();
    if (signal.aborted) throw new CancelledError('cancelled');
    throw error;
  }
}

class OpenTunnel implements Tunnel {
  readonly #status = new TunnelStatus();
  readonly #ending = new AbortController();
  readonly #streams = new Set<Duplex>();
  readonly #carrier: Carrier;
  /** Here, or on the host. */
  #listening: Listening | Listener | undefined;
  #closing: Promise<void> | undefined;

  constructor(
    private readonly spec: TunnelSpec,
    private readonly parts: TunnelParts,
  ) {
    const takeUp = (transport: Transport): Promise<void> => this.#listenThere(transport);
    this.#carrier = new Carrier(parts, this.#status, takeUp, this.#ending.signal);
  }

  get listen(): TunnelEnd {
    return this.#listening?.end ?? this.spec.listen;
  }

  state(): TunnelState {
    return this.#status.state();
  }

  onChange(listener: () => void): () => void {
    return this.#status.onChange(listener);
  }

  async open(): Promise<void> {
    await this.#carrier.open();
    if (this.spec.kind !== 'remote') {
      const serve = (socket: Socket): void => void this.#serve(socket, (inner) => this.#dialThere(socket, inner));
      this.#listening = await listenHere(this.spec.listen, serve, this.#ending.signal);
    }
    throwIfCancelled(this.#ending.signal);
    void this.#carrier.keep(() => this.#breakAll()).then((reason) => this.#end(reason));
  }

  async tryTarget(signal: AbortSignal): Promise<void> {
    const { spec } = this;
    const deadline = withDeadline([signal, this.#ending.signal], TRY_DEADLINE_MS);
    try {
      const stream =
        spec.kind === 'remote'
          ? await dialInTime((inner) => dialHere(spec.target, inner), spec.target, deadline.signal)
          : await this.#connectThere(spec.kind === 'local' ? spec.target : NOBODY, deadline.signal);
      stream.on('error', () => undefined).destroy();
    } catch (error) {
      if (deadline.fired === 'cancelled') throw new CancelledError('cancelled');
      // That nobody is there is what was to be expected: the host was willing to connect.
      if (spec.kind === 'dynamic' && !(error instanceof ExpectedError && error.code === 'denied')) return;
      throw error;
    } finally {
      deadline.clear();
    }
  }

  close(): Promise<void> {
    return this.#end('');
  }

  #end(reason: string): Promise<void> {
    this.#closing ??= this.#shutDown(reason);
    return this.#closing;
  }

  async #shutDown(reason: string): Promise<void> {
    this.#status.enter('closed', reason);
    this.#ending.abort();
    this.#breakAll();
    const closed = this.#listening?.close() ?? Promise.resolve();
    await settlesWithin(closed, CLOSE_WAIT_MS);
  }

  #breakAll(): void {
    for (const stream of this.#streams) breakOff(stream);
  }

  async #listenThere(transport: Transport): Promise<void> {
    const { spec } = this;
    if (spec.kind !== 'remote') return;
    const { listen } = this;
    // An empty address is every one (RFC 4254, 7.1).
    const end = listen.kind === 'tcp' && listen.host === ALL_INTERFACES ? { ...listen, host: '' } : listen;
    const onConnection = (stream: Duplex): void => void this.#serve(stream, (inner) => dialHere(spec.target, inner));
    const listener = await transport.listen(end, onConnection, this.#ending.signal);
    // The address as it was asked for, with the port that was found: it is asked for again after a loss.
    const found =
      listener.end.kind === 'tcp' && listen.kind === 'tcp' ? { ...listen, port: listener.end.port } : listen;
    this.#listening = { end: found, close: () => listener.close() };
    if (this.#ending.signal.aborted) await listener.close();
  }

  async #serve(near: Duplex, dial: (signal: AbortSignal) => Promise<Duplex>): Promise<void> {
    this.#status.connectionOpened();
    this.#watch(near);
    try {
      const far = await dial(this.#ending.signal);
      this.#watch(far);
      const broken = await join(near, far, this.#status);
      if (broken !== undefined) this.#failed(broken);
    } catch (error) {
      this.#failed(error);
      // Nobody reads any more of it; what it is still to be told goes out first.
      if (!near.writableEnded) near.end(() => near.destroy());
    } finally {
      this.#status.connectionClosed();
    }
  }

  /** A stream that breaks tells whoever uses it; without a listener the error would end the process. */
  #watch(stream: Duplex): void {
    stream.on('error', () => undefined);
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
    if (this.#ending.signal.aborted) breakOff(stream);
  }

  #failed(error: unknown): void {
    if (isCancelled(error) || this.#ending.signal.aborted) return;
    const message = l10n.t('A connection failed: {0}', messageOf(error));
    this.#status.connectionFailed(message);
    this.parts.onLog(message);
  }

  async #dialThere(socket: Socket, signal: AbortSignal): Promise<Duplex> {
    const { spec } = this;
    if (spec.kind !== 'dynamic') return this.#connectThere(spec.target, signal);
    const request = await readSocksRequest(socket, signal);
    return this.#connectFor(socket, request, signal);
  }

  async #connectFor(socket: Socket, request: SocksRequest, signal: AbortSignal): Promise<Duplex> {
    try {
      const far = await this.#connectThere(request.target, signal);
      answerSocks(socket, request, null);
      return far;
    } catch (error) {
      answerSocks(socket, request, error);
      throw error;
    }
  }

  async #connectThere(target: TunnelEnd, signal: AbortSignal): Promise<Duplex> {
    const transport = await this.#carrier.current(signal);
    return dialInTime((inner) => transport.connect(target, inner), target, signal);
  }
}
