import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import { shownPath } from '../../../lib/bytePath';
import type { TunnelEnd } from '../../tunnel';

/** Reasons of RFC 4254, 5.1. */
const PROHIBITED = 1;
const CONNECT_FAILED = 2;
const MAX_TEXT = 300;

export function sessionRefused(host: string, text: string): ExpectedError {
  return new ExpectedError(
    'refused',
    l10n.t(
      '{0} refuses another session on this connection: {1}. Its MaxSessions may be reached: end other commands there.',
      host,
      said(text),
    ),
  );
}

/** Why no connection left from the host: 'denied', 'refused', 'timed-out', 'unreachable' or 'not-found'. */
export function connectRefused(host: string, target: TunnelEnd, reason: number, text: string): ExpectedError {
  const shown = shownEnd(target);
  if (reason === PROHIBITED) {
    return new ExpectedError(
      'denied',
      l10n.t(
        '{0} forbids a connection to {1}: {2}. See AllowTcpForwarding, AllowStreamLocalForwarding and PermitOpen of its sshd.',
        host,
        shown,
        said(text),
      ),
    );
  }
  const code = reason === CONNECT_FAILED ? codeOf(text) : 'failed';
  return new ExpectedError(code, l10n.t('{0} made no connection to {1}: {2}.', host, shown, said(text)));
}

export function listenRefused(host: string, end: TunnelEnd, text: string): ExpectedError {
  return new ExpectedError(
    'refused',
    l10n.t(
      '{0} does not listen on {1}: {2}. The port may be in use there, or its sshd forbids it (AllowTcpForwarding, PermitListen).',
      host,
      shownEnd(end),
      said(text),
    ),
  );
}

export function shownEnd(end: TunnelEnd): string {
  if (end.kind === 'unix') return shownPath(end.path);
  return end.host.includes(':') ? `[${end.host}]:${end.port}` : `${end.host}:${end.port}`;
}

/** Text from outside, on one line. */
function said(text: string): string {
  return shownPath(text.trim()).slice(0, MAX_TEXT);
}

/** OpenSSH sends the system's words for what connect(2) and getaddrinfo(3) said. */
function codeOf(text: string): string {
  if (/timed out/i.test(text)) return 'timed-out';
  if (/unreachable|no route/i.test(text)) return 'unreachable';
  if (/not known|no address|name resolution|unknown host/i.test(text)) return 'not-found';
  return 'refused';
}
