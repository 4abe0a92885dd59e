import type { Duplex } from 'node:stream';
import { Client, type AnyAuthMethod, type ConnectConfig, type NegotiatedAlgorithms } from 'ssh2';
import { CancelledError, ExpectedError } from '../../../lib/errors';
import type { ShownKey } from '../knownHosts/judge';
import type { HostOptions } from '../options';
import { ssh2Algorithms, type Offer } from './algorithms';
import type { Candidates } from './auth/candidates';
import type { AuthContext } from './auth/context';
import { brokenOffError } from './auth/refusal';
import { secretStore } from './auth/secretStore';
import { authenticate, expiredError, type Authentication } from './auth/session';
import { listenToGreeting } from './greeting';
import { endedError, exchangeError, notSshError, silentError } from './handshakeErrors';
import { shownKey, type HostKeyOutcome } from './hostKey';
import { LineSocket } from './lineSocket';
import { hostLabel } from './names';
import type { ConnectParts } from './parts';
import { ProxyConnection } from './proxyCommand';
import { stepSeconds, writeTogether } from './socket';
import { keepKeyObjects, keepsNoChunks, sendContentUncopied } from './ssh2Content';
import { watchAuthFailures, type AuthFailure } from './ssh2Private';
import { endStep, enterStep, type HandshakeTrace } from './trace';
import { stepWatch } from './watch';

/** What checks users may take its time (PAM, LDAP, a second factor that is confirmed on a telephone). */
const AUTH_SECONDS = 120;
const ALIVE_SECONDS = 15;

export interface HandshakeRequest {
  readonly options: HostOptions;
  /** Connected, and nobody has read from it. */
  readonly socket: Duplex;
  readonly offer: Offer;
  readonly parts: Pick<ConnectParts, 'person' | 'secrets' | 'log'>;
  /** Judges the host's key; rejects to refuse it. Nothing secret is sent before it has resolved. */
  accept(key: ShownKey, signal: AbortSignal): Promise<HostKeyOutcome>;
  candidates(signal: AbortSignal): Promise<Candidates>;
  /** As AuthSources has it. */
  beyond(left: readonly string[], candidates: Candidates | null, signal: AbortSignal): Promise<string | null>;
  readonly trace: HandshakeTrace;
}

/** A client that is logged in. */
export interface Handshaken {
  readonly client: Client;
  readonly authenticatedBy: readonly string[];
}

/** Banner, key exchange, host key, authentication. Throws ExpectedError that names the step; the socket is closed then. */
export function shakeHands(request: HandshakeRequest, signal: AbortSignal): Promise<Handshaken> {
  return new Promise((resolve, reject) => {
    const run = new Handshake(request, { resolve, reject });
    const cancel = (): void => run.fail(new CancelledError('cancelled'));
    signal.addEventListener('abort', cancel, { once: true });
    run.whenOver(() => signal.removeEventListener('abort', cancel));
    if (signal.aborted) cancel();
    else run.start();
  });
}

interface Outcome {
  resolve(value: Handshaken): void;
  reject(error: Error): void;
}

class Handshake {
  private readonly client = new Client();
  private readonly watch = stepWatch();
  /** Fires when the handshake is over, so that questions go away. */
  private readonly over = new AbortController();
  private readonly host: string;
  private readonly seconds: number;
  private readonly authentication: Authentication;
  private readonly context: AuthContext;
  private accepted: HostKeyOutcome | null = null;
  private lastFailure: AuthFailure | null = null;
  private lastError: Error | null = null;

  constructor(
    private readonly request: HandshakeRequest,
    private readonly outcome: Outcome,
  ) {
    const { options, parts, trace } = request;
    this.host = hostLabel(options);
    this.seconds = stepSeconds(options);
    this.context = {
      options,
      host: this.host,
      person: parts.person,
      secrets: secretStore(parts.secrets),
      signal: this.over.signal,
      tries: trace.tries,
      current: { method: 'none', credential: '' },
      whilePersonThinks: (work) => this.watch.hold(work),
    };
    this.authentication = authenticate({
      context: this.context,
      candidates: () => request.candidates(this.over.signal),
      beyond: (left, candidates) => request.beyond(left, candidates, this.over.signal),
      failed: (error) => this.fail(error),
    });
  }

  whenOver(listener: () => void): void {
    this.over.signal.addEventListener('abort', listener);
  }

  start(): void {
    const { client, request } = this;
    const { socket, trace } = request;
    trace.since = performance.now();
    client.on('error', (error: Error) => this.onError(error));
    client.once('close', () => this.onClose());
    client.once('ready', () => this.onReady());
    client.on('change password', () => this.fail(expiredError(this.context)));
    client.on('handshake', () => {
      keepKeyObjects(client);
      if (socket instanceof LineSocket) socket.copies = !keepsNoChunks(client);
    });
    client.once('handshake', (settled: NegotiatedAlgorithms) => this.onHandshake(settled));
    listenToGreeting(socket, {
      banner: (banner) => {
        trace.banner = banner;
        this.enter('key-exchange', this.seconds);
      },
      offer: (offer) => (trace.offered = offer),
    });
    this.enter('banner', this.seconds);
    writeTogether(socket);
    try {
      client.connect(this.config());
      watchAuthFailures(client, (failure) => (this.lastFailure = failure));
      sendContentUncopied(client, socket);
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  fail(error: Error): void {
    if (this.over.signal.aborted) return;
    this.finish();
    this.client.destroy();
    this.request.socket.on('error', () => undefined).destroy();
    this.outcome.reject(error);
  }

  private finish(): void {
    endStep(this.request.trace);
    this.request.trace.accepted = this.authentication.accepted();
    this.watch.stop();
    this.over.abort();
  }

  private enter(step: HandshakeTrace['step'], seconds: number): void {
    enterStep(this.request.trace, step);
    this.watch.start(seconds, () => this.fail(silentError(this.host, seconds, step)));
  }

  private config(): ConnectConfig {
    const { options, socket, offer } = this.request;
    const alive = options.serverAliveIntervalSeconds === 0 ? ALIVE_SECONDS : options.serverAliveIntervalSeconds;
    return {
      sock: socket,
      username: options.user,
      ident: 'Opsdeck',
      algorithms: ssh2Algorithms(offer),
      readyTimeout: 0,
      keepaliveInterval: alive * 1_000,
      keepaliveCountMax: options.serverAliveCountMax,
      strictVendor: false,
      ...(options.forwardAgent === null ? {} : { agent: options.forwardAgent }),
      hostVerifier: (blob: Buffer, verify: (accepted: boolean) => void) => void this.verify(blob, verify),
      authHandler: (_left, _partial, next) => void this.sendNext(next),
    };
  }

  /** ssh2 asks again at every new key exchange: it must be the same key then. */
  private async verify(blob: Buffer, verify: (accepted: boolean) => void): Promise<void> {
    if (this.accepted !== null) return verify(Buffer.compare(this.accepted.key.blob, blob) === 0);
    const { trace } = this.request;
    try {
      const key = shownKey(blob);
      enterStep(trace, 'host-key');
      trace.hostKey = { key, verdict: null };
      this.accepted = await this.watch.hold(() => this.request.accept(key, this.over.signal));
      trace.hostKey = { key, verdict: this.accepted.verdict };
      if (this.over.signal.aborted) return;
      enterStep(trace, 'key-exchange');
      verify(true);
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private onHandshake({ kex, serverHostKey, cs }: NegotiatedAlgorithms): void {
    const { trace, parts } = this.request;
    trace.algorithms = { kex, hostKey: serverHostKey, cipher: cs.cipher, mac: cs.mac, compression: cs.compress };
    this.enter('authentication', AUTH_SECONDS);
    // Only now the host has proved that the key is its own.
    this.accepted?.remember().catch((error: unknown) => parts.log.warn(String(error)));
  }

  private async sendNext(next: (method: AnyAuthMethod) => void): Promise<void> {
    const reply = this.lastFailure;
    this.lastFailure = null;
    try {
      const method = await this.watch.hold(() => this.authentication.next(reply));
      if (!this.over.signal.aborted) next(method);
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private onReady(): void {
    if (this.over.signal.aborted) return;
    const { method, credential } = this.context.current;
    this.request.trace.tries.push({ method, credential, outcome: 'accepted', message: '' });
    this.finish();
    void this.context.secrets.settle(true).catch((error: unknown) => this.request.parts.log.warn(String(error)));
    this.client.removeAllListeners('close');
    this.outcome.resolve({ client: this.client, authenticatedBy: [...this.authentication.partial, method] });
  }

  /** An error of an agent's key is no more than the end of that try. */
  private onError(error: Error): void {
    if (Reflect.get(error, 'level') === 'agent') return;
    this.lastError = error;
    const { trace, offer } = this.request;
    if (this.over.signal.aborted || isOfSocket(error)) return;
    if (trace.step === 'authentication') return this.fail(brokenOffError(this.context, error.message));
    if (/Connection lost before handshake/u.test(error.message)) return;
    if (trace.step === 'banner') return this.fail(notSshError(this.host, error.message));
    this.fail(exchangeError(this.host, error, offer, trace));
  }

  private onClose(): void {
    const { trace, socket } = this.request;
    const hint = socket instanceof ProxyConnection ? socket.lastWords : '';
    const reason = hint === '' && this.lastError !== null ? messageWithoutState(this.lastError) : hint;
    if (trace.step === 'authentication') this.fail(brokenOffError(this.context, reason === '' ? '-' : reason));
    else this.fail(endedError(this.host, trace.step, reason));
  }
}

function isOfSocket(error: Error): boolean {
  return Reflect.get(error, 'level') === 'client-socket' || error instanceof ExpectedError;
}

/** What ssh2 says when nothing was said. */
function messageWithoutState(error: Error): string {
  return error.message === 'Connection lost before handshake' ? '' : error.message;
}
