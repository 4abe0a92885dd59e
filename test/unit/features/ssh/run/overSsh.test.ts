import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkTool } from '../../../../../src/features/ssh/checkTools';
import type { CheckResult } from '../../../../../src/features/ssh/core/check/schema';
import type { RunResult } from '../../../../../src/features/ssh/core/run/schema';
import { runTool } from '../../../../../src/features/ssh/runTools';
import { encodePath } from '../../../../../src/lib/bytePath';
import type { Machine } from '../../../../../src/machine/machine';
import type { OwnedMachines } from '../../../../../src/machine/machines';
import { machinesOf } from '../../../../support/machines';
import { runContextOf } from '../../../../support/runContext';
import type { SshServer } from '../../../../support/sshServer';
import { makeTestUser, noTestUser, startServerFor, type TestUser } from '../../../../support/testUser';
import { FakePerson, inputOf, runToEnd } from './support';

const never = new AbortController().signal;
const NOISE = 'welcome <b>to</b> \u001b[31mweb01\u001b[0m';

/** A user of an sshd whose login shell prints, and whose sudo wants a password. */
describe('ssh.run over a real sshd, whose login shell prints', function () {
  this.timeout(120_000);
  let user: TestUser;
  let server: SshServer;
  let machines: OwnedMachines;
  let machine: Machine;
  let rules: string;

  before(async function () {
    if (noTestUser !== undefined || !fs.existsSync('/usr/bin/sudo') || !fs.existsSync('/bin/bash')) return this.skip();
    user = makeTestUser();
    execFileSync('/usr/sbin/usermod', ['--shell', '/bin/bash', user.name]);
    // bash reads it for a command too, where sshd started it.
    fs.writeFileSync(path.join(user.home, '.bashrc'), `printf '${NOISE}\\n'; printf 'oops\\n' >&2; sleep 0.7\n`);
    execFileSync('chown', ['-R', user.name, user.home]);
    rules = `/etc/sudoers.d/${user.name}`;
    fs.writeFileSync(rules, `${user.name} ALL=(ALL) ALL\n`, { mode: 0o440 });
    server = await startServerFor(user, []);
    const configFile = path.join(server.folder, 'as_user');
    const text = fs.readFileSync(server.configFile, 'utf8');
    fs.writeFileSync(configFile, text.replace(/^User .*$/mu, `User ${user.name}`));
    machines = machinesOf(configFile);
    machine = await machines.open(server.alias, never);
  });
  after(async () => {
    await machines?.close();
    await server?.stop();
    if (rules !== undefined) fs.rmSync(rules, { force: true });
    user?.remove();
  });

  it('has none of that in what it shows, and the rest to the byte', async () => {
    const result = await runToEnd(machine, { command: `printf 'out\\n%s' 'a  b'`, env: 'X=1' });
    assert.deepEqual([result.stdout, result.stderr, result.exitCode], ['out\na  b', '', 0]);
    const script = await runToEnd(machine, { script: 'echo "$X$1"; id -un; exit 4', env: 'X=ü' });
    assert.deepEqual([script.stdout, script.stderr, script.exitCode], [`ü\n${user.name}\n`, '', 4]);
    const terminal = await runToEnd(machine, { command: 'tty', terminal: true });
    assert.match(terminal.stdout, /^\/dev\/pts\/\d+\n$/u);
    const signalled = await runToEnd(machine, { script: 'kill -TERM $$' });
    assert.equal(signalled.signal, 'TERM');
  });

  it('writes files there whole, with names of any bytes', async () => {
    const name = 'two\nlines \\udce9 \udce9';
    const file = `${user.home}/${name}`;
    const content = crypto.randomBytes(200_000);
    await machine.files.write(file, content, { signal: never });
    assert.ok((await machine.files.list(user.home, never)).some((entry) => entry.name === name));
    assert.ok(fs.readFileSync(Buffer.from(encodePath(file))).equals(content));
    const texts = await machine.files.readMany([`${user.home}/.bashrc`], { signal: never });
    assert.match(JSON.stringify(texts.get(`${user.home}/.bashrc`)), /sleep 0\.7/u);
  });

  it('holds a flood within its bounds, and the program is not held up by it', async () => {
    const before = process.memoryUsage().rss;
    const result = await runToEnd(machine, {
      script: 'yes "$(head -c 999 /dev/zero | tr "\\0" x)" | head -c 60000000; echo end',
    });
    assert.deepEqual([result.exitCode, result.state], [0, 'ended']);
    assert.ok(result.stdout.length < 20_000_000, `${result.stdout.length}`);
    assert.match(result.stdout.slice(-10), /end\n$/u);
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < 300_000_000, `it grew by ${grown} bytes`);
  });

  it('leaves no process there when it is cancelled, with or without a terminal', async () => {
    for (const terminal of [false, true]) {
      const mark = crypto.randomBytes(6).toString('hex');
      const file = path.join(user.home, mark);
      const script = `sleep 600 & (trap '' HUP TERM; exec sleep 601) & echo "$$ $(jobs -p | tr '\\n' ' ')" > ${file}; wait`;
      const controller = new AbortController();
      const input = inputOf({ script, shell: 'bash', terminal });
      let last: RunResult | undefined;
      const over = (async () => {
        for await (const result of runTool.run(input, runContextOf(machine, { signal: controller.signal })))
          last = result;
      })();
      while (!fs.existsSync(file) || !fs.readFileSync(file, 'utf8').endsWith('\n')) await pause(20);
      const pids = fs.readFileSync(file, 'utf8').trim().split(/\s+/u);
      assert.equal(pids.length, 3, pids.join());
      controller.abort();
      await over;
      assert.equal(last?.state, 'cancelled');
      for (let round = 0; round < 300 && pids.some(isAlive); round++) await pause(25);
      assert.deepEqual(pids.filter(isAlive), [], `terminal: ${terminal}`);
    }
  });

  it('answers sudo once, and what ran as root is ended when it is cancelled', async () => {
    const person = new FakePerson([user.password]);
    const result = await runToEnd(machine, { command: 'id -un', become: 'sudo' }, { person });
    assert.deepEqual([result.stdout, result.exitCode, person.asked.length], ['root\n', 0, 1]);
    const file = path.join(user.home, 'of-root');
    const controller = new AbortController();
    const asked = new FakePerson([user.password]);
    const script = `sleep 602 & echo "$$ $!" > ${file}; wait`;
    const over = runToEnd(machine, { script, become: 'sudo' }, { person: asked, signal: controller.signal });
    while (!fs.existsSync(file) || !fs.readFileSync(file, 'utf8').endsWith('\n')) await pause(20);
    const pids = fs.readFileSync(file, 'utf8').trim().split(' ');
    controller.abort();
    assert.equal((await over).state, 'cancelled');
    for (let round = 0; round < 400 && pids.some(isAlive); round++) await pause(25);
    assert.deepEqual(pids.filter(isAlive), []);
  });

  it('is slow by its login shell, which the check says in one sentence', async () => {
    let result: CheckResult | undefined;
    for await (const one of checkTool.run({ host: server.alias }, runContextOf(machine, { machines }))) result = one;
    assert.ok(result !== undefined);
    assert.match(checkTool.report(result).verdict, /is its login shell/u);
  });
});

function isAlive(pid: string): boolean {
  try {
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === false;
  } catch {
    return false;
  }
}
