import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseSnapshot } from '../../../../../../src/features/system/core/snapshot/load';
import { recordSnapshots } from '../../../../../../src/features/system/core/snapshot/record';
import { spread } from '../../../../../../src/features/system/core/snapshot/replay';
import { compareTool, recordTool, replayTool, snapshotTool } from '../../../../../../src/features/system/snapshotTools';
import { ExpectedError } from '../../../../../../src/lib/errors';
import { printMarkdown } from '../../../../../../src/report/markdown';
import { reportSchema } from '../../../../../../src/report/schema';
import {
  DENIED,
  fakeClock,
  memoryMachine,
  type FixtureMachine,
  type MemoryEntry,
} from '../../../../../support/fixtureMachine';
import { assertGolden } from '../../../../../support/golden';
import { runContextOf } from '../../../../../support/runContext';
import { resultOf, ring, statLine, utmpBytes } from '../hostSupport';
import { BOOT_MS, made, process } from './made';

const FILES: Readonly<Record<string, MemoryEntry>> = {
  '/proc/stat': `cpu 100 0 100 800 0 0 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0 0 0\nbtime ${BOOT_MS / 1000}\n`,
  '/proc/meminfo': 'MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 400 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n',
  '/proc/loadavg': '0.10 0.20 0.30 1/90 999\n',
  '/proc/uptime': '1000.00 5.00\n',
  '/proc/sys/kernel/hostname': 'web1\n',
  '/proc/sys/kernel/ostype': 'Linux\n',
  '/proc/sys/kernel/osrelease': '6.1.0\n',
  '/proc/sys/kernel/random/boot_id': 'b1\n',
  '/etc/passwd': 'root:x:0:0::/root:/bin/sh\nwww:x:33:33::/:/bin/false\n',
  '/proc/1/stat': statLine(1, 'systemd', { parent: 0, start: 10 }),
  '/proc/1/cmdline': '/sbin/init\0',
  '/proc/1/status': 'Name:\tsystemd\nUid:\t0\t0\t0\t0\n',
  '/proc/2/stat': statLine(2, 'kthreadd', { parent: 0, flags: 0x200000 }),
  '/proc/700/stat': statLine(700, 'nginx', { start: 5_000, user: 25 }),
  '/proc/700/cmdline': 'nginx\0-g\0daemon off;\0',
  '/proc/700/status': 'Name:\tnginx\nUid:\t33\t33\t33\t33\n',
  '/proc/700/fd/6': { link: 'socket:[5555]' },
  '/proc/net/tcp': `  sl\n   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000    33        0 5555 1 0 100 0 0 10 0\n`,
  '/proc/self/mountinfo':
    '22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n23 22 0:5 / /proc rw - proc proc rw\n',
  '/sys/class/net/eth0/operstate': 'up\n',
  '/sys/class/net/eth0/mtu': '1500\n',
  '/sys/class/net/eth0/address': '52:54:00:00:00:01\n',
  '/run/utmp': utmpBytes([{ type: 7, pid: 811, line: 'pts/0', user: 'alice', seconds: BOOT_MS / 1000 + 5 }]),
};

const IP: Readonly<Record<string, string>> = {
  'ip -j address show': '[{"ifname":"eth0","addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":24}]}]',
  'ip -j -4 route show': '[{"dst":"default","gateway":"10.0.0.254","dev":"eth0","metric":100,"flags":[]}]',
  'ip -j -6 route show':
    '[{"type":"unreachable","dst":"2001:db8::/32","dev":"lo"},{"dst":"default","nexthops":[{"gateway":"fe80::1","dev":"eth0"},{"gateway":"fe80::2","dev":"eth1"}]}]',
};

function host(more: Readonly<Record<string, MemoryEntry>> = {}, ip = true): FixtureMachine {
  return memoryMachine(
    { ...FILES, ...more },
    {
      exec: (command) => (ip ? (IP[command.join(' ')] ?? { exitCode: 1 }) : { exitCode: 127 }),
      usage: new Map([
        ['/', { kind: 'usage', totalBytes: 1000, freeBytes: 500, availableBytes: 400, inodes: 10, inodesFree: 5 }],
      ]),
    },
  );
}

describe('system.snapshot', () => {
  it('holds what the machine is and does', async () => {
    const taken = await resultOf(snapshotTool, host());
    assert.deepEqual(taken.processes[2], {
      pid: 700,
      startTicks: 5_000,
      startedAtMs: BOOT_MS + 50_000,
      parentPid: 1,
      user: 'www',
      name: 'nginx',
      commandLine: ['nginx', '-g', 'daemon off;'],
      kernelThread: false,
      state: 'sleeping',
      cpuMs: 250,
      residentBytes: 500 * 4096,
    });
    assert.deepEqual(taken.sockets, [
      {
        protocol: 'tcp',
        state: 'listening',
        localAddress: '0.0.0.0',
        localPort: 80,
        remoteAddress: null,
        remotePort: null,
        user: 'www',
        pid: 700,
        process: 'nginx',
      },
    ]);
    assert.deepEqual(
      taken.mounts.map(({ mountPoint, totalBytes, availableBytes }) => [mountPoint, totalBytes, availableBytes]),
      [
        ['/', 1000, 400],
        ['/proc', null, null],
      ],
    );
    assert.deepEqual(
      taken.routes.map(({ destination, gateway, interface: device, type }) => [destination, gateway, device, type]),
      [
        ['default', '10.0.0.254', 'eth0', 'unicast'],
        ['2001:db8::/32', null, 'lo', 'unreachable'],
        ['default', 'fe80::1', 'eth0', 'unicast'],
        ['default', 'fe80::2', 'eth1', 'unicast'],
      ],
    );
    assert.deepEqual(taken.interfaces[0]?.addresses, ['10.0.0.1/24']);
    assert.deepEqual([taken.units, taken.users?.[0]?.user, taken.bootId], [null, 'alice', 'b1']);
    assert.deepEqual([taken.figures.cpuBusyMs, taken.figures.cpuTotalMs], [2_000, 10_000]);
    assert.deepEqual(taken.problems, []);
  });

  it('needs two round trips and no mount that waits to be made', async () => {
    const machine = host();
    await resultOf(snapshotTool, machine);
    assert.equal(machine.calls.filter((call) => call === 'readMany').length, 1);
    assert.deepEqual(
      machine.calls.filter((call) => call.startsWith('usage')),
      ['usage /'],
    );
  });

  it('goes without ip, and says what is missing', async () => {
    const route = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\n';
    const lines =
      'eth0\t00000000\tFE00000A\t0003\t0\t0\t100\t00000000\t0\neth0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\n';
    const taken = await resultOf(
      snapshotTool,
      host({ '/proc/net/route': route + lines, '/proc/700/fd': DENIED }, false),
    );
    assert.deepEqual(
      taken.routes.map(({ destination, gateway, metric }) => [destination, gateway, metric]),
      [
        ['default', '10.0.0.254', 100],
        ['10.0.0.0/24', null, null],
      ],
    );
    assert.equal(taken.problems.length, 2);
    assert.match(taken.problems.join(), /ip on this machine is missing.*only root may see/);
  });

  it('reads well', () => {
    const report = snapshotTool.report(made());
    assert.deepEqual(reportSchema.safeParse(report).error?.issues ?? [], []);
    assertGolden('system/snapshot.md', printMarkdown(report, { locale: 'en', timeZone: 'UTC' }));
  });

  it('is refused elsewhere', async () => {
    await assert.rejects(resultOf(snapshotTool, memoryMachine({}, { platform: 'win32' })), /this machine \(win32\)/);
  });
});

describe('system.record', () => {
  it('adds to the ring whenever it is asked, and keeps to the limit', async () => {
    const recordings = ring();
    const clock = fakeClock();
    const counts: number[] = [];
    const context = runContextOf(host(), { live: true, recordings });
    for await (const result of recordSnapshots({ maxMegabytes: 1 }, context, clock)) {
      counts.push(result.count);
      assert.equal(result.maxBytes, 1_000_000);
      assert.equal(result.lastMs, clock.nowMs());
      clock.advance(1_000);
      if (counts.length === 3) break;
    }
    assert.deepEqual(counts, [1, 2, 3]);
  });

  it('makes one recording where nobody keeps it going', async () => {
    const recordings = ring();
    const result = await resultOf(recordTool, host(), {}, { recordings });
    assert.deepEqual([result.count, recordings.entries.length, result.processes], [1, 1, 3]);
    assert.match(recordTool.report(result).verdict, /^Recording this machine: 1 snapshot so far, /);
  });
});

describe('system.replay', () => {
  async function recorded(count: number): Promise<ReturnType<typeof ring>> {
    const recordings = ring();
    for (let index = 0; index < count; index++) {
      const { figures } = made();
      const cpu = { cpuBusyMs: 1_000 + index * 500, cpuTotalMs: 10_000 + index * 1_000 };
      const one = made({ takenAtMs: BOOT_MS + index * 1_000, figures: { ...figures, ...cpu } });
      await recordings.append('local', one.takenAtMs, one, { maxBytes: 1e12 });
    }
    return recordings;
  }

  it('shows the last one, or the one at or before a time', async () => {
    const recordings = await recorded(5);
    const at = async (input: unknown): Promise<number> =>
      (await resultOf(replayTool, host(), input, { recordings })).shown;
    assert.equal(await at({}), 4);
    assert.equal(await at({ at: BOOT_MS + 2_999 }), 2);
    assert.equal(await at({ at: 5 }), 0);
  });

  it('has a slider, charts over the span, and the tables of then', async () => {
    const result = await resultOf(replayTool, host(), { at: BOOT_MS + 1_000 }, { recordings: await recorded(4) });
    assert.deepEqual(result.history.cpuPercent, [null, 50, 50, 50]);
    assert.deepEqual(result.history.memoryUsedBytes, [2 ** 29, 2 ** 29, 2 ** 29, 2 ** 29]);
    const report = replayTool.report(result);
    assert.deepEqual(reportSchema.safeParse(report).error?.issues ?? [], []);
    assert.deepEqual(report.moments, { times: result.timesMs, shown: 1 });
    const ids = report.blocks.flatMap((block) => (block.kind === 'table' || block.kind === 'series' ? [block.id] : []));
    for (const id of ['cpu', 'memory', 'processes', 'sockets', 'mounts', 'units']) assert.ok(ids.includes(id), id);
  });

  it('reads at most sixty recordings for the charts, the shown one among them', () => {
    const entries = Array.from({ length: 5_000 }, (_, index) => ({ atMs: index, sizeBytes: 1 }));
    const shown = entries[777] ?? assert.fail();
    const chosen = spread(entries, shown);
    assert.ok(chosen.length <= 60 && chosen.length > 50, String(chosen.length));
    assert.ok(chosen.includes(shown) && chosen[0] === entries[0] && chosen.at(-1) === entries.at(-1));
  });

  it('says how the recorder is switched on where nothing was recorded', async () => {
    await assert.rejects(resultOf(replayTool, host(), {}, { recordings: ring() }), (error: unknown) => {
      assert.ok(error instanceof ExpectedError && error.code === 'not-found');
      assert.match(error.message, /opsdeck\.system\.recorder/);
      return true;
    });
  });

  it('goes on where one recording is gone or damaged', async () => {
    const recordings = await recorded(4);
    (recordings.entries[1] ?? assert.fail()).value = { kind: 'rubbish' };
    const { history } = await resultOf(replayTool, host(), {}, { recordings });
    assert.equal(history.timesMs.length, 3);
  });
});

describe('system.compare', () => {
  it('takes a file, a recording, and now', async () => {
    const recordings = ring();
    await recordings.append('local', BOOT_MS, made({ processes: [process(1, '/sbin/init')] }), { maxBytes: 1e9 });
    const machine = host({ '/tmp/after.json': JSON.stringify(made({ takenAtMs: BOOT_MS + 9 })) });
    const result = await resultOf(
      compareTool,
      machine,
      { before: `recording:${BOOT_MS}`, after: '/tmp/after.json' },
      { recordings },
    );
    assert.deepEqual(result.sections[0]?.added, ['/usr/sbin/sshd -D  user root  since 2026-11-18 11:23:20Z']);
    const now = await resultOf(compareTool, machine, { before: '/tmp/after.json' });
    assert.equal(now.after.reference, 'now');
  });

  const refused: readonly (readonly [string, string, string, RegExp])[] = [
    ['no JSON', 'PK\u0003\u0004', 'malformed', /is no snapshot of Opsdeck/],
    ['other JSON', '{"a":1}', 'malformed', /something else/],
    ['a list', '[]', 'malformed', /something else/],
    ['a newer version', JSON.stringify({ ...made(), version: 2 }), 'unsupported', /version 2.*reads version 1/],
    ['half a snapshot', JSON.stringify({ ...made(), processes: 7 }), 'malformed', /processes/],
    ['nested without an end', '['.repeat(200_000), 'malformed', /is no snapshot/],
  ];
  for (const [what, text, code, message] of refused) {
    it(`refuses a file with words: ${what}`, async () => {
      const machine = host({ '/tmp/x.json': text });
      await assert.rejects(resultOf(compareTool, machine, { before: '/tmp/x.json' }), (error: unknown) => {
        assert.ok(error instanceof ExpectedError, String(error));
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.ok(error.message.length < 500);
        return true;
      });
      assert.ok(!machine.calls.includes('readMany'), 'the machine is not asked in vain');
    });
  }

  it('of any text is either a snapshot or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        assert.throws(() => parseSnapshot(text, 'x'), ExpectedError);
      }),
    );
  });
});
