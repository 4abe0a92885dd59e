import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import { shownPath } from '../../../lib/bytePath';
import type { TunnelEnd, TunnelSpec } from '../../tunnel';

/** Where a port is bound unless something else is said: the wider choice has to be made by name. */
const LOOPBACK = 'localhost';
/** For `host` of a listening end: every interface, IPv4 and IPv6. */
export const ALL_INTERFACES = '*';
const MAX_HOST_LENGTH = 255;

interface Field {
  readonly text: string;
  /** A slash makes a field a path, as ssh(1) has it. */
  readonly isPath: boolean;
}

/**
 * Reads what ssh(1) takes after -L, -R and -D: `[bind:]port:host:hostport`, `[bind:]port:path`, `path:host:hostport`,
 * `path:path`, and for 'dynamic' `[bind:]port` or a path. IPv6 addresses stand in brackets, a backslash takes the next
 * character as it is. Without `bind` it is 'localhost'; an empty one and `*` are '*', every interface. Port 0 of the
 * listening end is any free one. Names of ports and relative paths are not taken. Throws ExpectedError('invalid-input').
 */
export function parseTunnelSpec(kind: TunnelSpec['kind'], text: string): TunnelSpec {
  try {
    const fields = fieldsOf(text.trim());
    if (kind === 'dynamic') return { kind, listen: listenEnd(fields) };
    const ownFields = fields.at(-1)?.isPath === true ? 1 : 2;
    if (fields.length <= ownFields) throw new Malformed(l10n.t('its target is missing'));
    const listen = listenEnd(fields.slice(0, -ownFields));
    return { kind, listen, target: targetEnd(fields.slice(-ownFields)) };
  } catch (error) {
    if (error instanceof Malformed) throw invalid(kind, text, error.message);
    throw error;
  }
}

/** As parseTunnelSpec reads it. */
export function printTunnelSpec(spec: TunnelSpec): string {
  const { listen } = spec;
  const own = listen.kind === 'tcp' && listen.host === LOOPBACK ? String(listen.port) : printEnd(listen);
  return spec.kind === 'dynamic' ? own : `${own}:${printEnd(spec.target)}`;
}

/** Whether others than this machine (or, with kind 'remote', than the host) may reach the listening end. */
export function listensBeyondLoopback({ listen }: TunnelSpec): boolean {
  if (listen.kind === 'unix') return false;
  return !/^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(listen.host);
}

class Malformed extends Error {}

function invalid(kind: TunnelSpec['kind'], text: string, reason: string): ExpectedError {
  const shown = shownPath(text);
  const message =
    kind === 'dynamic'
      ? l10n.t('“{0}” is no proxy: {1}. Write [address:]port, for example 1080.', shown, reason)
      : l10n.t(
          '“{0}” is no tunnel: {1}. Write [address:]port:host:hostport, for example 8080:localhost:80.',
          shown,
          reason,
        );
  return new ExpectedError('invalid-input', message);
}

/** One to four fields, parted by colons. */
function fieldsOf(text: string): readonly Field[] {
  const fields: Field[] = [];
  for (let at = 0; at <= text.length;) {
    const { field, end } = text[at] === '[' ? bracketed(text, at) : plain(text, at);
    fields.push(field);
    if (fields.length > 4) throw new Malformed(l10n.t('it has too many colons; IPv6 addresses stand in brackets'));
    at = end + 1;
  }
  return fields;
}

function bracketed(text: string, start: number): { field: Field; end: number } {
  const close = text.indexOf(']', start);
  const end = close + 1;
  if (close < 0 || (end < text.length && text[end] !== ':')) throw new Malformed(l10n.t('a bracket has no end'));
  const content = text.slice(start + 1, close);
  return { field: { text: content, isPath: content.includes('/') }, end };
}

function plain(text: string, start: number): { field: Field; end: number } {
  let content = '';
  let isPath = false;
  let at = start;
  for (; at < text.length && text[at] !== ':'; at++) {
    if (text[at] === '\\') {
      if (++at === text.length) throw new Malformed(l10n.t('a backslash stands at its end'));
    } else if (text[at] === '/') isPath = true;
    content += text[at] ?? '';
  }
  return { field: { text: content, isPath }, end: at };
}

function listenEnd(fields: readonly Field[]): TunnelEnd {
  const [first, second] = fields;
  if (first === undefined || fields.length > 2) throw new Malformed(l10n.t('it has too many parts'));
  if (second === undefined) {
    return first.isPath ? socketEnd(first) : { kind: 'tcp', host: LOOPBACK, port: portOf(first, 0) };
  }
  const host = first.text === '' ? ALL_INTERFACES : hostOf(first);
  return { kind: 'tcp', host, port: portOf(second, 0) };
}

function targetEnd(fields: readonly Field[]): TunnelEnd {
  const [host, port] = fields;
  if (host === undefined) throw new Malformed(l10n.t('its target is missing'));
  return port === undefined ? socketEnd(host) : { kind: 'tcp', host: hostOf(host), port: portOf(port, 1) };
}

function socketEnd({ text }: Field): TunnelEnd {
  if (!text.startsWith('/')) throw new Malformed(l10n.t('the path of a socket begins with /'));
  if (hasControls(text)) throw new Malformed(l10n.t('a path has control characters'));
  return { kind: 'unix', path: text };
}

function hostOf({ text, isPath }: Field): string {
  if (text === '') throw new Malformed(l10n.t('the name of a host is missing'));
  if (isPath || hasControls(text) || /[\s[\]\\]/.test(text) || text.length > MAX_HOST_LENGTH) {
    throw new Malformed(l10n.t('“{0}” is no host', shownPath(text)));
  }
  return text;
}

function portOf({ text }: Field, lowest: 0 | 1): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < lowest || port > 65_535) {
    throw new Malformed(l10n.t('“{0}” is not a port, which are {1} to 65535', shownPath(text), lowest));
  }
  return port;
}

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

function printEnd(end: TunnelEnd): string {
  if (end.kind === 'unix') return end.path.replace(/[\\:]/g, '\\$&');
  return `${end.host.includes(':') ? `[${end.host}]` : end.host}:${end.port}`;
}
