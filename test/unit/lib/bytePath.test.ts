import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodePath, encodePath, hasLoneSurrogate, shownPath } from '../../../src/lib/bytePath';

describe('names of any bytes as text', () => {
  it('gives back every byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        assert.deepEqual([...encodePath(decodePath(bytes))], [...bytes]);
      }),
    );
  });

  it('gives back what is nearly UTF-8', () => {
    const piece = fc.oneof(
      fc.constantFrom([0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x9b], [0xed, 0xb2, 0x80], [0xef, 0xbb, 0xbf], [0xc0, 0x80]),
      fc.string({ unit: 'binary', maxLength: 4 }).map((text) => [...Buffer.from(text)]),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const bytes = pieces.flat();
        assert.deepEqual([...encodePath(decodePath(Buffer.from(bytes)))], bytes);
      }),
    );
  });

  it('reads UTF-8 as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(decodePath(Buffer.from(text)), text);
        assert.equal(hasLoneSurrogate(text), false);
      }),
    );
  });

  it('has the bytes that are no UTF-8 as Python has them', () => {
    assert.equal(decodePath(Buffer.from([0x61, 0xff, 0xc3, 0xa4, 0x80])), 'a\udcffä\udc80');
    assert.equal(hasLoneSurrogate('a\udcff'), true);
  });

  it('shows them, and what would move the cursor or turn the text', () => {
    assert.equal(shownPath('a\udcff\n\t\u001b[31m\u202egpj'), 'a\\xff\\n\\t\\x1b[31m\\u202egpj');
    assert.equal(shownPath('grüße/中文 🛠'), 'grüße/中文 🛠');
  });
});
