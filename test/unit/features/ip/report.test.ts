import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { categories } from '../../../../src/features/ip/core/category';
import type { IpInspection } from '../../../../src/features/ip/core/inspection';
import { report } from '../../../../src/features/ip/report';
import { categoryPhrase, categoryWord, countText, groupedText } from '../../../../src/features/ip/report/words';
import { printMarkdown } from '../../../../src/report/markdown';
import type { Block, Cell, Fact, Report } from '../../../../src/report/model';
import { assertGolden } from '../../../support/golden';
import { inspected } from './support';

const goldens: Readonly<Record<string, string>> = {
  'ipv4-address': '8.8.8.8',
  'ipv4-network': '10.0.0.0/8',
  'ipv4-interface': '192.168.1.255 255.255.255.0',
  'ipv4-range': '10.0.0.1-20',
  'ipv4-mixed': '192.88.96.0/21',
  'ipv4-multicast': '239.255.255.250',
  'ipv4-mask': '255.255.255.0',
  'ipv4-small-network': '203.0.113.64/26',
  'ipv6-address': '[2606:4700:4700::1111]:53',
  'ipv6-network': '2001:db8::/32',
  'ipv6-link-local': 'fe80::211:22ff:fe33:4455%eth0',
  'ipv6-teredo': '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  'ipv6-6to4': '2002:c000:204::1',
  'ipv6-mapped': '::ffff:10.1.2.3',
  'ipv6-nat64-local': '64:ff9b:1:c000:2:2100::',
  'ipv6-multicast': 'ff02::1:ff28:9c5a',
  'ipv6-ended': '2001:10::/28',
};

describe('the report', () => {
  for (const [name, given] of Object.entries(goldens)) {
    it(`of ${given}`, () => {
      const markdown = printMarkdown(report(inspected(given)), { locale: 'en', timeZone: 'UTC' });
      assertGolden(`ip/${name}.md`, markdown);
    });
  }

  const verdicts: readonly (readonly [string, string])[] = [
    [
      '10.0.0.0/8',
      '10.0.0.0/8 is a private IPv4 network of 16,777,216 addresses (RFC 1918); it is not reachable from the Internet.',
    ],
    [
      '8.8.8.8',
      '8.8.8.8 is a global IPv4 address; it can be routed on the Internet and lies in 8.0.0.0/8, which ARIN looks after.',
    ],
    ['8.0.0.0/7', '8.0.0.0/7 is a global IPv4 network of 33,554,432 addresses; it can be routed on the Internet.'],
    [
      '10.0.0.0/7',
      '10.0.0.0/7 is a mixed IPv4 network of 33,554,432 addresses; its 2 parts differ in whether the Internet reaches them.',
    ],
    ['::1/128', '::1/128 is a loopback IPv6 network of one address (RFC 4291); it does not leave the host.'],
    [
      'fc00::/7',
      'fc00::/7 is a unique local IPv6 network of 2^121 addresses (RFC 4193, RFC 8190); it is not reachable from the Internet.',
    ],
    ['192.0.0.9', '192.0.0.9 is an anycast-service IPv4 address (RFC 7723); it can be routed on the Internet.'],
    [
      '192.88.99.1',
      '192.88.99.1 is a no longer assigned IPv4 address (RFC 7526); the assignment ended in 2015-03 and the registry says no more about it.',
    ],
    [
      '::ffff:1.2.3.4',
      '::ffff:1.2.3.4 is an IPv4-mapped IPv6 address (RFC 4291); it is not reachable from the Internet. It carries the IPv4 address 1.2.3.4.',
    ],
    [
      '224.0.0.251',
      '224.0.0.251 is a multicast IPv4 address (RFC 6762, RFC 5771); it does not leave the link. The group is registered as "mDNS".',
    ],
    [
      'ff00::/8',
      'ff00::/8 is a multicast IPv6 network of 2^120 addresses (RFC 3513, RFC 4291); how far it reaches depends on the group.',
    ],
    [
      '10.0.0.255/24',
      '10.0.0.255/24 is a private IPv4 address in the network 10.0.0.0/24 of 256 addresses (RFC 1918); it is not reachable from the Internet. It is the broadcast address of its network.',
    ],
  ];
  for (const [given, verdict] of verdicts) {
    it(`judges ${given}`, () => assert.equal(report(inspected(given)).verdict, verdict));
  }

  it('is plain where nothing needs notice', () => {
    const statuses = [
      '10.0.0.1',
      '8.8.8.8',
      'fe80::1',
      'ff02::1',
      '192.0.2.1',
      '240.0.0.1',
      '10.0.0.255/24',
      '0.0.0.0/0',
    ];
    assert.deepEqual(
      statuses.map((given) => report(inspected(given)).status),
      ['ok', 'ok', 'ok', 'ok', 'info', 'info', 'info', 'info'],
    );
  });

  it('offers what follows: network, IPv4 inside, copy, RFC', () => {
    const { actions } = report(inspected('2002:c000:204::1/48'));
    assert.deepEqual(actions, [
      {
        kind: 'tool',
        label: 'Inspect 2002:c000:204::/48',
        tool: 'ip.inspect',
        input: { address: '2002:c000:204::/48' },
      },
      { kind: 'tool', label: 'Inspect 192.0.2.4', tool: 'ip.inspect', input: { address: '192.0.2.4' } },
      { kind: 'copy', label: 'Copy 2002:c000:204::1/48', text: '2002:c000:204::1/48' },
      { kind: 'open', label: 'Open RFC 3056', url: 'https://www.rfc-editor.org/rfc/rfc3056' },
    ]);
  });

  it('has cells that lead to the action of their own text', () => {
    const inputs = [
      '2002:c000:204::1/48',
      '10.0.0.1/8',
      '10.0.0.1-20',
      '::ffff:1.2.3.4',
      '64:ff9b:1::a00:1',
      '8.8.8.8',
    ];
    for (const given of inputs) {
      const made = report(inspected(given));
      for (const cell of cellsOf(made)) {
        if (cell === null || typeof cell !== 'object' || cell.action === undefined) continue;
        const action = made.actions?.[cell.action];
        assert.ok(action?.kind === 'tool', given);
        assert.deepEqual(action.input, { address: cell.text });
      }
    }
  });

  it('tells the exact number of what is not listed', () => {
    const made = report(inspected('::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe'));
    const table = made.blocks.find((block) => block.kind === 'table' && block.id === 'blocks');
    assert.ok(table?.kind === 'table');
    assert.equal(table.title, 'CIDR blocks that cover the range (the first 128 of 254)');
    assert.equal(table.rows.length, 128);
  });

  it('prints for every category', () => {
    for (const category of categories) {
      assert.notEqual(categoryWord(category), '');
      assert.match(categoryPhrase(category, 'IPv4 address'), /^(a|an|the) .*IPv4 address$/);
      const made: IpInspection = { ...inspected('10.0.0.1'), category };
      assert.match(report(made).verdict, /^10\.0\.0\.1 is .*\.$/);
    }
  });
});

function cellsOf({ blocks }: Report): readonly Cell[] {
  const facts = (items: readonly Fact[]): readonly Cell[] => items.map(({ value }) => value);
  const cells = (block: Block): readonly Cell[] => {
    if (block.kind === 'facts') return facts(block.items);
    if (block.kind === 'table') return block.rows.flat();
    return block.kind === 'section' ? block.blocks.flatMap(cells) : [];
  };
  return blocks.flatMap(cells);
}

describe('a count', () => {
  it('has its digits in groups, and is a power of two where it is large', () => {
    assert.equal(groupedText('18446744073709551616'), '18,446,744,073,709,551,616');
    assert.equal(groupedText('999'), '999');
    assert.equal(countText('18446744073709551616'), '2^64');
    assert.equal(countText('18446744073709551615'), '18,446,744,073,709,551,615');
    assert.equal(countText('9007199254740992'), '9,007,199,254,740,992');
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 128n }), (value) => {
        assert.equal(BigInt(groupedText(String(value)).replaceAll(',', '')), value);
      }),
    );
  });
});
