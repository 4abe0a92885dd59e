import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { ComparisonPane, writeFiles } from '../support/comparisonPane';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

const old = { 'app.conf': 'port 80;\n', 'conf.d/a.conf': 'a 1;\n', 'new.conf': 'n;\n', same: '=' };
const now = { 'app.conf': 'port 8080;\n', 'conf.d/a.conf': 'a 2;\n', 'fresh/b.log': 'fresh', same: '=' };
const patch = ['--- a/app.conf', '+++ b/app.conf', '@@ -1 +1,2 @@', '-port 8080;', '+port 443 ssl;', '+http2 on;', ''];
/** Texts of ours that have stayed English would be words of it. */
const ENGLISH = /\b(?:the|copied|copy|delete|planned|undo|files?|folders?|backup|synchroni[sz]e|apply|patch fits)\b/i;

describe('changes of the comparison in Chinese and in a light theme', function () {
  this.timeout(240_000);
  let workbench: Workbench;
  let view: ComparisonPane;
  let home = '';

  const at = (...names: readonly string[]): string => path.join(workbench.workspace, ...names);
  const text = (...names: readonly string[]): string => fs.readFileSync(at(...names), 'utf8');
  const dialog = (): Locator => workbench.page.locator('.monaco-dialog-box');
  const toast = (said: string | RegExp): Locator =>
    workbench.page.locator('.notification-toast', { hasText: said }).first();

  /** What the dialog asks is looked at before its button is pressed. */
  async function confirm(button: string, picture: string): Promise<void> {
    await dialog().waitFor();
    await workbench.screenshot(picture);
    // VS Code's own button is English here.
    assert.doesNotMatch((await dialog().innerText()).replace('Cancel', ''), ENGLISH);
    await dialog()
      .locator('.monaco-button', { hasText: new RegExp(`^${button}$`) })
      .click();
    await dialog().waitFor({ state: 'detached' });
  }

  /** A report that has nothing English in it. */
  async function looksRight(words: string, picture: string): Promise<void> {
    const frame = await workbench.reportFrame(words);
    await workbench.page.waitForTimeout(500);
    await workbench.screenshot(picture);
    assert.doesNotMatch(await frame.locator('body').innerText(), ENGLISH);
  }

  before(async () => {
    home = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'opsdeck-home-'));
    const folder = path.join(home, 'project');
    writeFiles(path.join(folder, 'site-old'), old);
    writeFiles(path.join(folder, 'site-new'), now);
    writeFiles(folder, { 'tls.patch': patch.join('\n') });
    workbench = await openWorkbench({
      folder,
      env: { HOME: home },
      chinese: true,
      theme: 'Default Light Modern',
    });
    view = new ComparisonPane(workbench, '比较');
    await view.compare('比较文件夹…', at('site-old'), at('site-new'));
    await view.row('app.conf').waitFor();
    await view.alone();
  });

  after(async () => {
    await workbench?.dispose();
    fs.rmSync(home, { recursive: true, force: true });
  });

  it('has the plan and the question', async () => {
    await workbench.screenshot('chinese-comparison');
    await workbench.command('Opsdeck: 同步比较的两侧…');
    await workbench.quickPick('使右侧与左侧一致').waitFor();
    await workbench.screenshot('chinese-comparison-directions');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickPick('显示计划').waitFor();
    await workbench.screenshot('chinese-comparison-ways');
    await workbench.quickPick('显示计划').click();
    await looksRight('计划', 'chinese-comparison-plan');
    const frame = await workbench.reportFrame('计划');
    await frame.getByRole('button', { name: '同步…' }).click();
    await confirm('同步', 'chinese-comparison-question');
    await until('the copy', () => Promise.resolve(text('site-new', 'app.conf') === 'port 80;\n'));
  });

  it('has what was done, and its undo', async () => {
    await toast('已复制').waitFor();
    await workbench.screenshot('chinese-comparison-done');
    assert.doesNotMatch(await toast('已复制').innerText(), ENGLISH);
    await toast('已复制').locator('.monaco-button', { hasText: '显示报告' }).click();
    await looksRight('已复制', 'chinese-comparison-outcome');
    const frame = await workbench.reportFrame('已复制');
    await frame.getByRole('button', { name: '撤销…' }).click();
    await confirm('撤销', 'chinese-comparison-undo-question');
    await until('the old file', () => Promise.resolve(text('site-new', 'app.conf') === 'port 8080;\n'));
    await toast('恢复 3 个文件').waitFor();
    await workbench.screenshot('chinese-comparison-undone');
    await toast('恢复 3 个文件').locator('.monaco-button', { hasText: '显示报告' }).click();
    await looksRight('恢复 3 个文件', 'chinese-comparison-undo-outcome');
  });

  it('has the preview of a patch', async () => {
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('File: Open File...');
    await workbench.saveAs(at('tls.patch'));
    await workbench.page.locator('.tab.active', { hasText: 'tls.patch' }).waitFor();
    await workbench.command('Opsdeck: 预览并应用补丁…');
    await view.answer(at('site-new'));
    await workbench.page.locator('.multiDiffEditor .view-lines', { hasText: 'port 443 ssl;' }).first().waitFor();
    await toast('补丁适用').waitFor();
    await workbench.screenshot('chinese-patch-preview');
    await toast('补丁适用').locator('.monaco-button', { hasText: '显示报告' }).click();
    await looksRight('补丁适用', 'chinese-patch-report');
    const frame = await workbench.reportFrame('补丁适用');
    await frame.getByRole('button', { name: '应用…' }).click();
    await confirm('应用', 'chinese-patch-question');
    await until('the patch', () => Promise.resolve(text('site-new', 'app.conf') === 'port 443 ssl;\nhttp2 on;\n'));
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });
});
