import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAuthorizedKeys } from '../../../../../src/machine/ssh/keys/authorizedKeys';
import { looksPrivate, parsePrivateKey } from '../../../../../src/machine/ssh/keys/privateKey';
import { hostLineOf, tokenBlob } from './keygen';

const piece = fc.constantFrom(
  '-----BEGIN OPENSSH PRIVATE KEY-----\n',
  '-----END OPENSSH PRIVATE KEY-----\n',
  '-----BEGIN RSA PRIVATE KEY-----\n',
  '-----BEGIN PRIVATE KEY-----\n',
  'PuTTY-User-Key-File-3: ssh-rsa\n',
  'Public-Lines: 99999999999\n',
  'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU=',
  'command="\\"',
  hostLineOf('', tokenBlob()).trim(),
  '\n',
  ' ',
);
const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 4 }))).map((parts) => parts.join(''));

describe('files of private keys and of authorized keys', () => {
  it('of hostile text never throw', () => {
    fc.assert(
      fc.property(text, (content) => {
        const facts = parsePrivateKey(content);
        if (facts !== null) assert.equal(looksPrivate(content), true);
        parseAuthorizedKeys(content);
      }),
      { numRuns: 2_000 },
    );
  });
});
