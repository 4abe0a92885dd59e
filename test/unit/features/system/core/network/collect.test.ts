import * as assert from 'node:assert/strict';
import { collectNetwork } from '../../../../../../src/features/system/core/network/collect';
import { kindOf, type KindSigns } from '../../../../../../src/features/system/core/network/kinds';
import { linkState } from '../../../../../../src/features/system/core/network/flags';
import type { InterfaceEntry } from '../../../../../../src/features/system/core/network/interfaceSchema';
import {
  networkInput,
  networkResult,
  type NetworkResult,
} from '../../../../../../src/features/system/core/network/schema';
import { networkReport } from '../../../../../../src/features/system/report/networkDetails';
import { ExpectedError } from '../../../../../../src/lib/errors';
import type { Machine } from '../../../../../../src/machine/machine';
import { fakeClock, memoryMachine, type FixtureExec, type MemoryEntry } from '../../../../../support/fixtureMachine';
import { COUNTERS, device, NETSTAT, OFFICE, SNMP } from './office';

const noIp = (): FixtureExec => {
  throw new ExpectedError('not-found', 'ip was not found');
};

/** Each reading sees the entries of its number, the last ones for all that follow. */
function machineOf(
  steps: readonly Readonly<Record<string, MemoryEntry>>[],
  exec: (command: readonly string[]) => FixtureExec = noIp,
): Machine {
  const machines = steps.map((entries) => memoryMachine(entries, { exec, name: 'gate' }));
  const [first = assert.fail()] = machines;
  let looks = 0;
  return {
    ...first,
    files: {
      ...first.files,
      readMany: (items, options) => {
        if (items.includes('/proc/net/dev')) looks++;
        return (machines[Math.min(looks, machines.length) - 1] ?? first).files.readMany(items, options);
      },
    },
  };
}

async function all(machine: Machine, input: unknown = {}, most = 2): Promise<readonly NetworkResult[]> {
  const results: NetworkResult[] = [];
  const options = {
    machine,
    signal: new AbortController().signal,
    live: most > 2,
    input: networkInput.parse(input),
    clock: fakeClock(),
  };
  for await (const result of collectNetwork(options)) {
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result, 'plain JSON');
    results.push(networkResult.parse(result));
    if (results.length === most) break;
  }
  return results;
}

const ask = async (machine: Machine, input: unknown = {}): Promise<NetworkResult> =>
  (await all(machine, input)).at(-1) ?? assert.fail();
const one = ({ interfaces }: NetworkResult, name: string): InterfaceEntry =>
  interfaces.find((entry) => entry.name === name) ?? assert.fail(name);

describe('system.network', () => {
  it('knows what each interface is, without ip', async () => {
    const result = await ask(machineOf([OFFICE]));
    assert.deepEqual(
      result.interfaces.map(({ name, kind, running, master, link }) => [name, kind, running, master, link].join(' ')),
      [
        'lo loopback true  ',
        'eth1 physical true bond0 ',
        'eth2 physical false bond0 ',
        'bond0 bond true  ',
        'bond0.7 vlan true  bond0',
        'wlan0 wireless false  ',
        'tun0 tun true  ',
      ],
    );
    const bond = one(result, 'bond0');
    assert.deepEqual(
      [bond.parts, bond.alias, bond.bond?.activeSlave, bond.multicastGroups],
      [['eth1', 'eth2'], 'uplink', 'eth1', ['224.0.0.1', 'ff02::1']],
    );
    assert.deepEqual(one(result, 'eth2').flags, ['UP', 'BROADCAST', 'SLAVE', 'MULTICAST', 'NO-CARRIER']);
    assert.deepEqual(
      [one(result, 'bond0.7').vlanId, one(result, 'eth1').speedBitsPerSecond, one(result, 'eth1').counters.crcErrors],
      [7, 1e9, 4],
    );
  });

  it('finds the interfaces of IPv4 addresses by their routes, and says of which it cannot', async () => {
    const result = await ask(machineOf([OFFICE]));
    const addresses = result.interfaces.flatMap(({ name, addresses: list }) =>
      list.map(
        (item) => `${name} ${item.address}/${item.prefixLength} ${item.netmask} ${item.broadcast} ${item.scope}`,
      ),
    );
    assert.deepEqual(addresses, [
      'lo 127.0.0.1/8 255.0.0.0 null host',
      'bond0 192.0.2.2/24 255.255.255.0 192.0.2.255 global',
      'bond0 fe80::1/64 ffff:ffff:ffff:ffff:: null link',
      'bond0 2001:db8::2/64 ffff:ffff:ffff:ffff:: null global',
      'bond0.7 10.7.0.1/16 255.255.0.0 null global',
    ]);
    assert.deepEqual(result.unassignedAddresses, ['10.99.0.1']);
    assert.equal(result.ipMissing, 'it is not installed');
    assert.deepEqual(result.resolvers, {
      servers: ['127.0.0.53'],
      search: ['office.example', 'example'],
      options: ['edns0', 'trust-ad'],
      upstream: ['192.0.2.1', '2001:db8::53'],
    });
    assert.deepEqual(
      result.neighbours.map(({ address, state, macAddress }) => [address, state, macAddress]),
      [
        ['192.0.2.1', 'complete', '02:fc:00:00:00:05'],
        ['192.0.2.77', 'incomplete', null],
      ],
    );
  });

  it('measures rates between two readings, by the clock of the machine', async () => {
    const later = {
      ...OFFICE,
      '/proc/uptime': '1002.50 901.00\n',
      '/proc/net/dev': COUNTERS([
        device('eth1', [9_500_000, 9500, 24, 2, 4_002_000, 7010]),
        device('lo', [400, 1, 0, 0, 400, 1]),
      ]),
      '/proc/net/snmp': SNMP(10_900, 150),
      '/proc/net/netstat': NETSTAT(24),
    };
    const [first, second] = await all(machineOf([OFFICE, later]));
    assert.deepEqual([first?.measuring, first?.interfaces[1]?.rates.receivedBytesPerSecond], [true, null]);
    assert.deepEqual([second?.measuring, second?.intervalSeconds], [false, 2]);
    assert.deepEqual(
      second?.interfaces.map(({ name }) => name),
      ['eth1', 'lo'],
      'interfaces come and go',
    );
    const { rates } = one(second ?? assert.fail(), 'eth1');
    assert.deepEqual(rates, {
      receivedBytesPerSecond: 250_000,
      sentBytesPerSecond: 1000,
      receivedPacketsPerSecond: 250,
      sentPacketsPerSecond: 5,
      errorsPerSecond: 10,
      dropsPerSecond: 0,
    });
    assert.equal(one(second ?? assert.fail(), 'lo').rates.sentBytesPerSecond, null, 'a counter that stepped back');
    assert.deepEqual(second?.retransmitPercent, { now: 10, total: 1.4 });
    assert.deepEqual(
      second?.findings.map(({ kind, subject, value }) => [kind, subject, value].join(' ')),
      ['listenOverflows  10', 'retransmits  10', 'interfaceErrors eth1 10', 'halfDuplex eth1 '],
    );
    const shown = networkReport(second ?? assert.fail());
    assert.equal(shown.status, 'warning');
    assert.match(
      shown.verdict,
      /^10 connections a second are turned away, .*; 10% of the TCP segments have to be sent again; and 2 more\. Otherwise: /,
    );
  });

  it('tells what is wrong with links and addresses', async () => {
    const { findings } = await ask(machineOf([OFFICE]));
    assert.deepEqual(
      findings.map(({ kind, subject }) => `${kind} ${subject}`),
      ['duplicateAddress 2001:db8::2', 'bondSlaveDown eth2', 'halfDuplex eth1'],
    );
    const quiet = await ask(machineOf([{ '/proc/net/dev': COUNTERS([device('lo', [0, 0, 0, 0, 0, 0])]) }]));
    assert.deepEqual(
      quiet.findings.map(({ kind }) => kind),
      ['noResolver'],
    );
  });

  it('takes the word of ip where it has it, once in five seconds', async () => {
    const commands: string[] = [];
    const exec = (command: readonly string[]): FixtureExec => {
      commands.push(command.join(' '));
      if (command.includes('addr'))
        return JSON.stringify([
          {
            ifindex: 9,
            ifname: 'vx0',
            flags: ['UP', 'LOWER_UP'],
            mtu: 1450,
            operstate: 'UNKNOWN',
            linkinfo: { info_kind: 'vxlan' },
            addr_info: [{ family: 'inet', local: '10.1.0.1', prefixlen: 24, scope: 'global' }],
          },
        ]);
      if (command.includes('rule'))
        return command.includes('-6') ? '' : '[{"priority":9,"src":"10.0.0.1","table":"100"}]';
      if (command.includes('neigh')) return { exitCode: 255, stderr: 'Object "neigh" is unknown' };
      return command.includes('-4')
        ? '[{"type":"unicast","dst":"default","gateway":"10.1.0.254","dev":"vx0","flags":[]},{"type":"local","dst":"10.1.0.1","dev":"vx0","table":"local","flags":[]},{"type":"blackhole","dst":"10.2.0.0/16","table":"100","flags":[]}]'
        : '[]';
    };
    const entries = {
      '/proc/net/dev': COUNTERS([device('vx0', [1, 1, 0, 0, 1, 1])]),
      '/proc/net/arp': OFFICE['/proc/net/arp'] ?? '',
    };
    const results = await all(machineOf([entries], exec), {}, 4);
    const result = results[0] ?? assert.fail();
    const [vx0] = result.interfaces;
    assert.deepEqual(
      [vx0?.kind, vx0?.mtuBytes, vx0?.running, vx0?.state, vx0?.addresses[0]?.netmask],
      ['vxlan', 1450, true, 'unknown', '255.255.255.0'],
    );
    assert.deepEqual(
      result.routes.map(({ destination, table, type }) => `${destination} ${table} ${type}`),
      ['default main unicast', '10.2.0.0/16 100 blackhole'],
    );
    assert.deepEqual(result.rules, [{ family: 'ipv4', priority: 9, text: 'from 10.0.0.1 lookup 100' }]);
    assert.equal(result.neighbours.length, 2, 'from /proc, where ip fails');
    assert.equal(commands.length, 6);
    const everything = await ask(machineOf([entries], exec), { allTables: true });
    assert.ok(everything.routes.some(({ destination, table }) => destination === '10.1.0.1/32' && table === 'local'));
  });

  it('shows one interface with what belongs to it', async () => {
    const result = await ask(machineOf([OFFICE]), { interface: 'bond0.7' });
    assert.deepEqual(
      [result.interfaces.length, result.routes.map(({ destination }) => destination), result.neighbours],
      [1, ['10.7.0.0/16'], []],
    );
    await assert.rejects(ask(machineOf([OFFICE]), { interface: 'eth9' }), /There is no interface eth9 on gate/);
  });

  it('needs /proc/net/dev only', async () => {
    await assert.rejects(
      ask(machineOf([{ '/proc/uptime': '1 1\n' }])),
      /The network of gate comes from \/proc\/net\/dev/,
    );
    const result = await ask(machineOf([{ '/proc/net/dev': COUNTERS([device('eth\xc3\xa9', [1, 2, 3, 4, 5, 6])]) }]));
    assert.deepEqual(
      result.interfaces.map(({ kind, flags, state, mtuBytes }) => [kind, flags, state, mtuBytes]),
      [['unknown', [], null, null]],
    );
  });
});

describe('kinds and flags of interfaces', () => {
  const signs: KindSigns = {
    infoKind: null,
    deviceType: null,
    hardwareType: 1,
    files: new Set(['flags']),
    linked: false,
    tunFlags: null,
  };

  it('show in what ip or /sys tells', () => {
    const kinds = [
      { ...signs, infoKind: 'wireguard' },
      { ...signs, deviceType: 'bridge' },
      { ...signs, tunFlags: 0x1002 },
      { ...signs, linked: true },
      { ...signs, linked: true, files: new Set(['lower_eth0']) },
      { ...signs, hardwareType: 776 },
      { ...signs, hardwareType: 512 },
      { ...signs, files: new Set(['device', 'wireless']) },
      { ...signs, infoKind: 'ifb' },
    ].map(kindOf);
    assert.deepEqual(kinds, ['wireguard', 'bridge', 'tap', 'veth', 'virtual', 'tunnel', 'ppp', 'wireless', 'virtual']);
  });

  it('follow the state of the link', () => {
    assert.deepEqual(linkState('0x1002', 'down', null), {
      flags: ['BROADCAST', 'MULTICAST'],
      up: false,
      running: false,
    });
    assert.deepEqual(linkState('0x1003', 'dormant', true)?.flags, [
      'UP',
      'BROADCAST',
      'MULTICAST',
      'LOWER_UP',
      'DORMANT',
    ]);
    assert.equal(linkState('rubbish', 'up', true), null);
  });
});
