import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { ExpectedError } from '../../../../../src/lib/errors';
import {
  fingerprintOf,
  keyFingerprint,
  md5FingerprintOf,
  parsePublicKey,
  randomArt,
} from '../../../../../src/machine/ssh/keys/publicKey';
import { wireNumber, wireString } from '../../../../../src/machine/ssh/keys/wire';
import { makeKey } from '../../../../support/sshServer';
import { blobIn, hostLineOf, keygen, noKeygen, rsaBlob, temporaryFolder, tokenBlob } from './keygen';

const TYPES: readonly (readonly [name: string, type: string, bits: number])[] = [
  ['ed25519', 'ed25519', 256],
  ['rsa2048', 'rsa', 2_048],
  ['rsa3072', 'rsa', 3_072],
  ['dsa', 'dsa', 1_024],
  ['ecdsa256', 'ecdsa', 256],
  ['ecdsa384', 'ecdsa', 384],
  ['ecdsa521', 'ecdsa', 521],
];

describe('SSH public keys', () => {
  let folder = '';
  const file = (name: string): string => path.join(folder, name);
  const made: string[] = [];

  before(function () {
    if (noKeygen !== undefined) this.skip();
    this.timeout(60_000);
    folder = temporaryFolder();
    for (const [name, type, bits] of TYPES) {
      makeKey(file(name), type, ...(type === 'ed25519' || type === 'dsa' ? [] : ['-b', `${bits}`]));
      made.push(`${name}.pub`);
    }
    fs.writeFileSync(file('token.pub'), `sk-ssh-ed25519@openssh.com ${tokenBlob().toString('base64')} token\n`);
    made.push('token.pub');
  });

  after(() => {
    if (folder !== '') fs.rmSync(folder, { recursive: true });
  });

  it('have the type, length and fingerprints that ssh-keygen tells', () => {
    for (const name of made) {
      const blob = blobIn(file(name));
      const facts = parsePublicKey(blob);
      const [bits, sha256] = keygen('-lf', file(name)).split(' ');
      assert.equal(`${facts.bits} ${keyFingerprint(facts)}`, `${bits} ${sha256}`, name);
      assert.ok(keygen('-lf', file(name)).trimEnd().endsWith(`(${facts.label})`), name);
      assert.equal(md5FingerprintOf(blob), keygen('-l', '-E', 'md5', '-f', file(name)).split(' ')[1], name);
      assert.equal(fingerprintOf(blob), sha256, name);
    }
    assert.equal(parsePublicKey(blobIn(file('ecdsa384.pub'))).curve, 'nistp384');
    assert.equal(parsePublicKey(tokenBlob()).application, 'ssh:');
  });

  it('are drawn as ssh-keygen draws them', () => {
    for (const name of made) {
      const [, ...art] = keygen('-lvf', file(name)).trimEnd().split('\n');
      assert.equal(randomArt(blobIn(file(name))), art.join('\n'), name);
    }
  });

  it('are drawn also where they are no keys', () => {
    assert.match(randomArt(Buffer.from('nothing')), /^\+-+\[\?\]-+\+\n(\|.{17}\|\n){9}\+----\[SHA256\]-----\+$/);
  });

  it('are taken with needless zeros, as the same key, and not with a negative number', () => {
    const padded = Buffer.concat([
      wireString('ssh-rsa'),
      wireString(Buffer.from([0, 0, 1, 0, 1])),
      wireString(Buffer.concat([Buffer.alloc(3), rsaBlob(2_048).subarray(-256)])),
    ]);
    assert.deepEqual(parsePublicKey(padded).plainBlob, rsaBlob(2_048));
    const negative = Buffer.concat([
      wireString('ssh-rsa'),
      wireString(Buffer.from([0x81])),
      wireNumber(Buffer.from([1])),
    ]);
    assert.throws(() => parsePublicKey(negative), ExpectedError);
  });

  it('are refused with a byte too many or too few, of unknown types, and off the curve', () => {
    for (const name of made) {
      const blob = blobIn(file(name));
      assert.throws(() => parsePublicKey(Buffer.concat([blob, Buffer.from([0])])), ExpectedError, name);
      for (const length of [0, 1, 3, 10, blob.length - 1]) {
        assert.throws(() => parsePublicKey(blob.subarray(0, length)), ExpectedError, `${name} ${length}`);
      }
    }
    assert.throws(() => parsePublicKey(wireString('constructor')), ExpectedError);
    const point = blobIn(file('ecdsa256.pub'));
    point[point.length - 1] = (point.at(-1) ?? 0) ^ 1;
    assert.throws(() => parsePublicKey(point), ExpectedError);
  });

  it('never fail in another way, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...made), fc.nat(400), (bytes, name, at) => {
        const damaged = Buffer.from(blobIn(file(name)));
        damaged.set(bytes.slice(0, Math.max(0, damaged.length - at)), Math.min(at, damaged.length));
        for (const blob of [bytes, damaged]) {
          try {
            parsePublicKey(blob);
          } catch (error) {
            assert.ok(error instanceof ExpectedError);
          }
          assert.equal(randomArt(blob).split('\n').length, 11);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are refused exactly when ssh-keygen refuses them', function () {
    this.timeout(60_000);
    const blobs = fc.sample(mutated(made.map((name) => blobIn(file(name)))), { numRuns: 600, seed: 4 });
    const lines = blobs.map((blob, index) => hostLineOf(`h${index}`, blob));
    fs.writeFileSync(file('many'), `${lines.join('\n')}\n`);
    const taken = new Set(
      Array.from(keygen('-lf', file('many')).matchAll(/ h(\d+) \(/g), ([, index]) => Number(index)),
    );
    for (const [index, blob] of blobs.entries()) {
      assert.equal(isKey(blob), taken.has(index), `${index}: ${blob.toString('base64')}`);
    }
    assert.ok(taken.size > 20 && taken.size < blobs.length - 20, `${taken.size} of ${blobs.length}`);
  });
});

/** One byte of a key is another one, or is left out, or said twice. */
function mutated(blobs: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...blobs), fc.nat(), fc.nat(255), fc.constantFrom('other', 'without', 'twice'))
    .map(([blob, place, value, how]) => {
      // The name of the type stays, because the line names it as well.
      const first = 4 + blob.readUInt32BE(0);
      const at = first + (place % (blob.length - first));
      const middle = { other: [value], without: [], twice: [blob[at] ?? 0, value] }[how] ?? [];
      return Buffer.concat([blob.subarray(0, at), Buffer.from(middle), blob.subarray(at + 1)]);
    });
}

function isKey(blob: Buffer): boolean {
  try {
    const { plainType, bits } = parsePublicKey(blob);
    return plainType !== 'ssh-rsa' || bits >= 1_024;
  } catch {
    return false;
  }
}
