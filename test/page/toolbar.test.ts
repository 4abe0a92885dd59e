import * as assert from 'node:assert/strict';
import { PageBrowser, type ReportPage } from './browser';
import { factsReport, sampleReport, showMessage } from './sample';

describe('the header of the page', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let page: ReportPage;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());
  beforeEach(async () => {
    page = await browser.open();
  });
  afterEach(() => page.close());

  const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent.trim()');
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.page.keyboard.press(key);
    await page.settle();
  };

  it('is one tab stop, walked through by arrows, Home and End', async () => {
    await page.show(showMessage(sampleReport(), 'live'));
    await press('Tab');
    assert.equal(await focused(), 'Run Again');
    await press('ArrowRight');
    assert.equal(await focused(), 'Pause');
    await press('End');
    assert.equal(await focused(), 'Open as Text');
    await press('ArrowRight');
    assert.equal(await focused(), 'Run Again');
    await press('ArrowLeft', 'ArrowLeft', 'Tab');
    assert.equal(await focused(), 'Find large files in /var', 'Tab leaves the toolbar');
    await press('Shift+Tab');
    assert.equal(await focused(), 'Export', 'and comes back to the button it left');
  });

  it('posts what is pressed', async () => {
    await page.show(showMessage(sampleReport(), 'live'));
    for (const name of ['Run Again', 'Pause', 'Copy', 'Open as Text']) {
      await page.page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
    }
    await page.show(showMessage(sampleReport(), 'paused'));
    await page.page.getByRole('button', { name: 'Resume' }).click();
    await page.show(showMessage(sampleReport(), 'running'));
    await page.page.getByRole('button', { name: 'Cancel' }).click();
    await page.page.getByRole('button', { name: 'Find large files' }).click();
    assert.deepEqual((await page.posted()).slice(1), [
      { kind: 'runAgain' },
      { kind: 'pause' },
      { kind: 'copyReport' },
      { kind: 'openAsText' },
      { kind: 'resume' },
      { kind: 'cancel' },
      { kind: 'action', index: 0 },
    ]);
  });

  it('exports through a menu that keys reach', async () => {
    await page.show(showMessage(factsReport()));
    await press('Tab', 'End', 'ArrowLeft', 'Enter');
    assert.equal(await page.page.getByRole('button', { name: 'Export' }).getAttribute('aria-expanded'), 'true');
    assert.equal(await focused(), 'Markdown');
    await page.screenshot('export-menu', false);
    await press('ArrowDown');
    assert.equal(await focused(), 'HTML');
    await press('ArrowUp', 'ArrowUp');
    assert.equal(await focused(), 'JSON');
    await press('c');
    assert.equal(await focused(), 'CSV');
    await press('Escape');
    assert.equal(await page.page.getByRole('menu').count(), 0);
    assert.equal(await focused(), 'Export');
    await press('ArrowDown', 'End', 'Enter');
    assert.deepEqual((await page.posted()).at(-1), { kind: 'export', format: 'json' });
    assert.equal(await page.page.getByRole('menu').count(), 0);
    assert.equal(await focused(), 'Export');
  });

  it('closes the menu when something else is pressed', async () => {
    await page.show(showMessage(factsReport()));
    await page.page.getByRole('button', { name: 'Export' }).click();
    await page.page.getByRole('heading', { level: 1 }).click();
    assert.equal(await page.page.getByRole('menu').count(), 0);
  });

  it('keeps the focus where a button changes its meaning', async () => {
    await page.show(showMessage(factsReport()));
    await press('Tab', 'Enter');
    await page.show(showMessage(factsReport(), 'running'));
    assert.equal(await focused(), 'Cancel');
    await page.show(showMessage(factsReport(), 'cancelled'));
    assert.equal(await focused(), 'Run Again');
  });

  it('offers no action that belongs to a cell or a node', async () => {
    await page.show(showMessage(sampleReport()));
    assert.deepEqual(await page.page.locator('.actions button').allInnerTexts(), [
      'Find large files in /var',
      'What await means',
    ]);
    await page.page.getByRole('button', { name: 'postgres' }).click();
    await page.page.getByRole('button', { name: 'core-1' }).press('Enter');
    assert.deepEqual((await page.posted()).slice(-2), [
      { kind: 'action', index: 2 },
      { kind: 'action', index: 3 },
    ]);
  });

  it('announces a verdict when its words change, and not when only its figures do', async () => {
    const region = page.page.getByRole('status');
    const report = factsReport();
    await page.show(showMessage({ ...report, verdict: 'Load is 3.' }, 'live'));
    assert.equal(await region.textContent(), 'Live. Info. Load is 3.');
    await page.show(showMessage({ ...report, verdict: 'Load is 4.5.' }, 'live'));
    assert.equal(await region.textContent(), 'Live. Info. Load is 3.');
    await page.show(showMessage({ ...report, verdict: 'Disk / is full.' }, 'live'));
    assert.equal(await region.textContent(), 'Live. Info. Load is 3.', 'live news waits 15 seconds');
    await page.show(showMessage({ ...report, verdict: 'Disk / is full.' }, 'paused'));
    assert.equal(await region.textContent(), 'Paused. Info. Disk / is full.');
  });
});
