import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError } from '../../../../src/lib/errors';
import { createLocalMachine, type LocalMachine } from '../../../../src/machine/local';
import type { FileTexts, ReadItem } from '../../../../src/machine/machine';
import { temporaryFolder } from '../support';

const signal = new AbortController().signal;
const FOLDERS = 1_500;

/** A made-up /proc: enough for several threads and for many parts of an answer. */
describe('LocalMachine.files.readMany of huge batches', function () {
  this.timeout(60_000);
  const inside = temporaryFolder();
  let machine: LocalMachine;
  const items = (): readonly ReadItem[] => [
    inside('proc', '[0-9]*', 'stat'),
    inside('proc', '[0-9]*', 'status'),
    inside('proc', '[0-9]*', 'odd'),
    { path: inside('proc', '[0-9]*', 'exe'), what: 'link' },
    { path: inside('proc', '[0-9]*', 'fd'), what: 'names' },
    { path: inside('proc', '[0-9]*', 'folder'), what: 'stat' },
  ];
  before(() => {
    machine = createLocalMachine();
    fs.mkdirSync(inside('proc', 'self'), { recursive: true });
    for (let pid = 1; pid <= FOLDERS; pid++) makeProcess(pid);
  });
  after(() => machine.dispose());

  function makeProcess(pid: number): void {
    const folder = inside('proc', String(pid));
    fs.mkdirSync(`${folder}/fd`, { recursive: true });
    fs.writeFileSync(`${folder}/stat`, `${pid} (stat)`);
    fs.writeFileSync(`${folder}/status`, statusOf(pid));
    if (pid % 3 === 0) fs.writeFileSync(`${folder}/odd`, '');
    fs.symlinkSync(`/bin/program${pid}`, `${folder}/exe`);
    if (pid % 2 === 0) fs.writeFileSync(`${folder}/fd/${pid}`, '');
  }

  /** Some are longer than a part of an answer is. */
  function statusOf(pid: number): string {
    return `status of ${pid}\n`.repeat(pid % 500 === 0 ? 40_000 : pid % 100);
  }

  function assertWhole(texts: FileTexts): void {
    for (let pid = 1; pid <= FOLDERS; pid++) {
      const folder = inside('proc', String(pid));
      assert.equal(texts.get(`${folder}/stat`), `${pid} (stat)`);
      assert.ok(texts.get(`${folder}/status`) === statusOf(pid), `status of ${pid}`);
      assert.equal(texts.get(`${folder}/odd`), pid % 3 === 0 ? '' : undefined);
      assert.equal(texts.get(`${folder}/exe`), `/bin/program${pid}`);
      assert.equal(texts.get(`${folder}/fd`), pid % 2 === 0 ? String(pid) : '');
    }
    assert.equal(texts.size, FOLDERS * 4 + FOLDERS / 3);
  }

  it('has every value at its path, again and again', async () => {
    for (let round = 0; round < 4; round++) assertWhole(await machine.files.readMany(items(), { signal }));
  });

  it('is a map as any other', async () => {
    const texts = await machine.files.readMany(items(), { signal });
    const copy = new Map(texts);
    assertWhole(copy);
    assert.deepEqual([...texts.keys()], [...copy.keys()]);
    const seen = new Map<string, unknown>();
    texts.forEach((value, path, all) => seen.set(path, all === texts && value));
    assert.deepEqual(seen, copy);
    assert.equal([...texts.values()].length, texts.size);
    assert.equal(texts.has(inside('proc', '1', 'stat')), true);
    assert.equal(texts.has(inside('proc', '1', 'none')), false);
    assert.equal(texts.get(inside('proc', '1')), undefined);
  });

  it('gives its memory to the next when it is released, and leaves other answers alone', async () => {
    const kept = await machine.files.readMany(items(), { signal });
    for (let round = 0; round < 3; round++) {
      const texts = await machine.files.readMany(items(), { signal });
      assertWhole(texts);
      texts.release?.();
      assert.equal(texts.size, 0);
      assert.equal(texts.get(inside('proc', '1', 'stat')), undefined);
      assert.deepEqual([...texts], []);
      texts.release?.();
    }
    assertWhole(kept);
  });

  it('rejects at once when it is cancelled in the middle, and the next is whole', async () => {
    for (const waitMs of [0, 1, 3, 8, 15]) {
      const controller = new AbortController();
      const batch = machine.files.readMany(items(), { signal: controller.signal });
      const next = machine.files.readMany(items(), { signal });
      await delay(waitMs);
      controller.abort();
      await assert.rejects(batch, CancelledError);
      assertWhole(await next);
    }
  });

  it('answers batches that are asked for at the same time', async () => {
    const batches = [items(), [inside('proc', '7', 'stat')], items()].map((one) =>
      machine.files.readMany(one, { signal }),
    );
    const [first, second, third] = await Promise.all(batches);
    assertWhole(first ?? assert.fail());
    assert.deepEqual([...(second ?? [])], [[inside('proc', '7', 'stat'), '7 (stat)']]);
    assertWhole(third ?? assert.fail());
  });

  it('tells at its deadline what it has read, and what it has not', async () => {
    const hasty = createLocalMachine({ batchDeadlineMs: 1 });
    await hasty.files.readMany([inside('proc', '1', 'stat')], { signal });
    const texts = await hasty.files.readMany(items(), { signal });
    await hasty.dispose();
    for (const [path, value] of texts) {
      if (typeof value !== 'string') assert.ok(path.includes('[0-9]*'), path);
      else if (path.endsWith('/stat')) assert.match(value, /^\d+ \(stat\)$/);
    }
  });

  it('is cancelled by closing the machine', async () => {
    const closing = createLocalMachine();
    await closing.files.readMany(items(), { signal });
    const rejected = assert.rejects(closing.files.readMany(items(), { signal }), CancelledError);
    await delay(3);
    await closing.dispose();
    await rejected;
  });
});
