import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CancelledError } from '../../../../src/lib/errors';
import { createLocalMachine } from '../../../../src/machine/local';
import { temporaryFolder } from '../support';

const AT_ONCE = 50;

describe('LocalMachine.files.writeStream', () => {
  const inside = temporaryFolder();
  const local = createLocalMachine();
  after(() => local.dispose());

  function openBelow(folder: string): readonly string[] {
    const targets = fs.readdirSync('/proc/self/fd').map((name) => {
      try {
        return fs.readlinkSync(`/proc/self/fd/${name}`);
      } catch {
        return '';
      }
    });
    return targets.filter((target) => target.startsWith(folder));
  }

  it('leaves nothing open when it is cancelled while it opens, and makes nothing afterwards', async function () {
    if (process.platform !== 'linux') return this.skip();
    const controller = new AbortController();
    const opening = Array.from({ length: AT_ONCE }, (_none, index) =>
      local.files.writeStream(inside(`part${index}`), { signal: controller.signal, truncate: true }),
    );
    controller.abort();
    for (const one of await Promise.allSettled(opening)) {
      assert.ok(one.status === 'rejected' && one.reason instanceof CancelledError);
    }
    const made = fs.readdirSync(inside());
    for (const name of made) fs.rmSync(inside(name));
    await pause(50);
    assert.deepEqual(fs.readdirSync(inside()), []);
    assert.deepEqual(openBelow(inside()), []);
  });
});
