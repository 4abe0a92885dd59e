import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { highestOf, widthOf, type AddressSpan, type IpVersion } from '../../../../../src/features/ip/core/address';
import { coveringBlocks, enclosingBlock } from '../../../../../src/features/ip/core/coveringBlocks';
import {
  contains,
  hostAddresses,
  hostmaskOf,
  netmaskOf,
  networkOf,
  overlaps,
  prefixLengthOfHostmask,
  prefixLengthOfNetmask,
  sizeOf,
  spanOf,
} from '../../../../../src/features/ip/core/network';
import { inspected } from '../support';

const anyVersion = fc.constantFrom<IpVersion>(4, 6);
const valueIn = (version: IpVersion): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: highestOf(version) });
const prefixIn = (version: IpVersion): fc.Arbitrary<number> => fc.integer({ min: 0, max: widthOf(version) });

const anyNetwork = anyVersion.chain((version) =>
  fc.tuple(valueIn(version), prefixIn(version)).map(([value, prefixLength]) => networkOf(version, value, prefixLength)),
);

const anySpan: fc.Arbitrary<AddressSpan> = anyVersion.chain((version) =>
  fc.tuple(valueIn(version), fc.oneof(valueIn(version), fc.bigInt({ min: 0n, max: 5000n }))).map(([one, other]) => {
    const end = other <= 5000n && one + other <= highestOf(version) ? one + other : other;
    return one < end ? { version, first: one, last: end } : { version, first: end, last: one };
  }),
);

describe('a network', () => {
  it('contains its first and last address and hosts, and nothing beside them', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const span = spanOf(network);
        const { version, prefixLength } = network;
        const hosts = hostAddresses(network);
        assert.equal(sizeOf(span), 1n << BigInt(widthOf(version) - prefixLength));
        for (const value of [span.first, span.last, hosts.first, hosts.last]) {
          assert.equal(networkOf(version, value, prefixLength).base, network.base);
        }
        for (const value of [span.first - 1n, span.last + 1n]) {
          if (value < 0n || value > highestOf(version)) continue;
          assert.notEqual(networkOf(version, value, prefixLength).base, network.base);
        }
        assert.equal(hosts.last - hosts.first + 1n, hosts.count);
      }),
    );
  });

  it('has masks that are told apart', () => {
    fc.assert(
      fc.property(anyNetwork, ({ version, prefixLength }) => {
        assert.equal(prefixLengthOfNetmask(version, netmaskOf(version, prefixLength)), prefixLength);
        assert.equal(prefixLengthOfHostmask(version, hostmaskOf(version, prefixLength)), prefixLength);
      }),
    );
    assert.equal(prefixLengthOfNetmask(4, 0xff00ff00n), null);
    assert.equal(prefixLengthOfHostmask(4, 0xff00ff00n), null);
    assert.equal(prefixLengthOfNetmask(4, 0x000000ffn), null);
  });

  it('has hosts as RFC 3021, RFC 6164 and RFC 4291 have them', () => {
    const hosts = (text: string): readonly unknown[] => {
      const network = inspected(text).network;
      assert.ok(network !== null);
      const { firstHost, lastHost, usableHosts, broadcast, subnetRouterAnycast } = network;
      return [firstHost, lastHost, usableHosts, broadcast, subnetRouterAnycast];
    };
    assert.deepEqual(hosts('192.0.2.0/30'), ['192.0.2.1', '192.0.2.2', '2', '192.0.2.3', null]);
    assert.deepEqual(hosts('192.0.2.0/31'), ['192.0.2.0', '192.0.2.1', '2', null, null]);
    assert.deepEqual(hosts('192.0.2.0/32'), ['192.0.2.0', '192.0.2.0', '1', null, null]);
    assert.deepEqual(hosts('2001:db8::/126'), ['2001:db8::1', '2001:db8::3', '3', null, '2001:db8::']);
    assert.deepEqual(hosts('2001:db8::/127'), ['2001:db8::', '2001:db8::1', '2', null, null]);
    assert.deepEqual(hosts('2001:db8::/128'), ['2001:db8::', '2001:db8::', '1', null, null]);
    assert.deepEqual(hosts('224.0.0.0/24'), [null, null, '0', null, null]);
    assert.deepEqual(hosts('ff02::/16'), [null, null, '0', null, null]);
  });
});

describe('the blocks that cover a span', () => {
  it('cover it exactly, in order, and no two of them are one', () => {
    fc.assert(
      fc.property(anySpan, (span) => {
        const blocks = coveringBlocks(span);
        let next = span.first;
        for (const block of blocks) {
          const { first, last } = spanOf(block);
          assert.equal(first, next);
          next = last + 1n;
        }
        assert.equal(next, span.last + 1n);
        for (const [index, block] of blocks.entries()) {
          const after = blocks[index + 1];
          if (after?.prefixLength !== block.prefixLength) continue;
          const parent = networkOf(block.version, block.base, block.prefixLength - 1);
          assert.notEqual(parent.base, networkOf(after.version, after.base, after.prefixLength - 1).base);
        }
        assert.ok(blocks.length <= (span.version === 4 ? 62 : 254));
      }),
    );
  });

  it('reach the largest number that there can be', () => {
    assert.equal(coveringBlocks({ version: 4, first: 1n, last: highestOf(4) - 1n }).length, 62);
    assert.equal(coveringBlocks({ version: 6, first: 1n, last: highestOf(6) - 1n }).length, 254);
    assert.equal(coveringBlocks({ version: 6, first: 0n, last: highestOf(6) }).length, 1);
  });

  it('lie in the enclosing block, and in neither half of it', () => {
    fc.assert(
      fc.property(anySpan, (span) => {
        const enclosing = enclosingBlock(span);
        assert.ok(contains(spanOf(enclosing), span));
        if (span.first === span.last) return assert.equal(enclosing.prefixLength, widthOf(span.version));
        const half = networkOf(span.version, span.first, enclosing.prefixLength + 1);
        assert.ok(!contains(spanOf(half), span));
      }),
    );
  });
});

describe('spans', () => {
  it('overlap where one has an end of the other', () => {
    const span = (first: bigint, last: bigint, version: IpVersion = 4): AddressSpan => ({ version, first, last });
    assert.ok(overlaps(span(1n, 5n), span(5n, 9n)));
    assert.ok(!overlaps(span(1n, 4n), span(5n, 9n)));
    assert.ok(!overlaps(span(1n, 5n), span(1n, 5n, 6)));
    assert.ok(contains(span(1n, 5n), span(1n, 5n)));
    assert.ok(!contains(span(1n, 5n), span(1n, 6n)));
    assert.ok(!contains(span(1n, 5n), span(2n, 3n, 6)));
  });
});
