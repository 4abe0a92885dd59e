import { isHashOf } from './hashedName';
import type { KnownHostEntry } from './parse';

/** Whom a key is looked up for. */
export interface HostPeer {
  /** The HostKeyAlias, or the host's name as it is connected to. */
  readonly name: string;
  /** The address that was reached; null where that is not known. */
  readonly address: string | null;
  /** Of a HostKeyAlias: 22, because ssh looks it up without the port. */
  readonly port: number;
}

export const SSH_PORT = 22;

/** What stands in a line for that name and port: 'name', or '[name]:port', in lower case. */
export function lineName(name: string, port: number): string {
  const lower = lowerCase(name);
  return port === SSH_PORT || port === 0 ? lower : `[${lower}]:${port}`;
}

/** Whether the line is about that name, which is as lineName() makes it. */
export function matchesName(entry: Pick<KnownHostEntry, 'hosts' | 'hashed'>, name: string): boolean {
  return entry.hashed === null ? matchesPatternList(entry.hosts, name) : isHashOf(entry.hashed, name);
}

/** A list with commas (ssh_config(5), PATTERNS): one pattern has to match, and none that begins with '!'. */
export function matchesPatternList(list: string, name: string): boolean {
  let matched = false;
  for (const pattern of list.split(',')) {
    const negated = pattern.startsWith('!');
    if (!matchesPattern(lowerCase(negated ? pattern.slice(1) : pattern), name)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

/** '*' is any number of characters, '?' is one. In time proportional to the product of both lengths. */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0;
  let starAt = -1;
  let resumeAt = 0;
  let position = 0;
  while (position < text.length) {
    const mark = pattern[at];
    if (mark === '*') {
      starAt = at++;
      resumeAt = position;
    } else if (mark !== undefined && (mark === '?' || mark === text[position])) {
      at += 1;
      position += 1;
    } else if (starAt !== -1) {
      at = starAt + 1;
      position = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Of ASCII only, as ssh does it. */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
