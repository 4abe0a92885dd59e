import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Locator } from 'playwright-core';
import { noSshServer } from '../../support/sshServer';
import { ComparisonPane, writeFiles } from '../support/comparisonPane';
import { HostsHouse } from '../support/hostsHouse';

const files: Readonly<Record<'old' | 'new', Readonly<Record<string, string>>>> = {
  old: { 'app.conf': 'port 80;\n', 'conf.d/a.conf': 'a 1;\n', 'conf.d/b.conf': 'b;\n', 'gone/x': 'x', same: '=' },
  new: { 'app.conf': 'port 8080;\n', 'conf.d/a.conf': 'a 2;\n', 'conf.d/b.conf': 'b;\n', 'fresh.log': '', same: '=' },
};

describe('the comparison of folders in the editor (Linux only)', function () {
  this.timeout(240_000);
  let house: HostsHouse;
  let view: ComparisonPane;

  const at = (...names: readonly string[]): string => path.join(house.workbench.workspace, ...names);
  const row = (text: string | RegExp): Locator => view.row(text);
  const explorerRow = (name: string): Locator =>
    house.workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();

  /** An entry of the Explorer's submenu. */
  async function compareMenu(target: Locator, entry: string): Promise<void> {
    await house.workbench.menuOf(target, 'Compare', entry);
  }

  /** The diff editor in front. */
  async function shows(left: string, right: string): Promise<void> {
    const { page } = house.workbench;
    const lines = (side: string, text: string): Locator =>
      page.locator(`.monaco-diff-editor:visible .editor.${side} .view-lines`, { hasText: text }).first();
    await lines('original', left).waitFor();
    await lines('modified', right).waitFor();
  }

  const compareTyped = (left: string, right: string): Promise<void> => view.compare('Compare Folders…', left, right);

  before(async function () {
    if (noSshServer !== undefined) return this.skip();
    house = await HostsHouse.open({}, (folder) => {
      writeFiles(path.join(folder, 'site-old'), files.old);
      writeFiles(path.join(folder, 'site-new'), files.new);
      const git = (...words: readonly string[]) => execFileSync('git', ['-C', folder, ...words], { stdio: 'pipe' });
      git('init', '--quiet');
      git('add', '.');
      git('-c', 'user.name=Opsdeck', '-c', 'user.email=opsdeck@localhost', 'commit', '--quiet', '-m', 'sites');
    });
    view = new ComparisonPane(house.workbench);
    writeFiles(house.site, { ...files.new, 'app.conf': 'port 9000;\n' });
    await explorerRow('site-old').waitFor();
  });

  after(() => house?.close());

  it('is offered in its view while there is none', async () => {
    const { workbench } = house;
    await workbench.command('Opsdeck: Focus on Comparison View');
    await workbench.page.locator('.welcome-view a', { hasText: 'Compare Folders' }).first().waitFor();
    await workbench.screenshot('comparison-empty');
  });

  it('is of the two folders that are selected in the Explorer', async () => {
    const { page } = house.workbench;
    await page.locator('.activitybar [aria-label^="Explorer"]').first().click();
    const both = [explorerRow('site-old'), explorerRow('site-new')];
    await house.workbench.menuOfSelected(both, 'Compare', 'Compare the Two Selected');
    await row('app.conf').waitFor();
    await view.says(/The folders differ: 2 differ, 1 only left, 2 only right|The folders differ/);
    await view.alone();
    for (const group of ['Differences', 'Only Left', 'Only Right']) await row(group).waitFor();
    await house.workbench.screenshot('comparison-list');
  });

  it('opens both sides of a file in the diff editor, by the keyboard too', async () => {
    const { page, workbench } = { page: house.workbench.page, workbench: house.workbench };
    await row('app.conf').click();
    await shows('port 80;', 'port 8080;');
    await workbench.screenshot('comparison-diff');
    await row('a.conf').click();
    await shows('a 1;', 'a 2;');
    await workbench.command('Opsdeck: Focus on Comparison View');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await shows('port 80;', 'port 8080;');
  });

  it('opens what only one side has beside nothing', async () => {
    await row('fresh.log').click();
    await house.workbench.page.locator('.tab.active', { hasText: 'fresh.log (only right)' }).waitFor();
  });

  it('opens all differences in one editor', async () => {
    const { workbench } = house;
    await workbench.command('Opsdeck: Open All Differences');
    const editor = workbench.page.locator('.multiDiffEditor');
    await editor.locator('.view-lines', { hasText: 'port 8080;' }).first().waitFor();
    await editor.locator('.view-lines', { hasText: 'a 2;' }).first().waitFor();
    await workbench.screenshot('comparison-all');
  });

  it('is a list or a tree', async () => {
    const { workbench } = house;
    await workbench.command('Opsdeck: Show the Comparison as a Tree');
    await row(/^conf\.d/).waitFor();
    assert.equal(await row('a.conf').count(), 0);
    await row(/^conf\.d/).click();
    await row('a.conf').waitFor();
    await workbench.screenshot('comparison-tree');
    await workbench.command('Opsdeck: Show the Comparison as a List');
    await row(/^a\.conf/).waitFor();
  });

  it('looks again at a file that is saved, and at nothing else', async () => {
    const { workbench } = house;
    // Only a whole comparison would find this one.
    writeFiles(at('site-new'), { 'unseen.txt': '' });
    await row('app.conf').click();
    await shows('port 80;', 'port 8080;');
    await workbench.page.locator('.monaco-diff-editor:visible .editor.modified .view-lines').first().click();
    await workbench.page.keyboard.press('Control+a');
    await workbench.page.keyboard.type('port 80;\n');
    await workbench.page.keyboard.press('Control+s');
    await row('app.conf').waitFor({ state: 'detached' });
    await view.says(/1 differ/);
    assert.equal(await row('unseen.txt').count(), 0);
    await workbench.command('Opsdeck: Run the Comparison Again');
    await row('unseen.txt').waitFor();
    fs.rmSync(at('site-new', 'unseen.txt'));
  });

  it('leaves out what is excluded, and keeps that in its history', async () => {
    const { workbench } = house;
    await house.workbench.menuOf(row('fresh.log'), 'Exclude from the Comparison…');
    await workbench.quickPick('*.log').waitFor();
    await workbench.screenshot('comparison-exclude');
    await workbench.quickPick('*.log').click();
    await row('fresh.log').waitFor({ state: 'detached' });
    await workbench.command('Opsdeck: Compare Again What Was Compared Before…');
    await workbench.quickPick('exclude: *.log').waitFor();
    await workbench.screenshot('comparison-history');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    await row('fresh.log').waitFor();
  });

  it('has options, and what is the same where that is wanted', async () => {
    const { workbench } = house;
    await workbench.command('Opsdeck: Options of the Comparison…');
    await workbench.quickPick('Mode').waitFor();
    await workbench.page.waitForTimeout(500);
    await workbench.screenshot('comparison-options');
    await workbench.quickPick('Mode').click();
    await workbench.quickPick('size').click();
    await workbench.quickPick('Compare with These Options').click();
    await row('a.conf').waitFor({ state: 'detached' });
    await workbench.command('Opsdeck: Also Show What Is the Same');
    await row('The Same').waitFor();
    await row('The Same').click();
    await row(/^same/).waitFor();
  });

  it('swaps its sides', async () => {
    const { workbench } = house;
    await row(/^Only Right.*site-new/).waitFor();
    await workbench.command('Opsdeck: Swap the Sides of the Comparison');
    await row(/^Only Right.*site-old/).waitFor();
    await row(/^gone/).waitFor();
  });

  it('is of a folder here with one of a host', async () => {
    const { workbench } = house;
    await compareTyped(at('site-new'), `peer:${house.site}`);
    await row('app.conf').waitFor({ timeout: 60_000 });
    await row('nginx.conf').waitFor();
    await row('app.conf').click();
    await shows('port 80;', 'port 9000;');
    await workbench.screenshot('comparison-host');
  });

  it('selects and compares one by one in the Explorer', async () => {
    const { page } = house.workbench;
    await page.locator('.activitybar [aria-label^="Explorer"]').first().click();
    await compareMenu(explorerRow('site-new'), 'Select for Comparison');
    await compareMenu(explorerRow('site-old'), 'Compare with What Is Selected');
    await row(/^Only Left.*site-new/).waitFor();
  });

  it('is of a folder with a revision of it, whose files the diff editor shows', async () => {
    await house.workbench.page.locator('.activitybar [aria-label^="Explorer"]').first().click();
    await compareMenu(explorerRow('site-new'), 'Compare with a Git Revision…');
    await house.workbench.quickPick('HEAD').waitFor();
    await house.workbench.page.keyboard.press('Enter');
    await row('app.conf').waitFor();
    await row('app.conf').click();
    await shows('port 8080;', 'port 80;');
    await house.workbench.screenshot('comparison-revision');
  });

  it('is of an archive with a folder, whose files the diff editor shows', async () => {
    const { workbench } = house;
    const archive = path.join(house.server.folder, 'site.tgz');
    execFileSync('tar', ['czf', archive, '-C', at('site-old'), '.']);
    await compareTyped(archive, at('site-new'));
    await row('a.conf').click();
    await shows('a 1;', 'a 2;');
    await workbench.command('Opsdeck: Open All Differences');
    await workbench.page.locator('.multiDiffEditor .view-lines', { hasText: 'a 1;' }).first().waitFor();
  });

  it('is of an archive that the dialog names, with the folder that was clicked', async () => {
    const { workbench } = house;
    await workbench.page.locator('.activitybar [aria-label^="Explorer"]').first().click();
    await compareMenu(explorerRow('site-new'), 'Compare with an Archive or Manifest…');
    await workbench.saveAs(path.join(house.server.folder, 'site.tgz'));
    await row(/^Only Left.*site\.tgz/).waitFor();
    await row(/^Only Right.*site-new/).waitFor();
    await workbench.screenshot('comparison-archive');
  });

  it('is of a file with the clipboard, and that is a report where it is wanted', async () => {
    const { workbench } = house;
    await row('a.conf').click();
    await shows('a 1;', 'a 2;');
    await workbench.page.evaluate(`navigator.clipboard.writeText('a 3;\\n')`);
    await workbench.command('Opsdeck: Compare with the Clipboard');
    await shows('a 3;', 'a 2;');
    await workbench.command('Opsdeck: Open This Comparison as a Report');
    const frame = await workbench.reportFrame('clipboard/a.conf');
    await frame.locator('.state-done').waitFor();
    await workbench.screenshot('comparison-clipboard');
  });

  it('is a report where that is wanted', async () => {
    await house.workbench.command('Opsdeck: Open the Comparison as a Report');
    const frame = await house.workbench.reportFrame('The folders differ');
    await frame.locator('.state-done').waitFor();
  });

  it('keeps what was found when it is cancelled', async () => {
    const { workbench } = house;
    const long = (...names: readonly string[]): string => path.join(house.server.folder, 'long', ...names);
    for (const side of ['old', 'new'] as const) {
      writeFiles(long(side), files[side]);
      // Nobody reads a tebibyte while somebody looks on; it takes no space.
      fs.writeFileSync(long(side, 'huge.img'), '');
      fs.truncateSync(long(side, 'huge.img'), 2 ** 40);
    }
    await compareTyped(long('old'), long('new'));
    await row('app.conf').waitFor();
    await view.says(/^Comparing/);
    await workbench.screenshot('comparison-running');
    await workbench.command('Opsdeck: Cancel the Comparison');
    await view.says(/^Cancelled\. Until then: 2 differ, 1 only left, 1 only right\.$/);
    await workbench.screenshot('comparison-cancelled');
    await row('app.conf').click();
    await shows('port 80;', 'port 8080;');
    assert.equal(await row('huge.img').count(), 0);
  });

  it('leaves its view empty when it is closed, and logged no error', async () => {
    const { workbench } = house;
    await workbench.command('Opsdeck: Close the Comparison');
    await view.pane.locator('.welcome-view a', { hasText: 'Compare Folders' }).first().waitFor();
    assert.deepEqual(workbench.console.extensionErrors(), []);
  });
});
