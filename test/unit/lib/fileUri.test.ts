import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodePath } from '../../../src/lib/bytePath';
import { authorityOf, machineOf, machinePath, uriPath } from '../../../src/lib/fileUri';

describe('URIs of files on hosts', () => {
  it('give back every name of bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const path = decodePath(bytes);
        // U+EF80 to U+EFFF stand for bytes there, as is documented.
        fc.pre(!/[\uef80-\uefff]/.test(path));
        assert.equal(machinePath(uriPath(path)), path);
        assert.equal(Buffer.from(uriPath(path), 'utf8').toString('utf8'), uriPath(path));
      }),
    );
  });

  it('leave pairs of surrogates alone', () => {
    assert.equal(uriPath('/😀/x'), '/😀/x');
    assert.equal(machinePath('/😀/x'), '/😀/x');
  });

  it('hold any name of a machine in letters that VS Code does not change', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        const authority = authorityOf(name);
        assert.match(authority, /^[a-z0-9.~-]+$/);
        assert.equal(machineOf(authority), name);
        assert.equal(machineOf(authority.toLowerCase()), name);
      }),
    );
    assert.equal(authorityOf('Web01'), '~0057eb01');
  });
});
