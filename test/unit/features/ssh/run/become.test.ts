import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { runTool } from '../../../../../src/features/ssh/runTools';
import { createLocalMachine, type LocalMachine } from '../../../../../src/machine/local';
import type { Machine } from '../../../../../src/machine/machine';
import { runContextOf } from '../../../../support/runContext';
import { FakePerson, FakeSecrets, inputOf, runToEnd, type AnyInput } from './support';

const PASSWORD = `Pw-${crypto.randomBytes(6).toString('hex')} $x'"`;

const has = (program: string): boolean =>
  ['/usr/bin', '/bin', '/usr/sbin'].some((folder) => fs.existsSync(`${folder}/${program}`));

/** A user of the test with a password, and rules for sudo; everything is taken back. */
class TestUser {
  readonly name = `opsdeckt${crypto.randomBytes(3).toString('hex')}`;
  private readonly rules = `/etc/sudoers.d/${this.name}`;

  constructor() {
    execFileSync('useradd', ['-M', '-d', '/nonexistent', '-s', '/bin/sh', this.name]);
    execFileSync('chpasswd', { input: `${this.name}:${PASSWORD}\n` });
  }

  allow(rule: string, defaults = ''): void {
    fs.writeFileSync(this.rules, `${this.name} ALL=(ALL) ${rule}\n${defaults}\n`, { mode: 0o440 });
  }

  forbid(): void {
    fs.rmSync(this.rules, { force: true });
  }

  remove(): void {
    this.forbid();
    execFileSync('userdel', [this.name], { stdio: 'ignore' });
  }
}

function groupOf(name: string): string {
  return execFileSync('id', ['-g', name], { encoding: 'utf8' }).trim();
}

/** The local machine, on which every program starts as that user; what was started is noted. */
function asUser(local: Machine, name: string): { readonly machine: Machine; readonly started: string[] } {
  const started: string[] = [];
  const machine: Machine = {
    ...local,
    name: 'web01',
    start: (command, options) => {
      started.push(JSON.stringify([command, options.env]));
      return local.start(
        ['setpriv', `--reuid=${name}`, `--regid=${groupOf(name)}`, '--init-groups', '--', ...command],
        options,
      );
    },
  };
  return { machine, started };
}

describe('ssh.run as another user', function () {
  this.timeout(30_000);
  let local: LocalMachine;
  let user: TestUser;
  let machine: Machine;
  let started: string[];
  before(function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
    if (!has('sudo') || !has('useradd') || !has('setpriv')) this.skip();
    local = createLocalMachine();
    user = new TestUser();
  });
  after(async () => {
    (user as TestUser | undefined)?.remove();
    await (local as LocalMachine | undefined)?.dispose();
  });
  beforeEach(() => {
    user.forbid();
    ({ machine, started } = asUser(local, user.name));
  });
  const rejected = (promise: Promise<unknown>, code: string, message: RegExp): Promise<void> =>
    assert.rejects(promise, (error: Error & { code?: string }) => {
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      assert.ok(!error.message.includes(PASSWORD));
      return true;
    });

  describe('by sudo', () => {
    it('answers the prompt once, and the program reads none of it', async () => {
      user.allow('ALL');
      const person = new FakePerson([PASSWORD]);
      const result = await runToEnd(
        machine,
        { command: `sh -c 'id -un; cat; echo err >&2'`, become: 'sudo' },
        { person },
      );
      assert.deepEqual([result.stdout, result.stderr, result.exitCode], ['root\n', 'err\n', 0]);
      assert.deepEqual([result.become, result.becomeUser], ['sudo', 'root']);
      assert.deepEqual(
        person.asked.map(({ title, refusal, canKeep }) => [title, refusal, canKeep]),
        [[`Password of ${user.name} on web01`, '', true]],
      );
      assert.ok(
        ![...started, JSON.stringify(result)].some((text) => text.includes(PASSWORD)),
        'the password shows nowhere',
      );
    });

    it('gives standard input and scripts to the program alone', async () => {
      user.allow('ALL');
      const lines = 'first\nsecond\n';
      const person = new FakePerson([PASSWORD, PASSWORD]);
      const cat = await runToEnd(machine, { command: 'cat', stdin: lines, become: 'sudo' }, { person });
      assert.deepEqual([cat.stdout, cat.stderr], [lines, '']);
      const script = await runToEnd(machine, { script: 'id -un\necho "$X"', env: 'X=a b', become: 'sudo' }, { person });
      assert.deepEqual([script.stdout, script.stderr, script.exitCode], ['root\na b\n', '', 0]);
      assert.deepEqual(script.command, ['sh', '-s']);
    });

    it('asks nobody where no password is needed', async () => {
      user.allow('NOPASSWD: ALL');
      const plain = await runToEnd(machine, { command: 'id -un', become: 'sudo', becomeUser: 'nobody' });
      assert.deepEqual([plain.stdout, plain.stderr], ['nobody\n', '']);
      const fed = await runToEnd(machine, { command: 'cat', stdin: 'text', become: 'sudo' });
      assert.equal(fed.stdout, 'text');
      const failed = await runToEnd(machine, { command: `sh -c 'exit 1'`, become: 'sudo' });
      assert.deepEqual([failed.exitCode, failed.state], [1, 'ended']);
    });

    it('runs what a narrow rule allows, and says so when it does not', async () => {
      user.allow('NOPASSWD: /usr/bin/id');
      assert.equal((await runToEnd(machine, { command: '/usr/bin/id -un', become: 'sudo' })).stdout, 'root\n');
      const person = new FakePerson([PASSWORD]);
      await rejected(
        runToEnd(machine, { command: 'cat /etc/shadow', become: 'sudo' }, { person }),
        'denied',
        /^sudo on web01 does not allow this as root: Sorry, user .* is not allowed to execute/,
      );
    });

    it('asks again after a wrong password, three times at most, and keeps what was right on request', async () => {
      user.allow('ALL');
      const secrets = new FakeSecrets();
      const key = `become:web01:${user.name}`;
      secrets.kept.set(key, 'an old one');
      const person = new FakePerson([PASSWORD], true);
      const result = await runToEnd(machine, { command: 'id -un', become: 'sudo' }, { person, secrets });
      assert.equal(result.stdout, 'root\n');
      assert.deepEqual(
        person.asked.map(({ refusal }) => refusal),
        ['The password was wrong.'],
      );
      assert.equal(secrets.kept.get(key), PASSWORD);
      const nobody = new FakePerson([]);
      assert.equal(
        (await runToEnd(machine, { command: 'id -un', become: 'sudo' }, { person: nobody, secrets })).exitCode,
        0,
      );
      assert.equal(nobody.asked.length, 0);
      const wrong = new FakePerson(['wrong 1', 'wrong 2', 'wrong 3', 'wrong 4']);
      await rejected(
        runToEnd(machine, { command: 'id -un', become: 'sudo' }, { person: wrong }),
        'denied',
        /^sudo on web01 refused the password 3 times; nothing was run\.$/,
      );
      assert.equal(wrong.asked.length, 3);
    });

    it('says who is not in the sudoers file, and which user there is not', async () => {
      const person = new FakePerson([PASSWORD]);
      await rejected(
        runToEnd(machine, { command: 'id', become: 'sudo' }, { person }),
        'denied',
        /is not in the sudoers file/,
      );
      user.allow('NOPASSWD: ALL');
      await rejected(
        runToEnd(machine, { command: 'id', become: 'sudo', becomeUser: 'no-such-user' }),
        'not-found',
        /There is no user no-such-user on web01/,
      );
    });

    it('says where a terminal is required, and works with one', async () => {
      user.allow('NOPASSWD: ALL', `Defaults:${user.name} requiretty`);
      await rejected(runToEnd(machine, { command: 'id', become: 'sudo' }), 'unsupported', /requiretty/);
      user.allow('ALL', `Defaults:${user.name} requiretty`);
      const person = new FakePerson([PASSWORD]);
      const result = await runToEnd(machine, { command: 'id -un', become: 'sudo', terminal: true }, { person });
      assert.match(result.stdout, /root\n$/);
      assert.ok(!result.stdout.includes(PASSWORD));
    });

    it('says so where nobody can be asked, and ends quietly when the person leaves', async () => {
      user.allow('ALL');
      await rejected(
        runToEnd(machine, { command: 'id', become: 'sudo' }),
        'needs-password',
        /nobody can be asked here/,
      );
      const person = new FakePerson([]);
      await assert.rejects(runToEnd(machine, { command: 'id', become: 'sudo' }, { person }), {
        name: 'CancelledError',
      });
    });

    for (const rule of ['ALL', 'NOPASSWD: ALL']) {
      it(`ends what runs as another user when it is cancelled (${rule})`, async () => {
        user.allow(rule);
        const controller = new AbortController();
        const person = new FakePerson([PASSWORD]);
        const context = runContextOf(machine, { signal: controller.signal, live: true, person });
        const input: AnyInput = { command: `sh -c 'echo pid $$; sleep 63; true'`, become: 'sudo' };
        let pid = 0;
        for await (const result of runTool.run(inputOf(input), context)) {
          pid ||= Number(/pid (\d+)\n/.exec(result.stdout)?.[1] ?? 0);
          if (pid > 0) controller.abort();
        }
        assert.ok(pid > 0);
        assert.ok(await isGone(pid), `process ${pid} is still there`);
      });
    }
  });

  describe('by su', () => {
    it('answers the prompt on a terminal', async () => {
      const person = new FakePerson([PASSWORD]);
      const input: AnyInput = { command: `printf '%s|' 'a b' '$HOME' -l`, become: 'su', becomeUser: user.name };
      const result = await runToEnd(asUser(local, 'nobody').machine, input, { person });
      assert.deepEqual([result.stdout, result.exitCode], ['a b|$HOME|-l|', 0]);
      assert.equal(person.asked[0]?.title, `Password of ${user.name} on web01`);
      const script = await runToEnd(
        asUser(local, 'nobody').machine,
        { script: 'id -un\nexit 5', become: 'su', becomeUser: user.name },
        { person: new FakePerson([PASSWORD]) },
      );
      assert.deepEqual([script.stdout, script.exitCode], [`${user.name}\n`, 5]);
    });

    it('asks again after a wrong password', async () => {
      const person = new FakePerson(['wrong', PASSWORD]);
      const input: AnyInput = { command: 'id -un', become: 'su', becomeUser: user.name };
      const result = await runToEnd(asUser(local, 'nobody').machine, input, { person });
      assert.equal(result.stdout, `${user.name}\n`);
      assert.equal(person.asked[1]?.refusal, 'The password was wrong.');
    });
  });

  describe('by doas', () => {
    const configuration = '/etc/doas.conf';
    before(function () {
      if (!has('doas') || fs.existsSync(configuration)) this.skip();
      fs.writeFileSync(configuration, `permit ${user.name} as root\n`, { mode: 0o400 });
    });
    after(() => {
      if (fs.existsSync(configuration) && fs.readFileSync(configuration, 'utf8').includes(user.name))
        fs.rmSync(configuration);
    });

    it('answers the prompt on a terminal, and asks again after a wrong password', async () => {
      const person = new FakePerson(['wrong', PASSWORD]);
      const result = await runToEnd(machine, { command: 'id -un', become: 'doas', env: 'X=1' }, { person });
      assert.match(result.stdout, /^(\r?\n)?root\n$/);
      assert.deepEqual(
        person.asked.map(({ title }) => title),
        [`Password of ${user.name} on web01`, `Password of ${user.name} on web01`],
      );
    });

    it('says what it does not allow', async () => {
      const input: AnyInput = { command: 'id -un', become: 'doas', becomeUser: 'nobody' };
      await rejected(runToEnd(machine, input), 'denied', /^doas on web01 does not allow this as nobody/);
    });
  });
});

async function isGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (!fs.existsSync(`/proc/${pid}`)) return true;
    if (/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))) return true;
    await pause(50);
  }
  return false;
}
