import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Question, SecretQuestion } from '../../../../../src/machine/person';
import { connectHost } from '../../../../../src/machine/ssh/connect/connectHost';
import { sessionSecrets } from '../../../../../src/machine/ssh/connect/auth/sessionSecrets';
import type { ConnectedTransport } from '../../../../../src/machine/ssh/connect/parts';
import type { HostOptions } from '../../../../../src/machine/ssh/options';
import type { Transport } from '../../../../../src/machine/ssh/transport';
import { makeKey, type SshServer } from '../../../../support/sshServer';
import { failureOf, never, optionsFor, partsWith, type TestParts } from './support';
import { makeTestUser, noTestUser, startServerFor, type TestUser } from '../../../../support/testUser';

const PAM = ['UsePAM yes', 'PasswordAuthentication yes', 'KbdInteractiveAuthentication yes'];

describe('logging in', function () {
  // Keys with a passphrase take bcrypt in JavaScript: seconds on a busy machine.
  this.timeout(30_000);
  let user: TestUser;
  let server: SshServer;
  const open: Transport[] = [];

  before(async function () {
    if (noTestUser !== undefined) return this.skip();
    user = makeTestUser();
    server = await startServerFor(user, PAM);
  });
  after(async () => {
    await server?.stop();
    user?.remove();
  });
  afterEach(() => {
    for (const transport of open.splice(0)) transport.close();
  });

  const connect = async (options: HostOptions, parts: TestParts): Promise<ConnectedTransport> => {
    const transport = (await connectHost(options, parts, never)) as ConnectedTransport;
    open.push(transport);
    return transport;
  };
  const whoAmI = async (transport: Transport): Promise<string> => {
    const channel = await transport.open({ kind: 'exec', line: 'id -un' }, never);
    return (await text(channel.stdout)).trim();
  };
  const passwordOnly = { identityFiles: [], pubkeyAuthentication: false, kbdInteractiveAuthentication: false };
  const failedPasswords = (log: string): number => log.match(/Failed password for/gu)?.length ?? 0;
  const answering =
    (...texts: readonly string[]) =>
    (question: Question): unknown =>
      question.kind === 'secret' ? { texts, keep: false } : null;

  it('asks for the password, says whose and where, and keeps it only when that is wanted', async () => {
    const parts = partsWith(() => ({ texts: [user.password], keep: true }));
    const transport = await connect(optionsFor(server, passwordOnly), parts);
    assert.equal(await whoAmI(transport), user.name);
    const [question] = parts.asked as SecretQuestion[];
    assert.ok(question?.title.includes(user.name) && question.title.includes('peer'), question?.title);
    assert.deepEqual(transport.facts.authenticatedBy, ['password']);
    assert.deepEqual([...parts.kept.values()], [user.password]);
    const again = partsWith(undefined);
    for (const [key, value] of parts.kept) again.kept.set(key, value);
    assert.equal(await whoAmI(await connect(optionsFor(server, passwordOnly), again)), user.name);
    const plain = partsWith(answering(user.password));
    const secrets = sessionSecrets(plain.secrets);
    await connect(optionsFor(server, passwordOnly), { ...plain, secrets });
    assert.equal(plain.kept.size, 0);
    await connect(optionsFor(server, passwordOnly), { ...plain, secrets });
    assert.equal(plain.asked.length, 1, 'in the same session nobody is asked again');
  });

  it('makes exactly one attempt for each answer, and no more than it may', async () => {
    const fresh = await startServerFor(user, PAM);
    try {
      const parts = partsWith(answering('wrong'));
      const options = optionsFor(fresh, { ...passwordOnly, numberOfPasswordPrompts: 2 });
      const { code, message } = await failureOf(connectHost(options, parts, never));
      assert.equal(code, 'not-authenticated');
      assert.match(message, /peer .*password/u);
      assert.equal(parts.asked.length, 2);
      assert.notEqual((parts.asked[1] as SecretQuestion).refusal, '');
      await pause(200);
      assert.equal(failedPasswords(fresh.log()), 2);
      assert.ok(!message.includes('wrong') && !parts.logged.join().includes('wrong'));
    } finally {
      await fresh.stop();
    }
  });

  it('tells who leaves the question that nothing was tried, and is not slower for it the next time', async () => {
    const parts = partsWith(() => null);
    const { code, message } = await failureOf(connectHost(optionsFor(server, passwordOnly), parts, never));
    assert.equal(code, 'denied');
    assert.match(message, /wants the password of .* nobody gave it\. Connect again\.$/u);
    assert.equal(parts.asked.length, 1);
  });

  it('forgets a kept password that was refused, and does not try it again', async () => {
    const fresh = await startServerFor(user, PAM);
    try {
      const parts = partsWith(undefined);
      const options = optionsFor(fresh, passwordOnly);
      parts.kept.set(`ssh-password:${user.name}@${fresh.host}:${fresh.port}`, 'stale');
      await failureOf(connectHost(options, parts, never));
      assert.equal(parts.kept.size, 0);
      await failureOf(connectHost(options, parts, never));
      await pause(200);
      assert.equal(failedPasswords(fresh.log()), 1);
    } finally {
      await fresh.stop();
    }
  });

  it('answers keyboard-interactive of PAM', async () => {
    const parts = partsWith(answering(user.password));
    const options = optionsFor(server, {
      identityFiles: [],
      pubkeyAuthentication: false,
      passwordAuthentication: false,
    });
    const transport = await connect(options, parts);
    assert.deepEqual(transport.facts.authenticatedBy, ['keyboard-interactive']);
    assert.equal((parts.asked[0] as SecretQuestion).prompts[0]?.echo, false);
    assert.equal(await whoAmI(transport), user.name);
  });

  it('answers the several questions of PAM for a password that has expired', async () => {
    const expiring = makeTestUser();
    const other = await startServerFor(expiring, PAM);
    try {
      execFileSync('/usr/bin/chage', ['-d', '0', expiring.name]);
      const fresh = `Xy7-${expiring.password}-q`;
      const answers = [expiring.password, expiring.password, fresh, fresh];
      const parts = partsWith(() => ({ texts: [answers.shift() ?? ''], keep: true }));
      const options = optionsFor(other, {
        identityFiles: [],
        pubkeyAuthentication: false,
        passwordAuthentication: false,
      });
      const transport = await connect(options, parts);
      assert.equal(await whoAmI(transport), expiring.name);
      const texts = parts.asked.map((question) => (question as SecretQuestion).prompts[0]?.text ?? '');
      assert.deepEqual(
        texts.map((asked) => /current|new|retype/iu.exec(asked)?.[0].toLowerCase() ?? ''),
        ['', 'current', 'new', 'retype'],
      );
      assert.deepEqual(
        parts.asked.map((question) => (question as SecretQuestion).canKeep),
        [true, false, false, false],
      );
    } finally {
      await other.stop();
      expiring.remove();
    }
  });

  it('is let in without anything where the server wants nothing, and nobody is asked', async () => {
    const empty = makeTestUser();
    execFileSync('/usr/bin/passwd', ['-d', '-q', empty.name]);
    const lax = await startServerFor(empty, ['PasswordAuthentication yes', 'PermitEmptyPasswords yes', 'UsePAM no']);
    try {
      const parts = partsWith(() => assert.fail('nobody is to be asked'));
      const transport = await connect(optionsFor(lax, { identityFiles: [] }), parts);
      assert.deepEqual(transport.facts.authenticatedBy, ['none']);
      assert.equal(await whoAmI(transport), empty.name);
    } finally {
      await lax.stop();
      empty.remove();
    }
  });

  it('takes a key and a password where both are wanted', async () => {
    const both = await startServerFor(user, [...PAM, 'AuthenticationMethods publickey,password']);
    try {
      const parts = partsWith(answering(user.password));
      const transport = await connect(optionsFor(both), parts);
      assert.deepEqual(transport.facts.authenticatedBy, ['publickey', 'password']);
      const nobody = await failureOf(connectHost(optionsFor(both), partsWith(undefined), never));
      assert.match(nobody.message, /publickey.*password/u);
    } finally {
      await both.stop();
    }
  });

  it('says what was offered and what the server wants', async () => {
    const picky = await startServerFor(user, ['PasswordAuthentication no', 'KbdInteractiveAuthentication no']);
    try {
      const stranger = makeKey(path.join(picky.folder, 'stranger'), 'ed25519');
      const options = optionsFor(picky, { identityFiles: [stranger], identityAgent: null });
      const { code, message } = await failureOf(connectHost(options, partsWith(undefined), never));
      assert.equal(code, 'not-authenticated');
      assert.match(message, /accepts only publickey.*stranger \(refused\).*authorized_keys/u);
    } finally {
      await picky.stop();
    }
  });

  describe('with a key of every format', () => {
    const secret = 'pass phrase ü';
    const shapes: readonly (readonly [string, string, (file: string) => void])[] = [
      ['OpenSSH, Ed25519', 'ed25519', () => undefined],
      ['OpenSSH, ECDSA', 'ecdsa', () => undefined],
      ['PEM, RSA', 'rsa', (file) => convert(file, ['-m', 'PEM'])],
      ['PEM, ECDSA', 'ecdsa', (file) => convert(file, ['-m', 'PEM'])],
      ['PKCS #8, RSA', 'rsa', (file) => convert(file, ['-m', 'PKCS8'])],
      ['PKCS #8, ECDSA', 'ecdsa', (file) => convert(file, ['-m', 'PKCS8'])],
    ];
    const convert = (file: string, format: readonly string[]): void => {
      execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', '', ...format, '-f', file]);
    };
    const use = async (file: string, passphrase: string | null): Promise<TestParts> => {
      fs.appendFileSync(server.authorizedKeysFile, fs.readFileSync(`${file}.pub`));
      const parts = partsWith(passphrase === null ? undefined : answering(passphrase));
      const options = optionsFor(server, { identityFiles: [file], preferredAuthentications: ['publickey'] });
      assert.equal(await whoAmI(await connect(options, parts)), user.name);
      return parts;
    };

    for (const [name, type, change] of shapes) {
      it(`${name}, without and with a passphrase, with and without its public part`, async () => {
        const file = makeKey(path.join(server.folder, name.replace(/\W/gu, '')), type);
        change(file);
        await use(file, null);
        const format = name.startsWith('PEM') ? ['-m', 'PEM'] : name.startsWith('PKCS') ? ['-m', 'PKCS8'] : [];
        execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', secret, ...format, '-f', file]);
        const parts = await use(file, secret);
        assert.equal(parts.asked.length, 1);
        const hidden = `${file}.alone`;
        fs.copyFileSync(file, hidden);
        const alone = optionsFor(server, { identityFiles: [hidden], preferredAuthentications: ['publickey'] });
        assert.equal(await whoAmI(await connect(alone, partsWith(answering(secret)))), user.name);
      });
    }

    for (const type of ['ed25519', 'ecdsa', 'rsa']) {
      for (const version of ['2', '3']) {
        it(`PPK ${version}, ${type}`, async function () {
          if (!fs.existsSync('/usr/bin/puttygen')) return this.skip();
          const source = makeKey(path.join(server.folder, `ppk${type}${version}`), type);
          for (const passphrase of ['', secret]) {
            const file = `${source}${passphrase === '' ? '' : '-locked'}.ppk`;
            fs.writeFileSync(`${source}.pass`, passphrase);
            const format = ['-O', 'private', '--ppk-param', `version=${version}`, '-o', file];
            execFileSync('puttygen', [source, ...format, '--new-passphrase', `${source}.pass`]);
            fs.copyFileSync(`${source}.pub`, `${file}.pub`);
            if (passphrase !== '' && version === '3' && !('argon2Sync' in process.getBuiltinModule('crypto'))) continue;
            await use(file, passphrase === '' ? null : passphrase);
          }
        });
      }
    }

    it('asks again for a wrong passphrase, three times, without telling the server', async () => {
      const file = makeKey(path.join(server.folder, 'locked'), 'ed25519');
      execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', secret, '-f', file]);
      fs.appendFileSync(server.authorizedKeysFile, fs.readFileSync(`${file}.pub`));
      const options = optionsFor(server, { identityFiles: [file], preferredAuthentications: ['publickey'] });
      const answers = ['wrong', 'wronger', secret];
      const parts = partsWith(() => ({ texts: [answers.shift() ?? ''], keep: true }));
      await connect(options, parts);
      assert.deepEqual(
        parts.asked.map((question) => (question as SecretQuestion).refusal !== ''),
        [false, true, true],
      );
      const [key] = [...parts.kept.keys()];
      assert.match(key ?? '', /^ssh-passphrase:SHA256:/u);
      const never3 = partsWith(answering('wrong'));
      await failureOf(connectHost(options, never3, never));
      assert.equal(never3.asked.length, 3);
    });

    it('does not ask for the passphrase of a key that the server does not want', async () => {
      const file = makeKey(path.join(server.folder, 'unwanted'), 'ed25519');
      execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', secret, '-f', file]);
      const parts = partsWith(answering(secret));
      const options = optionsFor(server, { identityFiles: [file, server.keyFile] });
      await connect(options, parts);
      assert.equal(parts.asked.length, 0);
    });

    it('passes over a private key that others may read, as ssh does', async () => {
      const file = makeKey(path.join(server.folder, 'open'), 'ed25519');
      fs.chmodSync(file, 0o644);
      const options = optionsFor(server, { identityFiles: [file], preferredAuthentications: ['publickey'] });
      const { message } = await failureOf(connectHost(options, partsWith(undefined), never));
      assert.match(message, /chmod 600/u);
    });
  });

  it('uses the keys of an agent, only the named ones with IdentitiesOnly, and forwards it', async () => {
    const socket = path.join(server.folder, 'agent.sock');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      while (!fs.existsSync(socket)) await pause(20);
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      const other = makeKey(path.join(server.folder, 'other'), 'rsa');
      execFileSync('ssh-add', ['-q', other], { env, stdio: 'ignore' });
      execFileSync('ssh-add', ['-q', server.keyFile], { env, stdio: 'ignore' });
      const byAgent = { identityFiles: [], identityAgent: socket, forwardAgent: socket, batchMode: true };
      const transport = await connect(optionsFor(server, byAgent), partsWith(undefined));
      assert.deepEqual(transport.facts.authenticatedBy, ['publickey']);
      const channel = await transport.open({ kind: 'exec', line: 'ssh-add -L', forwardAgent: true }, never);
      assert.match(await text(channel.stdout), /ssh-ed25519/u);
      const named = optionsFor(server, { ...byAgent, identitiesOnly: true, identityFiles: [`${other}.pub`] });
      const { message } = await failureOf(connectHost(named, partsWith(undefined), never));
      assert.match(message, /agent: .*\(refused\)/u);
      assert.ok(!message.includes('test-ed25519'), message);
    } finally {
      agent.kill();
      await once(agent, 'exit');
    }
  });

  it('tells the signal that ended a program, also after stdin was ended', async () => {
    const transport = await connect(optionsFor(server), partsWith(undefined));
    const channel = await transport.open({ kind: 'exec', line: 'echo ready; exec sleep 60' }, never);
    channel.stdin.end();
    await once(channel.stdout, 'data');
    channel.signal('SIGTERM');
    assert.deepEqual(await channel.ended, { exitCode: null, signal: 'TERM' });
  });
});
