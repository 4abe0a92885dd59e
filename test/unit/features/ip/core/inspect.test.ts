import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatAddress } from '../../../../../src/features/ip/core/address';
import { ipInspection } from '../../../../../src/features/ip/core/inspection';
import { anyAddress, inspected } from '../support';

describe('what is told of an input', () => {
  it('fits its schema and is plain JSON, whatever is asked', () => {
    const inputs = fc.tuple(anyAddress, anyAddress, fc.integer({ min: 0, max: 128 })).map(([one, other, length]) => {
      const text = formatAddress(one);
      const [low, high] = one.value < other.value ? [one, other] : [other, one];
      if (length > 100 && low.version === high.version) return `${formatAddress(low)}-${formatAddress(high)}`;
      return length % 3 === 0 ? text : `${text}/${one.version === 4 ? length % 33 : length}`;
    });
    fc.assert(
      fc.property(inputs, (input) => {
        const result = inspected(input);
        assert.deepEqual(ipInspection.parse(result), result);
        assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
      }),
      { numRuns: 60 },
    );
  });

  it('of an address with a prefix length is about both', () => {
    const { kind, canonical, network, reverseName, integer, range } = inspected('10.1.2.3/8');
    assert.deepEqual([kind, canonical, range], ['interface', '10.1.2.3/8', null]);
    assert.deepEqual([reverseName, integer], ['3.2.1.10.in-addr.arpa', '167838211']);
    assert.deepEqual(network, {
      cidr: '10.0.0.0/8',
      prefixLength: 8,
      networkAddress: '10.0.0.0',
      lastAddress: '10.255.255.255',
      netmask: '255.0.0.0',
      hostmask: '0.255.255.255',
      broadcast: '10.255.255.255',
      subnetRouterAnycast: null,
      firstHost: '10.0.0.1',
      lastHost: '10.255.255.254',
      addresses: '16777216',
      usableHosts: '16777214',
      reverseZones: ['10.in-addr.arpa'],
      role: 'host',
    });
    assert.equal(inspected('10.255.255.255/8').network?.role, 'broadcast');
    assert.equal(inspected('10.0.0.0/8').network?.role, null);
    assert.equal(inspected('10.0.0.3/31').network?.role, 'host');
  });

  it('of a range are its blocks and the network around it', () => {
    assert.deepEqual(inspected('10.0.0.1-10.0.0.20').range, {
      first: '10.0.0.1',
      last: '10.0.0.20',
      addresses: '20',
      blocks: ['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/30', '10.0.0.8/29', '10.0.0.16/30', '10.0.0.20/32'],
      blockCount: 6,
      enclosing: '10.0.0.0/27',
    });
    const long = inspected('::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe').range;
    assert.deepEqual([long?.blocks.length, long?.blockCount], [128, 254]);
  });

  it('of an address that looks like a mask is its prefix length', () => {
    assert.deepEqual(inspected('255.255.255.0').asMask, { kind: 'netmask', prefixLength: 24 });
    assert.deepEqual(inspected('128.0.0.0').asMask, { kind: 'netmask', prefixLength: 1 });
    assert.deepEqual(inspected('0.0.0.255').asMask, { kind: 'hostmask', prefixLength: 24 });
    for (const other of ['0.0.0.0', '255.255.255.255', '255.0.255.0', '10.0.0.1', 'ffff::', '255.255.255.0/24']) {
      assert.equal(inspected(other).asMask, null, other);
    }
  });

  it('of IPv6 are its other spellings', () => {
    assert.deepEqual(inspected('::ffff:1.2.3.4').otherSpellings, ['::ffff:102:304']);
    assert.deepEqual(inspected('64:ff9b::102:304').otherSpellings, ['64:ff9b::1.2.3.4']);
    assert.deepEqual(inspected('2001:db8::1').otherSpellings, []);
    assert.equal(inspected('2001:db8::1%2').expanded, '2001:0db8:0000:0000:0000:0000:0000:0001%2');
    assert.equal(inspected('2001:db8::/32').expanded, '2001:0db8:0000:0000:0000:0000:0000:0000/32');
  });

  it('is where the address space was allocated', () => {
    const [row] = inspected('193.0.6.139').allocations;
    assert.deepEqual(
      [row?.prefix, row?.rir, row?.whois, row?.status],
      ['193.0.0.0/8', 'RIPE NCC', 'whois.ripe.net', 'ALLOCATED'],
    );
    const place = (text: string): readonly unknown[] =>
      inspected(text).allocations.map(({ prefix, designation, rir }) => [prefix, designation, rir]);
    assert.deepEqual(place('12.0.0.1'), [['12.0.0.0/8', 'AT&T Bell Laboratories', 'ARIN']]);
    assert.deepEqual(place('2001:67c:2e8::1'), [['2001:600::/23', 'RIPE NCC', 'RIPE NCC']]);
    assert.deepEqual(place('2410::1'), [['2410::/12', 'APNIC', 'APNIC']]);
    assert.deepEqual(place('4000::1'), [['4000::/3', 'Reserved by IETF', null]]);
    assert.deepEqual(place('2001:c000::1'), [['2000::/3', 'Global Unicast', null]]);
    assert.deepEqual(place('8.0.0.0/7'), [
      ['8.0.0.0/8', 'Administered by ARIN', 'ARIN'],
      ['9.0.0.0/8', 'Administered by ARIN', 'ARIN'],
    ]);
  });
});
