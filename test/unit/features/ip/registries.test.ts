import * as assert from 'node:assert/strict';
import { parseXml, textOf } from '../../../../src/build/ianaXml';
import { printRegistries, registriesFrom } from '../../../../src/build/ianaRegistries';
import { spanOfText } from '../../../../src/features/ip/core/blockText';
import registries from '../../../../src/features/ip/core/registries.json';
import { projectText } from '../../../support/project';

/** The form of the files that IANA publishes, with one or two records of each. */
const space = `<?xml version='1.0' encoding='UTF-8'?>
<registry xmlns="http://www.iana.org/assignments" id="ipv4-address-space">
  <title>IPv4 &amp; more</title><updated>2023-12-18</updated><!-- <record> -->
  <record><prefix>012/8</prefix><designation>AT&amp;T</designation><date>1995-06</date>
    <whois>whois.arin.net</whois><rdap><server>https://rdap.arin.net/registry</server></rdap><status>LEGACY</status>
    <xref type="note" data="2"/></record>
</registry>`;
const ipv6 = `<registry id="ipv6-address-space"><title>IPv6</title><updated>2019-09-13</updated>
  <registry id="ipv6-address-space-1"><record><prefix>0000::/8</prefix><description>Reserved by
    IETF</description><xref type="rfc" data="rfc4291"/><notes><xref type="rfc" data="rfc1"/></notes></record></registry>
</registry>`;
const unicast = (updated: string): string => `<registry id="ipv6-unicast-address-assignments"><title>Unicast</title>
  <updated>${updated}</updated><record date="1999-07-01"><prefix>2001:0200::/23</prefix>
  <description>APNIC</description><whois>whois.apnic.net</whois><status>ALLOCATED</status></record></registry>`;
const multicast = `<registry id="multicast-addresses"><title>Multicast</title><updated>2024-02-02</updated>
  <registry id="multicast-addresses-1"><title>Local Block (224.0.0.0 - 224.0.0.255  (224.0.0/24))</title>
    <xref type="rfc" data="rfc5771"/>
    <record><addr>224.0.0.0</addr><description>Unassigned</description></record>
    <record date="2000-04-01"><addr>224.0.0.2 - 224.0.0.9</addr><description>X  Y (TEMPORARY - expires)</description>
      <xref type="rfc" data="rfc0768"/><xref type="person" data="Somebody"/></record></registry>
  <registry id="multicast-addresses-13"><title>Relative</title>
    <record><relative>5</relative><description>SSDP</description></record></registry></registry>`;

describe('the registries made from the files of IANA', () => {
  const made = registriesFrom([space, ipv6, unicast('2019-11-06'), multicast].map(parseXml));

  it('have the rows in the usual spelling', () => {
    assert.deepEqual(made.ipv4AddressSpace, {
      title: 'IPv4 & more',
      updated: '2023-12-18',
      rows: [['12.0.0.0/8', 'AT&T', '', '1995-06', 'whois.arin.net', 'LEGACY']],
    });
    assert.deepEqual(made.ipv6AddressSpace.rows, [['::/8', 'Reserved by IETF', '4291', '', '', '']]);
    assert.deepEqual(made.ipv4Multicast, {
      title: 'Multicast',
      updated: '2024-02-02',
      rows: [['224.0.0.2-224.0.0.9', 'X Y', '768', '2000-04-01']],
      blocks: [['224.0.0.0-224.0.0.9', 'Local Block', '5771']],
      relative: [['5', 'SSDP', '', '']],
    });
  });

  it('have the rows that came later, unless the file is newer', () => {
    const apnic = ['2001:200::/23', 'APNIC', '', '1999-07-01', 'whois.apnic.net', 'ALLOCATED'];
    const later = ['2410::/12', 'APNIC', '', '2024-11-01', 'whois.apnic.net', 'ALLOCATED'];
    assert.deepEqual(made.ipv6Unicast, { title: 'Unicast', updated: '2024-11-01', rows: [apnic, later] });
    const newer = registriesFrom([space, ipv6, unicast('2025-10-10'), multicast].map(parseXml));
    assert.deepEqual(newer.ipv6Unicast, { title: 'Unicast', updated: '2025-10-10', rows: [apnic] });
  });

  it('need all four files', () => {
    assert.throws(() => registriesFrom([parseXml(space)]), /ipv6-address-space was not given/);
  });

  it('are printed as the committed file is', () => {
    const text = projectText('src', 'features', 'ip', 'core', 'registries.json');
    assert.equal(printRegistries(registries), text);
    assert.deepEqual(JSON.parse(printRegistries(made)), made);
  });
});

describe('the committed registries', () => {
  it('have every block of the address space and addresses that can be read', () => {
    assert.equal(registries.ipv4AddressSpace.rows.length, 256);
    for (const [index, [prefix]] of registries.ipv4AddressSpace.rows.entries())
      assert.equal(prefix, `${index}.0.0.0/8`);
    let next = 0n;
    for (const [prefix = ''] of registries.ipv6AddressSpace.rows) {
      const span = spanOfText(6, prefix);
      assert.equal(span.first, next);
      next = span.last + 1n;
    }
    assert.equal(next, 1n << 128n);
    for (const [prefix = ''] of registries.ipv6Unicast.rows) assert.ok(spanOfText(6, prefix).last > 0n);
  });

  it('have multicast blocks without a gap, and every assignment in one of them', () => {
    const blocks = registries.ipv4Multicast.blocks.map(([addresses = '']) => spanOfText(4, addresses));
    let next = spanOfText(4, '224.0.0.0').first;
    for (const block of blocks) {
      assert.equal(block.first, next);
      next = block.last + 1n;
    }
    assert.equal(next, spanOfText(4, '240.0.0.0').first);
    for (const [addresses = ''] of registries.ipv4Multicast.rows) {
      const span = spanOfText(4, addresses);
      assert.ok(span.first <= span.last, addresses);
      assert.ok(
        blocks.some((block) => block.first <= span.first && span.last <= block.last),
        addresses,
      );
    }
  });
});

describe('the reader of XML', () => {
  it('refuses what is not well-formed', () => {
    for (const text of ['<a><b></a>', '<a>', '</a>', 'text', '<a>1 < 2</a>']) assert.throws(() => parseXml(text), text);
  });

  it('reads entities, quotes and empty elements', () => {
    const root = parseXml(`<a x='1&quot;' y="&#65;&#x42;"><b/>&lt;c&gt; &unknown;</a>`);
    assert.deepEqual(root.attributes, { x: '1"', y: 'AB' });
    assert.equal(textOf(root), '<c> &unknown;');
  });
});
