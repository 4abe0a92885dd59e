import * as assert from 'node:assert/strict';
import * as net from 'node:net';
import * as fc from 'fast-check';
import { parse } from '../../../../../src/features/ip/core/parse';
import { parseAddress } from '../../../../../src/features/ip/core/parseAddress';
import { Refusal } from '../../../../../src/features/ip/core/refusal';
import { inspected } from '../support';

type Expected = readonly [given: string, canonical: string, readAs?: string, port?: number];

const spellings: Readonly<Record<string, readonly Expected[]>> = {
  'an IPv4 address': [
    ['10.1.2.3', '10.1.2.3'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['[192.0.2.1]', '192.0.2.1'],
    ['10.0.0.1:8080', '10.0.0.1', '', 8080],
    ['10.0.0.1#53', '10.0.0.1', '', 53],
    ['[192.0.2.1]:25', '192.0.2.1', '', 25],
  ],
  'an IPv6 address': [
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8:0:0:8:800:200C:417A', '2001:db8::8:800:200c:417a'],
    ['2001:db8::8:800:200c:417a', '2001:db8::8:800:200c:417a'],
    ['0:0:0:0:0:0:13.1.68.3', '::d01:4403'],
    ['::FFFF:129.144.52.38', '::ffff:129.144.52.38'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::2:3:4:5:6:7:8', '0:2:3:4:5:6:7:8'],
    ['[::1]', '::1'],
    ['[::1]:443', '::1', '', 443],
    ['2001:db8::1#53', '2001:db8::1', '', 53],
    ['[IPv6:2001:db8::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['FE80::1%br-lan', 'fe80::1%br-lan'],
    ['[fe80::1%25eth0]:22', 'fe80::1%eth0', '', 22],
    ['fe80::1%25', 'fe80::1%25'],
    ['fe800000000000000000000000000001', 'fe80::1', 'hexadecimal'],
  ],
  'a number': [
    ['167772161', '10.0.0.1', 'decimal'],
    ['0b82d310a23a051ff76f50fd216110c7', 'b82:d310:a23a:51f:f76f:50fd:2161:10c7', 'hexadecimal'],
    [`0b${'1'.repeat(30)}`, '63.255.255.255', 'binary'],
    ['256', '0.0.1.0', 'decimal'],
    ['4294967295', '255.255.255.255', 'decimal'],
    ['4294967296', '::1:0:0', 'decimal'],
    ['340282366920938463463374607431768211455', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'decimal'],
    ['0x0a000001', '10.0.0.1', 'hexadecimal'],
    ['0XA', '0.0.0.10', 'hexadecimal'],
    ['0x00000000000000000000000000000001', '::1', 'hexadecimal'],
    ['0b00001010000000000000000000000001', '10.0.0.1', 'binary'],
    ['0b1010_0000', '0.0.0.160', 'binary'],
    ['00001010.00000000.00000000.00000001', '10.0.0.1', 'binary'],
  ],
  'a network': [
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.0.0.0 / 8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.0.0.0/255.0.0.0', '10.0.0.0/8', 'netmask'],
    ['10.0.0.0/0.255.255.255', '10.0.0.0/8', 'hostmask'],
    ['10.0.0.0 255.0.0.0', '10.0.0.0/8', 'netmask'],
    ['10.0.0.0 0.255.255.255', '10.0.0.0/8', 'hostmask'],
    ['10.0.0.0 netmask 255.0.0.0', '10.0.0.0/8', 'netmask'],
    ['10.0.0.0 mask 0xff000000', '10.0.0.0/8', 'netmask'],
    ['0.0.0.0 0.0.0.0', '0.0.0.0/0', 'netmask'],
    ['10.1.1.1 255.255.255.255', '10.1.1.1/32', 'netmask'],
    ['10.1/16', '10.1.0.0/16', 'partial'],
    ['10/8', '10.0.0.0/8', 'partial'],
    ['192.168.1/255.255.255.0', '192.168.1.0/24', 'partial,netmask'],
    ['10.0.0.*', '10.0.0.0/24', 'wildcard'],
    ['10.0.*.*', '10.0.0.0/16', 'wildcard'],
    ['10.*', '10.0.0.0/8', 'wildcard'],
    ['10.0.0.x', '10.0.0.0/24', 'wildcard'],
    ['*.*.*.*', '0.0.0.0/0', 'wildcard'],
    ['167772160/8', '10.0.0.0/8', 'decimal'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['2001:db8::/ffff:ffff::', '2001:db8::/32', 'netmask'],
    ['[2001:db8::]/32', '2001:db8::/32'],
    ['::ffff:10.0.0.0/104', '::ffff:10.0.0.0/104'],
  ],
  'an interface': [
    ['10.1.2.3/8', '10.1.2.3/8'],
    ['10.1.2.3 255.0.0.0', '10.1.2.3/8', 'netmask'],
    ['fe80::1%eth0/64', 'fe80::1%eth0/64'],
  ],
  'a range': [
    ['10.0.0.1-10.0.0.20', '10.0.0.1-10.0.0.20'],
    ['10.0.0.1 - 10.0.0.20', '10.0.0.1-10.0.0.20'],
    ['10.0.0.1 – 10.0.0.20', '10.0.0.1-10.0.0.20'],
    ['10.0.0.1 to 10.0.0.20', '10.0.0.1-10.0.0.20'],
    ['10.0.0.1-20', '10.0.0.1-10.0.0.20'],
    ['10.0.0.7-10.0.0.7', '10.0.0.7-10.0.0.7'],
    ['2001:db8::1-2001:db8::ff', '2001:db8::1-2001:db8::ff'],
    ['167772161-167772180', '10.0.0.1-10.0.0.20', 'decimal'],
    ['fe80::1%br-lan - fe80::9%br-lan', 'fe80::1%br-lan-fe80::9%br-lan'],
  ],
  'a reverse name': [
    ['4.3.2.1.in-addr.arpa', '1.2.3.4', 'reverseName'],
    ['4.3.2.1.IN-ADDR.ARPA.', '1.2.3.4', 'reverseName'],
    ['2.1.in-addr.arpa', '1.2.0.0/16', 'reverseName'],
    ['64/26.2.0.192.in-addr.arpa', '192.0.2.64/26', 'reverseName'],
    ['64-127.2.0.192.in-addr.arpa', '192.0.2.64-192.0.2.127', 'reverseName'],
    [`1${'.0'.repeat(23)}.8.b.d.0.1.0.0.2.ip6.arpa`, '2001:db8::1', 'reverseName'],
    ['8.b.d.0.1.0.0.2.ip6.arpa', '2001:db8::/32', 'reverseName'],
  ],
  'what comes along when it is copied': [
    ['  10.0.0.1\t', '10.0.0.1'],
    ['"10.0.0.1",', '10.0.0.1'],
    ["'10.0.0.0/8';", '10.0.0.0/8'],
    ['`::1`', '::1'],
    ['“10.0.0.1”', '10.0.0.1'],
    ['(10.0.0.1)', '10.0.0.1'],
    ['<2001:db8::1>', '2001:db8::1'],
    ['10.0.0.1.', '10.0.0.1'],
    ['\u200b10.0.0.1\u200b', '10.0.0.1'],
  ],
};

describe('a text is read', () => {
  for (const [what, cases] of Object.entries(spellings)) {
    it(`as ${what}`, () => {
      for (const [given, canonical, readAs = '', port = null] of cases) {
        const result = inspected(given);
        assert.deepEqual([result.canonical, result.readAs.join(','), result.port], [canonical, readAs, port], given);
      }
    });
  }

  it('as what it is', () => {
    const kinds = ['10.0.0.1', '10.0.0.0/8', '10.0.0.1/8', '10.0.0.1/32', '10.0.0.1-2'].map(
      (text) => inspected(text).kind,
    );
    assert.deepEqual(kinds, ['address', 'network', 'interface', 'network', 'range']);
    assert.equal(inspected(' 10.0.0.1, ').given, '10.0.0.1,');
  });
});

describe('a plain text is an address', () => {
  const accepts = (text: string): boolean => {
    try {
      return parseAddress(text).readAs.length === 0;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  };
  const agrees = (text: string): void => assert.equal(accepts(text), net.isIP(text) !== 0, text);

  it('exactly where Node says so, for random strings of its characters', () => {
    const character = fc.constantFrom(...'0123456789abcdefF:.:.0012');
    fc.assert(fc.property(fc.string({ unit: character, maxLength: 24 }), agrees), { numRuns: 2000 });
  });

  it('exactly where Node says so, for addresses with a small fault', () => {
    const good = fc.oneof(fc.ipV4(), fc.ipV6());
    const edit = fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom('', ':', '.', '0', 'f', '::', '256', 'g', '00000'));
    const edited = fc.tuple(good, edit).map(([text, [at, count, added]]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + added + text.slice(start + count);
    });
    fc.assert(fc.property(edited, agrees), { numRuns: 2000 });
  });

  it('or refused, but nothing throws', () => {
    const character = fc.constantFrom(...'0123456789abcdefx:./-*%[]# ,"inaddrp6');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: character, maxLength: 40 }), fc.string()), (text) => {
        const result = parse(text);
        if (result.kind === 'refused') assert.ok(result.reason.length > 0);
        else assert.equal(inspected(text).given, text.trim());
      }),
      { numRuns: 2000 },
    );
  });
});
