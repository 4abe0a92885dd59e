import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { ComparedSites } from '../support/comparisonPane';
import { until } from '../support/until';

const files = {
  'site-old/app.conf': 'port 80;\n',
  'site-old/conf.d/a.conf': 'a 1;\n',
  'site-old/gone/x.txt': 'x',
  'site-old/same': '=',
  'site-new/app.conf': 'port 8080;\n',
  'site-new/conf.d/a.conf': 'a 2;\n',
  'site-new/fresh.log': 'fresh',
  'site-new/same': '=',
};

describe('what is taken from the comparison in the editor', function () {
  this.timeout(240_000);
  let sites: ComparedSites;

  /** What is in the file that it brings back. */
  async function undo(said: RegExp, content: string): Promise<void> {
    await sites.toast(said).locator('.monaco-button', { hasText: 'Undo' }).click();
    await sites.workbench.dialog().waitFor();
    await sites.workbench.press('Undo');
    await until('the old file', () => Promise.resolve(sites.text('site-new', 'app.conf') === content));
  }

  before(async () => {
    sites = await ComparedSites.open(files);
  });

  after(() => sites?.close());

  it('a file is taken from the left after a question, and the undo brings the old one back', async () => {
    await sites.view.row('app.conf').hover();
    await sites.workbench.screenshot('comparison-take-hover');
    await sites.view.row('app.conf').locator('[aria-label^="Take Left"]').click();
    await sites.workbench.dialog().waitFor();
    await sites.workbench.screenshot('comparison-take-question');
    await sites.workbench.press('Synchronize');
    await sites.toast(/1 copied/).waitFor();
    assert.equal(sites.text('site-new', 'app.conf'), 'port 80;\n');
    await sites.view.row('app.conf').waitFor({ state: 'detached' });
    await sites.workbench.screenshot('comparison-taken');
    await undo(/1 copied/, 'port 8080;\n');
    await sites.view.row('app.conf').waitFor();
    // Until then the view is made anew, and what is chosen in it may be gone.
    await sites.view.says(/^The folders differ: 2 differ, 1 only left, 1 only right/);
  });

  it('what only one side has is copied to the other, or deleted', async () => {
    await sites.workbench.menuOf(sites.view.row('fresh.log'), 'Take Right');
    await sites.workbench.dialog().waitFor();
    await sites.workbench.press('Synchronize');
    await until('the copy', () => Promise.resolve(fs.existsSync(sites.at('site-old', 'fresh.log'))));
    await sites.view.row('fresh.log').waitFor({ state: 'detached' });
    await sites.workbench.menuOf(sites.view.row(/^gone/), 'Delete…');
    await sites.workbench.dialog().waitFor();
    await sites.workbench.screenshot('comparison-delete-question');
    await sites.workbench.press('Delete');
    await until('the deletion', () => Promise.resolve(!fs.existsSync(sites.at('site-old', 'gone'))));
    await sites.view.row(/^gone/).waitFor({ state: 'detached' });
    assert.equal(sites.text('site-old', 'fresh.log'), 'fresh');
  });

  it('all is planned as a report first, and carried out from there', async () => {
    await sites.workbench.command('Opsdeck: Synchronize the Sides of the Comparison…');
    await sites.workbench.quickPick('Make the Right Like the Left').waitFor();
    await sites.workbench.screenshot('comparison-directions');
    await sites.workbench.page.keyboard.press('Enter');
    await sites.workbench.quickPick('Show the Plan').click();
    const frame = await sites.workbench.reportFrame('Planned');
    await frame.getByRole('row').filter({ hasText: 'app.conf' }).first().waitFor();
    await sites.workbench.screenshot('comparison-plan');
    await frame.getByRole('button', { name: 'Synchronize…' }).click();
    await sites.workbench.dialog().waitFor();
    await sites.workbench.press('Synchronize');
    await until('both are the same', () => Promise.resolve(sites.text('site-new', 'conf.d', 'a.conf') === 'a 1;\n'));
    assert.equal(sites.text('site-new', 'app.conf'), 'port 80;\n');
    await sites.view.says(/same/);
    await undo(/2 copied/, 'port 8080;\n');
  });

  it('a patch is shown in the diff editor before it is applied, and taken back', async () => {
    const { page } = sites.workbench;
    const lines = ['--- a/app.conf', '+++ b/app.conf', '@@ -1 +1,2 @@', '-port 8080;', '+port 443 ssl;', '+http2 on;'];
    fs.writeFileSync(sites.at('tls.patch'), `${lines.join('\n')}\n`);
    await sites.workbench.command('File: Open File...');
    await sites.workbench.saveAs(sites.at('tls.patch'));
    await page.locator('.tab.active', { hasText: 'tls.patch' }).waitFor();
    // Whose button is pressed must not be a message of before.
    await sites.workbench.command('Notifications: Clear All Notifications');
    await sites.workbench.command('Opsdeck: Apply a Patch with a Preview…');
    await sites.view.answer(sites.at('site-new'));
    await page.locator('.multiDiffEditor .view-lines', { hasText: 'port 443 ssl;' }).first().waitFor();
    await sites.toast('The patch fits').waitFor();
    await sites.workbench.screenshot('patch-preview');
    assert.equal(sites.text('site-new', 'app.conf'), 'port 8080;\n');
    await sites.toast('The patch fits').locator('.monaco-button', { hasText: 'Apply' }).click();
    await sites.workbench.dialog().waitFor();
    await sites.workbench.screenshot('patch-question');
    await sites.workbench.press('Apply');
    // For a moment the name is nobody's.
    const has = (content: string): boolean =>
      fs.existsSync(sites.at('site-new', 'app.conf')) && sites.text('site-new', 'app.conf') === content;
    await until('the patch', () => Promise.resolve(has('port 443 ssl;\nhttp2 on;\n')));
    await undo(/1 copied|written/, 'port 8080;\n');
    assert.deepEqual(sites.workbench.console.extensionErrors(), []);
  });
});
