import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatAddress, formatMixed } from '../../../../../src/features/ip/core/address';
import { inspected } from '../support';

const embedded = (text: string): readonly unknown[] => [...inspected(text).embedded];
const ipv4Value = fc.bigInt({ min: 2n, max: 0xffffffffn });
const dotted = (value: bigint): string => formatAddress({ version: 4, value });

describe('an IPv6 address carries', () => {
  it('IPv4 after the prefixes of 96 bits', () => {
    assert.deepEqual(embedded('::ffff:192.0.2.1'), [{ kind: 'ipv4-mapped', ipv4: '192.0.2.1' }]);
    assert.deepEqual(embedded('::192.0.2.1'), [{ kind: 'ipv4-compatible', ipv4: '192.0.2.1' }]);
    assert.deepEqual(embedded('::ffff:0:192.0.2.1'), [{ kind: 'ipv4-translated', ipv4: '192.0.2.1' }]);
    assert.deepEqual(embedded('64:ff9b::192.0.2.33'), [{ kind: 'nat64', ipv4: '192.0.2.33' }]);
    assert.deepEqual(embedded('::1'), []);
    assert.deepEqual(embedded('::'), []);
  });

  it('networks of IPv4 where it is a network', () => {
    assert.deepEqual(embedded('::ffff:10.0.0.0/104'), [{ kind: 'ipv4-mapped', ipv4: '10.0.0.0/8' }]);
    assert.deepEqual(embedded('64:ff9b::/96'), [{ kind: 'nat64', ipv4: '0.0.0.0/0' }]);
    assert.deepEqual(embedded('2002:c000:200::/40'), [{ kind: '6to4', ipv4: '192.0.2.0/24' }]);
    assert.deepEqual(embedded('2002:c000:204::/48'), [{ kind: '6to4', ipv4: '192.0.2.4' }]);
    assert.deepEqual(embedded('2002::/16'), []);
    assert.deepEqual(embedded('::fffe:0:0/95'), []);
  });

  it("the 6to4 router's address, and the interface id beside it", () => {
    assert.deepEqual(embedded('2002:c000:204::1'), [{ kind: '6to4', ipv4: '192.0.2.4' }]);
    assert.deepEqual(embedded('2002:c000:204::211:22ff:fe33:4455').length, 2);
  });

  it("a Teredo client's address and port, turned over", () => {
    assert.deepEqual(embedded('2001:0:4136:e378:8000:63bf:3fff:fdd2'), [
      { kind: 'teredo', server: '65.54.227.120', client: '192.0.2.45', port: 40000, flags: '8000', cone: true },
    ]);
    const found = fc.tuple(ipv4Value, ipv4Value, fc.integer({ min: 0, max: 65535 }));
    fc.assert(
      fc.property(found, ([server, client, port]) => {
        const low = (BigInt(port ^ 0xffff) << 32n) | (client ^ 0xffffffffn);
        const value = (0x20010000n << 96n) | (server << 64n) | low;
        assert.deepEqual(embedded(formatAddress({ version: 6, value })), [
          { kind: 'teredo', server: dotted(server), client: dotted(client), port, flags: '0000', cone: false },
        ]);
      }),
    );
  });

  it('IPv4 in the layouts of RFC 6052 behind the local-use prefix', () => {
    const candidates = (text: string): unknown => (inspected(text).embedded[0] as { candidates: unknown }).candidates;
    assert.deepEqual(candidates('64:ff9b:1::192.0.2.33'), [{ prefix: '64:ff9b:1::/96', ipv4: '192.0.2.33' }]);
    // The examples of RFC 6052 section 2.4 with this prefix.
    const at48 = { prefix: '64:ff9b:1::/48', ipv4: '192.0.2.33' };
    const at56 = { prefix: '64:ff9b:1:100::/56', ipv4: '192.0.2.33' };
    const at64 = { prefix: '64:ff9b:1:122::/64', ipv4: '192.0.2.33' };
    const has = (text: string, wanted: unknown): void =>
      assert.ok(
        (candidates(text) as unknown[]).some((found) => JSON.stringify(found) === JSON.stringify(wanted)),
        text,
      );
    has('64:ff9b:1:c000:2:2100::', at48);
    has('64:ff9b:1:1c0:0:221::', at56);
    has('64:ff9b:1:122:c0:2:2100::', at64);
    assert.deepEqual(embedded('64:ff9b:1:0:100::1'), []); // bits 64 to 71 are not zero
    assert.deepEqual(embedded('64:ff9b:1::/48'), []);
  });

  it('IPv4 and hardware addresses in the interface id', () => {
    assert.deepEqual(embedded('fe80::5efe:192.0.2.1'), [{ kind: 'isatap', ipv4: '192.0.2.1' }]);
    assert.deepEqual(embedded('2001:db8::200:5efe:192.0.2.1'), [{ kind: 'isatap', ipv4: '192.0.2.1' }]);
    // RFC 4291 appendix A turns the universal bit over: 34-56-78-9A-BC-DE.
    assert.deepEqual(embedded('fe80::3656:78ff:fe9a:bcde'), [
      { kind: 'eui64', mac: '34:56:78:9a:bc:de', universal: true },
    ]);
    assert.deepEqual(embedded('fe80::ff:fe00:1'), [{ kind: 'eui64', mac: '02:00:00:00:00:01', universal: false }]);
    assert.deepEqual(embedded('ff02::211:22ff:fe33:4455'), []);
    assert.deepEqual(embedded('::211:22ff:fe33:4455'), []);
    assert.deepEqual(embedded('2001:db8::211:22ff:fe33:4455/64').length, 1);
    assert.deepEqual(embedded('2001:db8::1-2001:db8::2'), []);
  });

  it('nothing that would be lost in its text', () => {
    fc.assert(
      fc.property(ipv4Value, (value) => {
        const text = formatMixed((0x64ff9bn << 96n) | value);
        assert.deepEqual(embedded(text), [{ kind: 'nat64', ipv4: dotted(value) }]);
      }),
    );
  });
});

describe('the relatives of an address', () => {
  it('are its solicited-node group', () => {
    assert.equal(inspected('4037::1:800:200e:8c6c').solicitedNode, 'ff02::1:ff0e:8c6c'); // RFC 4291 section 2.7.1
    assert.equal(inspected('ff02::1').solicitedNode, null);
    assert.equal(inspected('::').solicitedNode, null);
    assert.equal(inspected('2001:db8::/64').solicitedNode, null);
    assert.equal(inspected('10.0.0.1').solicitedNode, null);
  });

  it('are its forms in IPv6, global ones only where the RFCs allow them', () => {
    assert.deepEqual(inspected('8.8.4.4').ipv6Forms, {
      ipv4Mapped: '::ffff:8.8.4.4',
      sixToFour: '2002:808:404::/48',
      nat64: '64:ff9b::808:404',
    });
    assert.deepEqual(inspected('10.0.0.1').ipv6Forms, { ipv4Mapped: '::ffff:10.0.0.1', sixToFour: null, nat64: null });
    assert.equal(inspected('10.0.0.0/8').ipv6Forms, null);
    assert.equal(inspected('::1').ipv6Forms, null);
  });
});
