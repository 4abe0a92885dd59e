import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedError } from '../../../../../src/lib/errors';
import {
  fingerprintOf,
  keyFingerprint,
  parsePublicKey,
  randomArt,
} from '../../../../../src/machine/ssh/keys/publicKey';
import { makeKey } from '../../../../support/sshServer';
import { blobIn, keygen, noKeygen, temporaryFolder } from './keygen';

describe('SSH certificates', () => {
  let folder = '';
  const file = (name: string): string => path.join(folder, name);

  before(function () {
    if (noKeygen !== undefined) this.skip();
    this.timeout(60_000);
    folder = temporaryFolder();
    makeKey(file('ca-rsa'), 'rsa', '-b', '2048');
    makeKey(file('ca-ecdsa'), 'ecdsa', '-b', '521');
    makeKey(file('ca-ed25519'), 'ed25519');
    for (const type of ['rsa', 'ecdsa', 'ed25519']) makeKey(file(type), type);
  });

  after(() => {
    if (folder !== '') fs.rmSync(folder, { recursive: true });
  });

  const sign = (ca: string, key: string, ...options: readonly string[]): Buffer => {
    keygen('-q', '-s', file(ca), '-I', 'the key id', '-z', '18446744073709551615', ...options, file(`${key}.pub`));
    return blobIn(file(`${key}-cert.pub`));
  };

  it('are verified with the keys of every kind of authority', () => {
    for (const ca of ['ca-rsa', 'ca-ecdsa', 'ca-ed25519']) {
      for (const key of ['rsa', 'ecdsa', 'ed25519']) {
        const { certificate } = parsePublicKey(sign(ca, key, '-n', 'anna'));
        assert.equal(certificate?.signatureVerified, true, `${ca} ${key}`);
        assert.equal(fingerprintOf(certificate.caBlob), keygen('-lf', file(`${ca}.pub`)).split(' ')[1]);
        const used = /\(using ([^)]+)\)/.exec(keygen('-Lf', file(`${key}-cert.pub`)))?.[1];
        assert.equal(certificate.signatureAlgorithm, used);
      }
    }
    const [, ...art] = keygen('-lvf', file('ed25519-cert.pub')).trimEnd().split('\n');
    assert.equal(randomArt(blobIn(file('ed25519-cert.pub'))), art.join('\n'));
    const [, fingerprint] = keygen('-lf', file('ed25519-cert.pub')).split(' ');
    assert.equal(keyFingerprint(parsePublicKey(blobIn(file('ed25519-cert.pub')))), fingerprint);
  });

  it('tell for whom, since when and how they are valid', () => {
    const options = ['-n', 'anna,ben', '-V', '20260101000000Z:20270101000000Z'];
    const limits = ['-O', 'force-command=/bin/date', '-O', 'source-address=10.0.0.0/8', '-O', 'no-x11-forwarding'];
    const blob = sign('ca-ed25519', 'ed25519', ...options, ...limits);
    const facts = parsePublicKey(blob);
    assert.equal(facts.type, 'ssh-ed25519-cert-v01@openssh.com');
    assert.equal(facts.plainType, 'ssh-ed25519');
    assert.deepEqual(Buffer.from(facts.plainBlob), blobIn(file('ed25519.pub')));
    const { certificate } = facts;
    assert.equal(certificate?.kind, 'user');
    assert.equal(certificate.keyId, 'the key id');
    assert.equal(certificate.serial, '18446744073709551615');
    assert.deepEqual(certificate.principals, ['anna', 'ben']);
    assert.equal(certificate.validAfterMs, Date.UTC(2026, 0, 1));
    assert.equal(certificate.validBeforeMs, Date.UTC(2027, 0, 1));
    assert.deepEqual(certificate.criticalOptions, [
      { name: 'force-command', value: '/bin/date' },
      { name: 'source-address', value: '10.0.0.0/8' },
    ]);
    assert.deepEqual(
      certificate.extensions.map(({ name }) => name),
      ['permit-agent-forwarding', 'permit-port-forwarding', 'permit-pty', 'permit-user-rc'],
    );
  });

  it('of hosts may be valid for ever', () => {
    const { certificate } = parsePublicKey(sign('ca-rsa', 'ecdsa', '-h', '-n', 'web01'));
    assert.equal(certificate?.kind, 'host');
    assert.equal(certificate.validAfterMs, null);
    assert.equal(certificate.validBeforeMs, null);
  });

  it('are not verified when one bit of what was signed is another one', () => {
    const blob = sign('ca-ed25519', 'ed25519', '-n', 'anna');
    const at = blob.indexOf('anna');
    blob.write('Anna', at, 'latin1');
    assert.equal(parsePublicKey(blob).certificate?.signatureVerified, false);
    const signature = sign('ca-rsa', 'rsa', '-n', 'anna');
    signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
    assert.equal(parsePublicKey(signature).certificate?.signatureVerified, false);
  });

  it('are refused when they are cut short', () => {
    const blob = sign('ca-ed25519', 'ed25519', '-n', 'anna');
    for (let length = 0; length < blob.length; length++) {
      assert.throws(() => parsePublicKey(blob.subarray(0, length)), ExpectedError);
    }
  });
});
