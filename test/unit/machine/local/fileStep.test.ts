import * as assert from 'node:assert/strict';
import { CancelledError, ExpectedError } from '../../../../src/lib/errors';
import type { FileAction } from '../../../../src/machine/fileErrors';
import { localFileError, localTask } from '../../../../src/machine/local/fileStep';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: some text`), { code });
}

describe('localFileError', () => {
  const cases: readonly (readonly [action: FileAction, errno: string, code: string])[] = [
    ['read', 'ENOENT', 'missing'],
    ['write', 'ENOENT', 'missing'],
    ['rename', 'ENOENT', 'missing'],
    ['list', 'ENOTDIR', 'not-a-folder'],
    ['read', 'ENOTDIR', 'missing'],
    ['read', 'EACCES', 'denied'],
    ['write', 'EACCES', 'denied'],
    ['remove', 'EPERM', 'denied'],
    ['make', 'EEXIST', 'exists'],
    ['remove', 'ENOTEMPTY', 'not-empty'],
    ['write', 'ENOSPC', 'disk-full'],
    ['write', 'EDQUOT', 'disk-full'],
    ['write', 'EROFS', 'read-only'],
    ['read', 'EISDIR', 'is-a-folder'],
    ['make', 'ENAMETOOLONG', 'invalid-input'],
    ['rename', 'EINVAL', 'invalid-input'],
    ['read', 'EINVAL', 'failed'],
    ['read', 'EIO', 'failed'],
    ['write', 'EIO', 'failed'],
    ['change', 'EIO', 'failed'],
  ];
  for (const [action, errno, code] of cases) {
    it(`makes ${code} of ${errno} at ${action}, naming path and machine`, () => {
      const cause = systemError(errno);
      const error = localFileError(localTask(action, '/data/x'), cause);
      assert.ok(error instanceof ExpectedError);
      assert.equal(error.code, code);
      assert.match(error.message, /\/data\/x.* this machine|this machine.*\/data\/x/);
      assert.equal(error.cause, cause);
    });
  }

  it('hands on cancels, expected errors and bugs', () => {
    for (const error of [new CancelledError(), new ExpectedError('denied', 'x'), new TypeError('a bug')]) {
      assert.equal(localFileError(localTask('read', '/x'), error), error);
    }
  });
});
