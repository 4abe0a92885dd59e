import { blobTypeOf } from './keyTypes';
import { parsePublicKey, type PublicKeyFacts } from './publicKey';

/** A public key as a line of text has it. */
export interface ReadKey {
  readonly key: PublicKeyFacts;
  /** As it stands in the line, decoded. */
  readonly blob: Uint8Array;
  /** What follows the key; '' for nothing. */
  readonly comment: string;
}

/** 'TYPE BASE64 comment', as a line of known_hosts, of authorized_keys or of a .pub file has it; null for no key. */
export function readKey(text: string): ReadKey | null {
  const [type, afterType] = cutWord(text);
  const [encoded, comment] = cutWord(afterType);
  const blob = decodeBase64(encoded);
  if (blob === null) return null;
  try {
    const key = parsePublicKey(blob);
    return key.type === blobTypeOf(type) ? { key, blob, comment: comment.trimEnd() } : null;
  } catch {
    return null; // The line is told as broken; why its key is none says nothing to a person.
  }
}

/** Strict as ssh is: with padding, without stray bits; white space of old C within is passed over. Null for what is none. */
export function decodeBase64(text: string): Buffer | null {
  const digits = text.replace(/[\r\v\f]/g, '');
  if (digits === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(digits)) return null;
  const bytes = Buffer.from(digits, 'base64');
  return bytes.toString('base64') === digits ? bytes : null;
}

/** The first word, and what follows it and its blanks. */
export function cutWord(text: string): readonly [string, string] {
  const end = text.search(/[ \t]/);
  return end === -1 ? [text, ''] : [text.slice(0, end), skipBlanks(text.slice(end))];
}

export function skipBlanks(text: string): string {
  return text.replace(/^[ \t]+/, '');
}
