import * as assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { UsersResult } from '../../../../../src/features/system/core/users/schema';
import { usersTool } from '../../../../../src/features/system/hostTools';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import type { Machine, ReadItem } from '../../../../../src/machine/machine';
import { projectPath } from '../../../../support/project';
import { resultOf } from '../core/hostSupport';
import { output, psutil, PYTHON } from './hostStage';

/** The machine, with other files for some of its paths. */
function withFiles(machine: Machine, places: ReadonlyMap<string, string>): Machine {
  const there = (file: string): string => places.get(file) ?? file;
  const moved = (item: ReadItem): ReadItem =>
    typeof item === 'string' ? there(item) : { ...item, path: there(item.path) };
  const back = new Map([...places].map(([file, place]) => [place, file]));
  return {
    ...machine,
    exec: (command, options) => machine.exec(command.map(there), options),
    files: {
      ...machine.files,
      read: (file, options) => machine.files.read(there(file), options),
      readMany: async (items, options) => {
        const texts = await machine.files.readMany(items.map(moved), options);
        return new Map([...texts].map(([file, text]) => [back.get(file) ?? file, text]));
      },
    },
  };
}

describe('system.users against who, last, lastb, stat, ps, uptime and psutil (Linux only)', () => {
  if (process.platform !== 'linux') return;
  let local: LocalMachine;
  let child: ChildProcess;
  let folder = '';
  let front = 0;
  let terminal = '';
  let result: UsersResult;

  before(async () => {
    local = createLocalMachine();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-users-'));
    const pidFile = path.join(folder, 'pid');
    // A terminal of its own, with a program in front of it.
    child = spawn('script', ['-qfc', `echo $$ > ${pidFile}; exec sleep 300`, '/dev/null'], { stdio: 'pipe' });
    while (!fs.existsSync(pidFile) || fs.readFileSync(pidFile, 'utf8').trim() === '') await wait(20);
    front = Number(fs.readFileSync(pidFile, 'utf8'));
    terminal = output('ps', '-o', 'tty=', '-p', String(front)).trim();
    assert.match(terminal, /^pts\/\d+$/);
    const written = spawnSync(PYTHON, [
      projectPath('test', 'unit', 'features', 'system', 'truth', 'loginFiles.py'),
      folder,
      terminal,
      String(front),
    ]);
    assert.equal(written.status, 0, String(written.stderr));
    const places = ['/run/utmp', '/var/log/wtmp', '/var/log/btmp'].map((file) => {
      return [file, path.join(folder, path.basename(file))] as const;
    });
    result = await resultOf(usersTool, withFiles(local, new Map(places)), { history: 100 });
  });
  after(async () => {
    if (front > 0) process.kill(front, 'SIGKILL');
    child.kill('SIGKILL');
    await local.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('has the sessions of who', () => {
    // who leaves out no record of a file that is named to it.
    const rows = output('who', path.join(folder, 'utmp')).trim().split('\n');
    const told = rows.map((row) => {
      const [, user, line, since, host] = /^(\S+) +(\S+) +(\w+ +\d+ \d\d:\d\d)(?: \((.*)\))?$/.exec(row) ?? [];
      return [user, line, since, host ?? null];
    });
    assert.deepEqual(
      result.sessions.map(({ user, terminal: line, sinceMs, host }) => [user, line, minuteText(sinceMs), host]),
      told,
    );
    assert.equal(told.length, 2);
  });

  it('has the boot and the run level of who', () => {
    const boot = /boot +(\w+ +\d+ \d\d:\d\d)/.exec(output('who', '-b', path.join(folder, 'utmp')))?.[1];
    assert.equal(minuteText(result.bootRecordMs), boot);
    const level = /run-level (\S)/.exec(output('who', '-r', path.join(folder, 'utmp')))?.[1];
    assert.equal(result.runLevel?.current, level);
  });

  it('has the idle time and the mesg of the terminal, and what ps shows in front of it', () => {
    const [session] = result.sessions;
    const [access, mode] = output('stat', '-c', '%X %a', `/dev/${terminal}`).trim().split(' ');
    const idleSeconds = Date.now() / 1000 - Number(access);
    assert.equal(session?.idleFrom, 'input');
    assert.ok(Math.abs((session.idleMs ?? NaN) / 1000 - idleSeconds) < 15, `${session.idleMs} ms, ${idleSeconds} s`);
    assert.equal(session.messages, (Number.parseInt(mode ?? '', 8) & 0o020) !== 0);
    const group = Number(output('ps', '-o', 'tpgid=', '-p', String(front)).trim());
    assert.equal(session.front?.pid, group);
    assert.equal(session.front.commandLine.join(' '), output('ps', '-o', 'args=', '-p', String(group)).trim());
  });

  it('has the history of last, with its ends', () => {
    const rows = output('last', '-F', '-w', '-f', path.join(folder, 'wtmp')).split('\n');
    const told = rows.flatMap((row) => {
      if (row.startsWith('wtmp begins') || row.startsWith('utmp begins') || row.trim() === '') return [];
      const [user = '', second = ''] = row.split(/ +/);
      const times = [...row.matchAll(/[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d \d{4}/g)].map(([time]) => {
        return Date.parse(`${time} UTC`);
      });
      const end = /crash|down|gone|still/.exec(row.slice(row.indexOf(':')))?.[0] ?? 'time';
      return [{ user, second, fromMs: times[0], toMs: times[1] ?? null, end }];
    });
    // last leaves the shutdowns out unless it is asked for them.
    const ours = result.logins?.entries.filter(({ kind }) => kind !== 'shutdown') ?? [];
    assert.equal(ours.length, told.length);
    assert.equal(told.length, 9);
    ours.forEach((one, index) => {
      const other = told[index] ?? assert.fail();
      const where = JSON.stringify({ one, other });
      assert.equal(one.user ?? 'reboot', other.user, where);
      if (one.kind === 'login') assert.equal(one.terminal, other.second, where);
      assert.equal(one.fromMs, other.fromMs, where);
      if (one.end === 'logout') assert.equal(one.toMs, other.toMs, where);
      // last also wants the login uid to be that of the user, which a session made up by a test has not.
      if (one.kind === 'login' && one.end !== 'still') assert.equal(ENDS[one.end], other.end, where);
    });
  });

  it('has the failures of lastb', () => {
    const rows = output('lastb', '-w', '-f', path.join(folder, 'btmp')).split('\n');
    const told = rows.filter((row) => row.includes('ssh:notty')).map((row) => row.split(/ +/).slice(0, 3));
    assert.equal(told.length, 2);
    assert.deepEqual(
      result.failedLogins?.entries.map(({ user, terminal: line, host }) => [user, line, host]),
      told,
    );
  });

  it('has the uptime and the load of the machine', () => {
    const since = Date.parse(`${output('uptime', '-s').trim().replace(' ', 'T')}Z`);
    assert.ok(Math.abs((result.bootedAtMs ?? NaN) - since) <= 2_000, `${result.bootedAtMs} and ${since}`);
    assert.ok(Math.abs((result.uptimeSeconds ?? NaN) - os.uptime()) < 30);
    assert.ok(Math.abs((result.load?.fifteen ?? NaN) - (os.loadavg()[2] ?? NaN)) < 1);
  });

  it('has the boot time and the users of psutil', async function () {
    const told = psutil('[psutil.boot_time(), [list(u)[:3] for u in psutil.users()]]');
    if (told === undefined) return this.skip();
    const [boot, users] = told as [number, (string | null)[][]];
    assert.ok(Math.abs((result.bootedAtMs ?? NaN) / 1000 - boot) <= 1);
    const real = await resultOf(usersTool, local, { history: 0 });
    if (real.source !== 'utmp') return;
    assert.deepEqual(
      real.sessions.map(({ user, terminal: line, host }) => [user, line, host ?? '']),
      users.map(([user, line, host]) => [user, line, host === 'localhost' ? '' : host]),
    );
  });
});

/** As who prints it in the C locale: 'Nov 24 01:35'. */
function minuteText(ms: number | null): string {
  // 'Tue, 24 Nov 2026 01:35:14 GMT'
  const [, day = '', month = '', , time = ''] = new Date(ms ?? NaN).toUTCString().split(' ');
  return `${month} ${day.replace(/^0/, ' ')} ${time.slice(0, 5)}`;
}

const ENDS: Readonly<Record<string, string>> = {
  logout: 'time',
  crash: 'crash',
  shutdown: 'down',
  gone: 'gone',
};
