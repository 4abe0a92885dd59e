import * as assert from 'node:assert/strict';
import { BatchRun } from '../../../../src/machine/local/batchRun';
import type { ReadPart, ReadRequest, ShareOffer, ShareRequest } from '../../../../src/machine/local/readProtocol';
import type { ReadListener, ReadThread } from '../../../../src/machine/local/readThread';
import { packPaths } from '../../../../src/machine/local/packedPaths';
import { ShareCursor } from '../../../../src/machine/local/shareCursor';

const REQUEST: ReadRequest = { kind: 'batch', id: 7, items: ['/p/*'], skip: [], maxBytes: 1, encoding: 'utf8' };
const TOTAL = 100;
const WAIT_MS = 30;

/** A thread that does what the test says, step by step. */
class MadeThread implements ReadThread {
  readonly asked: (ReadRequest | ShareRequest)[] = [];
  readonly cancelled: number[] = [];
  stepsNow = 0;
  private readonly waiting: { listener: ReadListener; resolve: () => void }[] = [];

  ask(request: ReadRequest | ShareRequest, listener: ReadListener): Promise<void> {
    this.asked.push(request);
    return new Promise((resolve) => this.waiting.push({ listener, resolve }));
  }

  offer(): ShareCursor {
    const cursor = new ShareCursor();
    const bases = Array.from({ length: TOTAL }, (_none, index) => `/p/${index}`);
    const offer: ShareOffer = { kind: 'offer', groupIndex: 0, bases: packPaths(bases), cursor: cursor.memory };
    this.waiting[0]?.listener.offer(offer);
    return cursor;
  }

  /** The last part of its answer. */
  answer(): void {
    const bytes = new ArrayBuffer(0);
    const last: ReadPart = {
      kind: 'part',
      bytes,
      usedBytes: 0,
      bases: [],
      values: new Uint32Array(),
      errors: [],
      unread: [],
    };
    const { listener, resolve } = this.waiting.shift() ?? assert.fail('It was not asked.');
    listener.part(last);
    resolve();
  }

  cancel(batchId: number): void {
    this.cancelled.push(batchId);
  }

  give(): void {}
  currentPath = (): string => '/p/of-an-earlier-batch';
  steps = (): number => this.stepsNow;
  end = (): Promise<void> => Promise.resolve();
}

function begin(): { run: BatchRun; first: MadeThread; helper: MadeThread } {
  const first = new MadeThread();
  const helper = new MadeThread();
  const failureOf = (code: string): { kind: 'failure'; code: 'failed'; message: string } => ({
    kind: 'failure',
    code: 'failed',
    message: code,
  });
  return { run: new BatchRun(REQUEST, first, () => [helper], failureOf), first, helper };
}

describe('the threads of a batch', () => {
  it('are not asked to help with what was cancelled, although the offer comes only then', async () => {
    const { run, first, helper } = begin();
    run.cancel();
    first.offer();
    first.answer();
    assert.deepEqual(await run.lateAfter(WAIT_MS, WAIT_MS), []);
    assert.deepEqual(first.cancelled, [REQUEST.id]);
    assert.deepEqual(helper.asked, []);
  });

  it('get nothing any more when the batch has ended, and are not taken for hanging', async () => {
    const { run, first, helper } = begin();
    const cursor = first.offer();
    assert.equal(helper.asked.length, 1);
    helper.stepsNow = 12;
    first.answer();
    await run.end();
    // As a thread does that is late: BatchReading.help.
    cursor.setBusy(0, true);
    assert.equal(cursor.take(TOTAL), null);
    assert.deepEqual(await run.lateAfter(WAIT_MS, WAIT_MS), []);
  });

  it('are waited for when they have taken something', async () => {
    const { run, first, helper } = begin();
    const cursor = first.offer();
    helper.stepsNow = 12;
    cursor.setBusy(0, true);
    assert.equal(cursor.take(TOTAL)?.[0], 0);
    first.answer();
    const late = await run.lateAfter(WAIT_MS, WAIT_MS);
    assert.deepEqual(
      late.map(({ thread }) => thread),
      [helper],
    );
    helper.answer();
    assert.deepEqual(await run.lateAfter(WAIT_MS, WAIT_MS), []);
  });

  it('are late when the time is over, also those that go on', async () => {
    const { run, first } = begin();
    const goesOn = setInterval(() => first.stepsNow++, 1);
    const late = await run.lateAfter(WAIT_MS * 5, WAIT_MS);
    clearInterval(goesOn);
    assert.deepEqual(
      late.map(({ thread }) => thread),
      [first],
    );
  });

  it('hang one by one: who goes on is not among them', async () => {
    const { run, first, helper } = begin();
    const cursor = first.offer();
    cursor.setBusy(0, true);
    helper.stepsNow = 12;
    first.stepsNow = 1;
    const goesOn = setInterval(() => first.stepsNow++, 1);
    const late = await run.lateAfter(60_000, WAIT_MS);
    clearInterval(goesOn);
    assert.deepEqual(
      late.map(({ thread }) => thread),
      [helper],
    );
  });
});
