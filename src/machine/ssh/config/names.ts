import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../../../lib/errors';
import { shownPath } from '../../../lib/bytePath';
import type { HostRequest } from '../options';

/** Longer than any name of the DNS (255 bytes), short enough for every argument list. */
const MAX_NAME = 1024;

/** Letters, digits and marks, and what stands in names and addresses; nothing that any shell gives a meaning to. */
const HOST_NAME = /^(?!-)[\p{L}\p{M}\p{N}_.:%+=/-]+$/u;

/** As valid_ruser() of OpenSSH 9.6, which came with CVE-2023-51385. */
// eslint-disable-next-line no-control-regex -- these are what is refused
const BAD_IN_USER = /[\u0000-\u001f\u007f-\u009f'`"$;&<>|(){}]|^-|\s-|\\$/u;

/** What a ProxyCommand may have put in: it is read by a shell. */
const SHELL_WORD = /^(?!-)[\p{L}\p{M}\p{N}_.:%@+=,/-]*$/u;

/** Why it cannot be the name or address of a host; null when it can. */
export function whyNoHostName(name: string): string | null {
  if (name === '') return l10n.t('the name is empty');
  if (name.length > MAX_NAME) return l10n.t('the name is too long');
  if (name.startsWith('-')) return l10n.t('a name that begins with a hyphen would be taken for an option');
  if (!HOST_NAME.test(name)) return l10n.t('the name holds characters that no host name has');
  return null;
}

/** Why it cannot be the name of a user; null when it can. */
export function whyNoUserName(name: string): string | null {
  if (name === '') return l10n.t('the name is empty');
  if (name.length > MAX_NAME) return l10n.t('the name is too long');
  if (BAD_IN_USER.test(name)) return l10n.t('the name holds characters that no user name has');
  return null;
}

/** Throws ExpectedError when it could become an option or a part of a command on its way to ssh. */
export function judgeHostName(name: string): void {
  const why = whyNoHostName(name);
  if (why === null) return;
  throw new ExpectedError(
    'invalid-input',
    l10n.t('“{0}” is refused as the name of a host: {1}. Correct it where it comes from.', shown(name), why),
  );
}

export function judgeUserName(name: string): void {
  const why = whyNoUserName(name);
  if (why === null) return;
  throw new ExpectedError(
    'invalid-input',
    l10n.t('“{0}” is refused as the name of a user: {1}. Correct it where it comes from.', shown(name), why),
  );
}

/** Whether a shell takes it as one word and nothing else. */
export function isShellWord(text: string): boolean {
  return SHELL_WORD.test(text);
}

/**
 * 'host', 'user@host' or a ssh:// address, as ssh(1) takes its destination; `[user@]host[:port]` where `withPort`, as
 * ProxyJump has it. Throws ExpectedError for names that cannot be.
 */
export function parseDestination(text: string, withPort = false): HostRequest {
  const uri = /^ssh:\/\/(.*?)\/?$/su.exec(text);
  const rest = uri?.[1] ?? text;
  const at = rest.lastIndexOf('@');
  const { name, port } = uri || withPort ? splitPort(rest.slice(at + 1)) : { name: rest.slice(at + 1), port: null };
  const user = at < 0 ? null : uri ? decoded(rest.slice(0, at)) : rest.slice(0, at);
  judgeHostName(name);
  if (user !== null) judgeUserName(user);
  if (port !== null) judgePort(port, text);
  return { name, ...(user !== null && { user }), ...(port !== null && { port }) };
}

/** Throws ExpectedError unless it is a whole number from 1 to 65535. */
export function judgePort(port: number, where: string): void {
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return;
  throw new ExpectedError('invalid-input', l10n.t('“{0}”: a port is a number from 1 to 65535.', shown(where)));
}

/** 'host', 'host:22', '[fe80::1]:22' or '[fe80::1]'; more than one colon is an address of IPv6. */
function splitPort(text: string): { readonly name: string; readonly port: number | null } {
  const bracketed = /^\[([^[\]]*)\](?::(\d{1,9}))?$/u.exec(text);
  const plain = bracketed ?? /^([^:]*):(\d{1,9})$/u.exec(text);
  if (!plain) return { name: text, port: null };
  return { name: plain[1] ?? '', port: plain[2] === undefined ? null : Number(plain[2]) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shown(text: string): string {
  return shownPath(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
