import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Frame } from 'playwright-core';
import { projectPath } from '../../support/project';
import { until } from '../support/until';
import { openWorkbench, type Workbench } from '../support/workbench';

const command = 'Opsdeck: Inspect IP Address or Network';

describe('inspecting an address in the editor', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ folder: projectPath('media', 'playground') });
  });
  after(() => workbench?.dispose());

  async function pickRows(): Promise<readonly string[]> {
    return workbench.page.locator('.quick-input-widget:visible .monaco-list-row').allInnerTexts();
  }

  it('refuses an impossible address at every key, with the reason, and does not accept it', async () => {
    await workbench.command(command);
    await workbench.quickInput().fill('10.0.256.1');
    await workbench.quickPick('octet 3 is 256').waitFor();
    await workbench.screenshot('ip-refused');
    await workbench.page.keyboard.press('Enter');
    assert.ok(
      (await pickRows()).some((row) => row.includes('octet 3 is 256')),
      'the prompt stays',
    );
    await workbench.quickInput().fill('10.0.25.1');
    await workbench.quickPick('press Enter').waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('opens the report by keyboard alone and offers the value again', async () => {
    await workbench.command(command);
    await workbench.answer('10.0.0.0/8');
    const frame = await workbench.reportFrame('10.0.0.0/8');
    const text = await frame.locator('body').innerText();
    for (const part of ['16,777,216', '10.255.255.255', '255.0.0.0', 'RFC 1918', '10.in-addr.arpa']) {
      assert.ok(text.includes(part), part);
    }
    await workbench.screenshot('ip-report');
    await workbench.command(command);
    await workbench.quickPick('10.0.0.0/8').waitFor();
    await workbench.screenshot('ip-suggestions');
    await workbench.page.keyboard.press('Escape');
  });

  it('runs another tool from an action of the report', async () => {
    await workbench.command(command);
    await workbench.answer('::ffff:192.0.2.33');
    const frame = await workbench.reportFrame('::ffff:192.0.2.33');
    await frame.locator('button.link-button', { hasText: '192.0.2.33' }).first().click();
    const opened = await workbench.reportFrame('TEST-NET-1');
    assert.match(await opened.locator('h1').innerText(), /192\.0\.2\.33/);
  });

  it('takes the selection as its first suggestion', async () => {
    fs.writeFileSync(path.join(workbench.workspace, 'selected.txt'), 'allow 198.51.100.0/24;\n');
    await workbench.page.keyboard.press('Control+P');
    await workbench.quickInput().fill('selected.txt');
    await workbench.quickPick('selected.txt').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.monaco-editor .view-line', { hasText: '198.51.100.0/24' }).first().waitFor();
    await workbench.page.keyboard.press('Home');
    for (let key = 0; key < 8; key += 1) await workbench.page.keyboard.press('ArrowRight');
    await workbench.command(command);
    await workbench.quickPick('198.51.100.0/24').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.reportFrame('TEST-NET-2');
  });

  it('exports what it shows, in every format', async () => {
    await workbench.command(command);
    await workbench.answer('203.0.113.0/24');
    const frame = await workbench.reportFrame('TEST-NET-3');
    for (const [item, ending, sign] of [
      ['Markdown', 'md', '203.0.113.255'],
      ['HTML', 'html', '<!doctype html>'],
      ['CSV', 'csv', '203.0.113.255'],
      ['JSON', 'json', '"canonical"'],
    ] as const) {
      const target = path.join(workbench.workspace, `exported.${ending}`);
      await exportTo(frame, item, target);
      assert.ok(fs.readFileSync(target, 'utf8').includes(sign), `${ending} holds ${sign}`);
    }
  });

  async function exportTo(frame: Frame, item: string, target: string): Promise<void> {
    await frame.locator('[data-tool="export"]').press('Enter');
    await frame.locator('[role="menuitem"]', { hasText: item }).press('Enter');
    await workbench.saveAs(target);
    await until(target, () => Promise.resolve(fs.existsSync(target) && fs.statSync(target).size > 0));
  }

  it('sorts and filters a table, and copies a row of it by keyboard', async () => {
    await workbench.command(command);
    await workbench.answer('192.0.0.0/8');
    const frame = await workbench.reportFrame('Parts by category');
    const table = frame.locator('section.block', { hasText: 'Parts by category' });
    const first = async (): Promise<string> => table.getByRole('row').nth(1).innerText();
    await table.getByRole('columnheader', { name: 'Category' }).getByRole('button').click();
    await until('the rows sorted', async () => (await first()).includes('6a44'));
    await table.locator('input').fill('rfc 1918');
    await until('the rows filtered', async () => (await table.getByRole('row').count()) === 2);
    await workbench.screenshot('ip-filtered');
    await table.getByRole('grid').focus();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Control+Shift+C');
    await until('the row in the clipboard', async () =>
      (await workbench.clipboard()).includes('192.168.0.0\t192.168.255.255'),
    );
  });

  it('copies the report as Markdown', async () => {
    const frame = await workbench.reportFrame('Parts by category');
    await frame.locator('[data-tool="copy"]').click();
    await until('the report in the clipboard', async () => (await workbench.clipboard()).startsWith('# 192.0.0.0/8'));
  });

  it('takes the clipboard when it is asked to', async () => {
    await workbench.page.evaluate(`navigator.clipboard.writeText('2001:db8::/48')`);
    await workbench.command(command);
    await workbench.page.locator('.quick-input-widget:visible a[aria-label="Take what is in the clipboard"]').click();
    await workbench.quickPick('2001:db8::/48').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.reportFrame('2001:db8:0:ffff');
  });

  it('opens the report as a read-only text', async () => {
    await workbench.command(command);
    await workbench.answer('203.0.113.0/24');
    const frame = await workbench.reportFrame('TEST-NET-3');
    await frame.locator('[data-tool="text"]').click();
    await workbench.page.locator('.monaco-editor .view-line', { hasText: '203.0.113.0/24' }).first().waitFor();
    await workbench.screenshot('ip-text');
  });

  it('broke no content security policy and logged no error of its own', () => {
    assert.deepEqual(workbench.console.cspViolations(), []);
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });
});
