import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { encodePath } from '../../../../src/lib/bytePath';
import { partName } from '../../../../src/machine/copy/partName';

describe('the name of a part', () => {
  it('is not too long, and differs with the file', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), fc.nat(), (name, sizeBytes) => {
        const part = partName(name, { sizeBytes, modifiedMs: 1_000 });
        assert.ok(encodePath(part).length <= 255);
        assert.notEqual(part, partName(name, { sizeBytes: sizeBytes + 1, modifiedMs: 1_000 }));
      }),
    );
  });
});
