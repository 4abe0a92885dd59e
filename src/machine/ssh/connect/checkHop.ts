import { lookup } from 'node:dns/promises';
import * as net from 'node:net';
import { performance } from 'node:perf_hooks';
import * as l10n from '@vscode/l10n';
import type { CheckStep, HopCheck } from '../../connectionCheck';
import { runWithDeadline } from '../../../lib/deadline';
import { ExpectedError, isCancelled, messageOf } from '../../../lib/errors';
import { fingerprintOf } from '../keys/publicKey';
import { judgeHostKey, type ShownKey } from '../knownHosts/judge';
import type { HostOptions } from '../options';
import type { Transport } from '../transport';
import { offerFor } from './algorithms';
import { beyondSsh2 } from './auth/beyond';
import { findCandidates, type Candidates } from './auth/candidates';
import { bySystem, systemMay } from './bySystem';
import { shakeHands } from './handshake';
import { knownKeysOf, type HostKeyOutcome, type KnownKeys } from './hostKey';
import { changedText, revokedText } from './hostKeyTexts';
import { needsSystem, systemFacts } from './needsSystem';
import { hostLabel } from './names';
import type { ConnectParts } from './parts';
import { READ_ANEW } from './recent';
import { stepSeconds } from './socket';
import { ssh2Transport } from './ssh2Transport';
import { newTrace, type HandshakeStep, type HandshakeTrace } from './trace';
import { openDirectly, openThrough, type Way } from './way';

export interface CheckedHop {
  readonly check: HopCheck;
  /** null where it did not come so far. */
  readonly transport: Transport | null;
}

const SHELL_SECONDS = 30;

/** One host on the way. `before`: the jump host that it is reached through; `last`: its login shell is timed too. */
export async function checkHop(
  options: HostOptions,
  before: Transport | null,
  last: boolean,
  parts: ConnectParts,
  signal: AbortSignal,
): Promise<CheckedHop> {
  const steps = new Steps();
  const trace = newTrace();
  let address = options.hostName;
  let transport: Transport | null = null;
  let reason: string | null = null;
  try {
    const direct = before === null && options.proxyCommand === null;
    if (direct) address = await steps.time('name', () => resolveName(options, signal));
    const way = await steps.time('tcp', () => openTo(options, before, parts, signal));
    const known = await knownKeysOf(options, way.address, READ_ANEW, signal);
    reason = needsSystem(options, await systemFacts(options, known.authority && known.types.length === 0, READ_ANEW));
    try {
      if (reason === null) transport = await loggedIn(options, way, known, steps, trace, parts, signal);
      else way.socket.destroy();
    } catch (error) {
      reason = error instanceof ExpectedError ? systemMay(error) : null;
      if (reason === null || parts.system === null) throw error;
      steps.passOver();
    }
    transport ??= await steps.time('authentication', () =>
      bySystem(checking(options), parts, reason ?? '', null, signal),
    );
    if (last) await timeShell(transport, steps, signal);
  } catch (error) {
    // It is told as the last step.
    if (isCancelled(error) && signal.aborted) throw error;
  }
  return { check: checkOf(options, address, reason, steps, trace), transport };
}

class Steps {
  readonly all: CheckStep[] = [];

  add(kind: CheckStep['kind'], elapsedMs: number, state: CheckStep['state'], message: string): void {
    this.all.push({ kind, elapsedMs, state, message });
  }

  /** The last one failed, and that does not matter. */
  passOver(): void {
    const step = this.all.pop();
    if (step !== undefined) this.all.push({ ...step, state: 'skipped' });
  }

  async time<T>(kind: CheckStep['kind'], work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      const value = await work();
      this.add(kind, performance.now() - began, 'ok', '');
      return value;
    } catch (error) {
      this.add(kind, performance.now() - began, 'failed', messageOf(error));
      throw error;
    }
  }
}

/** As getaddrinfo(3) answers, which is what a connection uses. */
async function resolveName(options: HostOptions, signal: AbortSignal): Promise<string> {
  const { hostName, addressFamily } = options;
  if (net.isIP(hostName) !== 0) return hostName;
  const family = addressFamily === 'inet' ? 4 : addressFamily === 'inet6' ? 6 : 0;
  const seconds = stepSeconds(options);
  const noAddress = (): ExpectedError =>
    new ExpectedError(
      'not-found',
      l10n.t('This machine finds no address for the name {0}. Check its spelling and the DNS.', hostName),
    );
  try {
    const found = await runWithDeadline(signal, seconds * 1_000, () => lookup(hostName, { family }), noAddress);
    return found.address;
  } catch (error) {
    if (isCancelled(error)) throw error;
    throw noAddress();
  }
}

function openTo(
  options: HostOptions,
  before: Transport | null,
  parts: ConnectParts,
  signal: AbortSignal,
): Promise<Way> {
  if (before === null) return openDirectly(options, parts, signal);
  return openThrough({ transport: before, release: () => undefined }, options, signal);
}

/** The ssh of this computer asks nobody then, and writes nothing. */
function checking(options: HostOptions): HostOptions {
  return { ...options, batchMode: true, strictHostKeyChecking: 'yes' };
}

async function loggedIn(
  options: HostOptions,
  { socket, address }: Way,
  known: KnownKeys,
  steps: Steps,
  trace: HandshakeTrace,
  parts: ConnectParts,
  signal: AbortSignal,
): Promise<Transport> {
  let error: unknown;
  try {
    const secrets = { get: () => Promise.resolve(undefined), store: nothing, delete: nothing, hold: () => undefined };
    const { client } = await shakeHands(
      {
        options: { ...options, batchMode: true },
        socket,
        offer: offerFor(options, known.types),
        parts: { person: null, secrets, log: parts.log },
        accept: (key) => judged(options, known, key, trace),
        candidates: async (inner) => withoutLocked(await findCandidates(options, READ_ANEW, inner)),
        beyond: (left, candidates, inner) =>
          parts.system === null ? Promise.resolve(null) : beyondSsh2(options, left, candidates, inner),
        trace,
      },
      signal,
    );
    const facts = { host: hostLabel(options), user: options.user, address, port: options.port, via: [] };
    const more = { banner: trace.banner ?? '', algorithms: trace.algorithms, authenticatedBy: [], remarks: [] };
    return ssh2Transport({ client, socket, options, facts: { ...facts, ...more }, log: parts.log });
  } catch (thrown) {
    error = thrown;
    socket.destroy();
    throw thrown;
  } finally {
    addHandshake(steps, trace, error);
  }
}

/** An unknown host is spoken with: what follows is signatures of keys, which are of no use to somebody in between. */
function judged(options: HostOptions, known: KnownKeys, key: ShownKey, trace: HandshakeTrace): Promise<HostKeyOutcome> {
  const verdict = judgeHostKey(known.lines, known.peer, key);
  trace.hostKey = { key, verdict };
  if (verdict.kind === 'changed') {
    return Promise.reject(new ExpectedError('host-key-changed', changedText(options, key, verdict)));
  }
  if (verdict.kind === 'revoked') {
    return Promise.reject(new ExpectedError('host-key-revoked', revokedText(options, key, verdict)));
  }
  return Promise.resolve({ key, verdict, remember: nothing });
}

function withoutLocked({ keys, skipped, ...others }: Candidates): Candidates {
  const locked = keys.filter((key) => key.kind === 'file' && key.file.encrypted);
  const reason = l10n.t('the key is encrypted, and nobody is asked for its passphrase here');
  return {
    keys: keys.filter((key) => !locked.includes(key)),
    skipped: [...skipped, ...locked.map(({ label }) => ({ label, reason }))],
    ...others,
  };
}

const ORDER: readonly HandshakeStep[] = ['banner', 'key-exchange', 'host-key', 'authentication'];

/** A step for each that was entered; the one it stopped in has failed. */
function addHandshake(steps: Steps, trace: HandshakeTrace, error: unknown): void {
  for (const step of ORDER) {
    const elapsedMs = trace.elapsedMs.get(step);
    if (elapsedMs === undefined) continue;
    const failed = error !== undefined && trace.step === step;
    const message = failed ? messageOf(error) : step === 'host-key' ? verdictText(trace) : '';
    steps.add(step, elapsedMs, failed ? 'failed' : 'ok', message);
    if (failed) return;
  }
  if (trace.elapsedMs.size === 0 && error !== undefined) steps.add('banner', 0, 'failed', messageOf(error));
}

function verdictText({ hostKey }: HandshakeTrace): string {
  return hostKey?.verdict?.kind === 'unknown' && hostKey.verdict.knownWithoutPort === null
    ? l10n.t('The host key is not known yet: {0}', fingerprintOf(hostKey.key.blob))
    : '';
}

/** A channel, and what the user's login shell takes to run nothing. */
async function timeShell(transport: Transport, steps: Steps, signal: AbortSignal): Promise<void> {
  const channel = await steps.time('channel', () => transport.open({ kind: 'exec', line: 'true' }, signal));
  await steps.time('shell', async () => {
    channel.stdin.end();
    channel.stdout.resume();
    channel.stderr.resume();
    const late = (): ExpectedError =>
      new ExpectedError('timed-out', l10n.t('The login shell did not end within {0} s.', SHELL_SECONDS));
    const { exitCode } = await runWithDeadline(signal, SHELL_SECONDS * 1_000, () => channel.ended, late);
    if (exitCode === 0) return;
    throw new ExpectedError('failed', l10n.t('The login shell ended with exit status {0}.', exitCode ?? '?'));
  });
}

function checkOf(
  options: HostOptions,
  address: string,
  reason: string | null,
  steps: Steps,
  trace: HandshakeTrace,
): HopCheck {
  const { banner, algorithms, offered, hostKey, tries, accepted } = trace;
  return {
    name: options.alias,
    address,
    port: options.port,
    user: options.user,
    by: reason === null ? { transport: 'ssh2', reason: '' } : { transport: 'system', reason },
    steps: steps.all,
    banner,
    algorithms,
    offered,
    hostKey:
      hostKey === null
        ? null
        : {
            type: hostKey.key.type,
            sha256: fingerprintOf(hostKey.key.blob),
            verdict: hostKey.verdict?.kind ?? 'unchecked',
          },
    tries,
    accepted,
  };
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
