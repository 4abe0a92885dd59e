import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedError } from '../../../../../src/lib/errors';
import type { HostOptions } from '../../../../../src/machine/ssh/options';
import type { SystemParts } from '../../../../../src/machine/ssh/system/systemTransport';
import { makeKey, noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { connectTo, never, optionsFor, partsFor, run, ScriptedPerson } from './support';
import { systemTransport } from '../../../../../src/machine/ssh/system/systemTransport';

async function logsIn(
  server: SshServer,
  options: Partial<HostOptions>,
  parts: Partial<SystemParts> = {},
): Promise<void> {
  const transport = await connectTo(server, options, parts);
  try {
    assert.equal((await run(transport, 'echo in')).stdout, 'in\n');
  } finally {
    transport.close();
    await transport.closed;
  }
}

async function fails(
  server: SshServer,
  code: string,
  options: Partial<HostOptions>,
  parts: Partial<SystemParts> = {},
): Promise<string> {
  try {
    await logsIn(server, options, parts);
  } catch (error) {
    assert.ok(error instanceof ExpectedError, String(error));
    assert.equal(error.code, code, error.message);
    return error.message;
  }
  return assert.fail('it was let in');
}

function sign(ca: string, ...args: readonly string[]): void {
  execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', 'test', ...args]);
}

describe('logging in by the system’s ssh', () => {
  let server: SshServer;

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    server = await startSshServer({ config: ['LogLevel VERBOSE'] });
  });

  after(() => server?.stop());

  it('uses a user certificate of an own authority', async () => {
    const ca = makeKey(path.join(server.folder, 'user_ca'), 'ed25519');
    const certified = await startSshServer({ authorize: false, config: [`TrustedUserCAKeys ${ca}.pub`] });
    try {
      await fails(certified, 'denied', {});
      sign(ca, '-n', certified.user, `${certified.keyFile}.pub`);
      await logsIn(certified, { certificateFiles: [`${certified.keyFile}-cert.pub`] });
      assert.match(certified.log(), /Accepted certificate ID "test"/);
    } finally {
      await certified.stop();
    }
  });

  it('verifies a host certificate by @cert-authority', async () => {
    const ca = makeKey(path.join(server.folder, 'host_ca'), 'ed25519');
    const hostKey = makeKey(path.join(server.folder, 'certified_host'), 'ed25519');
    sign(ca, '-h', '-n', '127.0.0.1', `${hostKey}.pub`);
    const config = [`HostKey ${hostKey}`, `HostCertificate ${hostKey}-cert.pub`];
    const certified = await startSshServer({ config });
    try {
      const known = `@cert-authority [127.0.0.1]:${certified.port} ${fs.readFileSync(`${ca}.pub`, 'utf8')}`;
      fs.writeFileSync(certified.knownHostsFile, known);
      await logsIn(certified, { hostKeyAlgorithms: ['ssh-ed25519-cert-v01@openssh.com'] });
      fs.writeFileSync(certified.knownHostsFile, '');
      await fails(certified, 'host-key-unknown', {});
    } finally {
      await certified.stop();
    }
  });

  it('reaches a server with post-quantum key exchange only', async () => {
    const config = ['KexAlgorithms sntrup761x25519-sha512@openssh.com'];
    const modern = await startSshServer({ config });
    try {
      await logsIn(modern, {});
      const message = await fails(modern, 'unsupported', { kexAlgorithms: ['curve25519-sha256'] });
      assert.match(message, /key exchange method.*sntrup761/);
    } finally {
      await modern.stop();
    }
  });

  it('reads the configuration that it is given', async () => {
    await logsIn(server, { identityFiles: [], userKnownHostsFiles: [] }, { configFile: server.configFile });
  });

  it('asks for the passphrase of a key', async () => {
    const keyFile = path.join(server.folder, 'locked');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', "it's $HOME", '-f', keyFile]);
    fs.appendFileSync(server.authorizedKeysFile, fs.readFileSync(`${keyFile}.pub`));
    const person = new ScriptedPerson([
      { texts: ['wrong'], keep: false },
      { texts: ["it's $HOME"], keep: false },
    ]);
    await logsIn(server, { identityFiles: [keyFile] }, { person });
    assert.equal(person.asked.length, 2);
    assert.ok(person.asked.every((question) => question.kind === 'secret' && question.title.includes('locked')));
  });

  it('asks about an unknown host key: trust writes it, once does not, no refuses', async () => {
    const known = path.join(server.folder, 'own_known_hosts');
    fs.writeFileSync(known, '');
    const options: Partial<HostOptions> = { strictHostKeyChecking: 'ask', userKnownHostsFiles: [known] };
    const refusing = new ScriptedPerson([null]);
    await fails(server, 'host-key-unknown', options, { person: refusing });
    const once = new ScriptedPerson(['once']);
    await logsIn(server, options, { person: once });
    assert.equal(fs.readFileSync(known, 'utf8'), '');
    const [question] = once.asked;
    assert.ok(question?.kind === 'hostKey');
    const printed = execFileSync('ssh-keygen', ['-lvf', `${server.hostKeys['ed25519']}.pub`], { encoding: 'utf8' });
    const [line = '', ...art] = printed.trim().split('\n');
    assert.equal(question.fingerprint, line.split(' ')[1]);
    assert.equal(question.art, art.join('\n'));
    assert.equal(question.keyType, 'ssh-ed25519');
    assert.equal(question.host, `peer (127.0.0.1), port ${server.port}`);
    await logsIn(server, options, { person: new ScriptedPerson(['trust']) });
    assert.match(fs.readFileSync(known, 'utf8'), /ssh-ed25519/);
    const nobody = new ScriptedPerson([]);
    await logsIn(server, options, { person: nobody });
    assert.deepEqual(nobody.asked, []);
  });

  it('takes a new key with accept-new, and refuses a changed one in every mode', async () => {
    const known = path.join(server.folder, 'changed_known_hosts');
    for (const strictHostKeyChecking of ['accept-new', 'no'] as const) {
      fs.writeFileSync(known, '');
      await logsIn(server, { strictHostKeyChecking, userKnownHostsFiles: [known] });
      assert.match(fs.readFileSync(known, 'utf8'), /ssh-ed25519/);
    }
    const other = fs.readFileSync(`${server.keyFile}.pub`, 'utf8');
    fs.writeFileSync(known, `# other\n[127.0.0.1]:${server.port} ${other}`);
    for (const strictHostKeyChecking of ['yes', 'ask', 'accept-new', 'no'] as const) {
      const person = new ScriptedPerson([]);
      const options = { strictHostKeyChecking, userKnownHostsFiles: [known] };
      const message = await fails(server, 'host-key-changed', options, { person });
      assert.match(message, /changed_known_hosts, line 2/);
      assert.match(message, /SHA256:/);
      assert.deepEqual(person.asked, []);
    }
  });

  it('says why a host is not reached, and what is not a usable ssh', async () => {
    await fails(server, 'refused', { port: 1 });
    await fails(server, 'not-found', { hostName: 'no-such-name.invalid' });
    await fails(server, 'denied', { user: 'nobody' });
    await fails(server, 'unsupported', {}, { program: '/nonexistent/ssh' });
    const old = path.join(server.folder, 'old-ssh');
    fs.writeFileSync(old, '#!/bin/sh\necho OpenSSH_7.4p1, OpenSSL >&2\n', { mode: 0o755 });
    assert.match(await fails(server, 'unsupported', {}, { program: old }), /OpenSSH_7\.4p1/);
  });

  it('goes through a jump host', async () => {
    const person = new ScriptedPerson([]);
    const config = path.join(server.folder, 'jump_config');
    const own = fs.readFileSync(server.configFile, 'utf8');
    fs.writeFileSync(config, `${own}\n${own.replace('Host peer', 'Host inner\nProxyJump peer')}`);
    await logsIn(server, { alias: 'inner' }, { configFile: config, person });
    assert.match(server.log(), /direct-tcpip|Accepted publickey/);
  });

  it('asks for nothing where nobody is', async () => {
    const keyFile = path.join(server.folder, 'silent');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', keyFile]);
    await fails(server, 'denied', { identityFiles: [keyFile] });
  });

  it('is refused at once with a signal that has fired', async () => {
    await assert.rejects(systemTransport(optionsFor(server), partsFor(), AbortSignal.abort()), {
      name: 'CancelledError',
    });
    assert.equal(never.aborted, false);
  });
});
