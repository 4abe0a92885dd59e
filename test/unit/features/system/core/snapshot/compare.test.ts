import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compareSnapshots } from '../../../../../../src/features/system/core/snapshot/compare/compare';
import type {
  ComparedSection,
  CompareResult,
} from '../../../../../../src/features/system/core/snapshot/compare/schema';
import { compareResult } from '../../../../../../src/features/system/core/snapshot/compare/schema';
import type { Snapshot } from '../../../../../../src/features/system/core/snapshot/schema';
import { compareReport } from '../../../../../../src/features/system/report/snapshot/compare';
import { printMarkdown } from '../../../../../../src/report/markdown';
import { reportSchema } from '../../../../../../src/report/schema';
import { assertGolden } from '../../../../../support/golden';
import { BOOT_MS, connection, listener, made, process } from './made';

function compared(before: Snapshot, after: Snapshot): CompareResult {
  return compareSnapshots('local', { reference: 'a.json', snapshot: before }, { reference: 'now', snapshot: after });
}

function section(result: CompareResult, name: ComparedSection['name']): ComparedSection {
  return result.sections.find((one) => one.name === name) ?? assert.fail(name);
}

const changes = ({ added, removed, changed }: ComparedSection): readonly unknown[] => [added, removed, changed];

describe('two snapshots of a machine on which nothing happened', () => {
  it('are equal, though counters, pids of helpers, free space and the clock went on', () => {
    const before = made({
      processes: [process(1, '/sbin/init'), process(900, 'nginx: worker'), process(50, '', { kernelThread: true })],
      sockets: [listener(22, 'sshd'), connection(22, 50_001, 'sshd'), connection(40_001, 443, 'curl')],
    });
    const after = made({
      takenAtMs: before.takenAtMs + 60_000,
      // The clock was adjusted by a second since.
      bootedAtMs: BOOT_MS + 1_000,
      processes: [
        process(900, 'nginx: worker', { cpuMs: 900, residentBytes: 9_999, startedAtMs: BOOT_MS + 1_001_000 }),
        process(1, '/sbin/init', { cpuMs: 500, state: 'running', startedAtMs: BOOT_MS + 1_001_000 }),
        process(51, '', { kernelThread: true }),
      ],
      sockets: [connection(40_777, 443, 'curl'), connection(22, 50_999, 'sshd'), listener(22, 'sshd')],
      mounts: made().mounts.map((mount) => ({ ...mount, availableBytes: 1 })),
    });
    const result = compared(before, after);
    for (const one of result.sections) {
      assert.deepEqual(changes(one), [[], [], []], one.name);
      assert.equal(one.beforeText, one.afterText, one.name);
    }
    const report = compareReport(result);
    assert.equal(report.status, 'ok');
    assert.match(report.verdict, /nothing that counts changed/);
  });
});

describe('what happened between two snapshots', () => {
  it('is a restart where the start differs, whatever the pid', () => {
    const restarted = process(702, '/usr/sbin/sshd -D', { startTicks: 200_000, startedAtMs: BOOT_MS + 2_000_000 });
    const result = compared(made(), made({ processes: [process(1, '/sbin/init'), restarted] }));
    const found = section(result, 'processes');
    assert.deepEqual(changes(found), [
      [],
      [],
      [
        {
          before: '/usr/sbin/sshd -D  user root  since 2026-11-18 11:23:20Z',
          after: '/usr/sbin/sshd -D  user root  since 2026-11-18 11:40:00Z',
        },
      ],
    ]);
  });

  it('counts processes of one command line as one thing', () => {
    const pool = (count: number): Snapshot =>
      made({ processes: Array.from({ length: count }, (_, index) => process(100 + index, 'worker --loop')) });
    const { changed, added, removed } = section(compared(pool(3), pool(5)), 'processes');
    assert.deepEqual([added, removed], [[], []]);
    assert.match(changed[0]?.after ?? '', /^worker --loop {2}user root {2}5 times, the oldest since/);
  });

  it('is a listener that appeared, a mount that became read-only, a route by another gateway', () => {
    const [mount] = made().mounts;
    const [route] = made().routes;
    assert.ok(mount && route);
    const after = made({
      sockets: [listener(22, 'sshd'), listener(8080, 'java')],
      mounts: [{ ...mount, readOnly: true }],
      routes: [{ ...route, gateway: '10.0.0.253' }],
      units: [{ id: 'sshd.service', state: 'failed', sub: 'failed', enabled: 'enabled' }],
      interfaces: [{ name: 'eth0', up: true, hardwareAddress: '52:54:00:00:00:01', mtuBytes: 1500, addresses: [] }],
      users: [],
    });
    const result = compared(made(), after);
    assert.deepEqual(section(result, 'sockets').added, ['listens  tcp  0.0.0.0:8080  java  user root']);
    assert.equal(section(result, 'mounts').changed[0]?.after, '/  /dev/vda1  ext4  ro');
    assert.equal(section(result, 'routes').changed[0]?.after, 'ipv4  default via 10.0.0.253 dev eth0 metric 100');
    assert.deepEqual(section(result, 'interfaces').removed, ['eth0  address 10.0.0.1/24']);
    assert.equal(section(result, 'units').changed[0]?.after, 'sshd.service  failed (failed)  enabled');
    assert.equal(section(result, 'users').removed.length, 1);
    const report = compareReport(compareResult.parse(result));
    assert.deepEqual(reportSchema.safeParse(report).error?.issues ?? [], []);
    assertGolden('system/compare.md', printMarkdown(report, { locale: 'en', timeZone: 'UTC' }));
  });

  it('may be another boot, or another machine', () => {
    const rebooted = compared(made(), made({ bootId: 'b2', bootedAtMs: BOOT_MS + 7_200_000 }));
    assert.equal(rebooted.rebooted, true);
    assert.match(compareReport(rebooted).verdict, /which was restarted/);
    const other = compared(made(), made({ hostName: 'web2' }));
    assert.equal(other.rebooted, null);
    assert.match(compareReport(other).verdict, /^From web1 to web2/);
  });

  it('is not told of a part that one of them does not know', () => {
    const units = section(compared(made({ units: null }), made()), 'units');
    assert.deepEqual([units.known, ...changes(units)], [false, [], [], []]);
  });
});

describe('the texts to be compared', () => {
  it('have one line a thing, whatever is in it', () => {
    const hostile = process(5, 'x', { commandLine: ["it's", 'a\nb', '\u001B[2J', ''], name: 'x' });
    const { afterText } = section(compared(made(), made({ processes: [hostile] })), 'processes');
    assert.equal(afterText, String.raw`'it'\''s' a\nb \u001b[2J ''  user root  since 2026-11-18 11:23:20Z` + '\n');
  });

  it('do not depend on the order in which things were found, and differ only with what changed', () => {
    const words = fc.constantFrom('a', 'b', 'c --x', 'd');
    const processes = fc.array(fc.tuple(fc.integer({ min: 1, max: 9_999 }), words, fc.constantFrom('root', 'alice')));
    fc.assert(
      fc.property(processes, (list) => {
        const all = list.map(([pid, command, user]) => process(pid, command, { user }));
        const result = compared(made({ processes: all }), made({ processes: [...all].reverse() }));
        const found = section(result, 'processes');
        assert.equal(found.beforeText, found.afterText);
        assert.deepEqual(changes(found), [[], [], []]);
        const lines = found.beforeText.split('\n').slice(0, -1);
        assert.equal(new Set(lines).size, lines.length);
      }),
    );
  });
});
