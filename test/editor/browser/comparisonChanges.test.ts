import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { ComparisonPane, writeFiles } from '../support/comparisonPane';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

const sides = {
  'site-old': { 'app.conf': 'port 80;\n', 'conf.d/a.conf': 'a 1;\n', 'gone/x.txt': 'x', same: '=' },
  'site-new': { 'app.conf': 'port 8080;\n', 'conf.d/a.conf': 'a 2;\n', 'fresh.log': 'fresh', same: '=' },
};

describe('what is taken from the comparison in the editor', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  let view: ComparisonPane;
  let home = '';

  const at = (...names: readonly string[]): string => path.join(workbench.workspace, ...names);
  const text = (...names: readonly string[]): string => fs.readFileSync(at(...names), 'utf8');
  const row = (name: string | RegExp): Locator => view.row(name);
  const dialog = (): Locator => workbench.page.locator('.monaco-dialog-box');
  const toast = (said: string | RegExp): Locator =>
    workbench.page.locator('.notification-toast', { hasText: said }).first();

  async function press(button: string): Promise<void> {
    await dialog()
      .locator('.monaco-button', { hasText: new RegExp(`^${button}$`) })
      .click();
    await dialog().waitFor({ state: 'detached' });
  }

  /** What is in the file that it brings back. */
  async function undo(said: RegExp, content: string): Promise<void> {
    await toast(said).locator('.monaco-button', { hasText: 'Undo' }).click();
    await dialog().waitFor();
    await press('Undo');
    await until('the old file', () => Promise.resolve(text('site-new', 'app.conf') === content));
  }

  before(async () => {
    // Backups are made in the home folder.
    home = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'opsdeck-home-'));
    const folder = path.join(home, 'project');
    for (const [side, files] of Object.entries(sides)) writeFiles(path.join(folder, side), files);
    workbench = await openWorkbench({ folder, env: { HOME: home } });
    view = new ComparisonPane(workbench);
    await view.compare('Compare Folders…', at('site-old'), at('site-new'));
    await view.row('app.conf').waitFor();
    await view.alone();
  });

  after(async () => {
    await workbench?.dispose();
    fs.rmSync(home, { recursive: true, force: true });
  });

  it('a file is taken from the left after a question, and the undo brings the old one back', async () => {
    await row('app.conf').hover();
    await workbench.screenshot('comparison-take-hover');
    await row('app.conf').locator('[aria-label^="Take Left"]').click();
    await dialog().waitFor();
    await workbench.screenshot('comparison-take-question');
    await press('Synchronize');
    await toast(/1 copied/).waitFor();
    assert.equal(text('site-new', 'app.conf'), 'port 80;\n');
    await row('app.conf').waitFor({ state: 'detached' });
    await workbench.screenshot('comparison-taken');
    await undo(/1 copied/, 'port 8080;\n');
    await row('app.conf').waitFor();
  });

  it('what only one side has is copied to the other, or deleted', async () => {
    await workbench.menuOf(row('fresh.log'), 'Take Right');
    await dialog().waitFor();
    await press('Synchronize');
    await until('the copy', () => Promise.resolve(fs.existsSync(at('site-old', 'fresh.log'))));
    await row('fresh.log').waitFor({ state: 'detached' });
    await workbench.menuOf(row(/^gone/), 'Delete…');
    await dialog().waitFor();
    await workbench.screenshot('comparison-delete-question');
    await press('Delete');
    await until('the deletion', () => Promise.resolve(!fs.existsSync(at('site-old', 'gone'))));
    await row(/^gone/).waitFor({ state: 'detached' });
    assert.equal(text('site-old', 'fresh.log'), 'fresh');
  });

  it('all is planned as a report first, and carried out from there', async () => {
    await workbench.command('Opsdeck: Synchronize the Sides of the Comparison…');
    await workbench.quickPick('Make the Right Like the Left').waitFor();
    await workbench.screenshot('comparison-directions');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickPick('Show the Plan').click();
    const frame = await workbench.reportFrame('Planned');
    await frame.getByRole('row').filter({ hasText: 'app.conf' }).first().waitFor();
    await workbench.screenshot('comparison-plan');
    await frame.getByRole('button', { name: 'Synchronize…' }).click();
    await dialog().waitFor();
    await press('Synchronize');
    await until('both are the same', () => Promise.resolve(text('site-new', 'conf.d', 'a.conf') === 'a 1;\n'));
    assert.equal(text('site-new', 'app.conf'), 'port 80;\n');
    await view.says(/same/);
    await undo(/2 copied/, 'port 8080;\n');
  });

  it('a patch is shown in the diff editor before it is applied, and taken back', async () => {
    const { page } = workbench;
    const lines = ['--- a/app.conf', '+++ b/app.conf', '@@ -1 +1,2 @@', '-port 8080;', '+port 443 ssl;', '+http2 on;'];
    fs.writeFileSync(at('tls.patch'), `${lines.join('\n')}\n`);
    await workbench.command('File: Open File...');
    await workbench.saveAs(at('tls.patch'));
    await page.locator('.tab.active', { hasText: 'tls.patch' }).waitFor();
    // Whose button is pressed must not be a message of before.
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('Opsdeck: Apply a Patch with a Preview…');
    await view.answer(at('site-new'));
    await page.locator('.multiDiffEditor .view-lines', { hasText: 'port 443 ssl;' }).first().waitFor();
    await toast('The patch fits').waitFor();
    await workbench.screenshot('patch-preview');
    assert.equal(text('site-new', 'app.conf'), 'port 8080;\n');
    await toast('The patch fits').locator('.monaco-button', { hasText: 'Apply' }).click();
    await dialog().waitFor();
    await workbench.screenshot('patch-question');
    await press('Apply');
    // For a moment the name is nobody's.
    const has = (content: string): boolean =>
      fs.existsSync(at('site-new', 'app.conf')) && text('site-new', 'app.conf') === content;
    await until('the patch', () => Promise.resolve(has('port 443 ssl;\nhttp2 on;\n')));
    await undo(/1 copied|written/, 'port 8080;\n');
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });
});
