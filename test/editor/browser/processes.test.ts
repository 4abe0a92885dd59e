import * as assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { projectPath } from '../../support/project';
import { seriousViolations } from '../support/axe';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

/** Made to mislead whoever splits at blanks or at the first parenthesis; the kernel keeps 15 bytes of it. */
const name = 'op) deck (x';

describe('processes in the editor', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let folder: string;
  let victim: ChildProcess;
  let pid: number;

  before(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'opsdeck-victim-'));
    const program = path.join(folder, name);
    fs.copyFileSync('/bin/sleep', program);
    fs.chmodSync(program, 0o755);
    victim = spawn(program, ['1000']);
    pid = victim.pid ?? 0;
    workbench = await openWorkbench({
      folder: projectPath('media', 'playground'),
      settings: { 'opsdeck.system.intervalSeconds': 1 },
    });
  });

  after(async () => {
    victim?.kill('SIGKILL');
    await workbench?.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function list(command = 'Opsdeck: Show Processes'): Promise<Frame> {
    await workbench.command(command);
    return workbench.reportFrame('PID');
  }

  function table(frame: Frame): Locator {
    return frame.getByRole('grid').first();
  }

  async function rowMenu(frame: Frame, action: string): Promise<void> {
    const row = table(frame)
      .getByRole('row')
      .filter({ hasText: String(pid) })
      .first();
    await row.getByRole('gridcell').first().click();
    await workbench.page.keyboard.press('Shift+F10');
    await frame.getByRole('menuitem', { name: action }).first().click();
  }

  /** The button of the modal dialog that asks whether a change shall be made. */
  function dialog(): Locator {
    return workbench.page.locator('.monaco-dialog-box');
  }

  function notification(text: string): Locator {
    return workbench.page.locator('.notification-toast', { hasText: text }).first();
  }

  it('lists them live, sorted by a header and filtered by what is typed', async () => {
    const frame = await list();
    await frame.locator('.state-live').waitFor();
    const rows = table(frame).getByRole('row');
    assert.ok((await rows.count()) > 5);
    await workbench.screenshot('processes');
    await frame.getByRole('columnheader', { name: 'PID' }).click();
    const pids = async (): Promise<number[]> => {
      const texts = await table(frame).locator('td[role="gridcell"][data-column="1"]').allInnerTexts();
      return texts.map(Number);
    };
    await until('sorted by PID', async () => (await pids())[0] === 1);
    await frame.getByLabel('Filter').first().fill(name);
    await until('only the one of that name', async () => (await pids()).join() === String(pid));
    assert.deepEqual(await seriousViolations(frame), []);
  });

  it('shows one in depth from the menu of its row', async () => {
    await rowMenu(await list(), 'Show in depth');
    const frame = await workbench.reportFrame('Limits');
    const text = await frame.locator('body').innerText();
    assert.ok(text.includes(name), 'its name');
    assert.ok(text.includes(folder), 'its executable');
    await workbench.screenshot('process');
    assert.deepEqual(await seriousViolations(frame), []);
  });

  it('sets a nice value after it was confirmed, and takes it back by the button of the message', async () => {
    const frame = await findVictim();
    await rowMenu(frame, 'nice');
    await workbench.answer('7');
    await dialog().waitFor();
    const question = await dialog().innerText();
    assert.ok(question.includes(String(pid)) && question.includes(name), question);
    await workbench.screenshot('nice-confirm');
    await dialog().getByRole('button', { name: 'Set Nice' }).click();
    await until('the nice value is 7', () => Promise.resolve(os.getPriority(pid) === 7));
    const told = notification('7');
    await told.waitFor();
    await workbench.screenshot('nice-done');
    await told.getByRole('button', { name: 'Undo' }).click();
    await dialog().waitFor();
    await dialog().getByRole('button', { name: 'Set Nice' }).click();
    await until('the nice value is 0 again', () => Promise.resolve(os.getPriority(pid) === 0));
    await workbench.page.locator('.activitybar a[aria-label^="Opsdeck"]').click();
    const changes = workbench.page.locator('.pane', { hasText: 'Changes' });
    await changes.locator('.pane-header').click();
    await changes.locator('.monaco-list-row', { hasText: 'undone' }).first().waitFor();
    await workbench.screenshot('changes');
  });

  it('changes nothing when the question is left by Escape', async () => {
    const frame = await findVictim();
    await rowMenu(frame, 'Suspend');
    await dialog().waitFor();
    await workbench.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await workbench.page.waitForTimeout(500);
    assert.match(stateOf(pid), /^S/);
  });

  it('terminates it, and says so', async () => {
    const frame = await findVictim();
    const ended = new Promise<string | null>((resolve) => victim.once('exit', (_code, signal) => resolve(signal)));
    await rowMenu(frame, 'Terminate');
    await dialog().waitFor();
    await workbench.screenshot('terminate-confirm');
    await dialog().getByRole('button', { name: 'Terminate' }).click();
    assert.equal(await ended, 'SIGTERM');
    await notification(name).waitFor();
  });

  it('leads from a port in a text to who has it', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as net.AddressInfo;
    try {
      const file = path.join(workbench.workspace, 'error.log');
      fs.writeFileSync(file, `Error: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`);
      await workbench.command('View: Show Explorer');
      await workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'error.log' }).dblclick();
      const link = workbench.page.locator('.view-line .detected-link').first();
      await link.waitFor();
      await link.click({ modifiers: ['Control'] });
      const frame = await workbench.reportFrame(String(port));
      await until('the report names this process', async () =>
        (await frame.locator('body').innerText()).includes(String(process.pid)),
      );
      await workbench.screenshot('port');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('broke no content security policy and logged no error of its own', () => {
    assert.deepEqual(workbench.console.cspViolations(), []);
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });

  async function findVictim(): Promise<Frame> {
    await workbench.command('Opsdeck: Find Processes by Name…');
    await workbench.answer(`=${name}`);
    for (;;) {
      const frame = await workbench.reportFrame(`: =${name}`);
      const row = table(frame)
        .getByRole('row')
        .filter({ hasText: String(pid) })
        .first();
      try {
        await row.waitFor();
        return frame;
      } catch (error) {
        // VS Code draws a panel in a frame that it may still put another one in the place of.
        if (!frame.isDetached()) throw error;
      }
    }
  }
});

/** State letter of proc_pid_stat(5). */
function stateOf(pid: number): string {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2);
}
