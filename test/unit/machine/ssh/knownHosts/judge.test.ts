import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { hashName } from '../../../../../src/machine/ssh/knownHosts/hashedName';
import { hasAuthority, judgeHostKey, knownTypes } from '../../../../../src/machine/ssh/knownHosts/judge';
import { parseKnownHosts } from '../../../../../src/machine/ssh/knownHosts/parse';
import { makeKey, noSshServer, startSshServer, type SshServer } from '../../../../support/sshServer';
import { blobIn, hostLineOf, keygen, temporaryFolder } from '../keys/keygen';

/** What ssh does with StrictHostKeyChecking=yes. */
type Outcome = 'taken' | 'unknown' | 'changed' | 'revoked';

describe('host keys are judged as ssh judges them', () => {
  let folder = '';
  let server: SshServer;
  let keys: Readonly<Record<'own' | 'ownRsa' | 'other' | 'otherRsa' | 'ca', string>>;
  let certificate: Buffer;

  before(async function () {
    if (noSshServer !== undefined) this.skip();
    this.timeout(60_000);
    folder = temporaryFolder();
    const make = (name: string, type: string): string => makeKey(path.join(folder, name), type);
    const hostKey = make('host', 'ed25519');
    const ca = make('ca', 'ed25519');
    keygen('-q', '-s', ca, '-I', 'host', '-h', '-n', 'web01,*.example.com', '-V', '+1d', `${hostKey}.pub`);
    certificate = blobIn(`${hostKey}-cert.pub`);
    server = await startSshServer({
      config: [`HostKey ${hostKey}`, `HostCertificate ${hostKey}-cert.pub`],
      hostKeyTypes: ['rsa'],
    });
    const own = `${blobIn(`${hostKey}.pub`).toString('base64')}`;
    keys = {
      own: `ssh-ed25519 ${own}`,
      ownRsa: hostLineOf('', blobIn(`${server.hostKeys['rsa']}.pub`)).trim(),
      other: hostLineOf('', blobIn(`${make('other', 'ed25519')}.pub`)).trim(),
      otherRsa: hostLineOf('', blobIn(`${make('otherRsa', 'rsa')}.pub`)).trim(),
      ca: hostLineOf('', blobIn(`${ca}.pub`)).trim(),
    };
  });

  after(async () => {
    await server?.stop();
    if (folder !== '') fs.rmSync(folder, { recursive: true });
  });

  /** ssh looks an alias up without a port. */
  const bySsh = (text: string, alias: string | null, algorithm: string): Outcome => {
    const file = path.join(folder, 'known_hosts');
    fs.writeFileSync(file, text);
    const options = [`UserKnownHostsFile=${file}`, `HostKeyAlgorithms=${algorithm}`, 'BatchMode=yes'];
    if (alias !== null) options.push(`HostKeyAlias=${alias}`);
    const args = ['-F', server.configFile, ...options.flatMap((option) => ['-o', option]), server.alias, 'true'];
    const { status, stderr } = spawnSync('ssh', args, { encoding: 'utf8', timeout: 15_000 });
    if (status === 0) return 'taken';
    if (stderr.includes('REVOKED HOST KEY')) return 'revoked';
    if (stderr.includes('IDENTIFICATION HAS CHANGED')) return 'changed';
    assert.match(stderr, /No .* host key is known/);
    return 'unknown';
  };

  const CERTIFICATE = 'ssh-ed25519-cert-v01@openssh.com';
  const shown = (algorithm: string): { type: string; blob: Buffer } => {
    if (algorithm === CERTIFICATE) return { type: algorithm, blob: certificate };
    const key = algorithm === 'ssh-ed25519' ? keys.own : keys.ownRsa;
    return { type: algorithm, blob: Buffer.from(key.split(' ')[1] ?? '', 'base64') };
  };

  const judged = (text: string, alias: string | null, algorithm = 'ssh-ed25519') => {
    const port = alias === null ? server.port : 22;
    const peer = { name: alias ?? server.host, address: null, port };
    return judgeHostKey(parseKnownHosts(text, 'known_hosts'), peer, shown(algorithm));
  };

  const same = (text: string, alias: string | null, expected: Outcome, algorithm = 'ssh-ed25519'): void => {
    const { kind } = judged(text, alias, algorithm);
    const ours = kind === 'known' || kind === 'certified' ? 'taken' : kind;
    assert.equal(ours, expected, text);
    assert.equal(bySsh(text, alias, algorithm), expected, text);
  };

  it('plain keys of the name', () => {
    same(`web01 ${keys.own}\n`, 'web01', 'taken');
    same(`web01 ${keys.other}\nweb01 ${keys.own}\n`, 'web01', 'taken');
    same(`${hashName('web01')} ${keys.own}`, 'web01', 'taken');
    same(`web01 ${keys.other}\n`, 'web01', 'changed');
    same(`web02 ${keys.own}\n`, 'web01', 'unknown');
    same(`web* ${keys.own}\n`, 'web01', 'taken');
    same(`*,!web01 ${keys.own}\n`, 'web01', 'unknown');
  });

  it('ports', () => {
    const name = `[${server.host}]:${server.port}`;
    same(`${name} ${keys.own}\n`, null, 'taken');
    same(`${name} ${keys.other}\n`, null, 'changed');
    same(`[${server.host}]:1 ${keys.own}\n`, null, 'unknown');
    // Here ssh falls back to the name without a port: it is told apart, so that a caller can do the same.
    assert.equal(bySsh(`${server.host} ${keys.own}\n`, null, 'ssh-ed25519'), 'taken');
    const verdict = judged(`\n${server.host} ${keys.own}\n`, null);
    assert.deepEqual(verdict.kind === 'unknown' && verdict.knownWithoutPort, { file: 'known_hosts', line: 2 });
    same(`${server.host} ${keys.other}\n`, null, 'unknown');
  });

  it('a key of another type is a changed key', () => {
    same(`web01 ${keys.otherRsa}\n`, 'web01', 'changed');
    same(`web01 ${keys.own}\n`, 'web01', 'changed', 'rsa-sha2-512');
    const verdict = judged(`web01 ${keys.otherRsa}\nweb01 ${keys.other}\nweb01 ${keys.otherRsa}\n`, 'web01');
    assert.equal(verdict.kind === 'changed' && verdict.line, 2, 'the line with a key of the same type is named');
  });

  it('revoked keys, wherever else they stand', () => {
    same(`web01 ${keys.own}\n@revoked * ${keys.own}\n`, 'web01', 'revoked');
    same(`web01 ${keys.own}\n@revoked web02 ${keys.own}\n`, 'web01', 'taken');
    same(`web01 ${keys.own}\n@revoked * ${keys.other}\n`, 'web01', 'taken');
  });

  it('certificates of an authority', () => {
    same(`@cert-authority web* ${keys.ca}\n`, 'web01', 'taken', CERTIFICATE);
    same(`@cert-authority web* ${keys.other}\n`, 'web01', 'unknown', CERTIFICATE);
    same(`@cert-authority web* ${keys.ca}\n`, 'web02', 'unknown', CERTIFICATE);
    same(`@cert-authority db* ${keys.ca}\n`, 'web01', 'unknown', CERTIFICATE);
    same(`@cert-authority * ${keys.ca}\n@revoked * ${keys.ca}\n`, 'web01', 'revoked', CERTIFICATE);
    same(`@cert-authority * ${keys.ca}\n@revoked * ${keys.own}\n`, 'web01', 'revoked', CERTIFICATE);
    same(`web01 ${keys.own}\n`, 'web01', 'taken', CERTIFICATE);
    same(`web01 ${keys.other}\n`, 'web01', 'changed', CERTIFICATE);
    same(`@cert-authority * ${keys.ca}\n`, 'web01', 'unknown');
    const verdict = judged(`@cert-authority *.example.com ${keys.ca}\n`, 'a.example.com', CERTIFICATE);
    assert.equal(verdict.kind === 'certified' && verdict.keyId, 'host');
  });

  it('certificates out of their time', () => {
    const lines = parseKnownHosts(`@cert-authority * ${keys.ca}\n`, 'known_hosts');
    const peer = { name: 'web01', address: null, port: 22 };
    const problemAt = (now: Date) => {
      const verdict = judgeHostKey(lines, peer, shown(CERTIFICATE), now);
      return verdict.kind === 'unknown' ? verdict.certificateProblem : verdict.kind;
    };
    assert.equal(problemAt(new Date()), 'certified');
    assert.equal(problemAt(new Date(Date.now() + 172_800_000)), 'expired');
    assert.equal(problemAt(new Date(Date.now() - 172_800_000)), 'not-yet-valid');
  });

  it('unknown ones are told with the other names of the key, and with what is known of the address', () => {
    const text = `web02 ${keys.own}\n${hashName('web03')} ${keys.own}\n10.0.0.7 ${keys.otherRsa}\n`;
    const lines = parseKnownHosts(text, 'file');
    const verdict = judgeHostKey(lines, { name: 'web01', address: '10.0.0.7', port: 22 }, shown('ssh-ed25519'));
    assert.deepEqual(verdict, {
      kind: 'unknown',
      otherTypes: [{ keyType: 'ssh-rsa', file: 'file', line: 3 }],
      knownWithoutPort: null,
      otherNames: [
        { hosts: 'web02', file: 'file', line: 1 },
        { hosts: '', file: 'file', line: 2 },
      ],
      certificateProblem: null,
    });
  });

  it('types that are known are asked for first, as ssh does it', () => {
    const text = `web01 ${keys.ownRsa}\nweb01 ${keys.own}\n@cert-authority db* ${keys.ca}\n@revoked web01 ${keys.own}\n`;
    const lines = parseKnownHosts(text, 'file');
    assert.deepEqual(knownTypes(lines, { name: 'web01', address: null, port: 22 }), ['ssh-rsa']);
    assert.deepEqual(knownTypes(lines, { name: 'web01', address: null, port: 2_222 }), []);
    assert.equal(hasAuthority(lines, { name: 'db1', address: null, port: 22 }), true);
    assert.equal(hasAuthority(lines, { name: 'web01', address: null, port: 22 }), false);
  });
});
