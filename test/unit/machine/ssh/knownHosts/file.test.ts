import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedError } from '../../../../../src/lib/errors';
import { readKnownHostsFiles, rememberHostKey } from '../../../../../src/machine/ssh/knownHosts/file';
import { judgeHostKey } from '../../../../../src/machine/ssh/knownHosts/judge';
import { noSshServer, startSshServer } from '../../../../support/sshServer';
import { blobIn, noKeygen, temporaryFolder, tokenBlob } from '../keys/keygen';

const NEVER = new AbortController().signal;
const KEY = { type: 'sk-ssh-ed25519@openssh.com', blob: tokenBlob() };

describe('remembering a host key', () => {
  let folder = '';
  const file = (): string => path.join(folder, '.ssh', 'known_hosts');

  beforeEach(() => {
    folder = temporaryFolder();
  });

  afterEach(() => fs.rmSync(folder, { recursive: true }));

  it('makes folder and file for their owner alone, and the key is known from then on', async () => {
    for (const hash of [false, true]) {
      const peer = { name: hash ? 'Web02' : 'Web01', address: null, port: 2_222 };
      await rememberHostKey(file(), peer, KEY, { hash });
      const lines = await readKnownHostsFiles([path.join(folder, 'missing'), file(), folder], NEVER);
      assert.equal(judgeHostKey(lines, peer, KEY).kind, 'known');
    }
    const [plain = '', hashed = ''] = fs.readFileSync(file(), 'utf8').split('\n');
    assert.ok(plain.startsWith('[web01]:2222 sk-ssh'));
    assert.ok(hashed.startsWith('|1|'));
    if (process.platform === 'win32') return;
    assert.equal(fs.statSync(file()).mode & 0o777, 0o600);
    assert.equal(fs.statSync(path.dirname(file())).mode & 0o777, 0o700);
  });

  it('mends a last line without an end, and keeps every byte before', async () => {
    fs.mkdirSync(path.dirname(file()));
    const before = Buffer.concat([Buffer.from('# caf\xe9 \xff', 'latin1')]);
    fs.writeFileSync(file(), before);
    await rememberHostKey(file(), { name: 'web01', port: 22 }, KEY, { hash: false });
    const content = fs.readFileSync(file());
    assert.deepEqual(content.subarray(0, before.length), before);
    assert.match(content.subarray(before.length).toString(), /^\nweb01 sk-ssh-ed25519@openssh\.com \S+\n$/);
  });

  it('twenty at a time do not mix', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `web${index}`);
    await Promise.all(names.map((name) => rememberHostKey(file(), { name, port: 22 }, KEY, { hash: false })));
    const lines = await readKnownHostsFiles([file()], NEVER);
    assert.deepEqual(lines.map((line) => line.hosts).sort(), names.sort());
  });

  it('refuses names that would say something else in the file, and keys that are none', async () => {
    const bad = ['', '*', 'a b', 'a\nb', 'a,b', '!a', '|1|a', '#a', '@revoked', 'a\0b'];
    for (const name of bad) {
      await assert.rejects(rememberHostKey(file(), { name, port: 22 }, KEY, { hash: false }), ExpectedError, name);
    }
    const none = { type: 'ssh-rsa', blob: Buffer.from('no key') };
    await assert.rejects(rememberHostKey(file(), { name: 'web01', port: 22 }, none, { hash: false }), ExpectedError);
    assert.equal(fs.existsSync(file()), false);
  });

  it('says which file it cannot write', async () => {
    const below = path.join(folder, 'file', 'known_hosts');
    fs.writeFileSync(path.join(folder, 'file'), '');
    const error = await rememberHostKey(below, { name: 'web01', port: 22 }, KEY, { hash: false }).catch(
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ExpectedError && error.message.includes(below));
  });

  it('writes what ssh writes', async function () {
    if (noSshServer !== undefined || noKeygen !== undefined) this.skip();
    this.timeout(30_000);
    const server = await startSshServer();
    try {
      const theirs = path.join(folder, 'theirs');
      fs.writeFileSync(theirs, '# the first\n');
      fs.mkdirSync(path.dirname(file()));
      fs.copyFileSync(theirs, file());
      const options = [`UserKnownHostsFile=${theirs}`, 'StrictHostKeyChecking=accept-new', 'HashKnownHosts=no'];
      const args = ['-F', server.configFile, ...options.flatMap((one) => ['-o', one]), server.alias, 'true'];
      assert.equal(spawnSync('ssh', args, { timeout: 15_000 }).status, 0);
      const blob = blobIn(`${server.hostKeys['ed25519']}.pub`);
      const peer = { name: server.host, port: server.port };
      await rememberHostKey(file(), peer, { type: 'ssh-ed25519', blob }, { hash: false });
      assert.equal(fs.readFileSync(file(), 'utf8'), fs.readFileSync(theirs, 'utf8'));
    } finally {
      await server.stop();
    }
  });
});
