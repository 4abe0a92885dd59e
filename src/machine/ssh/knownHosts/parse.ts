import { cutWord, readKey, skipBlanks, type ReadKey } from '../keys/keyText';
import { parseHashedName, type HashedName } from './hashedName';

/** A line of a known_hosts file that says something (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT); comments are left out. */
export type KnownHostLine = KnownHostEntry | BrokenHostLine;

export interface KnownHostEntry extends HostLinePlace, ReadKey {
  readonly kind: 'entry';
  readonly marker: HostMarker | null;
  /** The first field as it is: names, addresses and patterns with commas between, or one hashed name. */
  readonly hosts: string;
  /** Salt and hash, where the name is hashed. */
  readonly hashed: HashedName | null;
}

/** A line that ssh passes over, so that it never matches. */
export interface BrokenHostLine extends HostLinePlace {
  readonly kind: 'broken';
  /** As far as the line has one. */
  readonly hosts: string;
  readonly marker: HostMarker | null;
  readonly reason: BrokenReason;
}

export interface HostLinePlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export type HostMarker = 'cert-authority' | 'revoked';

/**
 * - `marker`: begins with @, but not with one of the two markers and a blank;
 * - `names`: a name that is too long, or a hash that is none;
 * - `no-key`: nothing follows the names;
 * - `key`: what follows is no key, or one of another type than the line says;
 * - `short-key`: RSA under 1,024 bits, which OpenSSH refuses.
 */
export type BrokenReason = 'marker' | 'names' | 'no-key' | 'key' | 'short-key';

/** The size of ssh's buffer for one name or pattern. */
const MAX_NAME_LENGTH = 1_022;
const MIN_RSA_BITS = 1_024;

/** `file` is only noted in the lines. Never throws. */
export function parseKnownHosts(text: string, file: string): readonly KnownHostLine[] {
  const lines: KnownHostLine[] = [];
  let number = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    const line = parseLine(raw, { file, line: number });
    if (line !== null) lines.push(line);
  }
  return lines;
}

/** One line without its newline; null for an empty one and for a comment. */
export function parseLine(raw: string, place: HostLinePlace): KnownHostLine | null {
  const text = skipBlanks(untilNul(raw));
  if (text === '' || text.startsWith('#')) return null;
  const marked = readMarker(text);
  if (marked === undefined) return { kind: 'broken', ...place, hosts: '', marker: null, reason: 'marker' };
  const { marker } = marked;
  const [hosts, rest] = cutWord(marked.rest);
  const broken = (reason: BrokenReason): BrokenHostLine => ({ kind: 'broken', ...place, hosts, marker, reason });
  const hashed = hosts.startsWith('|') ? parseHashedName(hosts) : null;
  if (hosts.startsWith('|') ? hashed === null : hosts.split(',').some(isTooLong)) return broken('names');
  if (rest === '' || rest.startsWith('#')) return broken('no-key');
  const read = readKey(rest);
  if (read === null) return broken('key');
  if (read.key.plainType === 'ssh-rsa' && read.key.bits < MIN_RSA_BITS) return broken('short-key');
  return { kind: 'entry', ...place, marker, hosts, hashed, ...read };
}

/** Undefined for a line that begins with @ and is no marker. */
function readMarker(text: string): { readonly marker: HostMarker | null; readonly rest: string } | undefined {
  if (!text.startsWith('@')) return { marker: null, rest: text };
  // A blank ends the marker even where a tab stands before it: so does ssh.
  const end = text.includes(' ') ? text.indexOf(' ') : text.indexOf('\t');
  const marker = text.slice(1, end === -1 ? text.length : end);
  const rest = skipBlanks(end === -1 ? '' : text.slice(end));
  if (marker !== 'cert-authority' && marker !== 'revoked') return undefined;
  return end === -1 || rest.startsWith('@') ? undefined : { marker, rest };
}

function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

function isTooLong(pattern: string): boolean {
  return pattern.length - (pattern.startsWith('!') ? 1 : 0) > MAX_NAME_LENGTH;
}
