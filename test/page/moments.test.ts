import * as assert from 'node:assert/strict';
import { PageBrowser, type ReportPage } from './browser';
import { showMessage } from './sample';
import { momentReport, treeReport } from './treeReport';

describe('the moments of a report', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let page: ReportPage;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());
  beforeEach(async () => {
    page = await browser.open();
    await page.show(showMessage(momentReport(40)));
  });
  afterEach(() => page.close());

  const slider = () => page.page.getByRole('slider', { name: 'Moment' });
  const button = (name: string) =>
    page.page.getByRole('group', { name: 'Recorded moments' }).getByRole('button', { name });
  const asked = async (count: number): Promise<readonly number[]> =>
    (await page.postedOf('moment', count)).map(({ index }) => index);
  const place = async (): Promise<string> =>
    `${await slider().inputValue()}: ${await page.page.locator('.moments-count').innerText()}`;

  it('are a slider above the blocks, which tells the time', async () => {
    assert.equal(await place(), '40: 41 of 60');
    assert.equal(await slider().getAttribute('aria-valuetext'), 'Nov 3, 2026, 13:40:00');
    assert.equal(await page.page.locator('.moments time').innerText(), 'Nov 3, 2026, 13:40:00');
    assert.deepEqual(await page.violations(), []);
    await page.show(showMessage(treeReport()));
    assert.equal(await slider().count(), 0);
  });

  it('are asked for only when the slider rests, and it stays where the user put it', async () => {
    await slider().focus();
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'Home', 'ArrowRight'])
      await page.page.keyboard.press(key);
    assert.equal(await place(), '1: 2 of 60');
    assert.deepEqual(await asked(1), [1]);
    await page.show(showMessage(momentReport(40), 'running'));
    assert.equal(await place(), '1: 2 of 60', 'the answer is not there yet');
    assert.equal(await page.page.locator('.moments').getAttribute('aria-busy'), 'true');
    await page.show(showMessage(momentReport(1)));
    assert.equal(await place(), '1: 2 of 60');
    assert.equal(await page.page.locator('.moments').getAttribute('aria-busy'), 'false');
    assert.equal(await page.evaluate(`document.activeElement.type`), 'range', 'the focus stays in the slider');
    await page.show(showMessage(momentReport(7)));
    assert.equal(await place(), '7: 8 of 60', 'from then on it follows the report');
  });

  it('are stepped through by keys and buttons, which keep the focus at the ends', async () => {
    await slider().press('ArrowLeft');
    await asked(1);
    await button('One moment back').click();
    await asked(2);
    assert.equal(await place(), '38: 39 of 60');
    await button('One moment on').click();
    assert.deepEqual(await asked(3), [39, 38, 39]);
    await page.show(showMessage(momentReport(59)));
    assert.equal(await button('One moment on').getAttribute('aria-disabled'), 'false', '39 is still awaited');
    await page.show(showMessage(momentReport(39)));
    await page.show(showMessage(momentReport(59)));
    assert.equal(await button('One moment on').getAttribute('aria-disabled'), 'true');
  });

  it('are kept by their time when older ones go', async () => {
    await button('One moment back').click();
    const later = momentReport(30, 50);
    await page.show(showMessage(later));
    assert.equal(await place(), '29: 30 of 50', 'the same time has another index');
    assert.deepEqual(await asked(1), [29]);
  });

  it('play one after another as they come, and stop at the end', async () => {
    await page.show(showMessage(momentReport(57)));
    await button('Play').click();
    await page.page.waitForTimeout(700);
    assert.deepEqual(await asked(1), [58], 'the next one waits for the answer');
    await page.show(showMessage(momentReport(58)));
    assert.deepEqual(await asked(2), [58, 59]);
    assert.equal(await button('Pause').count(), 1);
    await page.show(showMessage(momentReport(59)));
    assert.equal(await button('Play').count(), 1);
    await button('Play').click();
    assert.equal((await asked(3)).at(-1), 0, 'from the end it begins again');
    await slider().press('Space');
    assert.equal(await button('Play').count(), 1, 'Space on the slider stops it');
  });

  it('go back to what is shown when the wanted one cannot be had', async () => {
    await button('Play').click();
    await asked(1);
    await page.show(showMessage(momentReport(40), 'failed', 'The recording is gone.'));
    assert.equal(await place(), '40: 41 of 60');
    assert.equal(await button('Play').count(), 1);
  });

  it('can be a single one', async () => {
    await page.show(showMessage(momentReport(0, 1)));
    assert.equal(await place(), '0: 1 of 1');
    for (const name of ['One moment back', 'Play', 'One moment on']) {
      assert.equal(await button(name).getAttribute('aria-disabled'), 'true');
    }
  });
});
