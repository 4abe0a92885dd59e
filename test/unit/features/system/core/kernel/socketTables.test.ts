import * as assert from 'node:assert/strict';
import {
  etherTypeName,
  ipProtocolName,
  netlinkName,
  parseNetlinkSockets,
  parsePacketSockets,
} from '../../../../../../src/features/system/core/kernel/netProtocols';
import {
  hexAddress,
  ipv6Bytes,
  ipv6Text,
  isBigEndian,
  netmaskText,
  networkHexAddress,
} from '../../../../../../src/features/system/core/kernel/socketAddress';
import { parseInetSockets, parseUnixSockets } from '../../../../../../src/features/system/core/kernel/socketTables';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

describe('addresses of /proc/net', () => {
  it('are words in the byte order of the machine', () => {
    assert.equal(hexAddress('0100007F'), '127.0.0.1');
    assert.equal(hexAddress('7F000001', true), '127.0.0.1');
    assert.equal(hexAddress('00000000000000000000000001000000'), '::1');
    assert.equal(hexAddress('00000000000000000000000000000001', true), '::1');
    assert.equal(networkHexAddress('fe8000000000000000fc00fffe000001'), 'fe80::fc:ff:fe00:1');
    for (const rubbish of ['', '7F', '0100007G', '010000', '0'.repeat(33)])
      assert.equal(hexAddress(rubbish), null, rubbish);
  });

  it('are written as RFC 5952 and inet_ntop have them', () => {
    const texts = [
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::10.0.0.1',
      '2001:db8::1',
      '2001:db8:0:1:1:1:1:1',
      '2001:0:0:1::1',
      '1::',
      'fd12:3456:789a:bcde:f012:3456:789a:bcde',
      '::ffff:0:0:1',
    ];
    for (const text of texts) assert.equal(ipv6Text(ipv6Bytes(text)), text);
  });

  it('have netmasks', () => {
    assert.equal(netmaskText(0, 'ipv4'), '0.0.0.0');
    assert.equal(netmaskText(20, 'ipv4'), '255.255.240.0');
    assert.equal(netmaskText(64, 'ipv6'), 'ffff:ffff:ffff:ffff::');
    assert.equal(netmaskText(128, 'ipv6'), 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff');
  });

  it('show by the auxiliary vector which byte comes first', () => {
    assert.equal(isBigEndian('\x21\0\0\0\0\0\0\0'), false);
    assert.equal(isBigEndian('\0\0\0\0\0\0\0\x21'), true, '64 bits');
    assert.equal(isBigEndian('\0\0\0\x10\0\0\0\0'), true, '32 bits');
    assert.equal(isBigEndian(''), false);
  });
});

describe('/proc/net/tcp and the like', () => {
  it('gives every column', () => {
    const line =
      '   3: 0100007F:1F90 0200000A:C350 01 00000010:00000020 01:00000014 00000002  1000        3 424242 2 0000000000000000 20 4 30 10 -1\n';
    assert.deepEqual(parseInetSockets(HEAD + line, 'ipv4', 'tcp'), [
      {
        family: 'ipv4',
        protocol: 'tcp',
        localAddress: '127.0.0.1',
        localPort: 8080,
        remoteAddress: '10.0.0.2',
        remotePort: 50_000,
        state: 'established',
        sendQueueBytes: 16,
        receiveQueueBytes: 32,
        timer: 'retransmit',
        timerTicks: 20,
        retransmits: 2,
        probes: 3,
        uid: 1000,
        inode: 424_242,
        drops: null,
      },
    ]);
  });

  it('knows all states, the hidden one of half-open connections too', () => {
    const states = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '0A', '0B', '0C', '63'].map((state) => {
      const line = ` 0: 00000000:0001 00000000:0000 ${state} 0:0 00:0 0 0 0 1\n`;
      return parseInetSockets(line, 'ipv4', 'tcp')[0]?.state;
    });
    assert.deepEqual(states, [
      'established',
      'syn-sent',
      'syn-recv',
      'fin-wait-1',
      'fin-wait-2',
      'time-wait',
      'closed',
      'close-wait',
      'last-ack',
      'listening',
      'closing',
      'syn-recv',
      'unknown',
    ]);
  });

  it('calls a datagram socket without a peer unconnected, and counts its drops', () => {
    const line =
      ' 12: 00000000:0035 00000000:0000 07 00000000:00000300 00:00000000 00000000   101        0 777 2 0 9\n';
    const [socket] = parseInetSockets(HEAD + line, 'ipv4', 'udp');
    assert.deepEqual([socket?.state, socket?.drops, socket?.receiveQueueBytes], ['unconnected', 9, 768]);
  });

  it('reads IPv6, kernels of 2.6 that end after the inode, and machines that put the highest byte first', () => {
    const line =
      '  0: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 5\n';
    assert.equal(parseInetSockets(line, 'ipv6', 'tcp')[0]?.localAddress, '::1');
    const turned = '  0: 7F000001:0050 00000000:0000 0A 0:0 00:0 0 0 0 5\n';
    assert.equal(parseInetSockets(turned, 'ipv4', 'tcp', true)[0]?.localAddress, '127.0.0.1');
  });

  it('leaves out what is no socket, and a line that was cut', () => {
    const text = `${HEAD}\n 0: zz:0050 0:0 0A\n 1: 0100007F:0050 00000000:0000 0A 0:0 00:0 0 0 0 5\n 2: 0100007F:0051 00000000:0000 0A 0:0 00:0 0 0 0 5`;
    assert.deepEqual(
      parseInetSockets(text, 'ipv4', 'tcp').map(({ localPort }) => localPort),
      [80],
    );
  });
});

describe('/proc/net/unix', () => {
  const head = 'Num       RefCount Protocol Flags    Type St Inode Path\n';
  const line = (rest: string): string => `0000000000000000: 00000002 00000000 ${rest}\n`;

  it('reads types, states and names', () => {
    const text =
      head +
      line('00010000 0001 01 18034 /run/systemd/private') +
      line('00000000 0002 01    12 @abstract@name') +
      line('00000000 0005 03 99999999') +
      line('00000000 0001 02     0 /run/waiting');
    assert.deepEqual(parseUnixSockets(text), [
      { type: 'stream', state: 'listening', inode: 18_034, path: '/run/systemd/private' },
      { type: 'datagram', state: 'unconnected', inode: 12, path: '@abstract@name' },
      { type: 'seqpacket', state: 'established', inode: 99_999_999, path: null },
      { type: 'stream', state: 'syn-sent', inode: 0, path: '/run/waiting' },
    ]);
  });

  it('keeps blanks, line feeds and bytes of paths', () => {
    const text = head + line('00000000 0001 01 7 /tmp/a 12  b\nNum: x\xff') + line('00000000 0001 01 8 /\xc3\xa9');
    assert.deepEqual(
      parseUnixSockets(text).map(({ inode, path }) => [inode, path]),
      [
        [7, '/tmp/a 12  b\nNum: x\\xff'],
        [8, '/é'],
      ],
    );
  });
});

describe('packet and netlink sockets', () => {
  it('are read, of old kernels too', () => {
    const packet =
      'sk       RefCnt Type Proto  Iface R Rmem   User   Inode\nffff 3 3    0003   2     1 70704  0      1380380\nffff 3 2    88cc   0     1 0  101      7\n';
    assert.deepEqual(parsePacketSockets(packet), [
      { type: 'raw', protocolNumber: 3, interfaceIndex: 2, receiveQueueBytes: 70_704, uid: 0, inode: 1_380_380 },
      { type: 'datagram', protocolNumber: 0x88cc, interfaceIndex: 0, receiveQueueBytes: 0, uid: 101, inode: 7 },
    ]);
    const netlink =
      'sk       Eth Pid    Groups   Rmem     Wmem     Dump     Locks\nffff 15  -4242  00000001 5 6 0 2\nffff 0   812 00000000 0 0 0 2 3 9876\n';
    assert.deepEqual(parseNetlinkSockets(netlink), [
      { protocolNumber: 15, portId: 4_294_963_054, receiveQueueBytes: 5, sendQueueBytes: 6, drops: null, inode: null },
      { protocolNumber: 0, portId: 812, receiveQueueBytes: 0, sendQueueBytes: 0, drops: 3, inode: 9876 },
    ]);
  });

  it('have protocols with names, or their numbers', () => {
    assert.deepEqual([netlinkName(0), netlinkName(99)], ['route', '99']);
    assert.deepEqual([etherTypeName(3), etherTypeName(0x1234)], ['all', '0x1234']);
    assert.deepEqual([ipProtocolName(1), ipProtocolName(200)], ['icmp', '200']);
  });
});
