import * as assert from 'node:assert/strict';
import { FolderNames } from '../../../../src/features/ssh/core/folderNames';
import { HostPauses } from '../../../../src/features/ssh/core/hostPause';
import { Saves } from '../../../../src/features/ssh/core/saves';

describe('a file that somebody else writes between opening and saving', () => {
  const opened = (): Saves => {
    const saves = new Saves();
    saves.looked('file', { modifiedMs: 1_000, sizeBytes: 10 });
    saves.read('file');
    return saves;
  };

  it('is noticed where VS Code does not: the size is the same, or the time is', () => {
    for (const [modifiedMs, sizeBytes, unseen] of [
      [1_000, 10, false],
      [2_000, 10, true],
      [1_000, 11, true],
      [500, 11, true],
      // VS Code refuses this itself, and whoever says "overwrite" there is not asked twice.
      [2_000, 11, false],
    ] as const) {
      const saves = opened();
      saves.looked('file', { modifiedMs, sizeBytes });
      assert.equal(saves.isChangedUnseen('file'), unseen, `${modifiedMs} ${sizeBytes}`);
    }
  });

  it('is not our own writing', () => {
    const saves = opened();
    saves.wrote('file');
    saves.looked('file', { modifiedMs: 5_000, sizeBytes: 10 });
    saves.looked('file', { modifiedMs: 5_000, sizeBytes: 10 });
    assert.equal(saves.isChangedUnseen('file'), false);
    saves.looked('file', { modifiedMs: 6_000, sizeBytes: 10 });
    assert.equal(saves.isChangedUnseen('file'), true);
  });

  it('is nobody’s business who has not read it', () => {
    const saves = new Saves();
    saves.looked('file', { modifiedMs: 1, sizeBytes: 1 });
    saves.looked('file', { modifiedMs: 2, sizeBytes: 1 });
    assert.equal(saves.isChangedUnseen('file'), false);
  });
});

describe('a host that could not be reached', () => {
  it('is not tried again at every look, but after a while or when it is there', () => {
    const pauses = new HostPauses();
    const down = new Error('down');
    pauses.failed('web01', down, 1_000);
    assert.throws(() => pauses.refuse('web01', 15_999), down);
    pauses.refuse('web02', 2_000);
    pauses.refuse('web01', 16_000);
    pauses.failed('web01', down, 20_000);
    pauses.forget('web01');
    pauses.refuse('web01', 20_001);
  });
});

describe('the names in a folder that is followed', () => {
  it('tell what came and went, also before the first look', () => {
    const folders = new FolderNames();
    folders.listed('/etc', ['a', 'b']);
    assert.equal(folders.isStale('/etc', 5), true);
    assert.deepEqual(folders.update('/etc', ['b', 'c']), { added: ['c'], gone: ['a'] });
    assert.equal(folders.isStale('/etc', 5), false);
    assert.equal(folders.isStale('/etc', 6), true);
    assert.deepEqual(folders.update('/etc', ['b', 'c']), { added: [], gone: [] });
    assert.equal(folders.isStale('/srv', 6), false);
  });

  it('are those of the hundred folders that were listed last', () => {
    const folders = new FolderNames();
    for (let index = 0; index < 105; index += 1) folders.listed(`/${index}`, []);
    assert.equal(folders.paths.length, 100);
    assert.equal(folders.paths[0], '/5');
  });
});
