import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { inProject, listFiles, unlessDone } from '../../../src/build/project';

describe('the project', () => {
  it('is the folder of package.json', () => {
    assert.ok(fs.existsSync(inProject('package.json')));
  });

  it('lists files by their path from the project, and nothing of a folder that is not there', () => {
    const files = listFiles('test/unit/build', (file) => file.endsWith('project.test.ts'));
    assert.deepEqual(files, ['test/unit/build/project.test.ts']);
    assert.deepEqual(
      listFiles('no-such-folder', () => true),
      [],
    );
  });
});

describe('unlessDone', () => {
  const folder = 'out/unless-done-test';
  const work = { makes: `${folder}/made`, from: [`${folder}/source`], stamp: `${folder}/stamp` };
  let times = 0;
  const make = (): Promise<void> =>
    unlessDone(work, async () => {
      times++;
      await fs.promises.writeFile(inProject(work.makes), 'made');
    });

  before(() => {
    fs.mkdirSync(inProject(folder), { recursive: true });
    fs.writeFileSync(inProject(folder, 'source'), 'one');
  });

  after(() => fs.rmSync(inProject(folder), { recursive: true }));

  it('works once for the same sources', async () => {
    await make();
    await make();
    assert.equal(times, 1);
  });

  it('works again when a source has changed, and when the outcome is gone', async () => {
    fs.writeFileSync(inProject(folder, 'source'), 'another');
    await make();
    assert.equal(times, 2);
    fs.rmSync(path.join(inProject(folder), 'made'));
    await make();
    assert.equal(times, 3);
  });

  it('notes nothing when the work fails', async () => {
    fs.writeFileSync(inProject(folder, 'source'), 'a third');
    await assert.rejects(
      unlessDone(work, () => Promise.reject(new Error('broken'))),
      /broken/,
    );
    await make();
    assert.equal(times, 4);
  });
});
