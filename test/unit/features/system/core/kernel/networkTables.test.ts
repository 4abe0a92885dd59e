import * as assert from 'node:assert/strict';
import { parseBonding } from '../../../../../../src/features/system/core/kernel/bonding';
import { parseFibTrie } from '../../../../../../src/features/system/core/kernel/fibTrie';
import { parseIfInet6 } from '../../../../../../src/features/system/core/kernel/ifInet6';
import {
  parseIpAddr,
  parseIpNeighbours,
  parseIpRoutes,
  parseIpRules,
} from '../../../../../../src/features/system/core/kernel/ipAddrJson';
import { parseSnmp, parseSnmp6 } from '../../../../../../src/features/system/core/kernel/netSnmp';
import { parseRoutes4, parseRoutes6 } from '../../../../../../src/features/system/core/kernel/routes';
import { parseSsTcp, parseSsUnix } from '../../../../../../src/features/system/core/kernel/ssOutput';

describe('routes of /proc/net', () => {
  it('are read for IPv4', () => {
    const text =
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n' +
      'eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0   \n' +
      'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n' +
      '*\t0000430A\t00000000\t0201\t0\t0\t0\t0000FFFF\t0\t0\t0\n' +
      'ppp0\t0200080A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0\n';
    assert.deepEqual(
      parseRoutes4(text).map((route) =>
        [
          route.destination,
          route.prefixLength,
          route.gateway,
          route.interfaceName,
          route.metric,
          route.type,
          route.flags,
        ].join(' '),
      ),
      [
        '0.0.0.0 0 192.0.2.1 eth0 100 unicast UG',
        '192.0.2.0 24  eth0 0 unicast U',
        '10.67.0.0 16   0 unreachable U!',
        '10.8.0.2 32  ppp0 0 unicast UH',
      ],
    );
    assert.equal(parseRoutes4('eth0 C0000200 00000000 0001 0 0 0 FFFFFF00 0 0 0\n', true)[0]?.destination, '192.0.2.0');
  });

  it('are read for IPv6, without the entry that says that there is none', () => {
    const none = '0'.repeat(32);
    const text =
      `${none} 00 ${none} 00 fd000000000000000000000000000001 00000400 00000003 00000000 00000003     eth0\n` +
      `fd000000000000000000000000000002 80 ${none} 00 ${none} 00000000 00000004 00000000 80200001     eth0\n` +
      `ff000000000000000000000000000000 08 ${none} 00 ${none} 00000100 00000004 00000000 00000001     eth0\n` +
      `${none} 00 ${none} 00 ${none} ffffffff 00000001 00000000 00200200       lo\n`;
    assert.deepEqual(
      parseRoutes6(text).map((route) =>
        [route.destination, route.prefixLength, route.gateway, route.metric, route.type].join(' '),
      ),
      [':: 0 fd00::1 1024 unicast', 'fd00::2 128  0 local', 'ff00:: 8  256 multicast'],
    );
  });
});

describe('addresses of /proc/net', () => {
  it('are the leaves of the trie that are local', () => {
    const text =
      'Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 0.0.0.0\n        /0 universe UNICAST\n     +-- 127.0.0.0/8 2 0 2\n' +
      '           |-- 127.0.0.0\n              /8 host LOCAL\n           |-- 127.0.0.1\n              /32 host LOCAL\n' +
      '     +-- 192.0.2.0/24 2 0 2\n           |-- 192.0.2.0\n              /24 link UNICAST\n           |-- 192.0.2.2\n              /32 host LOCAL\n        |-- 192.0.2.255\n           /32 link BROADCAST\n' +
      'Local:\n  +-- 0.0.0.0/0 3 0 5\n           |-- 192.0.2.2\n              /32 host LOCAL\n';
    assert.deepEqual(parseFibTrie(text), { local: ['127.0.0.1', '192.0.2.2'], broadcast: ['192.0.2.255'] });
    assert.deepEqual(parseFibTrie('rubbish\n   /32 host LOCAL\n'), { local: [], broadcast: [] });
  });

  it('are those of if_inet6, with scope and flags', () => {
    const text =
      'fe8000000000000000fc00fffe000001 04 40 20 80     eth0\n' +
      '20010db8000000000000000000000001 04 40 00 221  eth0\n' +
      '00000000000000000000000000000001 01 80 10 80       lo\nrubbish\n';
    assert.deepEqual(
      parseIfInet6(text).map((one) =>
        [one.interfaceName, one.address, one.prefixLength, one.scope, one.flags.join()].join(' '),
      ),
      [
        'eth0 fe80::fc:ff:fe00:1 64 link ',
        'eth0 2001:db8::1 64 global dynamic,temporary,deprecated,noprefixroute',
        'lo ::1 128 host ',
      ],
    );
  });
});

describe('counters of protocols', () => {
  it('are pairs of lines, or lines of their own for IPv6', () => {
    const text = 'Tcp: RtoMin MaxConn RetransSegs\nTcp: 200 -1 2331\nUdp: InDatagrams\nUdp: 7 8\nIp: A\n';
    assert.deepEqual(parseSnmp(text), [
      { protocol: 'Tcp', name: 'RtoMin', value: 200 },
      { protocol: 'Tcp', name: 'MaxConn', value: -1 },
      { protocol: 'Tcp', name: 'RetransSegs', value: 2331 },
    ]);
    assert.deepEqual(
      parseSnmp6('Ip6InReceives                   \t302\nUdpLite6InErrors\t1\nUdp6NoPorts 4\nOther 1\nIp6 x\n'),
      [
        { protocol: 'Ip6', name: 'InReceives', value: 302 },
        { protocol: 'UdpLite6', name: 'InErrors', value: 1 },
        { protocol: 'Udp6', name: 'NoPorts', value: 4 },
      ],
    );
  });
});

describe('/proc/net/bonding', () => {
  it('tells of the bond and each of its interfaces', () => {
    const text =
      'Ethernet Channel Bonding Driver: v5.15.0\n\nBonding Mode: fault-tolerance (active-backup)\nPrimary Slave: None\nCurrently Active Slave: eth1\nMII Status: up\nMII Polling Interval (ms): 100\n\n' +
      'Slave Interface: eth1\nMII Status: up\nSpeed: 10000 Mbps\nDuplex: full\nLink Failure Count: 0\n\n' +
      'Slave Interface: eth2\nMII Status: down\nSpeed: Unknown\nDuplex: Unknown\nLink Failure Count: 3\n';
    assert.deepEqual(parseBonding(text), {
      mode: 'fault-tolerance (active-backup)',
      activeSlave: 'eth1',
      linkUp: true,
      slaves: [
        { name: 'eth1', linkUp: true, speed: '10000 Mbps', linkFailures: 0 },
        { name: 'eth2', linkUp: false, speed: null, linkFailures: 3 },
      ],
    });
    assert.deepEqual(parseBonding(''), { mode: null, activeSlave: null, linkUp: null, slaves: [] });
  });
});

describe('the JSON of ip', () => {
  it('tells links with their addresses', () => {
    const text = JSON.stringify([
      {},
      {
        ifindex: 7,
        link: 'eth0',
        ifname: 'eth0.7',
        flags: ['BROADCAST', 'UP', 'LOWER_UP'],
        mtu: 1500,
        operstate: 'UP',
        txqlen: 1000,
        address: '02:00:00:00:00:01',
        linkinfo: { info_kind: 'vlan', info_data: { protocol: '802.1Q', id: 7, flags: [] } },
        addr_info: [
          {
            family: 'inet',
            local: '10.7.0.1',
            prefixlen: 16,
            broadcast: '10.7.255.255',
            scope: 'global',
            dynamic: true,
            label: 'eth0.7',
            valid_life_time: 3600,
            preferred_life_time: 1800,
          },
          {
            family: 'inet',
            local: '10.8.0.1',
            address: '10.8.0.2',
            prefixlen: 32,
            scope: 'global',
            valid_life_time: 4294967295,
            preferred_life_time: 4294967295,
          },
          { family: 'ipx' },
        ],
      },
    ]);
    const [link, ...others] = parseIpAddr(text) ?? [];
    assert.deepEqual(others, []);
    assert.deepEqual(
      [link?.name, link?.state, link?.kind, link?.vlanId, link?.link, link?.master],
      ['eth0.7', 'up', 'vlan', 7, 'eth0', null],
    );
    assert.deepEqual(
      link?.addresses.map((one) => [one.address, one.peer, one.validSeconds, one.preferredSeconds, one.flags.join()]),
      [
        ['10.7.0.1', null, 3600, 1800, 'dynamic'],
        ['10.8.0.1', '10.8.0.2', null, null, ''],
      ],
    );
  });

  it('tells routes, a line for each gateway', () => {
    const text = JSON.stringify([
      {
        type: 'unicast',
        dst: 'default',
        gateway: '192.0.2.1',
        dev: 'eth0',
        protocol: 'dhcp',
        metric: 100,
        prefsrc: '192.0.2.2',
        flags: [],
      },
      {
        type: 'unicast',
        dst: '10.68.0.0/16',
        nexthops: [
          { gateway: '10.9.0.4', dev: 'br0', weight: 1, flags: [] },
          { via: { family: 'inet6', host: 'fe80::1' }, dev: 'br1', flags: ['dead'] },
        ],
      },
      { type: 'blackhole', dst: '10.67.0.0/16', table: 100 },
    ]);
    assert.deepEqual(
      parseIpRoutes(text)?.map((route) =>
        [route.type, route.destination, route.gateway, route.interfaceName, route.table, route.flags.join()].join(' '),
      ),
      [
        'unicast default 192.0.2.1 eth0 main ',
        'unicast 10.68.0.0/16 10.9.0.4 br0 main ',
        'unicast 10.68.0.0/16 fe80::1 br1 main dead',
        'blackhole 10.67.0.0/16   100 ',
      ],
    );
  });

  it('tells neighbours and rules', () => {
    assert.deepEqual(
      parseIpNeighbours(
        '[{"dst":"192.0.2.1","dev":"eth0","lladdr":"02:fc:00:00:00:05","state":["REACHABLE"]},{"dst":"fd00::1","dev":"eth0","state":["FAILED"]}]',
      ),
      [
        { address: '192.0.2.1', interfaceName: 'eth0', macAddress: '02:fc:00:00:00:05', state: 'reachable' },
        { address: 'fd00::1', interfaceName: 'eth0', macAddress: null, state: 'failed' },
      ],
    );
    const rules =
      '[{"priority":0,"src":"all","table":"local"},{"priority":9,"src":"10.9.0.0","srclen":24,"iif":"eth0","table":"100"},{"priority":10,"src":"all","dst":"10.0.0.1","not":null}]';
    assert.deepEqual(
      parseIpRules(rules)?.map(({ priority, text }) => `${priority} ${text}`),
      ['0 from all lookup local', '9 from 10.9.0.0/24 iif eth0 lookup 100', '10 from all to 10.0.0.1 not'],
    );
  });

  it('may be nothing, or no JSON', () => {
    assert.deepEqual(parseIpAddr(''), []);
    assert.equal(parseIpAddr('1: lo: <LOOPBACK,UP> mtu 65536'), null);
    assert.equal(parseIpRoutes('{"dst":"default"}'), null);
    assert.deepEqual(parseIpRoutes('[null, 7, "x", {"dst":{}}]'), []);
  });
});

describe('the output of ss', () => {
  const text =
    'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n' +
    'LISTEN 3      128    127.0.0.53%lo:53        0.0.0.0:*    uid:101 ino:109 sk:1 cgroup:/ <->\n\t cubic cwnd:10\n' +
    'ESTAB  0      0      192.0.2.2:22 192.0.2.9:5044 timer:(keepalive,98min,0) ino:7 sk:2 <->\n' +
    '\t ts sack bbr wscale:10,10 rto:208 rtt:5.278/10.504 mss:1448 cwnd:14 bytes_sent:134518 bytes_retrans:34518 bytes_acked:100001 lastrcv:992 delivery_rate 27720648bps unacked:2 retrans:0/3 lost:1 minrtt:0.018\n' +
    'TIME-WAIT 0 0 192.0.2.2:22 192.0.2.9:5045 timer:(timewait,30sec,0) ino:0 sk:3\n';

  it('tells what the kernel knows of a connection', () => {
    const sockets = parseSsTcp(text);
    assert.deepEqual([...sockets.keys()], [109, 7]);
    assert.deepEqual(sockets.get(7), {
      listening: false,
      backlogLimit: null,
      interfaceName: null,
      roundTripMs: 5.278,
      roundTripVarianceMs: 10.504,
      minimumRoundTripMs: 0.018,
      congestionWindow: 14,
      congestionControl: 'bbr',
      segmentBytes: 1448,
      ackedBytes: 100_001,
      receivedBytes: 0,
      retransmittedBytes: 34_518,
      retransmits: 3,
      lostSegments: 1,
      unackedSegments: 2,
      deliveryBitsPerSecond: 27_720_648,
      lastReceivedMs: 992,
    });
    assert.deepEqual(
      [sockets.get(109)?.backlogLimit, sockets.get(109)?.interfaceName, sockets.get(109)?.receivedBytes],
      [128, 'lo', null],
    );
  });

  it('has no counters of kernels that keep none', () => {
    const old = 'ESTAB 0 0 10.0.0.1:22 10.0.0.2:5 ino:7 sk:ffff\n\t cubic rto:208 rtt:5/10 cwnd:14\n';
    assert.deepEqual([parseSsTcp(old).get(7)?.ackedBytes, parseSsTcp(old).get(7)?.retransmits], [null, 0]);
    assert.equal(parseSsTcp('rubbish\n\t more\n').size, 0);
  });

  it('tells the other ends of unix sockets, whatever their paths are', () => {
    const lines =
      'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\n' +
      'u_str LISTEN 1      5      /tmp/a 12 b.sock 99            * 0          \n' +
      'u_str ESTAB  0      0                     * 1587           * 1588 \n' +
      'u_str ESTAB  2      0      /run/x 1589   /tmp/a 12 b.sock 99 <->\n' +
      'u_dgr UNCONN 0      0      @x 7 * 0\n';
    const paths = new Map([
      [99, '/tmp/a 12 b.sock'],
      [1587, null],
      [1589, '/run/x'],
      [12, '/tmp/other'],
      [7, '@x'],
    ]);
    assert.deepEqual(
      [...parseSsUnix(lines, paths).values()].map((one) => [one.inode, one.receiveQueue, one.sendQueue, one.peerInode]),
      [
        [99, 1, 5, null],
        [1587, 0, 0, 1588],
        [1589, 2, 0, 99],
        [7, 0, 0, null],
      ],
    );
  });
});
