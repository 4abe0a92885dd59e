import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { ExpectedError } from '../../../../../src/lib/errors';
import { sessionSecrets } from '../../../../../src/machine/ssh/connect/auth/sessionSecrets';
import type { KeptSecrets } from '../../../../../src/machine/ssh/connect/parts';
import type { AnswerTo, SecretQuestion } from '../../../../../src/machine/person';
import type { Secrets } from '../../../../../src/tool/tool';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { connectTo, run, ScriptedPerson } from './support';

const PASSWORD = 'pass "word" $(id) ü';

function answers(...texts: readonly string[]): readonly AnswerTo<SecretQuestion>[] {
  return texts.map((text) => ({ texts: [text], keep: false }));
}

function tries(server: SshServer): number {
  return server.log().match(/Failed password for opsdeck-sys/g)?.length ?? 0;
}

describe('passwords by the system’s ssh', () => {
  const user = `opsdeck-sys${process.pid}`;
  let server: SshServer;

  before(async function () {
    if (noSshServer !== undefined || process.getuid?.() !== 0) return this.skip();
    execFileSync('useradd', ['--no-create-home', '--home-dir', '/', '--shell', '/bin/sh', user]);
    execFileSync('chpasswd', { input: `${user}:${PASSWORD}\n` });
    const config = ['LogLevel VERBOSE', 'PasswordAuthentication yes'];
    server = await startSshServer({ config, authorize: false });
    fs.chmodSync(server.folder, 0o755);
  });

  after(async () => {
    await server?.stop();
    if (server !== undefined) execFileSync('userdel', [user]);
  });

  const options = { identityFiles: [], pubkeyAuthentication: false };

  it('asks once, and says whose password', async () => {
    const person = new ScriptedPerson(answers(PASSWORD));
    const transport = await connectTo(server, { ...options, user }, { person });
    assert.equal((await run(transport, 'id -un')).stdout, `${user}\n`);
    transport.close();
    await transport.closed;
    assert.equal(person.asked.length, 1);
    const [question] = person.asked as SecretQuestion[];
    assert.equal(question?.title, `Password of ${user} on peer (127.0.0.1), port ${server.port}`);
    assert.equal(question?.refusal, '');
  });

  it('asks again as often as NumberOfPasswordPrompts says, and tells that it was wrong', async () => {
    const before = tries(server);
    const person = new ScriptedPerson(answers('one', 'two', 'three', 'four'));
    const connecting = connectTo(server, { ...options, user, numberOfPasswordPrompts: 2 }, { person });
    await assert.rejects(connecting, (error) => {
      assert.ok(error instanceof ExpectedError && error.code === 'denied');
      return error.message.includes(user) && !/one|two/.test(error.message.replace(user, ''));
    });
    const questions = person.asked as SecretQuestion[];
    assert.deepEqual(
      questions.map(({ refusal }) => refusal !== ''),
      [false, true],
    );
    assert.equal(tries(server) - before, 2);
  });

  it('is not asked for again in the same session, nor in a later one where it is to be kept', async () => {
    const stored = new Map<string, string>();
    const storage: Secrets = {
      get: (key) => Promise.resolve(stored.get(key)),
      store: (key, value) => Promise.resolve(void stored.set(key, value)),
      delete: (key) => Promise.resolve(void stored.delete(key)),
    };
    const logIn = async (person: ScriptedPerson, secrets: KeptSecrets): Promise<void> => {
      const transport = await connectTo(server, { ...options, user }, { person, secrets });
      transport.close();
      await transport.closed;
    };
    const session = sessionSecrets(storage);
    const person = new ScriptedPerson(answers(PASSWORD));
    await logIn(person, session);
    await logIn(person, session);
    assert.equal(person.asked.length, 1);
    assert.equal(stored.size, 0);
    await logIn(new ScriptedPerson([{ texts: [PASSWORD], keep: true }]), sessionSecrets(storage));
    assert.deepEqual([...stored.values()], [PASSWORD]);
    const nobody = new ScriptedPerson([]);
    await logIn(nobody, sessionSecrets(storage));
    assert.equal(nobody.asked.length, 0);
  });

  it('forgets what is kept and was wrong, and asks then', async () => {
    const before = tries(server);
    const wrong = new Map([[`ssh-password:${user}@${server.host}:${server.port}`, 'stale']]);
    const storage: Secrets = {
      get: (key) => Promise.resolve(wrong.get(key)),
      store: () => Promise.resolve(),
      delete: (key) => Promise.resolve(void wrong.delete(key)),
    };
    const person = new ScriptedPerson(answers(PASSWORD));
    const transport = await connectTo(server, { ...options, user }, { person, secrets: sessionSecrets(storage) });
    transport.close();
    await transport.closed;
    assert.equal(wrong.size, 0);
    assert.equal(tries(server) - before, 1);
    assert.equal(person.asked.length, 1);
  });

  it('sends nothing when the person leaves', async () => {
    const before = tries(server);
    await assert.rejects(connectTo(server, { ...options, user }, { person: new ScriptedPerson([null]) }), {
      code: 'denied',
    });
    assert.equal(tries(server), before);
  });
});
