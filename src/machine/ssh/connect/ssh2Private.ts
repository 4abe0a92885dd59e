import type { Client, ClientChannel } from 'ssh2';

/*
 * What ssh2 1.17 can do and does not offer. package.json pins that version; every access is guarded, and a test fails
 * when one of them is no longer there.
 */

/** What is missing of it; [] where all is there. */
export function missingParts(client: Client): readonly string[] {
  const protocol = memberOf(client, '_protocol');
  return ['rekey', 'signal', 'windowChange', 'channelClose']
    .filter((name) => typeof memberOf(protocol, name) !== 'function')
    .concat(typeof memberOf(protocol, '_handlers') === 'object' ? [] : ['_handlers'])
    .concat(typeof memberOf(memberOf(client, '_chanMgr'), '_channels') === 'object' ? [] : ['_channels']);
}

/** Starts a key exchange (RFC 4253, 9); false where that cannot be done. */
export function startRekey(client: Client): boolean {
  return call(memberOf(client, '_protocol'), 'rekey', []);
}

/** ssh2 drops signals and sizes once our side of the channel has ended; RFC 4254 does not. */
export function sendSignal(client: Client, channel: ClientChannel, name: string): void {
  const id = openId(channel);
  if (id !== null) call(memberOf(client, '_protocol'), 'signal', [id, name]);
}

export function sendWindowChange(client: Client, channel: ClientChannel, columns: number, rows: number): void {
  const id = openId(channel);
  if (id !== null) call(memberOf(client, '_protocol'), 'windowChange', [id, rows, columns, 0, 0]);
}

/**
 * Closes the session channel whose last request the server has just refused: ssh2 leaves it open, and it would count
 * against MaxSessions. Right only within the callback that told of the refusal: any other channel that is still being
 * opened waits for an answer then.
 */
export function closeRefusedChannel(client: Client): void {
  const channels = memberOf(memberOf(client, '_chanMgr'), '_channels');
  if (typeof channels !== 'object' || channels === null) return;
  for (const channel of Object.values(channels)) {
    if (memberOf(channel, 'type') !== 'session' || memberOf(channel, 'subtype') !== undefined) continue;
    const waiting = memberOf(channel, '_callbacks');
    if (Array.isArray(waiting) && waiting.length === 0) call(channel, 'close', []);
  }
}

export interface AuthFailure {
  /** Methods that can continue. */
  readonly left: readonly string[];
  readonly partial: boolean;
}

/**
 * Tells of every SSH_MSG_USERAUTH_FAILURE (RFC 4252, 5.1) before ssh2 acts on it. ssh2 keeps its content to itself when
 * the method was an agent, so that a partial success by an agent's key could not be seen otherwise.
 */
export function watchAuthFailures(client: Client, listener: (failure: AuthFailure) => void): void {
  const handlers = memberOf(memberOf(client, '_protocol'), '_handlers');
  if (typeof handlers !== 'object' || handlers === null) return;
  const original: unknown = Reflect.get(handlers, 'USERAUTH_FAILURE');
  if (typeof original !== 'function') return;
  Reflect.set(handlers, 'USERAUTH_FAILURE', (protocol: unknown, methods: unknown, partial: unknown): void => {
    const left = Array.isArray(methods) ? methods.filter((method) => typeof method === 'string') : [];
    listener({ left, partial: partial === true });
    Reflect.apply(original, undefined, [protocol, methods, partial]);
  });
}

/** The number of the channel on the other side; null when it is closed. */
function openId(channel: ClientChannel): number | null {
  const outgoing = memberOf(channel, 'outgoing');
  const state = memberOf(outgoing, 'state');
  const id = memberOf(outgoing, 'id');
  return (state === 'open' || state === 'eof') && typeof id === 'number' ? id : null;
}

export function memberOf(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

function call(holder: unknown, name: string, values: readonly unknown[]): boolean {
  const method = memberOf(holder, name);
  if (typeof method !== 'function') return false;
  Reflect.apply(method, holder, values);
  return true;
}
