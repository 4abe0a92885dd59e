import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import type { NetworkResult } from '../../../../../src/features/system/core/network/schema';
import { collectNetwork } from '../../../../../src/features/system/core/network/collect';
import { networkTool } from '../../../../../src/features/system/networkTools';
import { ExpectedError } from '../../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import type { Machine } from '../../../../../src/machine/machine';
import { last, runContext } from '../core/control/fakeProcesses';
import { converse, hasProgram, hasPsutil, mayUnshare, output, script, type Conversation } from './networkSubjects';

interface PsutilInterfaces {
  /** family, address, netmask, broadcast, peer */
  readonly addresses: Readonly<
    Record<string, readonly (readonly [string, string, string | null, string | null, string | null])[]>
  >;
  /** is up, duplex, speed in Mbit/s, mtu, flags */
  readonly stats: Readonly<Record<string, readonly [boolean, number, number, number, string]>>;
  readonly counters: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

type Json = Readonly<Record<string, unknown>>;
const jsonOf = (...words: readonly string[]): readonly Json[] => {
  const text = output('ip', '-j', ...words).trim();
  return text === '' ? [] : (JSON.parse(text) as readonly Json[]);
};

/** As where iproute2 is not installed. */
const withoutIp = (machine: Machine): Machine => ({
  ...machine,
  exec: () => Promise.reject(new ExpectedError('not-found', 'ip is not there')),
});

describe('the network against the system (Linux only)', () => {
  let machine: LocalMachine | undefined;
  before(function () {
    if (process.platform !== 'linux') return this.skip();
    machine = createLocalMachine();
  });
  after(() => machine?.dispose());

  const ask = async (input: unknown = {}, on: Machine | undefined = machine): Promise<NetworkResult> => {
    const results = networkTool.run(networkTool.input.parse(input), runContext(on ?? assert.fail()));
    return networkTool.result.parse(await last(results));
  };

  it('has the addresses, links and counters of psutil', async function () {
    if (!hasPsutil()) return this.skip();
    const oracle = script('network_oracle.py');
    try {
      const before = JSON.parse(await oracle.ask('interfaces')) as PsutilInterfaces;
      const result = await ask();
      const after = JSON.parse(await oracle.ask('interfaces')) as PsutilInterfaces;
      assert.deepEqual(result.interfaces.map(({ name }) => name).sort(), Object.keys(before.stats).sort());
      for (const one of result.interfaces) {
        const addresses = before.addresses[one.name] ?? [];
        assert.deepEqual(
          one.addresses.map((address) => asPsutil(address, one.name)).sort(),
          addresses
            .filter(([family]) => family !== 'AF_PACKET')
            .map(String)
            .sort(),
        );
        const mac = addresses.find(([family]) => family === 'AF_PACKET');
        if (mac !== undefined) assert.equal(one.macAddress, mac[1]);
        const [isUp, duplex, speed, mtu, flags] = before.stats[one.name] ?? assert.fail(one.name);
        assert.equal(one.running, isUp, one.name);
        assert.equal(one.mtuBytes, mtu);
        assert.equal((one.speedBitsPerSecond ?? 0) / 1e6, speed);
        assert.equal(one.duplex, duplex === 2 ? 'full' : duplex === 1 ? 'half' : null);
        const names = flags.split(',').filter((flag) => flag !== '');
        const ours = one.flags
          .map((flag) => flag.toLowerCase())
          .filter((flag) => flag !== 'lower_up' && flag !== 'no-carrier');
        if (names.length > 0) assert.deepEqual(ours.sort(), names.sort(), one.name);
        for (const [theirs, value] of Object.entries(countersAsPsutil(one.counters))) {
          const [early = NaN, late = NaN] = [before.counters[one.name]?.[theirs], after.counters[one.name]?.[theirs]];
          assert.ok(early <= value && value <= late, `${one.name} ${theirs}: ${early} ${value} ${late}`);
        }
      }
    } finally {
      await oracle.end();
    }
  });

  it('has the links, addresses, routes and neighbours of ip', async function () {
    if (!hasProgram('ip', '-V')) return this.skip();
    const result = await ask({ allTables: true });
    assert.equal(result.ipMissing, null);
    compareLinks(result, jsonOf('-d', 'addr'));
    compareRoutes(result, jsonOf('-4', 'route', 'show', 'table', 'all'), jsonOf('-6', 'route', 'show', 'table', 'all'));
    assert.deepEqual(
      result.neighbours.map(({ address, macAddress }) => JSON.stringify([address, macAddress])).sort(),
      jsonOf('neigh')
        .map(({ dst, lladdr }) => JSON.stringify([dst, lladdr ?? null]))
        .sort(),
    );
  });

  it('has nearly the same without ip', async function () {
    if (!hasProgram('ip', '-V')) return this.skip();
    const whole = await ask();
    const less = await ask({}, withoutIp(machine ?? assert.fail()));
    assert.equal(less.ipMissing, 'it is not installed');
    const addresses = ({ interfaces }: NetworkResult): readonly string[] =>
      interfaces.flatMap(({ name, addresses: all }) =>
        all
          .filter(({ peer }) => peer === null)
          .map(({ address, prefixLength, netmask, broadcast, scope }) =>
            [name, address, prefixLength, netmask, broadcast, scope].join(' '),
          ),
      );
    assert.deepEqual(addresses(less).toSorted(), addresses(whole).toSorted());
    const kinds = ({ interfaces }: NetworkResult): readonly string[] =>
      interfaces.map(({ name, flags, state }) => `${name} ${state} ${flags.join()}`);
    assert.deepEqual(kinds(less), kinds(whole));
    const routes = ({ routes: all }: NetworkResult): readonly string[] =>
      all
        .filter(({ table }) => table === 'main')
        .map((route) => [route.destination, route.gateway, route.interface, route.metric ?? 0].join(' '));
    assert.deepEqual(routes(less).toSorted(), routes(whole).toSorted());
  });

  it('has the counters of /sys and of netstat -s', async function () {
    const count = (name: string, file: string): number =>
      Number(fs.readFileSync(`/sys/class/net/${name}/statistics/${file}`, 'utf8'));
    const before = new Map(
      fs
        .readdirSync('/sys/class/net')
        .map((name) => [name, [count(name, 'rx_packets'), count(name, 'tx_bytes')] as const]),
    );
    const segments = hasProgram('netstat', '-s')
      ? () => Number(/(\d+) segments sent out/.exec(output('netstat', '-s'))?.[1])
      : null;
    const early = segments?.();
    const result = await ask();
    const late = segments?.();
    for (const { name, counters } of result.interfaces) {
      const [packets = NaN, bytes = NaN] = before.get(name) ?? [];
      assert.ok(
        packets <= (counters.receivedPackets ?? NaN) && (counters.receivedPackets ?? NaN) <= count(name, 'rx_packets'),
        name,
      );
      assert.ok(bytes <= (counters.sentBytes ?? NaN) && (counters.sentBytes ?? NaN) <= count(name, 'tx_bytes'), name);
      assert.equal(counters.crcErrors, count(name, 'rx_crc_errors'));
    }
    if (early === undefined || late === undefined) return this.skip();
    const sent = result.statistics.find(({ protocol, name }) => protocol === 'Tcp' && name === 'OutSegs')?.value ?? NaN;
    assert.ok(early <= sent && sent <= late, `${early} ${sent} ${late}`);
  });

  it('counts what goes over loopback', async () => {
    const results = collectNetwork({
      machine: machine ?? assert.fail(),
      signal: new AbortController().signal,
      live: true,
      input: networkTool.input.parse({ interface: 'lo' }),
    });
    const next = async (): Promise<NetworkResult> =>
      ((await results.next()).value as NetworkResult | undefined) ?? assert.fail();
    const before = (await next()).interfaces[0]?.counters.sentBytes ?? NaN;
    output(
      '/usr/bin/python3',
      '-c',
      'import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 0)); [s.sendto(b"x" * 10000, s.getsockname()) for _ in range(50)]',
    );
    const result = await next();
    await results.return();
    const [lo] = result.interfaces;
    const moved = (lo?.rates.sentBytesPerSecond ?? 0) * (result.intervalSeconds ?? 0);
    assert.ok(moved >= 500_000, `${moved} bytes`);
    assert.ok(Math.abs(moved - ((lo?.counters.sentBytes ?? NaN) - before)) < moved * 0.01 + 10);
  });

  it('refuses an interface that is not there', async () => {
    await assert.rejects(ask({ interface: 'nothing0' }), /There is no interface nothing0 on this machine/);
  });
});

/** What a command of its own network namespace finds: another program runs there, with its own /proc/net and /sys. */
describe('the network of a namespace with bridges, pairs and tunnels (Linux only)', () => {
  let inside: Conversation | undefined;
  before(function () {
    // Needs root, or a kernel that lets users make namespaces.
    if (process.platform !== 'linux' || !mayUnshare() || !hasProgram('ip', '-V')) return this.skip();
  });
  afterEach(() => inside?.end());

  it('tells kinds, masters, peers and policy routing', async () => {
    inside = converse('unshare', [
      '-n',
      '-m',
      process.execPath,
      __filename.replace(/network\.truth\.test\.js$/, 'insideNamespace.js'),
    ]);
    const { whole, less, links, routes4, routes6, rules } = JSON.parse(await inside.next()) as {
      readonly whole: NetworkResult;
      readonly less: NetworkResult;
      readonly links: readonly Json[];
      readonly routes4: readonly Json[];
      readonly routes6: readonly Json[];
      readonly rules: readonly string[];
    };
    compareLinks(whole, links);
    compareRoutes(whole, routes4, routes6);
    const kinds = ({ interfaces }: NetworkResult): Readonly<Record<string, string>> =>
      Object.fromEntries(interfaces.map(({ name, kind }) => [name, kind]));
    const expected = { lo: 'loopback', br0: 'bridge', ve0: 'veth', ve1: 'veth', tun0: 'tun', tap0: 'tap' };
    assert.deepEqual(kinds(whole), expected);
    assert.deepEqual(kinds(less), expected, 'without ip');
    for (const result of [whole, less]) {
      const of = (name: string): NetworkResult['interfaces'][number] =>
        result.interfaces.find((one) => one.name === name) ?? assert.fail(name);
      assert.equal(of('ve1').master, 'br0');
      assert.deepEqual(of('br0').parts, ['ve1']);
      assert.equal(of('ve0').link, 've1');
      assert.equal(of('tun0').administrativelyUp, false);
      assert.deepEqual(of('tun0').addresses, []);
      assert.deepEqual([of('ve0').mtuBytes, of('ve0').queueLength, of('ve0').alias], [1400, 77, 'to the lab']);
      assert.deepEqual(
        of('br0').addresses.map(({ address, prefixLength, broadcast }) => [address, prefixLength, broadcast])[0],
        ['10.9.0.1', 24, '10.9.0.255'],
      );
    }
    const peer = whole.interfaces.find(({ name }) => name === 've0')?.addresses.find(({ family }) => family === 'ipv4');
    assert.deepEqual([peer?.address, peer?.peer, peer?.prefixLength], ['10.8.0.1', '10.8.0.2', 32]);
    assert.deepEqual(less.unassignedAddresses, ['10.8.0.1']);
    assert.deepEqual(
      whole.routes
        .filter(({ table }) => table === '100')
        .map(({ destination, gateway }) => `${destination} ${gateway}`),
      ['10.1.0.0/16 10.9.0.3'],
    );
    assert.ok(less.routes.some(({ destination, type }) => destination === '10.67.0.0/16' && type === 'unreachable'));
    assert.deepEqual(
      whole.rules.map(({ priority, text }) => `${priority}:\t${text}`),
      rules,
    );
    assert.match(networkTool.report(whole).verdict, /the way out is 10\.9\.0\.9 by br0\.$/);
  });
});

function asPsutil(
  { family, address, netmask, broadcast, peer, scope }: NetworkResult['interfaces'][number]['addresses'][number],
  name: string,
): string {
  const zone = family === 'ipv6' && scope === 'link' ? `${address}%${name}` : address;
  return String([family === 'ipv4' ? 'AF_INET' : 'AF_INET6', zone, netmask, broadcast, peer]);
}

function countersAsPsutil(counters: NetworkResult['interfaces'][number]['counters']): Readonly<Record<string, number>> {
  return {
    bytes_sent: counters.sentBytes ?? NaN,
    bytes_recv: counters.receivedBytes ?? NaN,
    packets_sent: counters.sentPackets ?? NaN,
    packets_recv: counters.receivedPackets ?? NaN,
    errin: counters.receiveErrors ?? NaN,
    errout: counters.sendErrors ?? NaN,
    dropin: counters.receiveDrops ?? NaN,
    dropout: counters.sendDrops ?? NaN,
  };
}

function compareLinks({ interfaces }: NetworkResult, links: readonly Json[]): void {
  assert.equal(interfaces.length, links.length);
  for (const link of links) {
    const one = interfaces.find(({ name }) => name === link['ifname']) ?? assert.fail(String(link['ifname']));
    const flags = (link['flags'] as readonly string[]).filter(
      (flag) => !['M-DOWN', 'PROMISC', 'ALLMULTI'].includes(flag),
    );
    assert.deepEqual(
      [one.index, one.state, one.mtuBytes, one.queueLength, one.macAddress, one.macBroadcast, one.master],
      [
        link['ifindex'],
        String(link['operstate']).toLowerCase(),
        link['mtu'],
        link['txqlen'],
        link['address'] ?? null,
        link['broadcast'] ?? null,
        link['master'] ?? null,
      ],
    );
    // ip shows PROMISC and ALLMULTI only where a user asked for them, /sys also where a bridge did.
    assert.deepEqual(
      one.flags.filter((flag) => !['RUNNING', 'PROMISC', 'ALLMULTI'].includes(flag)).sort(),
      flags.sort(),
      one.name,
    );
    assert.deepEqual(
      one.addresses.map((address) => [
        address.address,
        address.prefixLength,
        address.broadcast,
        address.scope,
        address.peer,
      ]),
      (link['addr_info'] as readonly Json[]).map((info) => [
        info['local'],
        info['prefixlen'],
        info['broadcast'] ?? null,
        info['scope'],
        info['address'] ?? null,
      ]),
    );
  }
}

function compareRoutes({ routes }: NetworkResult, routes4: readonly Json[], routes6: readonly Json[]): void {
  const bare = (destination: string): string => destination.replace(/\/(32|128)$/, '');
  const ours = routes.map((route) =>
    JSON.stringify([bare(route.destination), route.gateway, route.interface, route.table, route.metric]),
  );
  const theirs = [...routes4, ...routes6].flatMap((route) => {
    const hops = (route['nexthops'] as readonly Json[] | undefined) ?? [route];
    const { table = 'main', metric = 0 } = route;
    return hops.map(({ gateway = null, dev = null }) =>
      JSON.stringify([bare(route['dst'] as string), gateway, dev, table, metric]),
    );
  });
  assert.deepEqual(ours.toSorted(), theirs.toSorted());
}
