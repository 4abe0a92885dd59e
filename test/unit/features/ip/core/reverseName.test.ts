import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatAddress } from '../../../../../src/features/ip/core/address';
import { spanOf, networkOf } from '../../../../../src/features/ip/core/network';
import { reverseNameOf, reverseZonesOf } from '../../../../../src/features/ip/core/reverseName';
import { addressOf, anyAddress, inspected, parsedSubject } from '../support';

describe('the reverse name', () => {
  it('is read back as the same address', () => {
    fc.assert(fc.property(anyAddress, (address) => assert.deepEqual(addressOf(reverseNameOf(address)), address)));
  });

  it('is that of RFC 1035 and RFC 3596', () => {
    assert.equal(reverseNameOf(addressOf('10.2.0.52')), '52.0.2.10.in-addr.arpa');
    const expected = 'b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa';
    assert.equal(reverseNameOf(addressOf('4321:0:1:2:3:4:567:89ab')), expected);
  });
});

describe('the reverse zones of a network', () => {
  it('end on a label, or are as many as the label has values', () => {
    const zones = (text: string): readonly string[] => inspected(text).network?.reverseZones ?? [];
    assert.deepEqual(zones('10.0.0.0/8'), ['10.in-addr.arpa']);
    assert.deepEqual(zones('192.168.1.0/24'), ['1.168.192.in-addr.arpa']);
    assert.deepEqual(zones('192.168.0.0/22').length, 4);
    assert.deepEqual(zones('192.168.4.0/23'), ['4.168.192.in-addr.arpa', '5.168.192.in-addr.arpa']);
    assert.deepEqual(zones('2001:db8::/32'), ['8.b.d.0.1.0.0.2.ip6.arpa']);
    assert.deepEqual(zones('2001:db8::/31'), ['8.b.d.0.1.0.0.2.ip6.arpa', '9.b.d.0.1.0.0.2.ip6.arpa']);
    assert.deepEqual(zones('0.0.0.0/0'), ['in-addr.arpa']);
    assert.deepEqual(zones('::/0'), ['ip6.arpa']);
  });

  it('follow RFC 2317 beyond /24', () => {
    const zones = (text: string): readonly string[] => inspected(text).network?.reverseZones ?? [];
    assert.deepEqual(zones('192.0.2.64/26'), ['64-127.2.0.192.in-addr.arpa']);
    assert.deepEqual(zones('192.0.2.7/32'), ['7.2.0.192.in-addr.arpa']);
  });

  it('are together exactly the network', () => {
    const networks = fc
      .tuple(anyAddress, fc.integer({ min: 0, max: 128 }))
      .map(([{ version, value }, length]) => networkOf(version, value, version === 4 ? length % 33 : length));
    fc.assert(
      fc.property(networks, (network) => {
        let next = network.base;
        for (const zone of reverseZonesOf(network).filter((name) => !/^(in-addr|ip6)/.test(name))) {
          const subject = parsedSubject(zone);
          const span =
            subject.kind === 'range'
              ? subject.span
              : subject.kind === 'address'
                ? { first: subject.address.value, last: subject.address.value }
                : spanOf(networkOf(subject.address.version, subject.address.value, subject.prefixLength));
          assert.equal(
            span.first,
            next,
            `${zone} of ${formatAddress({ version: network.version, value: network.base })}`,
          );
          next = span.last + 1n;
        }
        if (network.prefixLength > 0) assert.equal(next, spanOf(network).last + 1n);
      }),
    );
  });
});
