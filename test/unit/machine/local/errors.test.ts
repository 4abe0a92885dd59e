import * as assert from 'node:assert/strict';
import { CancelledError, ExpectedError } from '../../../../src/lib/errors';
import { describeErrno, fileError, fileFailure, lateFailure, notAFileText } from '../../../../src/machine/local/errors';
import type { FileKind } from '../../../../src/machine/machine';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: some text`), { code });
}

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

describe('fileError', () => {
  const cases: readonly (readonly [action: 'read' | 'list' | 'write', errno: string, code: string])[] = [
    ['read', 'ENOENT', 'missing'],
    ['write', 'ENOENT', 'missing'],
    ['read', 'EACCES', 'denied'],
    ['write', 'EROFS', 'failed'],
    ['read', 'EISDIR', 'not-a-file'],
    ['list', 'ENOTDIR', 'failed'],
    ['read', 'EIO', 'failed'],
  ];
  for (const [action, errno, code] of cases) {
    it(`makes ${code} of ${errno} at ${action}, naming path and machine`, () => {
      const cause = systemError(errno);
      const error = fileError(action, '/data/x', cause);
      assert.ok(error instanceof ExpectedError);
      assert.equal(error.code, code);
      assert.match(error.message, /\/data\/x.* this machine/);
      assert.equal(error.cause, cause);
    });
  }

  it('hands on cancels, expected errors and bugs', () => {
    for (const error of [new CancelledError(), new ExpectedError('denied', 'x'), new TypeError('a bug')]) {
      assert.equal(fileError('read', '/x', error), error);
    }
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
