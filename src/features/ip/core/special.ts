import type { AddressSpan, IpVersion } from './address';
import type { RegistryName } from './addressSpace';
import { spanOfText } from './blockText';
import type { Category } from './category';
import { specialRegistry, type SpecialNote } from './specialBlocks';

/** 'depends': the registry says N/A; 'not-stated': it says nothing, as the assignment has ended. */
export const policyValues = ['yes', 'no', 'depends', 'not-stated'] as const;

export type Policy = (typeof policyValues)[number];

/** A row of the special-purpose registries (RFC 6890), where the five policies are explained. */
export interface SpecialBlock {
  readonly span: AddressSpan;
  readonly category: Category;
  readonly row: SpecialRowFacts;
}

export interface SpecialRowFacts {
  readonly prefix: string;
  readonly name: string;
  readonly references: readonly string[];
  /** YYYY-MM */
  readonly allocated: string;
  /** YYYY-MM; null while it is in force. */
  readonly terminated: string | null;
  readonly source: Policy;
  readonly destination: Policy;
  readonly forwardable: Policy;
  readonly globallyReachable: Policy;
  readonly reservedByProtocol: Policy;
  readonly note: SpecialNote | null;
  readonly registry: RegistryName;
}

const policyByLetter: Readonly<Record<string, Policy>> = { T: 'yes', F: 'no', N: 'depends', '-': 'not-stated' };

/** All rows of the registry of that version, in its order. */
export function specialBlocks(version: IpVersion): readonly SpecialBlock[] {
  const { title, updated, rows } = specialRegistry(version);
  return rows.map(([prefix, name, references, dates, letters, category, note]) => {
    const [source, destination, forwardable, globallyReachable, reservedByProtocol] = [...letters].map(policyOf);
    const [allocated = '', terminated = null] = dates.split('/');
    const row = {
      prefix,
      name,
      references: references.split('; '),
      allocated,
      terminated,
      source: source ?? 'not-stated',
      destination: destination ?? 'not-stated',
      forwardable: forwardable ?? 'not-stated',
      globallyReachable: globallyReachable ?? 'not-stated',
      reservedByProtocol: reservedByProtocol ?? 'not-stated',
      note: note ?? null,
      registry: { title, updated },
    } as const;
    return { span: spanOfText(version, prefix), category, row };
  });
}

function policyOf(letter: string): Policy {
  return policyByLetter[letter] ?? 'not-stated';
}
