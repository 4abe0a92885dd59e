import * as assert from 'node:assert/strict';
import * as net from 'node:net';
import * as fc from 'fast-check';
import {
  binaryOf,
  expandAddress,
  formatAddress,
  formatInGroups,
  formatMixed,
  hexOf,
} from '../../../../../src/features/ip/core/address';
import { addressOf, anyAddress, anyIpv6Value } from '../support';

describe('the texts of an address', () => {
  it('are read back as the same address', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        for (const write of [formatAddress, expandAddress, hexOf, binaryOf]) {
          assert.deepEqual(addressOf(write(address)), address, write(address));
        }
      }),
    );
    fc.assert(
      fc.property(anyIpv6Value, (value) => {
        assert.deepEqual(addressOf(formatInGroups(value)), { version: 6, value });
        assert.deepEqual(addressOf(formatMixed(value)), { version: 6, value });
      }),
    );
  });

  it('are valid for Node too', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        assert.equal(net.isIP(formatAddress(address)), address.version);
        assert.equal(net.isIP(expandAddress(address)), address.version);
      }),
    );
  });

  it('follow RFC 5952', () => {
    const canonical = (text: string): string => formatAddress(addressOf(text));
    assert.equal(canonical('2001:0db8::0001'), '2001:db8::1'); // 4.1 leading zeros
    assert.equal(canonical('2001:db8:0:0:0:0:2:1'), '2001:db8::2:1'); // 4.2.1 as short as possible
    assert.equal(canonical('2001:db8:0:1:1:1:1:1'), '2001:db8:0:1:1:1:1:1'); // 4.2.2 never one group
    assert.equal(canonical('2001:0:0:1:0:0:0:1'), '2001:0:0:1::1'); // 4.2.3 the longest run
    assert.equal(canonical('2001:db8:0:0:1:0:0:1'), '2001:db8::1:0:0:1'); // 4.2.3 the first of equal ones
    assert.equal(canonical('2001:DB8::AAAA'), '2001:db8::aaaa'); // 4.3 lower case
    assert.equal(canonical('::FFFF:C000:0201'), '::ffff:192.0.2.1'); // 5 dots after a known prefix
    assert.equal(canonical('0:0:0:0:0:0:0:0'), '::');
    assert.equal(canonical('1:0:0:0:0:0:0:0'), '1::');
  });

  it('stop a run of zeros before a dotted end', () => {
    assert.equal(formatMixed(addressOf('64:ff9b::').value), '64:ff9b::0.0.0.0');
    assert.equal(formatMixed(0n), '::0.0.0.0');
    assert.equal(formatMixed(addressOf('1:2:3:4:5:6::').value), '1:2:3:4:5:6:0.0.0.0');
  });

  it('group binary digits by octet and by 16 bits', () => {
    assert.equal(binaryOf(addressOf('10.0.0.1')), '00001010.00000000.00000000.00000001');
    assert.equal(binaryOf(addressOf('::1')).split(':').at(-1), '0000000000000001');
    assert.equal(hexOf(addressOf('10.0.0.1')), '0x0a000001');
    assert.equal(hexOf(addressOf('::a')), `0x${'a'.padStart(32, '0')}`);
  });
});
