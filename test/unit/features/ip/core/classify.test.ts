import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { classifiedParts } from '../../../../../src/features/ip/core/classify';
import { spanOf } from '../../../../../src/features/ip/core/network';
import { spanOfText } from '../../../../../src/features/ip/core/blockText';
import { anyAddress, inspected } from '../support';

type Expected = readonly [address: string, category: string, globallyReachable: boolean | null];

/** Addresses just inside and just outside of everything that the registries tell apart. */
const ipv4: readonly Expected[] = [
  ['0.0.0.0', 'unspecified', false],
  ['0.0.0.1', 'this-network', false],
  ['0.255.255.255', 'this-network', false],
  ['1.0.0.0', 'global', true],
  ['9.255.255.255', 'global', true],
  ['10.0.0.0', 'private', false],
  ['10.255.255.255', 'private', false],
  ['11.0.0.0', 'global', true],
  ['100.63.255.255', 'global', true],
  ['100.64.0.0', 'shared', false],
  ['100.127.255.255', 'shared', false],
  ['100.128.0.0', 'global', true],
  ['126.255.255.255', 'global', true],
  ['127.0.0.1', 'loopback', false],
  ['128.0.0.0', 'global', true],
  ['169.253.255.255', 'global', true],
  ['169.254.169.254', 'link-local', false],
  ['169.255.0.0', 'global', true],
  ['172.15.255.255', 'global', true],
  ['172.16.0.0', 'private', false],
  ['172.31.255.255', 'private', false],
  ['172.32.0.0', 'global', true],
  ['191.255.255.255', 'global', true],
  ['192.0.0.0', 'protocol', false],
  ['192.0.0.8', 'protocol', false],
  ['192.0.0.9', 'anycast', true],
  ['192.0.0.10', 'anycast', true],
  ['192.0.0.11', 'protocol', false],
  ['192.0.0.170', 'protocol', false],
  ['192.0.0.172', 'protocol', false],
  ['192.0.1.0', 'global', true],
  ['192.0.2.255', 'documentation', false],
  ['192.0.3.0', 'global', true],
  ['192.31.196.1', 'anycast', true],
  ['192.52.193.1', 'anycast', true],
  ['192.88.99.1', 'deprecated', null],
  ['192.88.99.2', 'anycast', false],
  ['192.88.98.255', 'global', true],
  ['192.167.255.255', 'global', true],
  ['192.168.255.255', 'private', false],
  ['192.169.0.0', 'global', true],
  ['192.175.48.1', 'anycast', true],
  ['198.17.255.255', 'global', true],
  ['198.18.0.0', 'benchmarking', false],
  ['198.19.255.255', 'benchmarking', false],
  ['198.20.0.0', 'global', true],
  ['198.51.100.7', 'documentation', false],
  ['203.0.113.7', 'documentation', false],
  ['223.255.255.255', 'global', true],
  ['224.0.0.0', 'multicast', null],
  ['239.255.255.255', 'multicast', null],
  ['240.0.0.0', 'reserved', false],
  ['255.255.255.254', 'reserved', false],
  ['255.255.255.255', 'broadcast', false],
];

const ipv6: readonly Expected[] = [
  ['::', 'unspecified', false],
  ['::1', 'loopback', false],
  ['::2', 'ipv4-compatible', false],
  ['::ffff:ffff', 'ipv4-compatible', false],
  ['::1:0:0', 'reserved', false],
  ['::fffe:ffff:ffff', 'reserved', false],
  ['::ffff:8.8.8.8', 'ipv4-mapped', false],
  ['::ffff:0:8.8.8.8', 'reserved', false],
  ['64:ff9b::1', 'translation', true],
  ['64:ff9b::1:0:0', 'reserved', false],
  ['64:ff9b:0:ffff:ffff:ffff:ffff:ffff', 'reserved', false],
  ['64:ff9b:1::1', 'translation', false],
  ['64:ff9b:2::', 'reserved', false],
  ['100::', 'discard', false],
  ['100:0:0:1::', 'protocol', false],
  ['100:0:0:2::', 'reserved', false],
  ['1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'reserved', false],
  ['2000::', 'reserved', false],
  ['2001::', 'teredo', null],
  ['2001:0:ffff:ffff:ffff:ffff:ffff:ffff', 'teredo', null],
  ['2001:1::', 'protocol', false],
  ['2001:1::1', 'anycast', true],
  ['2001:1::2', 'anycast', true],
  ['2001:1::3', 'anycast', true],
  ['2001:1::4', 'protocol', false],
  ['2001:2::', 'benchmarking', false],
  ['2001:2:1::', 'protocol', false],
  ['2001:3::', 'anycast', true],
  ['2001:4:111:ffff::', 'protocol', false],
  ['2001:4:112::', 'anycast', true],
  ['2001:f::', 'protocol', false],
  ['2001:10::', 'deprecated', null],
  ['2001:20::', 'identifier', true],
  ['2001:2f:ffff::', 'identifier', true],
  ['2001:3f:ffff::', 'identifier', true],
  ['2001:40::', 'protocol', false],
  ['2001:1ff:ffff::', 'protocol', false],
  ['2001:200::', 'global', true],
  ['2001:db7:ffff::', 'global', true],
  ['2001:db8::1', 'documentation', false],
  ['2001:db9::', 'global', true],
  ['2001:c000::', 'reserved', false],
  ['2002::', '6to4', null],
  ['2002:ffff:ffff::', '6to4', null],
  ['2003::', 'global', true],
  ['2003:4000::', 'reserved', false],
  ['2410::1', 'global', true],
  ['2420::', 'reserved', false],
  ['2606:4700:4700::1111', 'global', true],
  ['2620:4f:7fff::', 'global', true],
  ['2620:4f:8000::', 'anycast', true],
  ['2620:4f:8001::', 'global', true],
  ['2d00::', 'reserved', false],
  ['3ffe::', 'reserved', false],
  ['3fff::', 'documentation', false],
  ['3fff:fff:ffff::', 'documentation', false],
  ['3fff:1000::', 'reserved', false],
  ['4000::', 'reserved', false],
  ['5f00::', 'segment-routing', false],
  ['5f01::', 'reserved', false],
  ['fbff::', 'reserved', false],
  ['fc00::', 'unique-local', false],
  ['fdff:ffff::', 'unique-local', false],
  ['fe00::', 'reserved', false],
  ['fe7f:ffff::', 'reserved', false],
  ['fe80::', 'link-local', false],
  ['febf:ffff::', 'link-local', false],
  ['fec0::', 'site-local', false],
  ['feff:ffff::', 'site-local', false],
  ['ff00::', 'multicast', null],
  ['ff02::1', 'multicast', null],
];

describe('the category of an address', () => {
  for (const [version, cases] of [
    ['IPv4', ipv4],
    ['IPv6', ipv6],
  ] as const) {
    it(`${version}, just inside and just outside`, () => {
      for (const [address, ...expected] of cases) {
        const { category, globallyReachable } = inspected(address);
        assert.deepEqual([category, globallyReachable], expected, address);
      }
    });
  }
});

describe('the parts of a span', () => {
  it('are the span, in order, each of one kind', () => {
    const spans = fc.tuple(anyAddress, fc.integer({ min: 0, max: 128 })).map(([{ version, value }, length]) => {
      const prefixLength = version === 4 ? length % 33 : length;
      const hostBits = BigInt((version === 4 ? 32 : 128) - prefixLength);
      return spanOf({ version, base: (value >> hostBits) << hostBits, prefixLength });
    });
    fc.assert(
      fc.property(spans, fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (span, offset) => {
        const parts = classifiedParts(span);
        let next = span.first;
        for (const part of parts) {
          assert.equal(part.span.first, next);
          assert.ok(part.span.first <= part.span.last);
          next = part.span.last + 1n;
        }
        assert.equal(next, span.last + 1n);
        const probe = span.first + (offset % (span.last - span.first + 1n));
        const around = parts.find((part) => part.span.first <= probe && probe <= part.span.last);
        const [single] = classifiedParts({ version: span.version, first: probe, last: probe });
        assert.deepEqual([around?.category, around?.globallyReachable], [single?.category, single?.globallyReachable]);
      }),
      { numRuns: 60 },
    );
  });

  it('of 192.88.99.0/24 keep the live assignment in the ended one', () => {
    const found = classifiedParts(spanOfText(4, '192.88.99.0/24')).map(({ special, span }) => [
      special?.row.prefix,
      Number(span.first & 255n),
      Number(span.last & 255n),
    ]);
    assert.deepEqual(found, [
      ['192.88.99.0/24', 0, 1],
      ['192.88.99.2/32', 2, 2],
      ['192.88.99.0/24', 3, 255],
    ]);
  });

  it('are listed up to a bound, with their number', () => {
    const all = inspected('::/0');
    assert.equal(all.category, 'mixed');
    assert.equal(all.globallyReachable, null);
    assert.equal(all.special, null);
    assert.equal(all.parts.length, all.partCount);
    assert.ok(all.partCount > 50 && all.partCount <= 128);
    assert.equal(all.allocations.length, 8);
    assert.ok(all.allocationCount > 50);
  });

  it('are judged together', () => {
    const summary = (text: string): readonly unknown[] => {
      const { category, globallyReachable, partCount, special } = inspected(text);
      return [category, globallyReachable, partCount, special?.prefix ?? null];
    };
    assert.deepEqual(summary('10.0.0.0/8'), ['private', false, 1, '10.0.0.0/8']);
    assert.deepEqual(summary('10.0.0.0/7'), ['mixed', null, 2, null]);
    assert.deepEqual(summary('8.0.0.0/7'), ['global', true, 1, null]);
    assert.deepEqual(summary('192.0.0.0/24'), ['protocol', null, 8, '192.0.0.0/24']);
    assert.deepEqual(summary('240.0.0.0/4'), ['reserved', false, 2, '240.0.0.0/4']);
    assert.deepEqual(summary('0.0.0.0/8'), ['this-network', false, 2, '0.0.0.0/8']);
    assert.deepEqual(summary('10.255.255.255-11.0.0.0'), ['mixed', null, 2, null]);
    assert.deepEqual(summary('2a00::/11'), ['global', true, 1, null]);
  });

  it('of an address with a prefix length is that of the address', () => {
    assert.equal(inspected('10.0.0.1/4').category, 'private');
    assert.equal(inspected('10.0.0.1/4').partCount, 1);
  });
});
