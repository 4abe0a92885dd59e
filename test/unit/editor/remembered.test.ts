import * as assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Journal } from '../../../src/editor/journal';
import { SavedRuns } from '../../../src/editor/savedRuns';

function memory(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, fallback?: T) => (values.has(key) ? (values.get(key) as T) : fallback),
    update: (key: string, value: unknown) => {
      values.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };
}

const undo = { tool: 'system.nice', input: { pid: 7, startTicks: 9, nice: 0 } };

describe('journal', () => {
  it('lists changes newest first, over restarts, and marks what was undone', async () => {
    const store = memory();
    let told = 0;
    const journal = new Journal(store, () => (told += 1));
    await journal.add('local', 'system.nice', [{ what: 'first', undo }], 1_000);
    const added = await journal.add(
      'local',
      'system.nice',
      [
        { what: 'second', undo },
        { what: 'third', undo: null },
      ],
      2_000,
    );
    assert.equal(added.length, 2);
    await journal.markUndone(added[1]?.id ?? 0, 3_000);
    const again = new Journal(store, () => undefined).list();
    assert.deepEqual(
      again.map(({ what, undoneAtMs }) => [what, undoneAtMs]),
      [
        ['third', undefined],
        ['second', 3_000],
        ['first', undefined],
      ],
    );
    assert.equal(new Set(again.map((entry) => entry.id)).size, 3);
    assert.equal(told, 3);
    await journal.clear();
    assert.deepEqual(journal.list(), []);
  });

  it('stays bounded', async () => {
    const journal = new Journal(memory(), () => undefined);
    for (let count = 0; count < 210; count += 1) await journal.add('local', 'x', [{ what: `${count}`, undo }], count);
    assert.equal(journal.list().length, 200);
    assert.equal(journal.list()[0]?.what, '209');
  });
});

describe('saved runs', () => {
  it('keep one question a name, sorted', async () => {
    const store = memory();
    const saved = new SavedRuns(store, () => undefined);
    const request = (port: number) => ({ tool: 'system.sockets', input: { port }, machine: 'local' });
    await saved.save({ name: 'web', request: request(80) });
    await saved.save({ name: 'db', request: request(5432) });
    await saved.save({ name: 'web', request: request(443) });
    assert.deepEqual(new SavedRuns(store, () => undefined).list(), [
      { name: 'db', request: request(5432) },
      { name: 'web', request: request(443) },
    ]);
    await saved.remove('db');
    assert.deepEqual(
      saved.list().map((run) => run.name),
      ['web'],
    );
  });
});
