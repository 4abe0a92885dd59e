import * as assert from 'node:assert/strict';
import { maskOf, masks, parseMasks } from '../../../../../../src/features/compare/core/text/masks';
import { textsReport } from '../../../../../../src/features/compare/report/texts';
import { compared } from '../config/support';

const all = maskOf(new Set(masks)) ?? assert.fail('no mask');

describe('masks of a log', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['2026-11-28T12:59:20.123456+08:00 web01 app[4711]: up', '<time> web01 app<pid>: up'],
    ['2026-11-28 12:59:20,123 INFO ok', '<time> INFO ok'],
    ['Nov 28 12:59:20 web01 sshd[99]: from 192.0.2.7 port 22', '<time> web01 sshd<pid>: from <address> port 22'],
    [
      '192.0.2.7 - - [28/Nov/2026:12:59:20 +0000] "GET / HTTP/1.1" 200 612',
      '<address> - - [<time>] "GET / HTTP/1.1" 200 612',
    ],
    ['Sat, 28 Nov 2026 12:59:20 GMT', '<time>'],
    ['Sat Nov 28 12:59:20 2026', '<time>'],
    ['[   12.345678] usb 1-1: new', '<time> usb 1-1: new'],
    ['at 1764334760.123 took 12 ms', 'at <time> took 12 ms'],
    ['id 123e4567-e89b-12d3-a456-426614174000.', 'id <uuid>.'],
    ['segfault at 0x7ffd1234 ip 00007f1a2b3c4d5e', 'segfault at <hex> ip <hex>'],
    ['peer 2001:db8::1, [fe80::1]:443 and ::1.', 'peer <address>, [<address>]:443 and <address>.'],
    [
      'pid=12 tid: 7 process 9 version 1.2.3.4.5 a::b',
      'pid=<pid> tid: <pid> process <pid> version 1.2.3.4.5 <address>',
    ],
    ['std::string x[3] 10:20 deadbeef', 'std::string x[3] 10:20 deadbeef'],
  ];
  for (const [line, masked] of cases) it(line, () => assert.equal(all(line), masked));

  it('can be chosen one by one', () => {
    const line = '2026-11-28 12:59:20 app[1]: 192.0.2.7';
    assert.equal(maskOf(parseMasks('pids') ?? new Set())?.(line), '2026-11-28 12:59:20 app<pid>: 192.0.2.7');
    assert.equal(maskOf(parseMasks('addresses,timestamps') ?? new Set())?.(line), '<time> app[1]: <address>');
    assert.equal(parseMasks('pids,nonsense'), null);
    assert.equal(parseMasks('all')?.size, masks.length);
  });

  it('make two runs of a program the same, and say so', () => {
    const left = { name: 'a.log', text: 'Nov 28 12:59:20 app[12]: up at 0x1f\nNov 28 12:59:21 app[12]: done\n' };
    const right = { name: 'b.log', text: 'Nov 29 01:00:01 app[7]: up at 0x2e\nNov 29 01:00:09 app[7]: done\n' };
    const comparison = compared(left, right, 'auto', { mask: 'all' });
    assert.equal(comparison.outcome, 'ignored');
    assert.match(
      textsReport(comparison).verdict,
      /does not count: timestamps, process IDs, UUIDs, IP addresses, hexadecimal/,
    );
    assert.equal(compared(left, right, 'auto', { mask: 'timestamps' }).outcome, 'different');
  });

  it('take no longer than a line is long', () => {
    for (const piece of [
      '1',
      'a',
      ':',
      '1:',
      '1.',
      'ab:',
      '2026-11-28',
      '[1',
      '0x',
      'Nov 28 ',
      ' ',
      '1764334760',
      'pid ',
    ]) {
      assert.ok(all(piece.repeat(1_000_000 / piece.length)).length > 0);
    }
  }).timeout(60_000);
});
