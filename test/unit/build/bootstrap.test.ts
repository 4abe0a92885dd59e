import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { inProject } from '../../../src/build/project';

describe('bootstrap.mjs', () => {
  it('says in one line how it is called', () => {
    const { status, stderr } = spawnSync(process.execPath, [inProject('src', 'build', 'bootstrap.mjs')], {
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.match(stderr, /^opsdeck: Usage: .+\n$/);
  });
});
