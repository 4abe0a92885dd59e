import * as assert from 'node:assert/strict';
import type { TreeEntry } from '../../../../../src/features/compare/core/trees/entry';
import { HashStage } from '../../../../../src/features/compare/core/trees/hashStage';
import { ManyHashes } from '../../../../../src/features/compare/core/trees/manyHashes';
import { newSide, type FileHash, type TreeSide } from '../../../../../src/features/compare/core/trees/side';
import { memoryMachine } from '../../../../support/fixtureMachine';

/** More than are kept on their way. */
const FILES = 20_001;
const entry: TreeEntry = { name: '', kind: 'file', stat: null, linkTarget: null, failure: null };

class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}

describe('the room for files that wait for their hashes', () => {
  const { signal } = new AbortController();

  /** A side that answers when it is told to. */
  function slowSide(told: Promise<void>): TreeSide {
    const machine = memoryMachine({});
    return {
      machine,
      root: '/',
      told: newSide(machine, '/'),
      listings: () => assert.fail('not listed'),
      read: () => assert.fail('not read'),
      async *hashes(files) {
        for await (const some of files) {
          await told;
          yield some.map(({ path }): FileHash => ({ path, outcome: { kind: 'hash', sha256: path } }));
        }
      },
    };
  }

  /** Both walks of a comparison wait for it, and neither is forgotten. */
  async function bothGoOn(room: () => Promise<void>, answer: () => void): Promise<void> {
    const rooms = [room(), room()];
    answer();
    await Promise.all(rooms);
  }

  it('is told to both walks of two sides', async () => {
    const gate = new Gate();
    let settled = 0;
    const stage = new HashStage({
      sides: { left: slowSide(gate.opened), right: slowSide(gate.opened) },
      signal,
      tell: (_item, outcome) => (settled += outcome === null ? 1 : 0),
      changed: () => undefined,
    });
    for (let at = 0; at < FILES; at += 1) {
      stage.add({ pair: { path: `f${at}`, rightPath: `f${at}`, left: entry, right: entry }, metadata: [] });
    }
    await bothGoOn(
      () => stage.room(),
      () => gate.open(),
    );
    await stage.finish();
    assert.equal(settled, FILES);
  });

  it('is told to the walks of many sides', async () => {
    const gate = new Gate();
    const hashes = new ManyHashes([slowSide(gate.opened), slowSide(gate.opened)], signal, () => undefined);
    let answers = 0;
    for (let at = 0; at < FILES; at += 1) hashes.ask(0, { path: `f${at}`, entry }, () => (answers += 1));
    await bothGoOn(
      () => hashes.room(),
      () => gate.open(),
    );
    await hashes.finish();
    assert.equal(answers, FILES);
  });
});
