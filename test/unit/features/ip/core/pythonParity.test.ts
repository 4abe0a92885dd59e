import * as assert from 'node:assert/strict';
import { expandAddress, formatInGroups, hexOf, type IpAddress } from '../../../../../src/features/ip/core/address';
import { coveringBlocks } from '../../../../../src/features/ip/core/coveringBlocks';
import {
  formatNetwork,
  hostAddresses,
  hostmaskOf,
  netmaskOf,
  networkOf,
  spanOf,
} from '../../../../../src/features/ip/core/network';
import { parse } from '../../../../../src/features/ip/core/parse';
import { reverseNameOf } from '../../../../../src/features/ip/core/reverseName';
import { projectText } from '../../../../support/project';
import { addressOf, parsedSubject } from '../support';

interface Cases {
  readonly networks: readonly string[];
  readonly addresses: readonly string[];
  readonly ranges: readonly string[];
}

/** Made by fixtures/makeIpaddressJson.py, which says what stands where. */
const cases = JSON.parse(projectText('test', 'unit', 'features', 'ip', 'fixtures', 'ipaddress.json')) as Cases;

/** As Python writes it. */
function text({ version, value }: IpAddress): string {
  return version === 6 ? formatInGroups(value) : [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

describe("Python's ipaddress says the same", () => {
  it('of networks and their hosts', () => {
    assert.ok(cases.networks.length >= 300);
    for (const line of cases.networks) {
      const [given = '', ...expected] = line.split(' ');
      const subject = parsedSubject(given);
      assert.ok(subject.kind === 'prefix', given);
      const { version } = subject.address;
      const network = networkOf(version, subject.address.value, subject.prefixLength);
      const write = (value: bigint): string => text({ version, value });
      const hosts = hostAddresses(network);
      const { first, last } = spanOf(network);
      assert.deepEqual(
        [
          `${write(network.base)}/${network.prefixLength}`,
          write(netmaskOf(version, network.prefixLength)),
          write(hostmaskOf(version, network.prefixLength)),
          write(last),
          write(hosts.first),
          write(hosts.last),
          String(hosts.count),
          String(last - first + 1n),
        ],
        expected,
        given,
      );
    }
  });

  it('of random spellings: canonical and expanded text, integer and reverse name', () => {
    assert.ok(cases.addresses.length >= 300);
    for (const line of cases.addresses) {
      const [given = '', ...expected] = line.split(' ');
      const address = addressOf(given);
      const found = [text(address), expandAddress(address), String(address.value), reverseNameOf(address)];
      assert.deepEqual(found, expected, given);
      assert.equal(BigInt(hexOf(address)), address.value);
    }
  });

  it('of the blocks that cover a range', () => {
    assert.ok(cases.ranges.length >= 60);
    for (const line of cases.ranges) {
      const [first = '', last = '', ...blocks] = line.split(' ');
      const parsed = parse(`${first}-${last}`);
      assert.ok(parsed.kind === 'parsed' && parsed.subject.kind === 'range', line);
      const found = coveringBlocks(parsed.subject.span);
      const write = ({ version, base, prefixLength }: (typeof found)[number]): string =>
        version === 4 ? formatNetwork({ version, base, prefixLength }) : `${formatInGroups(base)}/${prefixLength}`;
      assert.deepEqual(found.map(write), blocks, line);
    }
  });
});
