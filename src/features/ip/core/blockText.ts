import type { AddressSpan, IpVersion } from './address';
import { spanOf } from './network';
import { parseIpv4 } from './parseIpv4';
import { parseIpv6 } from './parseIpv6';

/** The addresses of a block as the tables here write it: 10.0.0.0/8, 224.0.0.1 or 224.0.2.0-224.0.2.255. */
export function spanOfText(version: IpVersion, text: string): AddressSpan {
  const value = (address: string): bigint => (version === 4 ? parseIpv4(address) : parseIpv6(address));
  const [base = '', prefixLength] = text.split('/');
  if (prefixLength !== undefined) return spanOf({ version, base: value(base), prefixLength: Number(prefixLength) });
  const [first = '', last = first] = base.split('-');
  return { version, first: value(first), last: value(last) };
}
