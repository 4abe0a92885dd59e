import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as net from 'node:net';
import { once } from 'node:events';
import { checkConnection } from '../../../../../src/machine/ssh/connect/check';
import { findBanner, readKexInit } from '../../../../../src/machine/ssh/connect/greeting';
import * as fc from 'fast-check';
import { freePort, makeKey, noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { never, optionsAt, optionsFor, partsWith } from './support';

describe('checking a connection', () => {
  let server: SshServer;
  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer({ hostKeyTypes: ['ed25519', 'rsa'], config: ['PasswordAuthentication yes'] });
  });
  after(() => server?.stop());

  it('tells every step of a connection that comes about', async () => {
    const parts = partsWith(() => assert.fail('nobody is asked'));
    const { hops } = await checkConnection(optionsFor(server), parts, never);
    assert.equal(hops.length, 1);
    const [hop] = hops;
    assert.deepEqual(
      hop?.steps.map(({ kind, state }) => `${kind} ${state}`),
      ['name', 'tcp', 'banner', 'key-exchange', 'host-key', 'authentication', 'channel', 'shell'].map(
        (kind) => `${kind} ok`,
      ),
    );
    assert.match(hop?.banner ?? '', /^SSH-2\.0-OpenSSH/u);
    assert.ok(hop?.offered?.kex.includes(hop.algorithms?.kex ?? '?'));
    assert.ok(hop?.offered?.ciphers.includes(hop.algorithms?.cipher ?? '?'));
    assert.ok(hop?.offered?.hostKey.includes('ssh-ed25519') && hop.offered.macs.includes('hmac-sha2-256'));
    assert.equal(hop?.hostKey?.verdict, 'known');
    const shown = execFileSync('ssh-keygen', ['-lf', `${server.hostKeys['ed25519']}.pub`], { encoding: 'utf8' });
    assert.ok(shown.includes(hop?.hostKey?.sha256 ?? '?'));
    assert.deepEqual(
      hop?.tries.map(({ method, outcome }) => `${method} ${outcome}`),
      ['none refused', 'publickey accepted'],
    );
    assert.deepEqual(hop?.accepted, ['publickey', 'password']);
  });

  it('asks nobody, takes no kept secret and writes nothing', async () => {
    const known = path.join(server.folder, 'check-known');
    const locked = makeKey(path.join(server.folder, 'check-locked'), 'ed25519');
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'secret', '-f', locked]);
    const parts = partsWith(() => assert.fail('nobody is asked'));
    parts.kept.set(`ssh-password:${server.user}@${server.host}:${server.port}`, 'kept');
    const options = optionsFor(server, {
      strictHostKeyChecking: 'accept-new',
      userKnownHostsFiles: [known],
      identityFiles: [locked],
    });
    const { hops } = await checkConnection(options, parts, never);
    const last = hops[0]?.steps.at(-1);
    assert.deepEqual([last?.kind, last?.state], ['authentication', 'failed']);
    assert.equal(hops[0]?.hostKey?.verdict, 'unknown');
    assert.ok(
      hops[0]?.tries.some(
        ({ credential, message }) => credential.includes('check-locked') && /encrypted/u.test(message),
      ),
    );
    assert.ok(!fs.existsSync(known));
    assert.equal(parts.kept.size, 1);
    assert.ok(!server.log().includes('Failed password'));
  });

  it('stops where it fails, and says why', async () => {
    const stops = async (options: Parameters<typeof checkConnection>[0]): Promise<string> => {
      const { hops } = await checkConnection(options, partsWith(), never);
      const step = hops.at(-1)?.steps.at(-1);
      assert.notEqual(step?.message, '');
      return `${step?.kind} ${step?.state}`;
    };
    assert.equal(await stops(optionsAt(22, { hostName: 'no-such-host.invalid' })), 'name failed');
    assert.equal(await stops(optionsAt(await freePort())), 'tcp failed');
    const mute = net.createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as net.AddressInfo;
    assert.equal(await stops(optionsAt(port, { connectTimeoutSeconds: 0.2 })), 'banner failed');
    mute.close();
    const none = { kexAlgorithms: ['diffie-hellman-group1-sha1'] };
    assert.equal(await stops(optionsFor(server, none)), 'key-exchange failed');
    const known = path.join(server.folder, 'check-changed');
    const other = makeKey(path.join(server.folder, 'check-other'), 'ed25519');
    fs.writeFileSync(known, `[127.0.0.1]:${server.port} ${fs.readFileSync(`${other}.pub`, 'utf8')}`);
    assert.equal(await stops(optionsFor(server, { userKnownHostsFiles: [known] })), 'host-key failed');
    assert.equal(await stops(optionsFor(server, { proxyJump: ['peer'] })), 'name failed');
  });

  it('checks every hop', async () => {
    const gate = await startSshServer({ alias: 'gate' });
    try {
      const hosts = { gate: optionsFor(gate) };
      const target = optionsFor(server, { proxyJump: ['gate'] });
      const { hops } = await checkConnection(target, partsWith(undefined, { hosts }), never);
      assert.deepEqual(
        hops.map(({ name, steps }) => [name, steps.at(-1)?.kind, steps.every(({ state }) => state === 'ok')]),
        [
          ['gate', 'authentication', true],
          ['peer', 'shell', true],
        ],
      );
    } finally {
      await gate.stop();
    }
  });

  it('reads whatever a server says first, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const found = findBanner(Buffer.from(bytes));
        assert.ok(found === null || found.end <= bytes.length);
        const packet = Buffer.concat([Buffer.from([0, 0, 0, bytes.length + 2, 4, 20]), bytes]);
        const offer = readKexInit(packet);
        assert.ok(offer === null || offer === 'none' || Array.isArray(offer.kex));
      }),
    );
  });
});
