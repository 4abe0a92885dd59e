import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { ExpectedError } from '../../../../../src/lib/errors';
import type { AnswerTo, SecretQuestion } from '../../../../../src/machine/person';
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

  it('sends nothing when the person leaves', async () => {
    const before = tries(server);
    await assert.rejects(connectTo(server, { ...options, user }, { person: new ScriptedPerson([null]) }), {
      code: 'denied',
    });
    assert.equal(tries(server), before);
  });
});
