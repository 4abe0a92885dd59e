import type { AddressSpan, IpAddress } from './address';

/** How a spelling was understood where it is not the plain text of an address. */
export const readAsValues = [
  'decimal',
  'hexadecimal',
  'binary',
  'netmask',
  'hostmask',
  'partial',
  'wildcard',
  'reverseName',
] as const;

export type ReadAs = (typeof readAsValues)[number];

/** What a text says, before anything is looked up. */
export type Subject =
  | { readonly kind: 'address'; readonly address: IpAddress }
  /** An address with a prefix length; bits beyond the prefix may be set. */
  | { readonly kind: 'prefix'; readonly address: IpAddress; readonly prefixLength: number }
  | { readonly kind: 'range'; readonly span: AddressSpan };

export interface Reading {
  readonly subject: Subject;
  readonly readAs: readonly ReadAs[];
  /** RFC 4007 zone id, without the percent sign. */
  readonly zone?: string;
  readonly port?: number;
}

export interface Parsed extends Reading {
  readonly kind: 'parsed';
  /** The text as it was given, without white space around it. */
  readonly given: string;
}

export interface Refused {
  readonly kind: 'refused';
  /** Names the exact fault, in the user's language. */
  readonly reason: string;
}
