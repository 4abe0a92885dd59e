import * as assert from 'node:assert/strict';
import { refusal } from '../support';

/** Every reason that the parser knows, each with a text that brings it about. */
const refusals: readonly (readonly [given: string, reason: string])[] = [
  ['', 'there is no address'],
  ['" ",', 'there is no address'],
  ['1'.repeat(401), 'the text is too long for an address'],
  ['https://10.0.0.1/', 'this is a URL: give its address only'],
  ['example.com', '"example.com" is a name or a word, not an address'],
  ['10.0.0.1!', '"10.0.0.1!" is not an address'],
  ['00:11:22:33:44:55', '"00:11:22:33:44:55" is a MAC address, not an IP address'],
  ['00-11-22-aa-bb-cc', '"00-11-22-aa-bb-cc" is a MAC address, not an IP address'],
  // octets
  ['10.1.256.1', 'octet 3 is 256; an octet is 0 to 255'],
  ['10.1.2.1000', 'octet 4 is 1000; an octet is 0 to 255'],
  ['10..1.1', 'octet 2 is empty'],
  ['.10.0.0.1', 'octet 1 is empty'],
  ['0x7f.0.0.1', 'octet 1 is "0x7f"; write it in decimal: 127'],
  ['10.0.0.0X1f', 'octet 4 is "0X1f"; write it in decimal: 31'],
  ['10.0.0.0x100', 'octet 4 is "0x100"; an octet is a decimal number, 0 to 255'],
  ['10.0.0.1.2', 'it has 5 octets; an IPv4 address has 4'],
  [
    '10.1',
    'it has 2 of 4 octets; some programs read 10.1 as 10.0.0.1, others as the network 10.1.0.0/16: write all four octets or a prefix length',
  ],
  [
    '010.1.1.1',
    'octet 1 is "010"; with a leading zero some programs read it as octal, 8, and others as 10: write the one you mean',
  ],
  ['10.09.1.1', 'octet 2 is "09"; write it without leading zeros: 9'],
  ['10.07.1.1', 'octet 2 is "07"; write it without leading zeros: 7'],
  ['::1.2.x.4', 'octet 3 is "x"; an octet is a decimal number, 0 to 255'],
  // groups
  ['1::2::3', 'it has two "::"; only one run of zeros can be left out'],
  ['1:::2', 'it has three colons in a row'],
  ['1:2:3:12345::', 'group 4 has 5 hex digits; a group has 1 to 4'],
  ['2001:db8::g1', 'group 3 is "g1"; a group has hex digits only'],
  ['1:2:3:4:5:6:7:8:9', 'it has 9 groups; an IPv6 address has 8'],
  ['1:2:3:4:5:6:7', 'it has 7 groups and no "::"; an IPv6 address has 8'],
  ['1:2:3:4:5:6:7::8', '"::" stands for nothing: all 8 groups are written'],
  ['1:2:3:4:5:6:7:1.2.3.4', 'it has 9 groups; an IPv6 address has 8'],
  [':1:2:3:4:5:6:7', 'it begins with a single colon'],
  ['1:2:3:4:5:6:7:', 'it ends with a single colon'],
  ['::1.2.3.4:5', 'group 1 is "1.2.3.4"; only the end of an IPv6 address may be dotted'],
  ['::1.2.3.400', 'octet 4 is 400; an octet is 0 to 255'],
  // numbers
  [
    '12',
    '12 alone may be the address 0.0.0.12, the network 12.0.0.0/8 or only the beginning: write all four octets or a prefix length',
  ],
  ['0123456789', 'a number with a leading zero may be octal: write it without the zero, or with 0x'],
  ['12345678901234567890123456789012', '32 digits may be hexadecimal or decimal: write 0x in front for hexadecimal'],
  ['340282366920938463463374607431768211456', 'the number is over 2^128 - 1, the highest IPv6 address'],
  ['0xfg', '"fg" after 0x is not hexadecimal'],
  ['0b102', 'a binary number has the digits 0 and 1 only'],
  [`0x${'0'.repeat(33)}`, 'it has 33 digits: more than the 128 bits of IPv6'],
  // zone, brackets, port
  ['fe80::1%', 'nothing stands after "%", where the zone belongs'],
  ['fe80::1%a%b', '"a%b" is not the name of a zone'],
  ['10.0.0.1%eth0', 'only an IPv6 address has a zone ("%eth0")'],
  ['[::1', 'the bracket "[" is not closed'],
  ['[::1]443', 'after "]" a port or a prefix length may follow, not "443"'],
  ['[]', 'the address is missing'],
  ['10.0.0.1:', 'nothing stands after the colon, where the port belongs'],
  ['10.0.0.1:http', '"http" is not a port'],
  ['[::1]:65536', 'port 65536 is over 65535'],
  // prefix length and mask
  ['10.0.0.0/33', 'prefix length 33 is over 32'],
  ['::/129', 'prefix length 129 is over 128'],
  ['/24', 'the address before "/" is missing'],
  ['10.0.0.0/', 'the prefix length after "/" is missing'],
  ['10.0.0.0/-1', '"-1" is neither a prefix length nor a netmask'],
  ['10.0.0.0/abc', '"abc" is neither a prefix length nor a netmask'],
  ['fe80::1/64%eth0', 'the zone belongs before the prefix length: …%eth0/64'],
  ['10.0.0.0 8', 'after a space a netmask is expected; write /8 for a prefix length'],
  ['10.0.0.0/255.0.255.0', '255.0.255.0 is not a mask: its ones do not stand in one piece at either end'],
  ['10.0.0.1 10.0.0.9', '10.0.0.9 is not a mask; for a range, put "-" between the two addresses'],
  ['10.0.0.0/255.0.0', 'the mask 255.0.0 has 3 of 4 octets'],
  ['10.0.0.0/255.0.0.256', 'octet 4 is 256; an octet is 0 to 255'],
  ['2001:db8::/255.0.0.0', '"255.0.0.0" is an IPv4 mask, but the address is IPv6'],
  ['10.0.0.1 0.0.0.0', '0.0.0.0 means /0 as a netmask and /32 as a wildcard mask: write the prefix length'],
  [
    '0.0.0.0/255.255.255.255',
    '255.255.255.255 means /32 as a netmask and /0 as a wildcard mask: write the prefix length',
  ],
  [
    '010/8',
    'octet 1 is "010"; with a leading zero some programs read it as octal, 8, and others as 10: write the one you mean',
  ],
  // range
  ['10.0.0.9-10.0.0.1', 'the range ends before it starts: 10.0.0.1 is below 10.0.0.9'],
  ['10.0.0.9-1', 'the range ends before it starts: 10.0.0.1 is below 10.0.0.9'],
  ['10.0.0.1-300', 'the end of the range is 300; an octet is 0 to 255'],
  ['10.0.0.1-::1', 'the range begins with IPv4 and ends with IPv6'],
  ['2001:db8::1-ff', 'an IPv6 range ends with a whole address, not with "ff"'],
  ['2001:db8::1-20', 'an IPv6 range ends with a whole address, not with "20"'],
  ['10.0-3.0.1', 'only the last octet can be a range; write the first and the last address in full'],
  ['10-12.0-3.0.1', 'only the last octet can be a range; write the first and the last address in full'],
  ['10.0.0.1-', 'the end of the range is missing'],
  ['-10.0.0.1', 'the beginning of the range is missing'],
  ['10.0.0.0/24-10.0.1.0', 'a range goes from one address to another, without prefix length and port'],
  ['fe80::1%a - fe80::2%b', 'the two ends of the range are in different zones'],
  [
    '10.0.0.1-10.0.0',
    'it has 3 of 4 octets; some programs read 10.0.0 as 10.0.0.0, others as the network 10.0.0.0/24: write all four octets or a prefix length',
  ],
  // wildcard
  ['10.*.0.1', 'after "*" only "*" may follow; write other sets of addresses as ranges'],
  ['*', '"*" may be any address; write 0.0.0.0/0 or ::/0'],
  ['10.0.0.0.*', 'it has 5 octets; an IPv4 address has 4'],
  // reverse name
  ['in-addr.arpa', 'the name has no part of an address before "in-addr.arpa"'],
  ['5.4.3.2.1.in-addr.arpa', 'the name has 5 octets; an IPv4 address has 4'],
  ['4.3.2.256.in-addr.arpa', 'octet 1 is 256; an octet is 0 to 255'],
  ['ab.0.ip6.arpa', '"ab" in the name is not a single hex digit'],
  [`${'0.'.repeat(33)}ip6.arpa`, 'the name has 33 hex digits; an IPv6 address has 32'],
  ['0/33.2.0.192.in-addr.arpa', 'prefix length 33 is over 32'],
  ['64-3.2.0.192.in-addr.arpa', 'the range ends before it starts: 3 is below 64'],
];

describe('a text is refused', () => {
  for (const [given, reason] of refusals) {
    it(`with the fault of "${given.slice(0, 45)}"`, () => assert.equal(refusal(given), reason));
  }
});
