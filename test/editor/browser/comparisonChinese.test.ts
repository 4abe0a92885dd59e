import * as assert from 'node:assert/strict';
import { ComparedSites } from '../support/comparisonPane';
import { until } from '../support/until';

const files = {
  'site-old/app.conf': 'port 80;\n',
  'site-old/conf.d/a.conf': 'a 1;\n',
  'site-old/new.conf': 'n;\n',
  'site-old/same': '=',
  'site-new/app.conf': 'port 8080;\n',
  'site-new/conf.d/a.conf': 'a 2;\n',
  'site-new/fresh/b.log': 'fresh',
  'site-new/same': '=',
};
const patch = ['--- a/app.conf', '+++ b/app.conf', '@@ -1 +1,2 @@', '-port 8080;', '+port 443 ssl;', '+http2 on;', ''];
/** Texts of ours that have stayed English would be words of it. */
const ENGLISH = /\b(?:the|copied|copy|delete|planned|undo|files?|folders?|backup|synchroni[sz]e|apply|patch fits)\b/i;

describe('changes of the comparison in Chinese and in a light theme', function () {
  this.timeout(240_000);
  let sites: ComparedSites;

  /** What the dialog asks is looked at before its button is pressed. */
  async function confirm(button: string, picture: string): Promise<void> {
    await sites.workbench.dialog().waitFor();
    await sites.workbench.screenshot(picture);
    // VS Code's own button is English here.
    assert.doesNotMatch((await sites.workbench.dialog().innerText()).replace('Cancel', ''), ENGLISH);
    await sites.workbench.press(button);
  }

  /** A report that has nothing English in it. */
  async function looksRight(words: string, picture: string): Promise<void> {
    const frame = await sites.workbench.reportFrame(words);
    await sites.workbench.page.waitForTimeout(500);
    await sites.workbench.screenshot(picture);
    assert.doesNotMatch(await frame.locator('body').innerText(), ENGLISH);
  }

  before(async () => {
    sites = await ComparedSites.open(
      { ...files, 'tls.patch': patch.join('\n') },
      { command: '比较文件夹…', title: '比较' },
      { chinese: true, theme: 'Default Light Modern' },
    );
  });

  after(() => sites?.close());

  it('has the plan and the question', async () => {
    await sites.workbench.screenshot('chinese-comparison');
    await sites.workbench.command('Opsdeck: 同步比较的两侧…');
    await sites.workbench.quickPick('使右侧与左侧一致').waitFor();
    await sites.workbench.screenshot('chinese-comparison-directions');
    await sites.workbench.page.keyboard.press('Enter');
    await sites.workbench.quickPick('显示计划').waitFor();
    await sites.workbench.screenshot('chinese-comparison-ways');
    await sites.workbench.quickPick('显示计划').click();
    await looksRight('计划', 'chinese-comparison-plan');
    const frame = await sites.workbench.reportFrame('计划');
    await frame.getByRole('button', { name: '同步…' }).click();
    await confirm('同步', 'chinese-comparison-question');
    await until('the copy', () => Promise.resolve(sites.text('site-new', 'app.conf') === 'port 80;\n'));
  });

  it('has what was done, and its undo', async () => {
    await sites.toast('已复制').waitFor();
    await sites.workbench.screenshot('chinese-comparison-done');
    assert.doesNotMatch(await sites.toast('已复制').innerText(), ENGLISH);
    await sites.toast('已复制').locator('.monaco-button', { hasText: '显示报告' }).click();
    await looksRight('已复制', 'chinese-comparison-outcome');
    const frame = await sites.workbench.reportFrame('已复制');
    await frame.getByRole('button', { name: '撤销…' }).click();
    await confirm('撤销', 'chinese-comparison-undo-question');
    await until('the old file', () => Promise.resolve(sites.text('site-new', 'app.conf') === 'port 8080;\n'));
    await sites.toast('恢复 3 个文件').waitFor();
    await sites.workbench.screenshot('chinese-comparison-undone');
    await sites.toast('恢复 3 个文件').locator('.monaco-button', { hasText: '显示报告' }).click();
    await looksRight('恢复 3 个文件', 'chinese-comparison-undo-outcome');
  });

  it('has the preview of a patch', async () => {
    await sites.workbench.command('Notifications: Clear All Notifications');
    await sites.workbench.command('File: Open File...');
    await sites.workbench.saveAs(sites.at('tls.patch'));
    await sites.workbench.page.locator('.tab.active', { hasText: 'tls.patch' }).waitFor();
    await sites.workbench.command('Opsdeck: 预览并应用补丁…');
    await sites.view.answer(sites.at('site-new'));
    await sites.workbench.page.locator('.multiDiffEditor .view-lines', { hasText: 'port 443 ssl;' }).first().waitFor();
    await sites.toast('补丁适用').waitFor();
    await sites.workbench.screenshot('chinese-patch-preview');
    await sites.toast('补丁适用').locator('.monaco-button', { hasText: '显示报告' }).click();
    await looksRight('补丁适用', 'chinese-patch-report');
    const frame = await sites.workbench.reportFrame('补丁适用');
    await frame.getByRole('button', { name: '应用…' }).click();
    await confirm('应用', 'chinese-patch-question');
    await until('the patch', () =>
      Promise.resolve(sites.text('site-new', 'app.conf') === 'port 443 ssl;\nhttp2 on;\n'),
    );
    assert.deepEqual(sites.workbench.console.extensionErrors(), []);
  });
});
