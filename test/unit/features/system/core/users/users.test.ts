import * as assert from 'node:assert/strict';
import { usersTool } from '../../../../../../src/features/system/hostTools';
import { printMarkdown } from '../../../../../../src/report/markdown';
import { reportSchema } from '../../../../../../src/report/schema';
import {
  DENIED,
  memoryMachine,
  type FixtureMachine,
  type FixtureOptions,
  type MemoryEntry,
} from '../../../../../support/fixtureMachine';
import { assertGolden } from '../../../../../support/golden';
import { resultOf, statLine, utmpBytes, type MadeRecord } from '../hostSupport';

const BOOT = 1_795_000_000;
const NOW = BOOT + 100_000;
const PTS_0 = 136 * 256;
const PTS_3 = 136 * 256 + 3;

const RECORDS: readonly MadeRecord[] = [
  { type: 2, line: '~', user: 'reboot', host: '6.1.0', seconds: BOOT + 2 },
  { type: 1, line: '~', user: 'runlevel', pid: 78 * 256 + 53, seconds: BOOT + 9 },
  { type: 6, pid: 600, line: 'tty1', user: 'LOGIN', seconds: BOOT + 10 },
  { type: 7, pid: 811, line: 'pts/0', user: 'alice', host: '10.0.0.9', seconds: BOOT + 500 },
  { type: 7, pid: 900, line: 'pts/3', user: 'root', seconds: BOOT + 900 },
  { type: 7, pid: 999, line: 'pts/7', user: 'bob', host: 'gone.example', seconds: BOOT + 950 },
];

const FILES: Readonly<Record<string, MemoryEntry>> = {
  '/proc/stat': `cpu 1 2 3 4\nbtime ${BOOT}\n`,
  '/proc/uptime': '100000.00 5.00\n',
  '/proc/loadavg': '0.10 0.20 0.30 1/90 999\n',
  '/proc/sys/kernel/hostname': 'web1\n',
  '/run/utmp': utmpBytes(RECORDS),
  '/proc/1/stat': statLine(1, 'systemd'),
  '/proc/811/stat': statLine(811, 'sshd', { start: 50_000 }),
  '/proc/812/stat': statLine(812, 'bash', { terminal: PTS_0, front: 850 }),
  '/proc/850/stat': statLine(850, 'vim', { terminal: PTS_0, front: 850, start: 60_000 }),
  '/proc/850/cmdline': 'vim\0/etc/my file\0',
  '/proc/900/stat': statLine(900, 'bash', { terminal: PTS_3, front: 900, start: 90_000 }),
  '/proc/900/cmdline': '-bash\0',
  '/proc/4242/stat': statLine(4242, 'node', { terminal: PTS_3 }),
  '/dev/pts/0': { stat: `c 620 0 0:1 3 1 1000 5 ${NOW - 60}` },
  '/dev/pts/3': { stat: `c 600 0 0:1 3 1 0 5 ${NOW - 7200}` },
  '/var/log/wtmp': utmpBytes([
    { type: 2, line: '~', user: 'reboot', host: '6.1.0', seconds: BOOT },
    { type: 7, pid: 700, line: 'pts/9', user: 'carol', host: '10.0.0.8', seconds: BOOT + 100 },
    { type: 7, pid: 811, line: 'pts/0', user: 'alice', host: '10.0.0.9', seconds: BOOT + 500 },
  ]),
  '/var/log/btmp': utmpBytes([
    { type: 6, pid: 1, line: 'ssh:notty', user: 'root', host: '203.0.113.5', seconds: BOOT + 50 },
    { type: 6, pid: 2, line: 'ssh:notty', user: 'admin', host: '203.0.113.5', seconds: BOOT + 60 },
    { type: 7, pid: 3, line: 'tty1', user: 'root', seconds: BOOT + 70 },
  ]),
};

const atimes: NonNullable<FixtureOptions['exec']> = (command) => {
  assert.deepEqual(command.slice(0, 4), ['stat', '-L', '-c', '%X %Y %a %n']);
  return `${NOW - 5} ${NOW - 60} 620 /dev/pts/0\n${NOW - 3600} ${NOW - 7200} 600 /dev/pts/3\n`;
};

function machineWith(more: Readonly<Record<string, MemoryEntry>> = {}, options: FixtureOptions = {}): FixtureMachine {
  return memoryMachine({ ...FILES, ...more }, { exec: atimes, ...options });
}

describe('system.users', () => {
  it('knows who is logged in, from where, and what they do', async () => {
    const { sessions, source } = await resultOf(usersTool, machineWith());
    assert.equal(source, 'utmp');
    assert.deepEqual(sessions[0], {
      user: 'alice',
      terminal: 'pts/0',
      host: '10.0.0.9',
      sinceMs: (BOOT + 500) * 1000,
      idleMs: 5_000,
      idleFrom: 'input',
      pid: 811,
      startTicks: 50_000,
      ended: false,
      messages: true,
      type: null,
      front: { pid: 850, startTicks: 60_000, commandLine: ['vim', '/etc/my file'] },
    });
    assert.equal(sessions[1]?.messages, false);
    assert.equal(sessions[1]?.idleMs, 3_600_000);
  });

  it('marks records whose process is gone, but not where /proc hides processes', async () => {
    const { sessions } = await resultOf(usersTool, machineWith());
    assert.deepEqual(
      sessions.map(({ user, ended }) => [user, ended]),
      [
        ['alice', false],
        ['root', false],
        ['bob', true],
      ],
    );
    const hidden = Object.fromEntries(Object.entries(FILES).filter(([file]) => file !== '/proc/1/stat'));
    const seen = await resultOf(usersTool, memoryMachine(hidden, { exec: atimes }));
    assert.ok(seen.sessions.every(({ ended }) => !ended));
  });

  it('has boot, run level, prompts, uptime, load and its own terminal', async () => {
    const result = await resultOf(usersTool, machineWith());
    assert.equal(result.bootedAtMs, BOOT * 1000);
    assert.equal(result.bootRecordMs, (BOOT + 2) * 1000);
    assert.deepEqual(result.runLevel, { current: '5', previous: 'N', sinceMs: (BOOT + 9) * 1000 });
    assert.deepEqual(result.waitingTerminals, ['tty1']);
    assert.equal(result.uptimeSeconds, 100_000);
    assert.deepEqual(result.load, { one: 0.1, five: 0.2, fifteen: 0.3 });
    assert.equal(result.ownTerminal, 'pts/3');
  });

  it('counts idling from the output where stat is missing, and says so', async () => {
    const missing = machineWith({}, { exec: () => ({ exitCode: 127 }) });
    const result = await resultOf(usersTool, missing);
    assert.deepEqual([result.sessions[0]?.idleFrom, result.sessions[0]?.idleMs], ['output', 60_000]);
    const [table] = usersTool.report(result).blocks;
    assert.ok(table?.kind === 'table');
    assert.match(table.columns.find(({ id }) => id === 'idle')?.description ?? '', /last output/);
  });

  it('names no other file than a terminal to stat', async () => {
    const hostile = utmpBytes([{ type: 7, pid: 1, line: '../etc/shadow', user: 'x', seconds: BOOT }]);
    const machine = machineWith({ '/run/utmp': hostile }, { exec: () => assert.fail('stat was run') });
    assert.equal((await resultOf(usersTool, machine)).sessions[0]?.idleMs, null);
  });

  it('has the past from wtmp, newest first, and failures from btmp', async () => {
    const { logins, failedLogins } = await resultOf(usersTool, machineWith());
    assert.deepEqual(
      logins?.entries.map(({ kind, user, end }) => [kind, user, end]),
      [
        ['login', 'alice', 'still'],
        ['login', 'carol', 'gone'],
        ['boot', null, 'still'],
      ],
    );
    assert.equal(logins.complete, true);
    assert.deepEqual(
      failedLogins?.entries.map(({ user, host }) => [user, host]),
      [
        ['root', null],
        ['admin', '203.0.113.5'],
        ['root', '203.0.113.5'],
      ],
    );
  });

  it('keeps to one user and to so many logins as asked', async () => {
    const one = await resultOf(usersTool, machineWith(), { user: 'alice', history: 1 });
    assert.deepEqual(
      one.sessions.map(({ user }) => user),
      ['alice'],
    );
    assert.deepEqual(
      one.logins?.entries.map(({ user }) => user),
      ['alice'],
    );
    const none = await resultOf(usersTool, machineWith(), { history: 0 });
    assert.equal(none.logins, null);
  });

  it('reads the end of a long wtmp only, from the beginning of a record', async () => {
    const commands: (readonly string[])[] = [];
    const size = 384 * 1_000_000 + 100;
    const machine = machineWith(
      { '/var/log/wtmp': { stat: `f 664 ${size} 254:0 9 1 0 43 ${NOW}` } },
      {
        exec: (command) => {
          if (command[0] !== 'tail') return atimes(command, { signal: new AbortController().signal });
          commands.push(command);
          return new TextDecoder('latin1').decode(
            utmpBytes([{ type: 7, pid: 5, line: 'pts/5', user: 'dave', seconds: BOOT }]),
          );
        },
      },
    );
    const { logins } = await resultOf(usersTool, machine, { history: 1 });
    assert.deepEqual(
      logins?.entries.map(({ user }) => user),
      ['dave'],
    );
    assert.equal(logins.complete, false);
    const offset = Number(commands[0]?.[2]?.slice(1)) - 1;
    assert.equal(offset % 384, 0);
    assert.equal(offset % 400, 0);
    assert.ok(size - offset < 200_000, 'not more than is needed');
    assert.equal(commands.length, 1);
  });

  it('says what is missing: no wtmp, its successor, a btmp that is denied', async () => {
    const files = Object.fromEntries(Object.entries(FILES).filter(([file]) => !file.startsWith('/var/log/')));
    const machine = memoryMachine(
      { ...files, '/var/lib/wtmpdb/wtmp.db': 'SQLite', '/var/log/btmp': DENIED },
      { exec: atimes },
    );
    const { logins, failedLogins } = await resultOf(usersTool, machine);
    assert.match(logins?.unavailable ?? '', /no \/var\/log\/wtmp.*wtmp\.db: ask wtmpdb last/);
    assert.match(failedLogins?.unavailable ?? '', /btmp: permission denied/);
  });

  it('reads well', async () => {
    const report = usersTool.report(await resultOf(usersTool, machineWith()));
    assert.deepEqual(reportSchema.safeParse(report).error?.issues ?? [], []);
    assertGolden('system/users.md', printMarkdown(report, { locale: 'en', timeZone: 'UTC' }));
    const [table] = report.blocks;
    assert.ok(table?.kind === 'table');
    assert.deepEqual(table.menu?.inputs, [{ pid: 811, startTicks: 50_000 }, { pid: 900, startTicks: 90_000 }, null]);
  });
});

describe('system.users without utmp', () => {
  const files = Object.fromEntries(Object.entries(FILES).filter(([file]) => file !== '/run/utmp'));

  it('asks systemd-logind', async () => {
    const machine = memoryMachine(files, {
      exec: (command, options) => {
        if (command[0] === 'stat') return { exitCode: 127 };
        assert.equal(options.env?.['TZ'], 'UTC');
        if (command.includes('list-sessions')) return '[{"session":"3"},{"session":"4"}]';
        return 'Id=3\nName=alice\nTimestamp=Thu 2026-11-19 10:00:00 UTC\nTTY=pts/0\nRemoteHost=10.0.0.9\nLeader=811\nType=tty\nClass=user\nIdleHint=no\n\nId=4\nName=root\nClass=manager\n';
      },
    });
    const result = await resultOf(usersTool, machine);
    assert.equal(result.source, 'loginctl');
    assert.deepEqual(
      result.sessions.map(({ user, terminal, sinceMs, type }) => [user, terminal, sinceMs, type]),
      [['alice', 'pts/0', Date.UTC(2026, 10, 19, 10), 'tty']],
    );
  });

  it('says that it cannot know where logind does not answer', async () => {
    const result = await resultOf(usersTool, memoryMachine(files, { exec: () => ({ exitCode: 1 }) }));
    assert.equal(result.source, null);
    const report = usersTool.report(result);
    assert.equal(report.status, 'unknown');
    assert.match(report.verdict, /keeps no list of logins.*failed logins/);
  });
});

describe('system.users elsewhere', () => {
  it('is refused with the name of the machine', async () => {
    await assert.rejects(
      resultOf(usersTool, memoryMachine({}, { platform: 'darwin', name: 'mac1' })),
      /mac1 \(darwin\)/,
    );
  });
});
