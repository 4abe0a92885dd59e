import * as assert from 'node:assert/strict';
import type { IpInspection } from '../../../../../src/features/ip/core/inspection';
import { inspected } from '../support';

function multicast(text: string): NonNullable<IpInspection['multicast']> {
  const found = inspected(text).multicast;
  assert.ok(found !== null, text);
  return found;
}

describe('an IPv4 group', () => {
  it('has the name of the registry', () => {
    const name = (text: string): string | undefined => multicast(text).assignment?.name;
    assert.equal(name('224.0.0.1'), 'All Systems on this Subnet');
    assert.equal(name('224.0.0.18'), 'VRRP');
    assert.equal(name('224.0.0.251'), 'mDNS');
    assert.equal(name('224.0.1.1'), 'NTP Network Time Protocol');
    assert.equal(name('224.0.0.40'), 'zeroconfaddr (renew 12/02)');
    assert.equal(name('224.0.0.3'), undefined);
    assert.deepEqual(multicast('224.0.0.251').assignment, {
      name: 'mDNS',
      addresses: '224.0.0.251',
      references: ['RFC 6762'],
      date: '2000-04-01',
    });
  });

  it('at the top of a scope is counted from its end', () => {
    const name = (text: string): string | undefined => multicast(text).assignment?.name;
    assert.equal(name('239.255.255.250'), 'SSDP');
    assert.equal(name('239.255.255.253'), 'SLPv2 Discovery');
    assert.equal(name('239.195.255.255'), 'SAP Session Announcement Protocol');
    assert.equal(name('239.255.254.250'), 'Organization-Local Scope');
    assert.equal(name('239.255.255.200'), 'Organization-Local Scope');
  });

  it('has a scope and a block', () => {
    const place = (text: string): readonly unknown[] => [multicast(text).scope, multicast(text).block?.name];
    assert.deepEqual(place('224.0.0.255'), ['link-local', 'Local Network Control Block']);
    assert.deepEqual(place('224.0.1.0'), ['global', 'Internetwork Control Block']);
    assert.deepEqual(place('232.1.1.1'), ['global', 'Source-Specific Multicast Block']);
    assert.deepEqual(place('239.255.0.0'), ['local', 'Scoped Multicast Ranges']);
    assert.deepEqual(place('239.192.0.0'), ['organization-local', 'Scoped Multicast Ranges']);
    assert.deepEqual(place('224.0.0.0/4'), [null, undefined]);
    assert.deepEqual(place('224.0.0.0/24'), ['link-local', 'Local Network Control Block']);
  });

  it('tells who made it', () => {
    assert.deepEqual(multicast('233.251.255.1').derived, { kind: 'glop', asNumber: 64511 });
    assert.equal(multicast('233.252.0.1').derived, null);
    assert.deepEqual(multicast('234.192.0.2').derived, {
      kind: 'unicast-prefix',
      network: '192.0.2.0/24',
    });
    assert.deepEqual(multicast('232.1.2.3').derived, { kind: 'source-specific' });
    assert.equal(inspected('10.0.0.1').multicast, null);
  });
});

describe('an IPv6 group', () => {
  it('has a scope by its fourth digit', () => {
    const scopes = [...'0123456789abcdef'].map((digit) => multicast(`ff0${digit}::1234`).scope);
    assert.deepEqual(scopes, [
      'reserved',
      'interface-local',
      'link-local',
      'realm-local',
      'admin-local',
      'site-local',
      'unassigned',
      'unassigned',
      'organization-local',
      'unassigned',
      'unassigned',
      'unassigned',
      'unassigned',
      'unassigned',
      'global',
      'reserved',
    ]);
  });

  it('has the name of the registry, by scope or in every scope', () => {
    const name = (text: string): string | undefined => multicast(text).assignment?.name;
    assert.equal(name('ff02::1'), 'All Nodes Address');
    assert.equal(name('ff01::2'), 'All Routers Address');
    assert.equal(name('ff05::1:3'), 'All_DHCP_Servers');
    assert.equal(name('ff02::1:3'), 'Link-local Multicast Name Resolution');
    assert.equal(name('ff0e::101'), 'Network Time Protocol (NTP)');
    assert.equal(name('ff05::fb'), 'mDNSv6');
    assert.equal(name('ff12::1'), undefined);
    assert.equal(name('ff0e::1'), undefined);
    assert.equal(multicast('ff02::1:ff00:1').assignment?.addresses, 'ff02::1:ff00:0-ff02::1:ffff:ffff');
    assert.equal(multicast('ff0e::db8:0:1').assignment?.name, 'Documentation Addresses');
  });

  it('tells who made it', () => {
    assert.deepEqual(multicast('ff02::1:ff28:9c5a').derived, { kind: 'solicited-node', suffix: '28:9c5a' });
    assert.deepEqual(multicast('ff3e::8000:1').derived, { kind: 'source-specific' });
    // RFC 3306 section 4 lays out the prefix, RFC 3956 section 6 gives this example of a rendezvous point.
    assert.deepEqual(multicast('ff3e:30:2001:db8:1::4321').derived, {
      kind: 'unicast-prefix',
      network: '2001:db8:1::/48',
    });
    assert.deepEqual(multicast('ff7e:140:2001:db8:beef:feed:0:1').derived, {
      kind: 'rendezvous-point',
      address: '2001:db8:beef:feed::1',
    });
    assert.deepEqual(multicast('ff7e:f20:2001:db8::1').derived, { kind: 'rendezvous-point', address: '2001:db8::f' });
    assert.equal(multicast('ff7e:20:2001:db8::1').derived, null); // no interface id
    assert.equal(multicast('ff3e:41:2001:db8::1').derived, null); // longer than 64
    assert.deepEqual([multicast('ff02::1').transient, multicast('ff12::1').transient], [false, true]);
  });

  it('as a network has what all of it has', () => {
    assert.deepEqual([multicast('ff02::/16').scope, multicast('ff00::/8').scope], ['link-local', null]);
    assert.equal(multicast('ff02::1:ff00:0/104').assignment?.name, 'Solicited-Node Address');
    assert.equal(multicast('ff00::/8').transient, null);
  });
});
