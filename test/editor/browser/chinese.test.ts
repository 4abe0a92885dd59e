import * as assert from 'node:assert/strict';
import { projectPath } from '../../support/project';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

describe('Opsdeck in Chinese', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ folder: projectPath('media', 'playground'), chinese: true });
  });
  after(() => workbench?.dispose());

  it('has its commands, prompts, reports and the page in Chinese', async () => {
    await workbench.command('Opsdeck: 查看 IP 地址或网络');
    await workbench.answer('10.0.0.0/8');
    const frame = await workbench.reportFrame('10.0.0.0/8');
    const text = await frame.locator('body').innerText();
    for (const part of ['私有', '掩码', '重新运行', '导出']) assert.ok(text.includes(part), `${part} in ${text}`);
    await workbench.screenshot('chinese-ip');
  });

  it('has the live overview and the view in Chinese', async () => {
    await workbench.command('Opsdeck: 显示系统概览');
    const frame = await workbench.reportFrame('内存');
    await until('a complete sample', async () => (await frame.locator('.state-live').count()) === 1);
    await workbench.page.locator('.activitybar a[aria-label^="Opsdeck"]').click();
    await workbench.page.locator('.pane-body .monaco-list-row', { hasText: '内存' }).first().waitFor();
    await workbench.page.waitForTimeout(3_000);
    await workbench.screenshot('chinese-system');
  });
});
