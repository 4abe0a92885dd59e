import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { projectPath } from '../../support/project';
import { seriousViolations } from '../support/axe';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

const toggle = 'Opsdeck: Switch the Flight Recorder On or Off';

describe('snapshots in the editor', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  let server: net.Server;
  let port: number;
  let file: string;

  before(async () => {
    workbench = await openWorkbench({
      folder: projectPath('media', 'playground'),
      settings: { 'opsdeck.system.recorderSeconds': 5 },
    });
    file = path.join(workbench.workspace, 'before.json');
  });

  after(async () => {
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
    await workbench?.dispose();
  });

  function recorderItem(): Locator {
    return workbench.page.locator('.statusbar-item[id$="opsdeck.system.recorder"]');
  }

  function slider(frame: Frame): Locator {
    return frame.locator('.moments-slider');
  }

  /** What the report itself says, not the slider: when the snapshot was taken. */
  async function takenIn(frame: Frame): Promise<string> {
    return frame.locator('.fact', { hasText: 'Taken' }).first().locator('dd').innerText();
  }

  it('are recorded while the flight recorder is on', async () => {
    await workbench.command(toggle);
    await recorderItem().waitFor();
    await workbench.command('Opsdeck: Replay Recorded Snapshots');
    const frame = await workbench.reportFrame('Recorded');
    await until(
      'three recordings',
      async () => {
        // There is no slider before there are recordings to slide over.
        const shown = (await slider(frame).count()) > 0;
        if (shown && Number(await slider(frame).getAttribute('max')) >= 2) return true;
        await frame.locator('[data-tool="run"]').click();
        await workbench.page.waitForTimeout(1_000);
        return false;
      },
      90_000,
    );
  });

  it('are replayed: the keys of the slider lead to an earlier moment', async () => {
    const frame = await workbench.reportFrame('Recorded');
    const last = await takenIn(frame);
    await slider(frame).focus();
    const [end, count] = [await slider(frame).inputValue(), await slider(frame).getAttribute('max')];
    assert.equal(end, count, 'it begins at the last moment');
    await workbench.page.keyboard.press('ArrowLeft');
    await until('an earlier moment', async () => (await takenIn(frame)) !== last);
    const earlier = await takenIn(frame);
    assert.ok(Date.parse(earlier) < Date.parse(last), `${earlier} is before ${last}`);
    await workbench.screenshot('replay');
    await workbench.page.keyboard.press('Home');
    await until('the first moment', async () => Date.parse(await takenIn(frame)) < Date.parse(earlier));
    assert.equal(await slider(frame).inputValue(), '0');
    assert.deepEqual(workbench.console.cspViolations(), []);
  });

  it('are not recorded any more when it is off, and stay', async () => {
    await workbench.command(toggle);
    await recorderItem().waitFor({ state: 'detached' });
    await workbench.command('Opsdeck: Replay Recorded Snapshots');
    const frame = await workbench.reportFrame('Recorded');
    await frame.locator('[data-tool="run"]').click();
    await frame.locator('.state-done').waitFor();
    const count = await slider(frame).getAttribute('max');
    await workbench.page.waitForTimeout(7_000);
    await frame.locator('[data-tool="run"]').click();
    await frame.locator('.state-done').waitFor();
    assert.equal(await slider(frame).getAttribute('max'), count);
  });

  it('are saved to a file', async () => {
    await workbench.command('Opsdeck: Save a Snapshot to a File…');
    await workbench.saveAs(file);
    await until('the file', () => Promise.resolve(fs.existsSync(file) && fs.statSync(file).size > 0));
    const { processes } = JSON.parse(fs.readFileSync(file, 'utf8')) as { processes: { pid: number }[] };
    assert.ok(
      processes.some(({ pid }) => pid === process.pid),
      'this process is in it',
    );
  });

  it('are compared in the diff editor: a new listener shows', async () => {
    server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    port = (server.address() as net.AddressInfo).port;
    await workbench.command('Opsdeck: Compare Snapshots in the Diff Editor…');
    await workbench.saveAs(file);
    await workbench.quickPick('This machine as it is now').click();
    const added = workbench.page.locator('.multiDiffEditor .modified .view-line', { hasText: String(port) });
    // What other programs began and ended meanwhile stands above it.
    await workbench.page.locator('.multiDiffEditor').hover();
    await until('the listener', async () => {
      await workbench.page.mouse.wheel(0, 200);
      await workbench.page.waitForTimeout(100);
      return added.first().isVisible();
    });
    const gone = workbench.page.locator('.multiDiffEditor .original .view-line', { hasText: String(port) });
    assert.equal(await gone.count(), 0, 'it is on the later side only');
    await workbench.screenshot('snapshots-diff');
  });

  it('are compared in a report, which names it', async () => {
    await workbench.command('Opsdeck: Compare a Snapshot with Now…');
    await workbench.answer(file);
    const frame = await workbench.reportFrame('What Changed');
    const row = frame.getByRole('row').filter({ hasText: String(port) });
    await row.first().waitFor();
    assert.match(await row.first().innerText(), /new/);
    await workbench.screenshot('snapshots-compare');
    assert.deepEqual(workbench.console.cspViolations(), []);
    assert.deepEqual(workbench.console.extensionErrors(), []);
    assert.deepEqual(await seriousViolations(frame), []);
  });
});
