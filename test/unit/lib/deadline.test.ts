import * as assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  runWithDeadline,
  settlesWithin,
  stepWithDeadline,
  untilAborted,
  withDeadline,
} from '../../../src/lib/deadline';
import { CancelledError } from '../../../src/lib/errors';

const LONG_MS = 60_000;
const never = new Promise<never>(() => undefined);

function listenersOf(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length;
}

function countTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

describe('withDeadline', () => {
  it('tells that the clock fired', async () => {
    const deadline = withDeadline(new AbortController().signal, 5);
    assert.equal(deadline.fired, undefined);
    await aborted(deadline.signal);
    assert.equal(deadline.fired, 'timed-out');
    assert.equal((deadline.signal.reason as Error).name, 'TimeoutError');
  });

  it('tells that the caller cancelled', () => {
    const controller = new AbortController();
    const deadline = withDeadline(controller.signal, LONG_MS);
    controller.abort();
    assert.equal(deadline.fired, 'cancelled');
    assert.ok(deadline.signal.reason instanceof CancelledError);
  });

  it('is cancelled from the beginning when the signal was', () => {
    const deadline = withDeadline(AbortSignal.abort(), LONG_MS);
    assert.equal(deadline.signal.aborted, true);
    assert.equal(deadline.fired, 'cancelled');
  });

  it('keeps the first cause', async () => {
    const controller = new AbortController();
    const deadline = withDeadline(controller.signal, 1);
    await aborted(deadline.signal);
    controller.abort();
    assert.equal(deadline.fired, 'timed-out');
  });

  it('is cancelled by any of several signals', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const deadline = withDeadline([first.signal, second.signal], LONG_MS);
    second.abort();
    assert.equal(deadline.fired, 'cancelled');
    assert.equal(listenersOf(first.signal), 0);
  });

  it('leaves neither listener nor timer, whether it is cleared or has fired', () => {
    const controller = new AbortController();
    const before = countTimers();
    const cleared = withDeadline(controller.signal, LONG_MS);
    const cancelled = withDeadline(controller.signal, LONG_MS);
    assert.equal(listenersOf(controller.signal), 2);
    assert.equal(countTimers(), before + 2);
    cleared.clear();
    controller.abort();
    assert.equal(cleared.fired, undefined, 'a cleared deadline does not fire');
    assert.equal(cancelled.fired, 'cancelled');
    assert.equal(listenersOf(controller.signal), 0);
    assert.equal(countTimers(), before);
  });

  it('governs a hundred operations with one signal without a warning', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): number => warnings.push(warning);
    process.on('warning', note);
    const controller = new AbortController();
    const deadlines = Array.from({ length: 100 }, () => withDeadline(controller.signal, LONG_MS));
    await delay(5);
    for (const deadline of deadlines) deadline.clear();
    process.off('warning', note);
    assert.deepEqual(warnings, []);
  });

  it('takes delays that setTimeout does not', async () => {
    const deadline = withDeadline(new AbortController().signal, Infinity);
    await delay(5);
    assert.equal(deadline.fired, undefined);
    deadline.clear();
  });
});

const signal = new AbortController().signal;
const late = (): Error => new Error('late');

for (const run of [runWithDeadline, stepWithDeadline]) {
  describe(run.name, () => {
    it('gives the result and clears everything', async () => {
      await delay(1); // mocha starts its own timer after the first turn
      const before = countTimers();
      assert.equal(await run(signal, LONG_MS, () => Promise.resolve(7), late), 7);
      assert.equal(listenersOf(signal), 0);
      assert.equal(countTimers(), before);
    });

    it("hands on the work's own error and clears everything", async () => {
      await assert.rejects(
        run(signal, LONG_MS, () => Promise.reject(new Error('own')), late),
        /own/,
      );
      assert.equal(listenersOf(signal), 0);
    });

    it('ends at the deadline even when the work goes on', async () => {
      await assert.rejects(
        run(signal, 5, () => never, late),
        /late/,
      );
    });

    it('says cancelled when the caller cancelled', async () => {
      const controller = new AbortController();
      const running = run(controller.signal, LONG_MS, () => never, late);
      controller.abort();
      await assert.rejects(running, CancelledError);
    });

    it('does not begin the work after a cancel', async () => {
      let begun = false;
      const work = (): Promise<void> => {
        begun = true;
        return Promise.resolve();
      };
      await assert.rejects(run(AbortSignal.abort(), LONG_MS, work, late), CancelledError);
      assert.equal(begun, false);
    });

    it('clears everything when the work does not even begin', async () => {
      const work = (): Promise<void> => {
        throw new Error('own');
      };
      await assert.rejects(run(signal, LONG_MS, work, late), /own/);
      assert.equal(listenersOf(signal), 0);
    });
  });
}

describe('runWithDeadline', () => {
  it('says late, not cancelled, when the work answers the deadline with an AbortError', async () => {
    await assert.rejects(
      runWithDeadline(signal, 5, (own) => delay(LONG_MS, undefined, { signal: own }), late),
      /late/,
    );
  });
});

describe('untilAborted', () => {
  it('rejects at once and drops what comes later', async () => {
    const controller = new AbortController();
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<void>((_resolve, reject) => (fail = reject));
    const waiting = untilAborted(work, controller.signal);
    controller.abort();
    await assert.rejects(waiting, CancelledError);
    // An unhandled rejection would fail the run.
    fail(new Error('later'));
    await delay(1);
  });

  it('leaves no listener behind', async () => {
    const controller = new AbortController();
    assert.equal(await untilAborted(Promise.resolve('done'), controller.signal), 'done');
    assert.equal(listenersOf(controller.signal), 0);
  });
});

describe('settlesWithin', () => {
  it('is true for a result and for an error', async () => {
    assert.equal(await settlesWithin(Promise.resolve(), LONG_MS), true);
    assert.equal(await settlesWithin(Promise.reject(new Error('failed')), LONG_MS), true);
  });

  it('is false when the time is over', async () => {
    assert.equal(await settlesWithin(never, 1), false);
  });

  it('counts what arrived while the event loop was held up as in time', async () => {
    const { port1, port2 } = new MessageChannel();
    const arrived = new Promise((resolve) => port1.once('message', resolve));
    const inTime = settlesWithin(arrived, 5);
    port2.postMessage('answer');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    assert.equal(await inTime, true);
    port1.close();
  });
});
