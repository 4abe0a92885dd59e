import { readKey } from './keyText';
import type { PublicKeyFacts } from './publicKey';

/** A line of an authorized_keys file that says something (sshd(8), AUTHORIZED_KEYS FILE FORMAT). */
export type AuthorizedLine = AuthorizedKey | { readonly kind: 'broken'; readonly line: number };

export interface AuthorizedKey {
  readonly kind: 'key';
  /** From 1. */
  readonly line: number;
  /** As they stand before the key, 'no-pty,from="10.0.0.0/8"'; '' for none. */
  readonly options: string;
  readonly key: PublicKeyFacts;
  readonly comment: string;
}

/** Never throws. */
export function parseAuthorizedKeys(text: string): readonly AuthorizedLine[] {
  return text.split('\n').flatMap((raw, index) => {
    const parsed = parseAuthorizedLine(raw, index + 1);
    return parsed === null ? [] : [parsed];
  });
}

/** null for an empty line and for a comment. */
export function parseAuthorizedLine(raw: string, line: number): AuthorizedLine | null {
  const text = raw.trimStart();
  if (text === '' || text.startsWith('#')) return null;
  const plain = readKey(text);
  if (plain !== null) return { kind: 'key', line, options: '', key: plain.key, comment: plain.comment };
  const end = endOfOptions(text);
  const read = end === -1 ? null : readKey(text.slice(end).trimStart());
  if (read === null) return { kind: 'broken', line };
  return { kind: 'key', line, options: text.slice(0, end), key: read.key, comment: read.comment };
}

/** The first blank outside quotes; -1 where there is none. Within quotes \" is a quote. */
function endOfOptions(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\' && text[at + 1] === '"') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === ' ' || character === '\t')) return at;
  }
  return -1;
}
