import * as assert from 'node:assert/strict';
import { readSystemdUnits } from '../../../../../../src/features/system/core/services/units';
import { matchesName } from '../../../../../../src/features/system/core/services/filter';
import { servicesTool } from '../../../../../../src/features/system/hostTools';
import { ExpectedError } from '../../../../../../src/lib/errors';
import { printMarkdown } from '../../../../../../src/report/markdown';
import { reportSchema } from '../../../../../../src/report/schema';
import { memoryMachine, type FixtureMachine, type FixtureOptions } from '../../../../../support/fixtureMachine';
import { assertGolden } from '../../../../../support/golden';
import { resultOf, statLine } from '../hostSupport';
import { FILES_JSON, FILES_JSON_247, FILES_TABLE, MANAGER_252, SHOWN, UNITS_JSON, UNITS_TABLE } from './outputs';

const BOOT = 1_795_420_000;

type Answers = Readonly<Record<'units' | 'files' | 'shown' | 'manager', string>>;
const V255: Answers = { units: UNITS_JSON, files: FILES_JSON, shown: SHOWN, manager: MANAGER_252 };
const V247: Answers = { ...V255, files: FILES_JSON_247 };
const V239: Answers = {
  units: UNITS_TABLE,
  files: FILES_TABLE,
  shown: SHOWN,
  manager: 'Version=239\nSystemState=degraded\n',
};

function answering(answers: Answers): NonNullable<FixtureOptions['exec']> {
  return (command, { env }) => {
    assert.equal(command[0], 'systemctl');
    assert.equal(env?.['TZ'], 'UTC', 'times can be read back');
    if (command.includes('list-units')) return answers.units;
    if (command.includes('list-unit-files')) return answers.files;
    return command.includes('--property=Version,SystemState') ? answers.manager : answers.shown;
  };
}

function systemd(answers: Answers, exec = answering(answers)): FixtureMachine {
  return memoryMachine(
    {
      '/run/systemd/system/': '',
      '/run/systemd/system': { stat: 'd 755 40 0:1 2 2 0 0 1' },
      '/proc/1/comm': 'systemd\n',
      '/proc/stat': `cpu 1 2 3 4\nbtime ${BOOT}\n`,
      '/proc/sys/kernel/hostname': 'web1\n',
      '/proc/700/stat': statLine(700, 'nginx', { start: 4_321 }),
    },
    { exec },
  );
}

describe('system.services with systemd', () => {
  for (const [version, answers] of [
    ['239', V239],
    ['247', V247],
    ['255', V255],
  ] as const) {
    it(`tells the same whatever its version: ${version}`, async () => {
      const result = await resultOf(servicesTool, systemd(answers));
      assert.deepEqual(
        result.services.map(({ id, state, enabled }) => [id, state, enabled]),
        [
          ['backup.service', 'failed', 'static'],
          ['crashy.service', 'restarting', null],
          ['nginx.service', 'running', 'enabled'],
          ['keyboard-setup.service', 'active', null],
          ['rsync.service', 'inactive', 'disabled'],
          ['ntp.service', 'not-found', null],
        ],
      );
      assert.deepEqual(
        result.failed.map(({ id }) => id),
        ['backup.service', 'data.mount', 'crashy.service'],
      );
      assert.deepEqual(result.counts, { failed: 1, restarting: 1, running: 1, active: 1, inactive: 1, 'not-found': 1 });
      assert.equal(result.systemState, 'degraded');
      assert.deepEqual(result.problems, []);
    });
  }

  it('has the properties of a unit and the start of its process', async () => {
    const { services } = await resultOf(servicesTool, systemd(V255), { name: 'nginx' });
    assert.deepEqual(services, [
      {
        id: 'nginx.service',
        description: 'A high performance web server',
        state: 'running',
        load: 'loaded',
        active: 'active',
        sub: 'running',
        enabled: 'enabled',
        mainPid: 700,
        startTicks: 4_321,
        sinceMs: Date.UTC(2026, 10, 23, 10, 0, 5),
        result: 'success',
        exitStatus: null,
        restarts: 2,
        memoryBytes: 12_345_678,
        cpuMs: 5_250,
        tasks: 5,
        file: '/lib/systemd/system/nginx.service',
        pidFile: null,
      },
    ]);
    const failed = (await resultOf(servicesTool, systemd(V255), { name: 'backup' })).services[0];
    assert.deepEqual([failed?.result, failed?.exitStatus, failed?.memoryBytes], ['exit-code', 17, null]);
    assert.equal(failed?.sinceMs, Date.UTC(2026, 10, 23, 3, 0, 42));
  });

  it('has timers by when they run next, from the clock or from the boot', async () => {
    const { timers } = await resultOf(servicesTool, systemd(V255));
    const boot = BOOT * 1000 + 87_300_000;
    assert.deepEqual(
      timers.map(({ id, nextMs, lastMs }) => [id, nextMs, lastMs]),
      [
        ['backup.timer', Date.UTC(2026, 10, 24, 3), Date.UTC(2026, 10, 23, 3, 0, 2)],
        ['boot.timer', boot, null],
        ['once.timer', null, null],
      ].sort((one, other) => Number(one[1] ?? Infinity) - Number(other[1] ?? Infinity)),
    );
  });

  it('filters by state, name and type', async () => {
    const ids = async (input: unknown): Promise<readonly string[]> =>
      (await resultOf(servicesTool, systemd(V255), input)).services.map(({ id }) => id);
    assert.deepEqual(await ids({ state: 'failed' }), ['backup.service', 'crashy.service']);
    assert.deepEqual(await ids({ state: 'running' }), ['nginx.service']);
    assert.deepEqual(await ids({ state: 'enabled' }), ['nginx.service']);
    assert.deepEqual(await ids({ state: 'disabled' }), ['rsync.service']);
    assert.deepEqual(await ids({ type: 'mount' }), ['data.mount']);
    assert.deepEqual(await ids({ name: '*setup' }), ['keyboard-setup.service']);
  });

  it('only reads: asks for no password and starts nothing', async () => {
    const machine = systemd(V255);
    await resultOf(servicesTool, machine);
    const programs = machine.calls.filter((call) => call.startsWith('exec'));
    assert.equal(programs.length, 4);
    for (const program of programs) assert.match(program, /^exec systemctl --no-pager --no-ask-password (show|list-)/);
  });

  it('says why where systemctl does not answer', async () => {
    const denied = systemd(V255, () => ({ exitCode: 1, stderr: 'Failed to connect to bus: Permission denied\n' }));
    const result = await resultOf(servicesTool, denied);
    const report = servicesTool.report(result);
    assert.equal(report.status, 'unknown');
    assert.match(result.problems.join(), /Permission denied/);
    const missing = systemd(V255, () => Promise.reject(new ExpectedError('missing', 'systemctl is not installed')));
    assert.match((await resultOf(servicesTool, missing)).problems.join(), /not installed/);
  });

  it('reads well, and answers about one service', async () => {
    const report = servicesTool.report(await resultOf(servicesTool, systemd(V255)));
    assert.deepEqual(reportSchema.safeParse(report).error?.issues ?? [], []);
    assert.equal(report.status, 'warning');
    // How long it is to the next run depends on the present time.
    const printed = printMarkdown(report, { locale: 'en', timeZone: 'UTC' }).replace(/\n## Timers[^]*?\n- /, '\n- ');
    assertGolden('system/services.md', printed);
    const verdict = async (name: string): Promise<readonly string[]> => {
      const { verdict, status } = servicesTool.report(await resultOf(servicesTool, systemd(V255), { name }));
      return [verdict, status];
    };
    assert.deepEqual(await verdict('nginx'), ['nginx.service on this machine: active (running).', 'ok']);
    assert.deepEqual(await verdict('backup'), ['backup.service on this machine: failed (failed).', 'error']);
    assert.deepEqual(await verdict('apache'), ['No service on this machine is named apache.', 'warning']);
  });

  it('gives a snapshot the units that somebody set up or that do something', async () => {
    const { units } = await readSystemdUnits(systemd(V255), new AbortController().signal);
    assert.deepEqual(
      units?.map(({ id }) => id),
      [
        'backup.service',
        'backup.timer',
        'crashy.service',
        'data.mount',
        'keyboard-setup.service',
        'nginx.service',
        'rsync.service',
      ],
    );
  });
});

describe('system.services without systemd', () => {
  const host = { '/proc/1/comm': 'init\n', '/proc/stat': `cpu 1 2 3 4\nbtime ${BOOT}\n` };
  const noPrograms: FixtureOptions = { exec: (command) => assert.fail(`${command.join(' ')} was run`) };
  const written = (seconds: number): string => `f 644 4 254:0 9 1 0 0 ${BOOT + seconds}`;

  it('tells from pid files which services run, and which numbers went to others', async () => {
    const machine = memoryMachine(
      {
        ...host,
        '/etc/init.d/nginx': '#!/bin/sh\n',
        '/etc/init.d/cron': '#!/bin/sh\n',
        '/etc/init.d/exim4': '#!/bin/sh\n',
        '/etc/init.d/postgresql': '#!/bin/sh\n',
        '/etc/init.d/README': 'text\n',
        '/etc/rc2.d/S20nginx': '',
        '/etc/rc2.d/K01cron': '',
        '/run/nginx.pid': '700\n',
        '/run/crond.pid': '701\n',
        '/run/exim4/exim.pid': '702\n',
        '/run/postgresql/15-main.pid': '703\n/var/lib/postgresql/15/main\n',
        '/run/odd.pid': 'none\n',
        '/proc/700/stat': statLine(700, 'nginx', { start: 1_000 }),
        '/proc/702/stat': statLine(702, 'firefox', { start: 900_000 }),
        '/proc/703/stat': statLine(703, 'postgres', { start: 2_000 }),
      },
      {
        ...noPrograms,
        stats: new Map([
          ['/run/nginx.pid', written(11)],
          ['/run/crond.pid', written(11)],
          ['/run/exim4/exim.pid', written(11)],
          ['/run/postgresql/15-main.pid', written(21)],
        ]),
      },
    );
    const result = await resultOf(servicesTool, machine);
    assert.equal(result.manager, 'sysv');
    assert.deepEqual(
      result.services.map(({ id, state, enabled, mainPid, pidFile }) => [
        id,
        state,
        enabled,
        mainPid,
        pidFile?.problem,
      ]),
      [
        ['nginx', 'running', 'enabled', 700, null],
        ['postgresql', 'running', 'disabled', 703, null],
        ['cron', 'unknown', 'disabled', null, 'ended'],
        ['exim4', 'unknown', 'disabled', null, 'reused'],
        ['odd', 'unknown', null, null, 'malformed'],
      ],
    );
    assert.match(result.problems.join(), /first process is init.*no script is run/);
    const report = servicesTool.report(result);
    assert.deepEqual(reportSchema.safeParse(report).error?.issues ?? [], []);
    assert.match(report.verdict, /: 5; known to run: 2/);
  });

  it('reads the state that OpenRC keeps, without rc-status', async () => {
    const machine = memoryMachine(
      {
        ...host,
        '/run/openrc/softlevel': 'default\n',
        '/etc/init.d/sshd': '#!/sbin/openrc-run\n',
        '/etc/init.d/chronyd': '#!/sbin/openrc-run\n',
        '/etc/init.d/ntpd': '#!/sbin/openrc-run\n',
        '/run/openrc/started/sshd': '',
        '/run/openrc/failed/chronyd': '',
        '/etc/runlevels/default/sshd': '',
      },
      noPrograms,
    );
    const { manager, services } = await resultOf(servicesTool, machine);
    assert.equal(manager, 'openrc');
    assert.deepEqual(
      services.map(({ id, state, enabled }) => [id, state, enabled]),
      [
        ['chronyd', 'failed', 'disabled'],
        ['sshd', 'active', 'enabled'],
        ['ntpd', 'inactive', 'disabled'],
      ],
    );
  });

  it('reads what runit supervises', async () => {
    const machine = memoryMachine(
      {
        ...host,
        '/var/service/nginx/supervise/stat': 'run\n',
        '/var/service/nginx/supervise/pid': '700\n',
        '/var/service/web/supervise/stat': 'down, want up\n',
        '/var/service/web/supervise/pid': '\n',
        '/proc/700/stat': statLine(700, 'nginx', { start: 77 }),
      },
      noPrograms,
    );
    const { manager, services } = await resultOf(servicesTool, machine);
    assert.equal(manager, 'runit');
    assert.deepEqual(
      services.map(({ id, state, mainPid, startTicks }) => [id, state, mainPid, startTicks]),
      [
        ['web', 'restarting', null, null],
        ['nginx', 'running', 700, 77],
      ],
    );
  });

  it('says so where there is nothing at all', async () => {
    const report = servicesTool.report(await resultOf(servicesTool, memoryMachine({ ...host }, noPrograms)));
    assert.match(report.verdict, /knows no service manager/);
  });

  it('is refused elsewhere', async () => {
    await assert.rejects(resultOf(servicesTool, memoryMachine({}, { platform: 'win32' })), /this machine \(win32\)/);
  });
});

describe('a pattern of a name', () => {
  it('may stand anywhere without a star, and has to fit with one', () => {
    assert.ok(matchesName('postgresql@15-main.service', 'SQL'));
    assert.ok(matchesName('postgresql@15-main.service', 'postgresql*'));
    assert.ok(matchesName('nginx.service', 'n*x'));
    assert.ok(!matchesName('nginx.service', 'n*y'));
    assert.ok(!matchesName('ab.service', 'ab*b'));
    assert.ok(!matchesName(`${'a'.repeat(200)}.service`, `${'*a'.repeat(60)}*b`));
  });
});
