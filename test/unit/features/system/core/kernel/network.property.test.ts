import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { isIPv6 } from 'node:net';
import { parseBonding } from '../../../../../../src/features/system/core/kernel/bonding';
import { parseFibTrie } from '../../../../../../src/features/system/core/kernel/fibTrie';
import { parseIfInet6 } from '../../../../../../src/features/system/core/kernel/ifInet6';
import {
  parseIpAddr,
  parseIpNeighbours,
  parseIpRoutes,
  parseIpRules,
} from '../../../../../../src/features/system/core/kernel/ipAddrJson';
import {
  parseNetlinkSockets,
  parsePacketSockets,
} from '../../../../../../src/features/system/core/kernel/netProtocols';
import { parseSnmp, parseSnmp6 } from '../../../../../../src/features/system/core/kernel/netSnmp';
import { parseRoutes4, parseRoutes6 } from '../../../../../../src/features/system/core/kernel/routes';
import { ipv6Bytes, ipv6Text } from '../../../../../../src/features/system/core/kernel/socketAddress';
import { parseInetSockets, parseUnixSockets } from '../../../../../../src/features/system/core/kernel/socketTables';
import { parseSsTcp, parseSsUnix } from '../../../../../../src/features/system/core/kernel/ssOutput';
import { parseDeviceCounters } from '../../../../../../src/features/system/core/network/counters';
import { multicastGroups } from '../../../../../../src/features/system/core/network/multicast';
import { parseArp } from '../../../../../../src/features/system/core/network/neighbours';
import { parseResolvConf } from '../../../../../../src/features/system/core/network/resolvers';

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseInetSockets: (text) => parseInetSockets(text, 'ipv6', 'tcp'),
  parseUnixSockets,
  parsePacketSockets,
  parseNetlinkSockets,
  parseSsTcp,
  parseSsUnix: (text) =>
    parseSsUnix(
      text,
      new Map([
        [1, '/x'],
        [2, null],
      ]),
    ),
  parseRoutes4: (text) => parseRoutes4(text),
  parseRoutes6,
  parseFibTrie,
  parseIfInet6,
  parseSnmp,
  parseSnmp6,
  parseBonding,
  parseIpAddr,
  parseIpRoutes,
  parseIpNeighbours,
  parseIpRules,
  parseDeviceCounters,
  parseArp,
  parseResolvConf,
  multicastGroups: (text) => multicastGroups(text, text, false),
};

const kernelText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '0100007F:0050',
        '0A',
        ' ',
        '\n',
        '\t',
        ':',
        '|--',
        '127.0.0.1',
        '/32 host LOCAL',
        'u_str ESTAB 0 0 ',
        '* 2 ',
      ),
      fc.constantFrom(
        'Tcp:',
        'ino:1',
        'rtt:1/2',
        '{"dst":"default"}',
        '[',
        ']',
        'Slave Interface: x',
        'nameserver',
        'Ip6In',
        '0'.repeat(32),
      ),
      fc.nat().map(String),
      fc.string(),
    ),
    { maxLength: 50 },
  )
  .map((parts) => parts.join(''));
const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1'));

describe('parsers of the network', () => {
  for (const [name, parse] of Object.entries(PARSERS)) {
    it(`survive any text: ${name}`, () => {
      fc.assert(
        fc.property(fc.oneof(kernelText, anyBytes), (text) => {
          parse(text);
        }),
        { numRuns: 60 },
      );
    });
  }

  it('write every IPv6 address so that it is read as the same', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), fc.nat(255)), { minLength: 16, maxLength: 16 }), (bytes) => {
        const text = ipv6Text(bytes);
        assert.ok(isIPv6(text), text);
        assert.deepEqual(ipv6Bytes(text), bytes);
      }),
    );
  });

  it('find every path of a unix socket again, whatever stands in it', () => {
    // The kernel takes NUL for the end of a path, and writes '@' for it.
    const paths = fc.array(
      fc.string({ minLength: 1, maxLength: 40 }).map((text) => `/${text.replace(/[^\n -~]/g, '')}`),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(paths, (all) => {
        const lines = all.map((path, index) => `ffff: 00000002 00000000 00010000 0001 01 ${index + 1} ${path}\n`);
        assert.deepEqual(
          parseUnixSockets(lines.join('')).map(({ path }) => path),
          all,
        );
      }),
    );
  });
});
