import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { projectPath } from '../../support/project';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

describe('the comparison of texts in the editor', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  const at = (name: string): string => path.join(workbench.workspace, name);
  before(async () => {
    workbench = await openWorkbench({ folder: projectPath('media', 'playground') });
    fs.writeFileSync(at('a.tmpl'), 'server { listen 80; }\n');
    fs.writeFileSync(at('b.tmpl'), 'server {\n  listen 80; # here\n}\n');
  });
  after(() => workbench?.dispose());

  /** Answers what a tool asks, one after the other. */
  async function compare(command: string, ...sides: readonly string[]): Promise<void> {
    await workbench.command(`Opsdeck: ${command}`);
    for (const side of sides) {
      await until('an empty question', async () => (await workbench.quickInput().inputValue()) === '');
      await workbench.quickInput().fill(side);
      await workbench.quickPick(side).waitFor();
      await workbench.page.keyboard.press('Enter');
    }
  }

  it('keeps how files of a name are compared, for the next time', async () => {
    const sides = [at('a.tmpl'), at('b.tmpl')];
    await compare('Compare Two Files Line by Line…', ...sides);
    await workbench.reportFrame('differ in one place');
    await workbench.command('Opsdeck: Choose How Files of a Name Are Compared…');
    await workbench.quickInput().fill('*.tmpl');
    await workbench.screenshot('compare-forms-name');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickPick('nginx').waitFor();
    await workbench.screenshot('compare-forms-kinds');
    await workbench.quickPick('nginx').click();
    const settings = path.join(workbench.workspace, '.vscode', 'settings.json');
    const kept = (): boolean => fs.existsSync(settings) && fs.readFileSync(settings, 'utf8').includes('*.tmpl=nginx');
    await until('the setting', () => Promise.resolve(kept()));
    await compare('Compare Two Files Line by Line…', ...sides);
    const frame = await workbench.reportFrame('have the same meaning');
    assert.match(await frame.locator('body').innerText(), /as is set for files of that name/);
    await workbench.screenshot('compare-forms-report');
  });

  it('is of what was never saved with a file, by what both mean', async () => {
    const { page } = workbench;
    fs.writeFileSync(at('app.json'), '{ "port": 80, "host": "web01" }\n');
    await workbench.command('File: Open File...');
    await workbench.saveAs(at('app.json'));
    await page.locator('.tab.active', { hasText: 'app.json' }).waitFor();
    await workbench.command('File: New Untitled Text File');
    await page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    // Typed, brackets would be closed by the editor.
    await page.evaluate(`navigator.clipboard.writeText('{ "host": "web01",\\n  "port": 80 }\\n')`);
    await page.keyboard.press('Control+v');
    await page.locator('.view-lines:visible', { hasText: '"port": 80 }' }).first().waitFor();
    // VS Code's own comparison of two editors.
    await workbench.command('File: Compare Active File With...');
    await workbench.quickPick('app.json').click();
    await page.locator('.monaco-diff-editor:visible').waitFor();
    await workbench.screenshot('compare-untitled-diff');
    await workbench.command('Opsdeck: Open This Comparison as a Report');
    const frame = await workbench.reportFrame('have the same meaning');
    const said = await frame.locator('body').innerText();
    for (const side of ['Untitled-1', 'app.json', 'JSON']) assert.ok(said.includes(side), `${side} in ${said}`);
    await workbench.screenshot('compare-untitled');
  });

  it('runs commands only when that is confirmed, and shows how they ended', async () => {
    await compare('Compare Outputs of Commands…', `exec:cat ${at('a.tmpl')} /nowhere`, at('a.tmpl'));
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    await workbench.screenshot('compare-outputs-question');
    assert.match(await dialog.innerText(), /Run this and compare what it writes\?/);
    await dialog.locator('.monaco-button', { hasText: 'Run' }).click();
    const toast = workbench.page.locator('.notification-toast', { hasText: 'ended with exit code 1' });
    await toast.waitFor();
    await toast.locator('.monaco-button', { hasText: 'Show Report' }).click();
    await workbench.reportFrame('a command, exit code 1');
    await workbench.screenshot('compare-outputs-report');
  });
});
