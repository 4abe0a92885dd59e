import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import { hostLabel, oneLine, shortPath } from '../connect/names';
import type { HostOptions } from '../options';

/** ssh warns so of a key that is not the known one, whatever it does then. */
export const CHANGED_KEY = 'REMOTE HOST IDENTIFICATION HAS CHANGED';

const NETWORK: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/Could not resolve hostname|Name or service not known|nodename nor servname/, 'not-found'],
  [/Connection refused/, 'refused'],
  [/Connection timed out|Operation timed out|timed out/i, 'timed-out'],
  [/No route to host|Network is unreachable|Host is down/, 'unreachable'],
  [/terminating, \d+ bad configuration|Bad configuration option|Unsupported option/, 'invalid-config'],
  [/Connection (closed|reset) by|kex_exchange_identification|banner exchange|Broken pipe/, 'closed'],
];

/** Why ssh made no connection, as it says itself on stderr, with what to do next. */
export function loginFailure(stderr: string, options: HostOptions): ExpectedError {
  const host = hostLabel(options);
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('Warning: Permanently'));
  const last = oneLine(lines.at(-1) ?? '');
  if (stderr.includes(CHANGED_KEY)) return new ExpectedError('host-key-changed', changedText(stderr, host));
  if (/REVOKED HOST KEY|is marked as revoked|revoked by file/i.test(stderr)) {
    return new ExpectedError(
      'host-key-revoked',
      l10n.t('{0} shows a host key that is revoked. It must not be trusted.', host),
    );
  }
  if (/Host key verification failed|host key is known for .* strict checking/.test(stderr)) {
    return new ExpectedError('host-key-unknown', unknownText(lines, host));
  }
  const denied = /Permission denied \(([^)]*)\)/.exec(stderr);
  if (denied !== null) return new ExpectedError('denied', deniedText(host, options.user, denied[1] ?? ''));
  if (/Too many authentication failures/.test(stderr)) {
    return new ExpectedError('denied', tooManyText(host));
  }
  const offer = /no matching (.+) found\. Their offer: (.*)/.exec(stderr);
  if (offer !== null) return new ExpectedError('unsupported', noMatchText(host, offer[1] ?? '', offer[2] ?? ''));
  const code = NETWORK.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'failed';
  return new ExpectedError(
    code,
    l10n.t('The system’s ssh did not reach {0}: {1}', host, last || l10n.t('no reason given')),
  );
}

/** Why a connection that was there has ended. */
export function lossReason(stderr: string, options: HostOptions): ExpectedError {
  const host = hostLabel(options);
  const last = oneLine(stderr.trim().split(/\r?\n/).at(-1) ?? '');
  const message =
    last === ''
      ? l10n.t('The connection to {0} was lost. It is opened anew when it is needed.', host)
      : l10n.t('The connection to {0} was lost ({1}). It is opened anew when it is needed.', host, last);
  return new ExpectedError('closed', message);
}

function changedText(stderr: string, host: string): string {
  const place = /Offending (?:key for IP|\S+ key) in (.+):(\d+)/.exec(stderr);
  const shown = /\s(SHA256:[A-Za-z0-9+/]+)/.exec(stderr)?.[1] ?? '';
  return l10n.t(
    'The host key on the way to {0} has changed: {1} is shown, another one is known ({2}, line {3}). Somebody may be listening in, or the host was set up anew. Ask its administrator for the fingerprint; if it is right, remove that line and connect again.',
    host,
    shown,
    shortPath(oneLine(place?.[1] ?? 'known_hosts')),
    place?.[2] ?? '?',
  );
}

function unknownText(lines: readonly string[], host: string): string {
  const why = oneLine(lines.find((line) => /is known for|verification/.test(line)) ?? '');
  return l10n.t(
    'The host key of {0} could not be verified: {1} Connect from where it can be trusted, or add it to known_hosts.',
    host,
    why,
  );
}

function deniedText(host: string, user: string, methods: string): string {
  return l10n.t(
    '{0} lets {1} not in: it accepts {2}. Check the user, and whether its keys, certificate or password are right.',
    host,
    user,
    oneLine(methods),
  );
}

function tooManyText(host: string): string {
  return l10n.t(
    '{0} broke off after too many keys were offered. Name the right one with IdentityFile and set IdentitiesOnly yes.',
    host,
  );
}

function noMatchText(host: string, what: string, offer: string): string {
  return l10n.t(
    '{0} and the system’s ssh have no {1} in common; it offers {2}. Allow one of these for this host only.',
    host,
    oneLine(what),
    oneLine(offer),
  );
}
