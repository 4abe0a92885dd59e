import * as assert from 'node:assert/strict';
import { describeErrno, fileFailure, lateFailure, notAFileText } from '../../../../src/machine/local/errors';
import type { FileKind } from '../../../../src/machine/machine';

describe('fileFailure', () => {
  const codes: readonly (readonly [errno: string, code: string])[] = [
    ['ENOENT', 'missing'],
    ['ENOTDIR', 'missing'],
    ['ESRCH', 'missing'],
    ['EACCES', 'denied'],
    ['EPERM', 'denied'],
    ['EIO', 'failed'],
    ['EISDIR', 'failed'],
    ['EAGAIN', 'failed'],
    ['ETIMEDOUT', 'timed-out'],
    ['EINVAL', 'failed'],
  ];
  for (const [errno, code] of codes) {
    it(`takes ${errno} as ${code}`, () => {
      const failure = fileFailure(errno);
      assert.equal(failure.code, code);
      assert.notEqual(failure.message, '');
    });
  }

  it("adds the system's words to what it does not know by itself", () => {
    assert.equal(fileFailure('EINVAL').message, 'invalid argument (EINVAL)');
    assert.equal(describeErrno('ENOSUCHERRNO'), 'ENOSUCHERRNO');
  });
});

describe('texts of failures', () => {
  it('has one for each kind of file', () => {
    const kinds: readonly FileKind[] = ['directory', 'fifo', 'socket', 'block', 'character', 'symlink', 'unknown'];
    for (const kind of kinds) assert.match(notAFileText(kind), /^is /);
  });

  it('says how long was waited', () => {
    assert.deepEqual(lateFailure(10_200), { kind: 'failure', code: 'timed-out', message: 'no answer within 10 s' });
    assert.equal(lateFailure(300).message, 'no answer within 1 s');
  });
});
