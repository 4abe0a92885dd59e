import * as assert from 'node:assert/strict';
import * as z from 'zod';
import { Session, type HoldOptions, type Shown } from '../../../src/editor/session';
import { ExpectedError } from '../../../src/lib/errors';
import type { AnyTool, RunContext } from '../../../src/tool/tool';
import { toolRuntime, until } from '../../support/toolRuntime';

type Run = (context: RunContext) => AsyncIterable<unknown>;

interface Trial {
  readonly session: Session;
  readonly bugs: unknown[];
  emptied: number;
}

const seen: HoldOptions = { visible: true, wants: { report: true, result: true } };

function trial(run: Run, live: boolean, input: unknown = {}): Trial {
  const tool: AnyTool = {
    input: z.object({}),
    result: z.unknown(),
    run: (_input, context) => run(context),
    report: (result) => ({ title: 'Test', verdict: String(result), status: 'ok', blocks: [] }),
  };
  const { client } = toolRuntime({ test: tool }, { live });
  const request = { tool: 'test', input, machine: 'local' };
  const bugs: unknown[] = [];
  const made: Trial = {
    bugs,
    emptied: 0,
    session: new Session(
      {
        request,
        live,
        begin: (wants, events) => client.begin(request, { live, confirmed: false, wants }, events),
        intervalMs: () => 5,
        onBug: (error) => bugs.push(error),
      },
      () => {
        made.emptied += 1;
      },
    ),
  };
  return made;
}

async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 60));
}

async function* counting(context: RunContext, ended?: () => void): AsyncGenerator<number> {
  try {
    for (let count = 1; !context.signal.aborted; count += 1) {
      await Promise.resolve();
      yield count;
    }
  } finally {
    ended?.();
  }
}

describe('session', () => {
  it('shows every whole result of a run and ends as done', async () => {
    const { session } = trial(async function* () {
      yield 'half';
      await Promise.resolve();
      yield 'whole';
    }, false);
    const all: Shown[] = [];
    session.hold((shown) => all.push(shown), seen);
    await until(() => session.shown.state === 'done');
    assert.deepEqual(
      all
        .filter((shown) => shown.state === 'running')
        .map((shown) => shown.result)
        .slice(-2),
      ['half', 'whole'],
    );
    assert.equal(session.shown.result, 'whole');
  });

  it('samples a live tool only while a holder is visible', async () => {
    const { session } = trial((context) => counting(context), true);
    const first = session.hold(() => {}, seen);
    await until(() => Number(session.shown.result) >= 3);
    first.setVisible(false);
    await quiet();
    const frozen = session.shown.result;
    await quiet();
    assert.equal(session.shown.result, frozen);
    const second = session.hold(() => {}, seen);
    await until(() => Number(session.shown.result) > Number(frozen) + 1);
    second.dispose();
    first.dispose();
  });

  it('ends the tool with its last holder and says that it is empty', async () => {
    let ended = 0;
    const made = trial((context) => counting(context, () => (ended += 1)), true);
    const first = made.session.hold(() => {}, seen);
    const second = made.session.hold(() => {}, seen);
    await until(() => Number(made.session.shown.result) >= 2);
    first.dispose();
    assert.equal(made.emptied, 0);
    second.dispose();
    second.dispose();
    assert.equal(made.emptied, 1);
    await until(() => ended === 1);
  });

  it('keeps what was found when it is cancelled, and shows no failure', async () => {
    const made = trial(async function* (context) {
      yield 'partial';
      await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
      throw new Error('the socket was closed');
    }, false);
    made.session.hold(() => {}, seen);
    await until(() => made.session.shown.result === 'partial');
    made.session.cancel();
    await until(() => made.session.shown.state === 'cancelled');
    assert.equal(made.session.shown.result, 'partial');
    assert.equal(made.session.shown.message, '');
    assert.deepEqual(made.bugs, []);
  });

  it('tells an expected failure to the holders only, and a bug to the house as well', async () => {
    const expected = trial(async function* () {
      await Promise.resolve();
      throw new ExpectedError('denied', 'permission denied on local');
      yield 0;
    }, false);
    expected.session.hold(() => {}, seen);
    await until(() => expected.session.shown.state === 'failed');
    assert.equal(expected.session.shown.message, 'permission denied on local');
    assert.deepEqual(expected.bugs, []);

    const bug = trial(async function* () {
      await Promise.resolve();
      throw new TypeError('x is undefined');
      yield 0;
    }, false);
    bug.session.hold(() => {}, seen);
    await until(() => bug.session.shown.state === 'failed');
    assert.equal(bug.bugs.length, 1);
  });

  it('lets a run that was replaced say nothing more', async () => {
    let runs = 0;
    const made = trial(async function* (context) {
      runs += 1;
      const mine = runs;
      yield `begun ${mine}`;
      if (mine === 1) {
        await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
        yield 'late';
      }
    }, false);
    made.session.hold(() => {}, seen);
    await until(() => made.session.shown.result === 'begun 1');
    made.session.restart();
    await until(() => made.session.shown.state === 'done');
    await quiet();
    assert.equal(made.session.shown.result, 'begun 2');
    assert.equal(made.session.shown.state, 'done');
  });

  it('refuses an input that the schema does not accept', async () => {
    const made = trial((context) => counting(context), false, 7);
    made.session.hold(() => {}, seen);
    await until(() => made.session.shown.state === 'failed');
    assert.deepEqual(made.bugs, []);
  });

  it('hands over the report as JSON for a page, and nothing that nobody wants', async () => {
    const made = trial(async function* () {
      yield await Promise.resolve(7);
    }, false);
    const first = made.session.hold(() => {}, { visible: true, wants: { report: false, result: false } });
    await until(() => made.session.shown.state === 'done');
    assert.equal(made.session.shown.report, null);
    assert.equal(made.session.shown.result, undefined);
    assert.equal(made.session.shown.head?.verdict, '7');
    const second = made.session.hold(() => {}, { visible: true, wants: { report: true, result: false } });
    await until(() => made.session.shown.report !== null);
    const report: unknown = JSON.parse(new TextDecoder().decode(made.session.shown.report ?? new Uint8Array()));
    assert.deepEqual(report, { title: 'Test', verdict: '7', status: 'ok', blocks: [] });
    second.dispose();
    first.dispose();
  });

  it('lets a report go when the next one is shown, but not while somebody needs it', async () => {
    const made = trial((context) => counting(context), true);
    const reports: Uint8Array[] = [];
    let arrived: (value: unknown) => void = () => undefined;
    const arrival = new Promise((resolve) => (arrived = resolve));
    const holder = made.session.hold(({ report }) => {
      if (report === null || report === reports.at(-1)) return;
      reports.push(report);
      // As a panel that posts the second one.
      if (reports.length !== 2) return;
      holder.needs(report, Promise.resolve());
      holder.needs(report, arrival);
    }, seen);
    await until(() => reports.length >= 4);
    holder.setVisible(false);
    await quiet();
    const canFree = 'transfer' in ArrayBuffer.prototype;
    const lengths = reports.map((report) => report.length > 0);
    assert.equal(lengths[0], !canFree, 'the first is gone');
    assert.equal(lengths[1], true, 'the second is on its way');
    assert.equal(lengths.at(-1), true, 'the last is shown');
    const parsed: unknown = JSON.parse(new TextDecoder().decode(reports[1]));
    assert.deepEqual(parsed, { title: 'Test', verdict: '2', status: 'ok', blocks: [] });
    arrived(undefined);
    holder.dispose();
  });
});
