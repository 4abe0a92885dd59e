import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ManyOptions } from '../../../../../src/machine/ssh/config/manyOptions';
import { offerFor } from '../../../../../src/machine/ssh/connect/algorithms';
import { connectHost } from '../../../../../src/machine/ssh/connect/connectHost';
import type { ConnectedTransport } from '../../../../../src/machine/ssh/connect/parts';
import { noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { BARE_OPTIONS, never, partsWith } from './support';

const GCM = 'aes128-gcm@openssh.com';
const CHACHA = 'chacha20-poly1305@openssh.com';
const CTR = ['aes128-ctr', 'aes192-ctr', 'aes256-ctr'];
const GCMS = [GCM, 'aes256-gcm@openssh.com'];

describe('the order of algorithms', () => {
  const ciphers = (...names: readonly string[]): readonly string[] =>
    offerFor({ ...BARE_OPTIONS, ciphers: names }, []).cipher;
  const hostKeys = (names: readonly string[], known: readonly string[]): readonly string[] =>
    offerFor({ ...BARE_OPTIONS, hostKeyAlgorithms: names }, known).hostKey;

  it('is ours where OpenSSH only tells its own', () => {
    assert.equal(ciphers()[0], GCM);
    assert.equal(ciphers(CHACHA, ...CTR, ...GCMS)[0], GCM);
    assert.equal(ciphers(CHACHA, ...GCMS, ...CTR)[0], GCM);
    const more = ciphers(CHACHA, ...CTR, ...GCMS, '3des-cbc');
    assert.equal(more[0], GCM);
    assert.equal(more.at(-1), '3des-cbc');
  });

  it('is that of the user, where the user has given one', () => {
    assert.deepEqual(ciphers('aes256-ctr', GCM), ['aes256-ctr', GCM]);
    assert.deepEqual(ciphers(CHACHA, GCM), [CHACHA, GCM]);
    assert.deepEqual(ciphers('^aes256-ctr').slice(0, 2), ['aes256-ctr', GCM]);
    assert.deepEqual(ciphers('-aes*').join(), CHACHA);
    const { kex, mac } = offerFor(
      {
        ...BARE_OPTIONS,
        kexAlgorithms: ['ecdh-sha2-nistp384', 'curve25519-sha256'],
        macs: ['hmac-sha2-512', 'hmac-sha2-256-etm@openssh.com'],
      },
      [],
    );
    assert.deepEqual(kex, ['ecdh-sha2-nistp384', 'curve25519-sha256']);
    assert.deepEqual(mac, ['hmac-sha2-512', 'hmac-sha2-256-etm@openssh.com']);
  });

  it('has old ones last, whatever the user says', () => {
    assert.deepEqual(ciphers('3des-cbc', 'aes256-ctr', GCM), ['aes256-ctr', GCM, '3des-cbc']);
  });

  it('has known host keys first, but not before what the user wants first', () => {
    assert.equal(hostKeys([], ['ssh-rsa'])[0], 'rsa-sha2-512');
    assert.equal(hostKeys(['+ssh-rsa'], ['ssh-rsa'])[0], 'rsa-sha2-512');
    const given = ['rsa-sha2-256', 'ssh-ed25519'];
    assert.deepEqual(hostKeys(given, ['ssh-ed25519']), given);
  });
});

describe('algorithms that a real server settles on', () => {
  let server: SshServer;
  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer();
  });
  after(() => server?.stop());

  it('are those that stand first in the user’s configuration', async () => {
    const configFile = path.join(server.folder, 'ordered');
    const lists = [
      'Ciphers aes256-ctr,aes128-gcm@openssh.com',
      'KexAlgorithms ecdh-sha2-nistp384,curve25519-sha256',
      'MACs hmac-sha2-512,hmac-sha2-256-etm@openssh.com',
    ];
    fs.writeFileSync(configFile, `${lists.join('\n')}\n${fs.readFileSync(server.configFile, 'utf8')}`);
    const settings = { configFile, home: os.homedir(), env: process.env, trusted: true, sshProgram: 'ssh' };
    const options = await new ManyOptions(() => 0).resolve({ name: server.alias }, settings, never);
    const transport = (await connectHost(options, partsWith(), never)) as ConnectedTransport;
    const { cipher, kex, mac } = transport.facts.algorithms ?? assert.fail('nothing is known of them');
    transport.close();
    assert.deepEqual([cipher, kex, mac], ['aes256-ctr', 'ecdh-sha2-nistp384', 'hmac-sha2-512']);
  });
});
