import * as assert from 'node:assert/strict';
import * as z from 'zod';
import type { RunContext } from '../../../../src/tool/tool';
import { CancelledError } from '../../../../src/lib/errors';
import type { Machine } from '../../../../src/machine/machine';
import { manifest } from '../../../../src/features/system/manifest';
import { tools } from '../../../../src/features/system/tools';
import { fixtureMachine } from '../../../support/fixtureMachine';
import { runContextOf } from '../../../support/runContext';

const context = (machine: Machine, signal: AbortSignal, live: boolean): RunContext =>
  runContextOf(machine, { signal, live });
const tool = tools['system.overview'];

describe('system.overview', () => {
  it('needs no input', () => {
    assert.deepEqual(tool.input.parse({}), {});
  });

  it('is live and changes nothing', () => {
    assert.equal(manifest.tools['system.overview'].live, true);
    assert.equal(manifest.tools['system.overview'].effect, 'read');
  });

  it('describes its JSON', () => {
    const schema = JSON.stringify(z.toJSONSchema(tool.result));
    for (const field of ['totalBytes', 'readBytesPerSecond', 'utilisationPercent', 'awaitMs', 'problems']) {
      assert.ok(schema.includes(`"${field}"`), field);
    }
    assert.match(schema, /Mean time of a request/);
  });

  it('ends with a complete result when nobody watches', async () => {
    const results = [];
    const { signal } = new AbortController();
    for await (const result of tool.run({}, context(fixtureMachine('pod-cgroup2-5.15'), signal, false))) {
      results.push(tool.result.parse(result));
    }
    assert.deepEqual(
      results.map((result) => result.measuring),
      [true, false],
    );
    assert.equal(tool.report(results[1] ?? assert.fail()).status, 'warning');
  });

  it('goes on while somebody watches, until it is cancelled', async () => {
    const controller = new AbortController();
    let seen = 0;
    await assert.rejects(async () => {
      for await (const result of tool.run({}, context(fixtureMachine('laptop-6.8'), controller.signal, true))) {
        assert.equal(result.history.timesMs.length, ++seen);
        if (seen === 4) controller.abort();
      }
    }, CancelledError);
    assert.equal(seen, 4);
  });
});
