import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Frame } from 'playwright-core';
import { projectPath } from '../../support/project';
import { seriousViolations } from '../support/axe';
import { openWorkbench, themes, type Workbench } from '../support/workbench';

const command = 'Opsdeck: Show System Overview';

/** '23.4 GiB' as bytes; NaN when there is no such figure in the text. */
function bytesIn(text: string, pattern: RegExp): number {
  const match = pattern.exec(text);
  const powers = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  return Number(match?.[1]?.replace(',', '')) * 1024 ** powers.indexOf(match?.[2] ?? '');
}

function near(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * expected, `${what}: ${actual} against ${expected}`);
}

describe('the system overview in the editor', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({
      folder: projectPath('media', 'playground'),
      settings: { 'opsdeck.system.intervalSeconds': 0.5 },
    });
  });
  after(() => workbench?.dispose());

  async function overview(): Promise<Frame> {
    return workbench.reportFrame('CPU');
  }

  async function secondOf(frame: Frame): Promise<string> {
    return (await frame.locator('header time').getAttribute('datetime')) ?? '';
  }

  /** Until the panel shows a sample that was taken after that moment. */
  async function later(frame: Frame, moment: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    while ((await secondOf(frame)) <= moment) {
      if (Date.now() > deadline) throw new Error(`nothing was sampled after ${moment}`);
      await workbench.page.waitForTimeout(100);
    }
  }

  it('fills the view "System" with this machine as free and df see it', async () => {
    await workbench.page.locator('.activitybar a[aria-label^="Opsdeck"]').click();
    const rows = workbench.page.locator('.pane-body .monaco-list-row');
    await rows.filter({ hasText: 'Memory' }).first().waitFor();
    await workbench.page.waitForTimeout(1_500);
    const memory = (await rows.filter({ hasText: 'Memory' }).first().getAttribute('aria-label')) ?? '';
    const total = Number(/^Mem:\s+(\d+)/m.exec(execFileSync('free', ['-b'], { encoding: 'utf8' }))?.[1]);
    near(bytesIn(memory, /([\d.,]+)\s(\wiB)[^\d]*$/), total, 0.01, memory);

    const files = rows.filter({ hasText: /File Systems/ }).first();
    await files.click();
    const root = workbench.page.locator('.pane-body .monaco-list-row[aria-label^="/ "]');
    await root.waitFor();
    const text = (await root.getAttribute('aria-label')) ?? '';
    const size = Number(execFileSync('df', ['-B1', '--output=size', '/'], { encoding: 'utf8' }).split('\n')[1]);
    near(bytesIn(text, /([\d.,]+)\s(\wiB)[^\d]*$/), size, 0.02, text);
    await workbench.screenshot('system-tree');
  });

  it('opens the live panel, whose figures go on', async () => {
    await workbench.command(command);
    const frame = await overview();
    const first = await secondOf(frame);
    await later(frame, first);
    await workbench.screenshot('system-overview');
  });

  it('pauses and resumes', async () => {
    const frame = await overview();
    await frame.locator('[data-tool="pause"]').press('Enter');
    await frame.locator('.state-paused').waitFor();
    const held = await secondOf(frame);
    await workbench.page.waitForTimeout(2_000);
    assert.equal(await secondOf(frame), held);
    await frame.locator('[data-tool="pause"]').press('Enter');
    await later(frame, held);
  });

  it('stays paused while another tab covers it, though the view goes on', async () => {
    const frame = await overview();
    await frame.locator('[data-tool="pause"]').press('Enter');
    await frame.locator('.state-paused').waitFor();
    const held = await secondOf(frame);
    await workbench.command('File: New Untitled Text File');
    await workbench.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    await workbench.page.waitForTimeout(2_000);
    await workbench.page.locator('.tab', { hasText: 'System overview' }).click();
    const again = await overview();
    // What the page kept itself is there at once; the panel's own report takes its place.
    await workbench.page.waitForTimeout(1_000);
    await again.locator('.state-paused').waitFor();
    assert.equal(await secondOf(again), held);
    await workbench.screenshot('system-paused');
    await again.locator('[data-tool="pause"]').press('Enter');
    await later(again, held);
  });

  it('samples five times more slowly while the window is not focused', async () => {
    const frame = await overview();
    const focus = async (focused: boolean): Promise<void> => {
      // A browser under test always says that it has the focus; VS Code asks when the page comes and goes.
      await workbench.page.evaluate(
        `document.hasFocus = () => ${focused}; document.dispatchEvent(new Event('visibilitychange'))`,
      );
    };
    await focus(false);
    // The next one was due before; the setting is half a second.
    const moments = [await secondOf(frame)];
    for (let count = 0; count < 3; count += 1) {
      await later(frame, moments.at(-1) ?? '');
      moments.push(await secondOf(frame));
    }
    await focus(true);
    const [, , before, last] = moments.map((moment) => Date.parse(moment));
    assert.ok((last ?? 0) - (before ?? 0) >= 2_400, moments.join(', '));
    await later(frame, moments.at(-1) ?? '');
  });

  it('restores the panel after a reload of the window from its snapshot, and runs nothing until it is asked', async () => {
    const before = await overview();
    const taken = await secondOf(before);
    await workbench.page.waitForTimeout(3_000);
    await workbench.open();
    const frame = await overview();
    await frame.locator('.state-restored').waitFor();
    const restored = await secondOf(frame);
    // The page keeps a live report every few seconds: the last one or two samples may be lost.
    assert.ok(Date.parse(restored) >= Date.parse(taken) - 10_000, `${restored} is not long before ${taken}`);
    await workbench.page.waitForTimeout(2_000);
    assert.equal(await secondOf(frame), restored, 'nothing was run');
    await workbench.screenshot('system-restored');
    await frame.locator('[data-tool="run"]').click();
    await later(frame, restored);
  });

  it('shows CPU and memory in the status bar when asked to', async () => {
    await workbench.command('Opsdeck: Show or Hide CPU and Memory in the Status Bar');
    const item = workbench.page.locator('.statusbar-item', { hasText: /%/ }).first();
    await item.waitFor();
    assert.match(await item.innerText(), /\d+(\.\d+)?\s?%/);
    await workbench.screenshot('system-statusbar');
    await workbench.command('Opsdeck: Show or Hide CPU and Memory in the Status Bar');
    await item.waitFor({ state: 'detached' });
  });

  it('broke no content security policy and logged no error of its own', () => {
    assert.deepEqual(workbench.console.cspViolations(), []);
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });
});

describe('the system overview in each theme', function () {
  this.timeout(120_000);
  for (const theme of themes) {
    it(`has no serious accessibility fault in ${theme}`, async () => {
      const workbench = await openWorkbench({ folder: projectPath('media', 'playground'), theme });
      try {
        await workbench.command(command);
        const frame = await workbench.reportFrame('CPU');
        await frame.locator('.state-live').waitFor();
        await workbench.page.waitForTimeout(3_000);
        await workbench.screenshot(`system-${theme.toLowerCase().replaceAll(' ', '-')}`);
        assert.deepEqual(workbench.console.cspViolations(), []);
        assert.deepEqual(await seriousViolations(frame), []);
      } finally {
        await workbench.dispose();
      }
    });
  }
});
