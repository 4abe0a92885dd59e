import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeBytes } from '../../../../../../src/features/system/core/kernel/bytes';
import { parseAuxv } from '../../../../../../src/features/system/core/kernel/clockTicks';
import { parsePasswd } from '../../../../../../src/features/system/core/kernel/passwd';
import {
  parseArguments,
  parseLinkTarget,
  programName,
} from '../../../../../../src/features/system/core/kernel/processArguments';
import { parseProcessIo } from '../../../../../../src/features/system/core/kernel/processIo';
import { inodesOfPort, socketInode } from '../../../../../../src/features/system/core/kernel/processSockets';
import {
  isKernelThread,
  parseProcessStat,
  schedulingPolicyOf,
} from '../../../../../../src/features/system/core/kernel/processStat';
import { parseProcessStatm } from '../../../../../../src/features/system/core/kernel/processStatm';
import { parseProcessStatus } from '../../../../../../src/features/system/core/kernel/processStatus';
import { parseTerminalDrivers, terminalName } from '../../../../../../src/features/system/core/kernel/terminal';

const latin1 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('latin1');

/** Linux 6.18, a node process. */
const STAT =
  '16593 (NAME) S 16506 16507 11400 34817 -1 4194304 1100 7 3 4 51 12 8 9 20 0 11 0 1373831 3133440 351 ' +
  '18446744073709551615 94695740088320 94695740108201 140720891117312 0 0 0 0 0 0 0 0 0 17 1 0 0 23 0 0 ' +
  '94695740124208 94695740125824 94696564748288 140720891120116 140720891120168 140720891120168 140720891121643 0\n';

describe('bytes as text', () => {
  it('decodes what is UTF-8 and escapes what is not', () => {
    assert.equal(decodeBytes(latin1('café 进程 🐧')), 'café 进程 🐧');
    assert.equal(decodeBytes('a\xff\xfeb'), 'a\\xff\\xfeb');
    assert.equal(decodeBytes('\xe2\x82'), '\\xe2\\x82', 'cut within a character');
    assert.equal(decodeBytes('\xc0\xaf'), '\\xc0\\xaf', 'longer than needed');
    assert.equal(decodeBytes('\xed\xa0\x80'), '\\xed\\xa0\\x80', 'a surrogate');
    assert.equal(decodeBytes('\xf4\x90\x80\x80'), '\\xf4\\x90\\x80\\x80', 'beyond the last character');
    assert.equal(decodeBytes('\xef\xbf\xbd'), '\ufffd', 'the replacement character itself');
  });

  it('takes every text there and back, and agrees with TextDecoder on every other', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => decodeBytes(latin1(text)) === text));
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const decoded = decodeBytes(latin1(bytes));
        let expected: string | undefined;
        try {
          expected = decoder.decode(bytes);
        } catch {
          assert.match(decoded, /\\x[0-9a-f]{2}/);
        }
        if (expected !== undefined) assert.equal(decoded, expected);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('/proc/PID/stat', () => {
  it('is read field by field', () => {
    assert.deepEqual(parseProcessStat(STAT), {
      pid: 16593,
      name: 'NAME',
      nameBytes: 'NAME',
      state: 'sleeping',
      parentPid: 16506,
      groupId: 16507,
      sessionId: 11400,
      terminal: 34817,
      flags: 4194304,
      minorFaults: 1100,
      majorFaults: 3,
      userTicks: 51,
      systemTicks: 12,
      childrenUserTicks: 8,
      childrenSystemTicks: 9,
      priority: 20,
      nice: 0,
      threads: 11,
      startTicks: 1373831,
      virtualBytes: 3133440,
      residentPages: 351,
      cpu: 1,
      realtimePriority: 0,
      policy: 0,
      ioWaitTicks: 23,
    });
  });

  it('is not misled by the name', () => {
    for (const name of [') x', 'a) R 1 (b', '((', 'a\nb', '\\n', ' ', '', '12 (x) S 1', '\xff\xfe']) {
      const stat = parseProcessStat(STAT.replace('NAME', () => name));
      assert.equal(stat?.nameBytes, name);
      assert.equal(stat.name, decodeBytes(name));
      assert.equal(stat.startTicks, 1373831, name);
    }
  });

  it('knows negative numbers and every state', () => {
    const stat = parseProcessStat(STAT.replace(' 20 0 11 ', ' -51 -20 11 ').replace(') S', ') D'));
    assert.deepEqual([stat?.priority, stat?.nice, stat?.state], [-51, -20, 'disk-sleep']);
    const states = [...'RSDTtZXxKWPI?'].map((letter) => parseProcessStat(STAT.replace(') S', `) ${letter}`))?.state);
    assert.equal(
      states.join(),
      'running,sleeping,disk-sleep,stopped,tracing-stop,zombie,dead,dead,wake-kill,waking,parked,idle,unknown',
    );
  });

  it('does without what an old kernel does not tell, and refuses what was cut', () => {
    const words = STAT.split(' ');
    const old = parseProcessStat(`${words.slice(0, 24).join(' ')}\n`);
    assert.equal(old?.residentPages, 351);
    assert.deepEqual([old.cpu, old.policy, old.ioWaitTicks], [null, null, null]);
    assert.equal(parseProcessStat(`${words.slice(0, 23).join(' ')}\n`), null);
    assert.equal(parseProcessStat(words.slice(0, 24).join(' ')), null, 'within the last number');
    for (const text of ['', '\n', '(', ')(', '1 x S', 'x (y) S 1 2']) assert.equal(parseProcessStat(text), null, text);
  });

  it('never throws and never gives half a number', () => {
    fc.assert(
      fc.property(fc.nat(STAT.length), fc.string({ unit: 'binary' }), (at, noise) => {
        const stat = parseProcessStat(STAT.slice(0, at) + noise);
        if (stat !== null) for (const value of Object.values(stat)) assert.ok(value === null || !Number.isNaN(value));
        const cut = parseProcessStat(STAT.slice(0, at));
        if (cut !== null) assert.deepEqual([cut.startTicks, cut.residentPages], [1373831, 351]);
      }),
    );
  });

  it('tells kernel threads, of old kernels by their parent, and not the second process of a container', () => {
    const thread = (line: string): boolean => isKernelThread(parseProcessStat(line) ?? assert.fail());
    const marked = STAT.replace(' 4194304 ', ` ${0x200000 | 0x40} `);
    const ofKthreadd = STAT.replace(' S 16506 ', ' S 2 ');
    assert.equal(thread(STAT), false);
    assert.equal(thread(marked), true);
    assert.equal(thread(ofKthreadd), false, 'it has memory');
    assert.equal(thread(ofKthreadd.replace(' 3133440 351 ', ' 0 0 ')), true);
    assert.equal(thread(ofKthreadd.replace(' 3133440 351 ', ' 0 0 ').replace(') S', ') Z')), false);
  });

  it('names scheduling policies', () => {
    const policies = [0, 1, 2, 3, 4, 5, 6, null].map((policy) => schedulingPolicyOf(policy));
    assert.equal(policies.join(), 'other,fifo,rr,batch,unknown,idle,deadline,unknown');
  });
});

const STATUS = `Name:\tUid:\\n7
Umask:\t0022
State:\tS (sleeping)
Uid:\t1000\t0\t1001\t0
Gid:\t100\t101\t102\t103
Groups:\t4 24
VmPeak:\t    3060 kB
VmRSS:\t    1748 kB
RssAnon:\t     116 kB
RssFile:\t    1600 kB
RssShmem:\t      32 kB
VmData:\t     360 kB
VmStk:\t     132 kB
VmExe:\t      20 kB
VmSwap:\t       4 kB
Cpus_allowed:\tff,00000003
Cpus_allowed_list:\t0-1,32-39
voluntary_ctxt_switches:\t12
nonvoluntary_ctxt_switches:\t3
`;

describe('/proc/PID/status', () => {
  it('is read', () => {
    assert.deepEqual(parseProcessStatus(STATUS), {
      uids: { real: 1000, effective: 0, saved: 1001 },
      gids: { real: 100, effective: 101, saved: 102 },
      memory: { residentBytes: 1748 * 1024, sharedBytes: 1632 * 1024, textBytes: 20 * 1024, dataBytes: 492 * 1024 },
      swapBytes: 4096,
      affinity: '0-1,32-39',
      contextSwitches: { voluntary: 12, involuntary: 3 },
    });
  });

  it('of a kernel thread has no memory, of an old kernel none that is told apart', () => {
    const thread = parseProcessStatus(STATUS.replace(/(Vm|Rss).*\n/g, ''));
    assert.deepEqual([thread.memory, thread.swapBytes, thread.affinity], [null, null, '0-1,32-39']);
    const old = parseProcessStatus(STATUS.replace(/Rss.*\n/g, ''));
    assert.deepEqual([old.memory, old.swapBytes], [null, 4096]);
  });

  it('does not take half a value for a whole one', () => {
    const whole = parseProcessStatus(STATUS);
    for (let length = 0; length < STATUS.length; length++) {
      const cut = parseProcessStatus(STATUS.slice(0, length));
      for (const key of ['uids', 'gids', 'memory', 'swapBytes', 'affinity', 'contextSwitches'] as const) {
        if (cut[key] !== null) assert.deepEqual(cut[key], whole[key], `${key} at ${length}`);
      }
    }
    assert.deepEqual(parseProcessStatus('Uid:\tx\t1\t2\t3\n').uids, null);
  });
});

describe('other files of a process', () => {
  it('reads io, whole or not at all', () => {
    const text =
      'rchar: 7279\nwchar: 303\nsyscr: 12\nsyscw: 1\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 5\n';
    assert.deepEqual(parseProcessIo(text), {
      readCharacters: 7279,
      writeCharacters: 303,
      readCalls: 12,
      writeCalls: 1,
      readBytes: 4096,
      writeBytes: 8192,
    });
    assert.equal(parseProcessIo(text.slice(0, 60)), null);
    assert.equal(parseProcessIo(''), null);
    assert.equal(parseProcessIo(text.replace('syscr: 12', 'syscr: -')), null);
  });

  it('reads statm in pages of any size', () => {
    const bytes = { residentBytes: 2 * 65536, sharedBytes: 65536, textBytes: 3 * 65536, dataBytes: 4 * 65536 };
    assert.deepEqual(parseProcessStatm('9 2 1 3 0 4 0\n', 65536), bytes);
    assert.equal(parseProcessStatm('9 2 1', 4096), null);
  });

  it('splits arguments at NUL only', () => {
    assert.deepEqual(parseArguments(''), []);
    assert.deepEqual(parseArguments('./my prog\x0020\0'), ['./my prog', '20']);
    assert.deepEqual(parseArguments('a\0\0b\0\0'), ['a', '', 'b', '']);
    assert.deepEqual(parseArguments('\0'), [''], 'one empty argument');
    assert.deepEqual(parseArguments('nginx: worker process'), ['nginx: worker process']);
    assert.deepEqual(
      parseArguments('sshd: root@pts/0\0\0\0\0'),
      ['sshd: root@pts/0'],
      'a title in the room of arguments',
    );
    assert.deepEqual(parseArguments('\xff\n\0caf\xc3\xa9\0'), ['\\xff\n', 'café']);
  });

  it('makes a cut name whole', () => {
    assert.equal(programName('systemd-journal', '/usr/lib/systemd/systemd-journald\0'), 'systemd-journald');
    assert.equal(programName('short', '/usr/bin/shorter\0'), 'short');
    assert.equal(programName('kworker/u8:2-events', ''), 'kworker/u8:2-events');
    assert.equal(programName('exactly15bytes!', 'other\0'), 'exactly15bytes!');
    const cut = latin1('éééééééé').slice(0, 15);
    assert.equal(programName(cut, latin1('/opt/éééééééé\0-x\0')), 'éééééééé', 'cut within a character');
    assert.equal(programName(cut, ''), 'ééééééé\\xc3');
  });

  it('has the name of the program in place of that of its first thread', () => {
    assert.equal(programName('MainThread', '/usr/bin/node\0server.js\0'), 'node');
    assert.equal(programName('MainThread', 'node\0'), 'node');
    assert.equal(programName('MainThread', ''), 'MainThread', 'a zombie');
    assert.equal(programName('backup.sh', '/bin/bash\0./backup.sh\0'), 'backup.sh', 'what a script is called');
    assert.equal(programName('Web Content', '/usr/lib/firefox/firefox-bin\0'), 'Web Content', 'what it calls itself');
  });

  it('tells a file that is gone', () => {
    assert.deepEqual(parseLinkTarget('/usr/bin/x (deleted)'), { path: '/usr/bin/x', deleted: true });
    assert.deepEqual(parseLinkTarget('/usr/bin/\xff'), { path: '/usr/bin/\\xff', deleted: false });
  });

  it('finds the inodes of a port', () => {
    const line = (local: string, inode: string): string =>
      `   7: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0000 100 0 0 10 0`;
    const text = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      line('0100007F:0050', '109'),
      line('00000000:1F90', '110'),
      line('00000000000000000000000000000000:0050', '111'),
      line('0100007F:0050', '0'),
      '   8: 0100007F:C000 0100007F:0050 01 00000000:00000000 00:00000000 00000000 0 0 112 1',
      '',
    ].join('\n');
    assert.deepEqual(inodesOfPort(text, 80), ['109', '111']);
    assert.deepEqual(inodesOfPort(text, 8080), ['110']);
    assert.deepEqual(inodesOfPort('', 80), []);
    assert.equal(socketInode('socket:[109]'), '109');
    assert.equal(socketInode('pipe:[109]'), null);
  });
});

describe('what processes are measured by', () => {
  const words = (pairs: readonly (readonly [number, number])[], bytes: 4 | 8, little: boolean): string => {
    const buffer = Buffer.alloc(pairs.length * 2 * bytes);
    for (const [index, value] of pairs.flat().entries()) {
      if (bytes === 4) buffer[little ? 'writeUInt32LE' : 'writeUInt32BE'](value, index * 4);
      else buffer[little ? 'writeBigUInt64LE' : 'writeBigUInt64BE'](BigInt(value), index * 8);
    }
    return buffer.toString('latin1');
  };

  it('stands in auxv, with words of any machine', () => {
    const pairs = [
      [33, 0x7ffe_0000],
      [16, 0xbfeb_fbff],
      [6, 65536],
      [17, 250],
      [23, 0],
      [0, 0],
    ] as const;
    for (const bytes of [4, 8] as const) {
      for (const little of [true, false]) {
        const units = { ticksPerSecond: 250, pageBytes: 65536 };
        assert.deepEqual(parseAuxv(words(pairs, bytes, little)), units, `${bytes} ${little}`);
      }
    }
    assert.equal(parseAuxv(''), null);
    assert.equal(
      parseAuxv(
        words(
          [
            [6, 5000],
            [17, 100],
            [0, 0],
          ],
          8,
          true,
        ),
      ),
      null,
      'no page size',
    );
  });

  it('names users', () => {
    const names = parsePasswd(
      'root:x:0:0:root:/root:/bin/bash\n+::::::\n# old:x:7:7\ntoor:x:0:0::/:\nj\xc3\xb6rg:x:1000:100:::\nbad:x:\n',
    );
    assert.deepEqual(
      [...names],
      [
        [0, 'root'],
        [1000, 'jörg'],
      ],
    );
  });

  it('names terminals', () => {
    const device = (major: number, minor: number): number => ((minor & 0xfff00) << 12) | (major << 8) | (minor & 0xff);
    const drivers = parseTerminalDrivers(
      'pty_slave            /dev/pts      136 0-1048575 pty:slave\nusbserial            /dev/ttyUSB   188 0-511 serial\nttyprintk            /dev/ttyprintk   5       3 console\nttyMXC /dev/ttymxc 207 16-23 serial\ncut /dev/tty',
    );
    assert.equal(terminalName(0), null);
    assert.equal(terminalName(device(136, 3)), 'pts/3');
    assert.equal(terminalName(device(136, 300)), 'pts/300');
    assert.equal(terminalName(device(137, 1)), 'pts/257', 'of kernels before 2.6');
    assert.equal(terminalName(device(4, 1)), 'tty1');
    assert.equal(terminalName(device(4, 64)), 'ttyS0');
    assert.equal(terminalName(device(5, 1)), 'console');
    assert.equal(terminalName(device(188, 4), drivers), 'ttyUSB4');
    assert.equal(terminalName(device(207, 17), drivers), 'ttymxc1');
    assert.equal(terminalName(device(5, 3), drivers), 'ttyprintk');
    assert.equal(terminalName(device(229, 0)), 'hvc0');
    assert.equal(terminalName(device(250, 7)), '250:7');
    assert.equal(terminalName(-2147483648 | (136 << 8)), 'pts/524288', 'a signed number');
  });
});

describe('parsers of processes, given rubbish', () => {
  const parsers: Readonly<Record<string, (text: string) => unknown>> = {
    parseProcessStatus,
    parseProcessIo,
    parseProcessStatm: (text) => parseProcessStatm(text, 4096),
    parseArguments,
    parseLinkTarget,
    programName: (text) => programName(text, text),
    parseAuxv,
    parsePasswd,
    parseTerminalDrivers,
    inodesOfPort: (text) => inodesOfPort(text, 80),
  };
  for (const [name, parse] of Object.entries(parsers)) {
    it(`${name} does not throw`, () => {
      const lines = fc.array(fc.string({ unit: 'binary' })).map((parts) => parts.join('\n'));
      fc.assert(
        fc.property(fc.oneof(fc.string({ unit: 'binary' }), lines), (text) => parse(latin1(text)) !== undefined),
      );
    });
  }
});
