import * as assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Frame, Locator } from 'playwright-core';
import { projectPath } from '../../support/project';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

/** Listens on a port of its own, says which, and waits. */
const LISTENER = `require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port); })`;

describe('what leads to processes in the editor', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let listener: ChildProcess;
  let port: string;

  before(async () => {
    listener = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
    port = String(((await once(listener.stdout as NodeJS.ReadableStream, 'data')) as [Buffer])[0]).trim();
    workbench = await openWorkbench({
      folder: projectPath('media', 'playground'),
      // Drawn as text, so that a test can find a line.
      settings: { 'terminal.integrated.gpuAcceleration': 'off', 'opsdeck.system.intervalSeconds': 1 },
    });
  });

  after(async () => {
    listener?.kill('SIGKILL');
    await workbench?.dispose();
  });

  function treeRow(text: string): Locator {
    return workbench.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
  }

  async function showSide(): Promise<void> {
    if (!(await treeRow('Memory').isVisible())) {
      await workbench.page.locator('.activitybar a[aria-label^="Opsdeck"]').click();
    }
    await treeRow('Memory').waitFor();
  }

  it('is a port in a terminal: a click on the line tells who has it', async () => {
    await workbench.command('Terminal: Create New Terminal');
    const terminal = workbench.page.locator('.terminal-wrapper.active .xterm');
    await terminal.waitFor();
    const line = terminal.locator('.xterm-rows > div', { hasText: /^EADDRINUSE/ }).first();
    await terminal.locator('.xterm-rows > div', { hasText: /[#$] / }).first().waitFor();
    await workbench.page.keyboard.type(`printf '%s\\n' "EADDRINUSE: address in use 127.0.0.1:${port}"\n`);
    await line.waitFor();
    const box = await line.boundingBox();
    assert.ok(box !== null);
    const at = [box.x + 40, box.y + box.height / 2] as const;
    await until('the link is followed', async () => {
      // Links are looked for when the pointer moves over the line.
      await workbench.page.mouse.move(at[0] + 20, at[1]);
      await workbench.page.mouse.move(...at);
      await workbench.page.waitForTimeout(500);
      await workbench.page.keyboard.down('Control');
      await workbench.page.mouse.click(...at);
      await workbench.page.keyboard.up('Control');
      await workbench.page.waitForTimeout(1_000);
      return (await workbench.page.locator('.tab', { hasText: port }).count()) > 0;
    });
    const frame = await workbench.reportFrame(port);
    await until('it names the process', async () =>
      (await frame.locator('body').innerText()).includes(`node (PID ${listener.pid})`),
    );
    await workbench.screenshot('port-from-terminal');
    await workbench.command('Terminal: Kill All Terminals');
  });

  it('keeps its columns and its tree for the next window', async () => {
    const list = async (): Promise<Frame> => {
      await workbench.command('Opsdeck: Show Processes');
      return workbench.reportFrame('PID');
    };
    const first = await list();
    await first.getByRole('button', { name: 'Columns' }).click();
    await first.getByRole('checkbox', { name: 'OOM score', exact: true }).check();
    await workbench.page.keyboard.press('Escape');
    await first.getByRole('button', { name: 'Tree' }).click();
    await first.getByRole('treegrid').waitFor();
    await first.getByRole('columnheader', { name: 'OOM score' }).waitFor();
    await workbench.screenshot('processes-tree');
    // The page tells what was chosen when the person pauses.
    await workbench.page.waitForTimeout(1_500);
    await workbench.command('View: Close All Editors');
    await workbench.open();
    const again = await list();
    await again.getByRole('treegrid').waitFor();
    await again.getByRole('columnheader', { name: 'OOM score' }).waitFor();
    await again.getByRole('button', { name: 'Tree' }).click();
    await again.getByRole('grid').first().waitFor();
  });

  it('is a question that was saved with the star: the view "Saved" asks it again', async () => {
    await workbench.command('Opsdeck: Show Processes over an Amount of Memory…');
    await workbench.answer('1GiB');
    await (await workbench.reportFrame('1 GiB')).locator('.state-live').waitFor();
    await workbench.command('Opsdeck: Save the Question of This Report…');
    await workbench.quickInput().waitFor();
    await workbench.answer('the large ones');
    // The answer is looked at in the extension host first: another question would take its place.
    await workbench.quickInput().waitFor({ state: 'hidden' });
    await workbench.command('View: Close All Editors');
    await showSide();
    await workbench.page.locator('.pane-header', { hasText: 'Saved' }).click();
    await workbench.screenshot('saved');
    await treeRow('the large ones').click();
    await workbench.reportFrame('1 GiB');
  });

  it('is a listener in the view "System": the button of its line ends the program', async () => {
    await showSide();
    // The other views are folded for room.
    for (const view of ['Hosts', 'Tunnels', 'Saved']) {
      const header = workbench.page.locator('.pane-header', { hasText: view }).first();
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    }
    await treeRow('Listeners').click();
    await treeRow('Listeners').locator('.monaco-tl-twistie').click();
    const row = treeRow(port);
    await treeRow('Listeners').hover();
    await until('the line of the listener is reached', async () => {
      if (await row.isVisible()) return true;
      // Rows beyond the height of a view are not there, and a machine may have many listeners.
      await workbench.page.mouse.wheel(0, 100);
      return false;
    });
    await row.hover();
    await row.getByRole('button', { name: /^Terminate/ }).click();
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    assert.ok((await dialog.innerText()).includes(String(listener.pid)));
    await workbench.screenshot('terminate-from-view');
    const ended = once(listener, 'exit');
    await dialog.getByRole('button', { name: 'Terminate' }).click();
    assert.deepEqual(await ended, [null, 'SIGTERM']);
    assert.deepEqual(workbench.console.extensionErrors(), []);
    assert.deepEqual(workbench.console.cspViolations(), []);
  });
});
