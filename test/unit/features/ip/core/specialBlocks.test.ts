import * as assert from 'node:assert/strict';
import {
  formatAddress,
  highestOf,
  type AddressSpan,
  type IpVersion,
} from '../../../../../src/features/ip/core/address';
import { spanOfText } from '../../../../../src/features/ip/core/blockText';
import { classifiedParts } from '../../../../../src/features/ip/core/classify';
import { contains, sizeOf } from '../../../../../src/features/ip/core/network';
import { specialBlocks } from '../../../../../src/features/ip/core/special';
import { projectText } from '../../../../support/project';
import { inspected } from '../support';

/** A row of the files that IANA publishes, in fixtures/ as they were on 2025-10-09. */
interface PublishedRow {
  readonly prefix: string;
  readonly span: AddressSpan;
  readonly cells: readonly string[];
}

function published(version: IpVersion): readonly PublishedRow[] {
  const name = `iana-ipv${version}-special-registry-1.csv`;
  const text = projectText('test', 'unit', 'features', 'ip', 'fixtures', name);
  const cell = /("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g;
  const rows: string[][] = [[]];
  for (const [, value = '', end] of text.replaceAll('\r', '').matchAll(cell)) {
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\n') rows.push([]);
  }
  return rows
    .slice(1)
    .filter((cells) => cells.length === 10)
    .flatMap(([block = '', ...cells]) => {
      const prefixes = block.replace(/ \[\d\]/, '').split(', ');
      return prefixes.map((prefix) => ({ prefix, span: spanOfText(version, prefix), cells }));
    });
}

function policy(cell = ''): string {
  const word = cell.replace(/ \[\d\]/, '');
  return { True: 'yes', False: 'no', 'N/A': 'depends', '': 'not-stated' }[word] ?? `? ${cell}`;
}

function references(cell = ''): readonly string[] {
  const list = cell.replace(/\]\s*\[/g, '; ').replace(/[[\]]/g, '');
  return list
    .replace(/RFC(\d)/g, 'RFC $1')
    .replaceAll('Section', 'section')
    .split('; ');
}

/** What IANA says of one address, by the published rows alone. */
function expectedReach(version: IpVersion, value: bigint): string | undefined {
  const around = published(version).filter(({ span }) => contains(span, { version, first: value, last: value }));
  around.sort((one, other) => (sizeOf(one.span) < sizeOf(other.span) ? -1 : 1));
  return around[0] === undefined ? undefined : policy(around[0].cells[7]);
}

for (const version of [4, 6] as const) {
  describe(`the IPv${version} special-purpose registry`, () => {
    const rows = published(version);

    it('has every row that IANA published, word for word', () => {
      const blocks = specialBlocks(version);
      assert.deepEqual(
        blocks.map(({ row }) => row.prefix),
        rows.map(({ prefix }) => prefix),
      );
      for (const [index, { prefix, cells }] of rows.entries()) {
        const row = blocks[index]?.row;
        assert.ok(row !== undefined);
        const [name, cited, allocated, terminated, ...policies] = cells;
        assert.deepEqual(
          [row.name, row.references, row.allocated, row.terminated ?? 'N/A'],
          [name, references(cited), allocated, terminated],
          prefix,
        );
        const found = [row.source, row.destination, row.forwardable, row.globallyReachable, row.reservedByProtocol];
        assert.deepEqual(found, policies.map(policy), prefix);
      }
      assert.equal(rows.length, version === 4 ? 26 : 25);
    });

    it('has a note wherever IANA has a footnote', () => {
      const text = (row: PublishedRow): string => row.cells.join() + row.prefix;
      const noted = specialBlocks(version).filter(({ row }) => row.note !== null);
      const marked = rows.filter((row) => /\[\d\]/.test(text(row))).map(({ prefix }) => prefix);
      // The mark of 192.0.0.0/24 stands in the cell of its prefix.
      const expected = version === 4 ? [...marked, '192.0.0.0/24'] : marked;
      assert.deepEqual(noted.map(({ row }) => row.prefix).sort(), expected.sort());
    });

    it('decides whether the first and the last address of every row are global', () => {
      for (const { span, prefix } of rows) {
        for (const value of [span.first, span.last]) {
          const [part] = classifiedParts({ version, first: value, last: value });
          const expected = { yes: true, no: false, depends: null, 'not-stated': null }[
            expectedReach(version, value) ?? ''
          ];
          assert.equal(part?.globallyReachable, expected, `${formatAddress({ version, value })} of ${prefix}`);
        }
      }
    });

    it('decides nothing about the addresses beside its rows', () => {
      for (const { span, prefix } of rows) {
        for (const value of [span.first - 1n, span.last + 1n]) {
          if (value < 0n || value > highestOf(version)) continue;
          const reach = expectedReach(version, value);
          const { special } = inspected(formatAddress({ version, value }));
          assert.equal(special?.globallyReachable, reach, `${formatAddress({ version, value })} beside ${prefix}`);
        }
      }
    });
  });
}
