import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedError, isCancelled } from '../../../../src/lib/errors';
import type { Machine } from '../../../../src/machine/machine';
import type { OwnedMachines } from '../../../../src/machine/machines';
import type { Person, Question } from '../../../../src/machine/person';
import { serveFiles } from '../../../../src/runtime/files/serve';
import { machinesOf } from '../../../support/machines';
import type { SshServer } from '../../../support/sshServer';
import { temporaryFolder } from '../../features/ssh/transfer/support';
import { makeTestUser, noTestUser, startServerFor, type TestUser } from '../../../support/testUser';

const never = new AbortController().signal;
const hasSudo = fs.existsSync('/usr/bin/sudo') && fs.existsSync('/etc/sudoers.d');

/** Answers one after the other, and remembers what was asked. */
function personWith(...answers: readonly (string | null)[]): { person: Person; refusals: string[] } {
  const refusals: string[] = [];
  const ask = (question: Question): Promise<unknown> => {
    assert.ok(question.kind === 'secret');
    const answer = answers[refusals.length] ?? null;
    refusals.push(question.refusal);
    return Promise.resolve(answer === null ? null : { texts: [answer], keep: false });
  };
  return { person: { ask: ask as Person['ask'] }, refusals };
}

describe('files as root by sudo', function () {
  let user: TestUser;
  let server: SshServer;
  let machines: OwnedMachines;
  let machine: Machine;
  let folder: string;
  let file: string;
  let rule: string;

  before(async function () {
    if (noTestUser !== undefined || !hasSudo) this.skip();
    user = makeTestUser();
    fs.chownSync(user.home, Number(fs.readFileSync('/etc/passwd', 'utf8').match(`${user.name}:x:(\\d+)`)?.[1]), 100);
    rule = `/etc/sudoers.d/${user.name}`;
    server = await startServerFor(user, []);
    const configFile = path.join(server.folder, 'config-of-user');
    const config = fs.readFileSync(server.configFile, 'utf8').replace(/^User .*$/m, `User ${user.name}`);
    fs.writeFileSync(configFile, config);
    machines = machinesOf(configFile);
    machine = await machines.open(server.alias, never);
  });
  after(async () => {
    await machines?.close();
    await server?.stop();
    user?.remove();
    if (rule !== undefined) fs.rmSync(rule, { force: true });
  });
  beforeEach(() => {
    fs.writeFileSync(rule, `${user.name} ALL=(ALL) ALL\n`, { mode: 0o440 });
    folder = temporaryFolder();
    file = path.join(folder, 'shadow');
    fs.writeFileSync(file, 'old');
    fs.chmodSync(file, 0o640);
    fs.chownSync(file, 0, 42);
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const read = async (person: Person): Promise<string> => {
    const content = await serveFiles({ machine, person }, 'read', { path: file, elevated: true }, never);
    return Buffer.from(content as Uint8Array).toString();
  };
  const write = (person: Person, to = file): Promise<unknown> => {
    const request = { path: to, content: Buffer.from('new'), create: true, overwrite: true, elevated: true };
    return serveFiles({ machine, person }, 'write', request, never);
  };

  it('are read and written with one question, and keep owner and mode', async () => {
    const reading = personWith(user.password);
    assert.equal(await read(reading.person), 'old');
    assert.deepEqual(reading.refusals, ['']);
    const writing = personWith(user.password);
    await write(writing.person);
    assert.deepEqual(writing.refusals, ['']);
    const stats = fs.statSync(file);
    assert.deepEqual([stats.mode & 0o7777, stats.uid, stats.gid], [0o640, 0, 42]);
    assert.equal(fs.readFileSync(file, 'utf8'), 'new');
    assert.deepEqual(fs.readdirSync(folder), ['shadow']);
    assert.deepEqual(
      fs.readdirSync(user.home).filter((name) => name.startsWith('.opsdeck')),
      [],
    );
  });

  it('are made where nothing is, and written through a link', async () => {
    fs.symlinkSync('shadow', path.join(folder, 'link'));
    await write(personWith(user.password).person, path.join(folder, 'link'));
    assert.equal(fs.lstatSync(path.join(folder, 'link')).isSymbolicLink(), true);
    assert.equal(fs.readFileSync(file, 'utf8'), 'new');
    await write(personWith(user.password).person, path.join(folder, 'fresh'));
    assert.equal(fs.statSync(path.join(folder, 'fresh')).mode & 0o777, 0o644);
  });

  it('ask again at most twice, and tell the refusal', async () => {
    const second = personWith('wrong', user.password);
    assert.equal(await read(second.person), 'old');
    assert.equal(second.refusals.length, 2);
    assert.match(second.refusals[1] ?? '', /incorrect password/);
    const never = personWith('a', 'b', 'c', 'd');
    await assert.rejects(write(never.person), (error) => error instanceof ExpectedError && error.code === 'denied');
    assert.equal(never.refusals.length, 3);
    assert.equal(fs.readFileSync(file, 'utf8'), 'old');
    await assert.rejects(read(personWith(null).person), isCancelled);
  });

  it('ask nobody where sudo wants no password, and then also look as root', async () => {
    fs.chmodSync(folder, 0o700);
    const stat = (): Promise<unknown> =>
      serveFiles({ machine, person: personWith().person }, 'stat', { path: file, elevated: true }, never);
    assert.deepEqual(await stat(), { kind: 'file', isLink: false, sizeBytes: 0, mode: 0o600, modifiedMs: 0 });
    fs.writeFileSync(rule, `${user.name} ALL=(ALL) NOPASSWD: ALL\n`);
    assert.equal(await read(personWith().person), 'old');
    const modifiedMs = Math.floor(fs.statSync(file).mtimeMs / 1_000) * 1_000;
    assert.deepEqual(await stat(), { kind: 'file', isLink: false, sizeBytes: 3, mode: 0o640, modifiedMs });
  });
});
