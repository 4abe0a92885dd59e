import * as http from 'node:http';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import * as l10n from '@vscode/l10n';
import { runWithDeadline } from '../lib/deadline';
import { ExpectedError, isCancelled, messageOf } from '../lib/errors';
import { machineWords } from './fileErrors';
import type { Machine } from './machine';

export interface HttpGetOptions {
  readonly signal: AbortSignal;
  /** For all redirects together. Default 60,000. */
  readonly deadlineMs?: number;
  readonly maxBytes: number;
}

/** An answer with any status: what a server says is a result. */
export interface HttpAnswer {
  /** Where redirects have led. */
  readonly url: string;
  readonly status: number;
  readonly body: Uint8Array;
  /** Milliseconds since 1970 UTC, as the server says; null where it does not. */
  readonly modifiedMs: number | null;
  /** The code of OpenSSL or Node.js for what is wrong with a certificate on the way; null where nothing is. */
  readonly distrust: string | null;
}

const DEADLINE_MS = 60_000;
const MOST_REDIRECTS = 10;

/**
 * What is at a URL, as seen from that machine: its TCP connections are the machine's. A certificate that is not to be
 * trusted is told, and no reason to stop: nothing secret is sent. Throws ExpectedError.
 */
export function httpGet(machine: Machine, url: string, options: HttpGetOptions): Promise<HttpAnswer> {
  const { signal, maxBytes, deadlineMs = DEADLINE_MS } = options;
  const late = (): ExpectedError =>
    new ExpectedError(
      'timed-out',
      l10n.t('{0} had not answered {1} after {2} s.', url, where(machine), deadlineMs / 1_000),
    );
  return runWithDeadline(signal, deadlineMs, (within) => followed(machine, new URL(url), within, maxBytes), late);
}

async function followed(machine: Machine, start: URL, signal: AbortSignal, maxBytes: number): Promise<HttpAnswer> {
  let url = start;
  let distrust: string | null = null;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await ask(machine, url, signal, maxBytes);
    distrust ??= answer.distrust;
    if (answer.location === null) return { ...answer, url: url.href, distrust };
    url = answer.location;
  }
  const text = l10n.t('{0} redirects more than {1} times. Check the URL.', start.href, MOST_REDIRECTS);
  throw new ExpectedError('failed', text);
}

interface OneAnswer extends Omit<HttpAnswer, 'url'> {
  readonly location: URL | null;
}

async function ask(machine: Machine, url: URL, signal: AbortSignal, maxBytes: number): Promise<OneAnswer> {
  const isTls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const wire = await machine.connect({ host, port: Number(url.port) || (isTls ? 443 : 80) }, signal);
  // Whoever waits is told by the request; what comes later is nobody's.
  wire.on('error', () => undefined);
  try {
    const socket = isTls ? await secured(wire, host, signal) : wire;
    const distrust = socket instanceof tls.TLSSocket ? distrustOf(socket) : null;
    return { ...(await exchanged(socket, url, signal, maxBytes)), distrust };
  } catch (error) {
    if (error instanceof ExpectedError || isCancelled(error)) throw error;
    const text = l10n.t(
      '{0} gave {1} no answer that can be read: {2}. Check the URL and the service.',
      url.href,
      where(machine),
      messageOf(error),
    );
    throw new ExpectedError('failed', text, { cause: error });
  } finally {
    wire.destroy();
  }
}

function secured(wire: Duplex, host: string, signal: AbortSignal): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      socket: wire,
      host,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      // Judged below: otherwise an expired certificate could not be told from none.
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      ca: trusted(),
    });
    const cancel = (): void => void socket.destroy(signal.reason as Error);
    signal.addEventListener('abort', cancel, { once: true });
    socket.once('secureConnect', () => resolve(socket));
    socket.on('error', reject);
    socket.once('close', () => {
      signal.removeEventListener('abort', cancel);
      reject(new Error(l10n.t('the connection was closed')));
    });
  });
}

/** Also what the administrator of this computer has added, where Node.js can tell (22.15 and later). */
function trusted(): string[] | undefined {
  if (!('getCACertificates' in tls)) return undefined;
  return [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
}

function distrustOf({ authorized, authorizationError }: tls.TLSSocket): string | null {
  // Its declared type is Error; what it holds is a code.
  return authorized ? null : String(authorizationError);
}

async function exchanged(
  socket: Duplex,
  url: URL,
  signal: AbortSignal,
  maxBytes: number,
): Promise<Omit<OneAnswer, 'distrust'>> {
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.request({
      createConnection: () => socket,
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, 'user-agent': 'opsdeck', accept: '*/*', 'accept-encoding': 'identity' },
      signal,
    });
    request.once('response', resolve);
    request.on('error', reject);
    request.end();
  });
  const { statusCode: status = 0, headers } = response;
  const location = status >= 300 && status < 400 ? locationOf(headers.location, url) : null;
  const body = location === null ? await bodyOf(response, url, maxBytes) : new Uint8Array();
  const modifiedMs = Date.parse(headers['last-modified'] ?? '');
  return { status, body, location, modifiedMs: Number.isNaN(modifiedMs) ? null : modifiedMs };
}

function locationOf(location: string | undefined, from: URL): URL | null {
  if (location === undefined || !URL.canParse(location, from.href)) return null;
  const url = new URL(location, from.href);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}

async function bodyOf(response: http.IncomingMessage, url: URL, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      const text = l10n.t('What {0} sends is larger than {1} MiB.', url.href, maxBytes / 2 ** 20);
      throw new ExpectedError('too-large', text);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function where({ name }: Machine): string {
  return machineWords(name);
}
