import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { resolveOptions } from '../../../../../src/machine/ssh/config/resolve';
import { readSshOnlyKeys } from '../../../../../src/machine/ssh/connect/auth/agentList';
import { checkConnection } from '../../../../../src/machine/ssh/connect/check';
import { connectHost } from '../../../../../src/machine/ssh/connect/connectHost';
import type { SystemConnect } from '../../../../../src/machine/ssh/connect/parts';
import { systemTransport } from '../../../../../src/machine/ssh/system/systemTransport';
import type { Transport } from '../../../../../src/machine/ssh/transport';
import { makeKey, noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { failureOf, never, optionsFor, partsWith, secretsOf } from './support';

/** As the house does it, with a configuration that the options alone make. */
const realSystem: SystemConnect = (options, signal) =>
  systemTransport(
    options,
    {
      program: 'ssh',
      configFile: 'none',
      person: null,
      secrets: secretsOf(new Map()),
      env: process.env,
      onLog: () => undefined,
    },
    signal,
  );

describe('what only ssh itself can log in with', () => {
  let server: SshServer;
  let folder: string;
  let agent: ChildProcess;
  let socket: string;
  const open: Transport[] = [];

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-beyond-'));
    const ca = makeKey(path.join(folder, 'ca'), 'ed25519');
    server = await startSshServer({
      authorize: false,
      config: [`TrustedUserCAKeys ${ca}.pub`, 'PasswordAuthentication yes', 'GSSAPIAuthentication yes'],
    });
    const key = makeKey(path.join(folder, 'certified'), 'ed25519');
    execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', 'test', '-n', server.user, `${key}.pub`]);
    socket = path.join(folder, 'agent');
    agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    while (!fs.existsSync(socket)) await pause(20);
    execFileSync('ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  });
  after(async () => {
    if (agent !== undefined) {
      agent.kill();
      await once(agent, 'exit');
    }
    await server?.stop();
    if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    for (const transport of open.splice(0)) transport.close();
  });

  const byAgent = (): ReturnType<typeof optionsFor> => optionsFor(server, { identityFiles: [], identityAgent: socket });

  it('is found in an agent before a password is asked for, and told', async () => {
    const parts = partsWith(() => assert.fail('nobody is to be asked'), { system: realSystem });
    const transport = await connectHost(byAgent(), parts, never);
    open.push(transport);
    assert.equal(transport.kind, 'system');
    assert.match(transport.remarks.join(), /By the ssh of this computer, because the agent has the certificate/u);
    const channel = await transport.open({ kind: 'exec', line: 'echo in' }, never);
    assert.equal(await text(channel.stdout), 'in\n');
  });

  it('is named among what was not used, where there is no ssh', async () => {
    const { code, message } = await failureOf(connectHost(byAgent(), partsWith(), never));
    assert.equal(code, 'not-authenticated');
    assert.match(message, /only the ssh of this computer can use/u);
    assert.doesNotMatch(message, /agent has no key/u);
  });

  it('is what a check goes by', async () => {
    const check = await checkConnection(byAgent(), partsWith(undefined, { system: realSystem }), never);
    const [hop] = check.hops;
    assert.equal(hop?.by.transport, 'system');
    assert.deepEqual(
      hop.steps.filter(({ state }) => state === 'failed'),
      [],
    );
    assert.deepEqual(
      hop.steps.slice(-2).map(({ kind, state }) => `${kind} ${state}`),
      ['channel ok', 'shell ok'],
    );
  });

  it('is a key on a token whose plain neighbour was refused', async () => {
    const plain = makeKey(path.join(folder, 'plain'), 'ed25519');
    const token = path.join(folder, 'token');
    const blob = Buffer.concat(
      ['sk-ssh-ed25519@openssh.com', Buffer.alloc(32, 7), 'ssh:'].map((part) => {
        const bytes = Buffer.from(part);
        return Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
      }),
    );
    fs.writeFileSync(`${token}.pub`, `sk-ssh-ed25519@openssh.com ${blob.toString('base64')} token\n`);
    const stub = { kind: 'system', remarks: [] } as unknown as Transport;
    const parts = partsWith(undefined, { system: () => Promise.resolve(stub) });
    const options = optionsFor(server, { identityFiles: [plain, `${token}.pub`] });
    const transport = await connectHost(options, parts, never);
    assert.match(transport.remarks.join(), /token.* is on a security key/u);
  });

  it('is a Kerberos ticket, where there is one and the server takes it', async () => {
    const bin = path.join(folder, 'bin');
    fs.mkdirSync(bin);
    const klist = (exitCode: number): void =>
      fs.writeFileSync(path.join(bin, 'klist'), `#!/bin/sh\n[ "$*" = -s ] && exit ${exitCode}\nexit 9\n`, {
        mode: 0o755,
      });
    const stub = { kind: 'system', remarks: [] } as unknown as Transport;
    const usual = process.env['PATH'];
    process.env['PATH'] = `${bin}:${usual ?? ''}`;
    try {
      const options = optionsFor(server, { gssapiAuthentication: true });
      klist(0);
      const transport = await connectHost(
        options,
        partsWith(undefined, { system: () => Promise.resolve(stub) }),
        never,
      );
      assert.match(transport.remarks.join(), /Kerberos/u);
      const others = [
        { ...options, gssapiAuthentication: false },
        { ...options, preferredAuthentications: ['publickey'] },
      ];
      const parts = partsWith(undefined, { system: () => assert.fail('ssh is not needed') });
      for (const other of others)
        assert.equal((await failureOf(connectHost(other, parts, never))).code, 'not-authenticated');
      klist(1);
      assert.equal((await failureOf(connectHost(options, parts, never))).code, 'not-authenticated');
    } finally {
      process.env['PATH'] = usual;
    }
  });

  it('is not started where the workspace is not trusted: it would run what the configuration says', async () => {
    const parts = partsWith(undefined, { system: () => assert.fail('it was started'), trusted: () => false });
    const { code, message } = await failureOf(connectHost(byAgent(), parts, never));
    assert.equal(code, 'denied');
    assert.match(message, /not trusted/u);
  });

  it('never fails for what an agent answers but with an error', () => {
    const bytes = (...numbers: readonly number[]): Uint8Array => Uint8Array.from(numbers);
    assert.deepEqual(readSshOnlyKeys(bytes(12, 0, 0, 0, 0)), []);
    for (const answer of [
      bytes(),
      bytes(5),
      bytes(12),
      bytes(12, 0, 0, 0, 1),
      bytes(12, 255, 255, 255, 255, 0, 0, 0, 1, 65),
    ]) {
      assert.throws(() => readSshOnlyKeys(answer), Error);
    }
  });
});

describe('options that only ssh itself follows', () => {
  let server: SshServer;
  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
  });
  after(() => server?.stop());

  for (const line of [
    'KnownHostsCommand /bin/true',
    'PKCS11Provider /lib/p.so',
    'HostbasedAuthentication yes',
    'RevokedHostKeys /r',
  ]) {
    it(`${line}: found by ssh -G and from the files alike`, async () => {
      const configFile = path.join(server.folder, 'with-option');
      fs.writeFileSync(
        configFile,
        `Host web01\n  ${line}\nHost db\n  ${line.replace(/\S+$/u, 'none').replace('Authentication none', 'Authentication no')}\n`,
      );
      const settings = { configFile, home: os.homedir(), env: process.env, trusted: true };
      for (const sshProgram of ['ssh', null]) {
        const said = await resolveOptions({ name: 'web01' }, { ...settings, sshProgram }, never);
        assert.deepEqual(said.onlySsh, [line.split(' ')[0]], String(sshProgram));
        assert.deepEqual((await resolveOptions({ name: 'db' }, { ...settings, sshProgram }, never)).onlySsh, []);
      }
    });
  }

  it('RevokedHostKeys refuses a key that known_hosts has', async () => {
    const configFile = path.join(server.folder, 'revoking');
    const revoked = `${server.hostKeys['ed25519'] ?? ''}.pub`;
    fs.writeFileSync(
      configFile,
      `Host peer\n  RevokedHostKeys ${revoked}\n${fs.readFileSync(server.configFile, 'utf8')}`,
    );
    const settings = { configFile, home: os.homedir(), env: process.env, trusted: true, sshProgram: 'ssh' };
    const options = await resolveOptions({ name: 'peer' }, settings, never);
    const system: SystemConnect = (asked, signal) =>
      systemTransport(
        asked,
        {
          program: 'ssh',
          configFile,
          person: null,
          secrets: secretsOf(new Map()),
          env: process.env,
          onLog: () => undefined,
        },
        signal,
      );
    const { code } = await failureOf(connectHost(options, partsWith(undefined, { system }), never));
    assert.equal(code, 'host-key-revoked');
  });

  it('lists with + - ^ mean the same from the files as from ssh -G', async () => {
    const old = await startSshServer({
      config: ['KexAlgorithms diffie-hellman-group14-sha1', 'Ciphers aes128-cbc,aes128-ctr'],
    });
    try {
      const configFile = path.join(old.folder, 'lists');
      const lists = ['KexAlgorithms +diffie-hellman-group14-sha1', 'Ciphers -aes*-ctr', 'Ciphers ^aes128-cbc'];
      for (const [kex, cipher, settled] of [
        // What is safe comes first, whatever the order: old ones only where there is nothing else.
        [lists[0], lists[2], 'aes128-ctr'],
        [lists[0], 'Ciphers +3des-cbc', 'aes128-ctr'],
      ] as const) {
        fs.writeFileSync(configFile, `${kex}\n${cipher}\n${fs.readFileSync(old.configFile, 'utf8')}`);
        for (const sshProgram of ['ssh', null]) {
          const settings = { configFile, home: os.homedir(), env: process.env, trusted: true, sshProgram };
          const transport = await connectHost(
            await resolveOptions({ name: 'peer' }, settings, never),
            partsWith(),
            never,
          );
          open(transport, settled);
        }
      }
      fs.writeFileSync(configFile, `${lists[0]}\n${lists[1]}\n${fs.readFileSync(old.configFile, 'utf8')}`);
      for (const sshProgram of ['ssh', null]) {
        const settings = { configFile, home: os.homedir(), env: process.env, trusted: true, sshProgram };
        const options = await resolveOptions({ name: 'peer' }, settings, never);
        assert.equal(
          (await failureOf(connectHost(options, partsWith(), never))).code,
          'no-common-algorithm',
          String(sshProgram),
        );
      }
    } finally {
      await old.stop();
    }
  });
});

function open(transport: Transport, cipher: string): void {
  const { facts } = transport as Transport & { readonly facts: { readonly algorithms: { readonly cipher: string } } };
  transport.close();
  assert.equal(facts.algorithms.cipher, cipher);
  assert.match(transport.remarks.join(), /Old algorithms are used .*diffie-hellman-group14-sha1/u);
}
