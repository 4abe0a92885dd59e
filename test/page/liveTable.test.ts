import * as assert from 'node:assert/strict';
import { PageBrowser } from './browser';
import { processReport } from './processes';
import { showMessage } from './sample';

describe('a live table of the page', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());

  for (const count of [300, 3000]) {
    it(`keeps scroll, sort, filter, selection and focus with ${count} rows`, async () => {
      const page = await browser.open({ height: 600 });
      const { page: tab } = page;
      await page.show(showMessage(processReport(count), 'live'));
      await tab.getByRole('textbox').fill('worker');
      await tab.getByRole('columnheader', { name: 'CPU' }).getByRole('button').click();
      await page.evaluate(`document.querySelector('[role=grid]').scrollTop = 1200`);
      await page.settle();
      const cell = tab.locator('td[data-column="1"]').nth(count > 500 ? 20 : 60);
      const key = await cell.locator('xpath=../td[1]').innerText();
      await cell.click();
      const scrollTop = await page.evaluate<number>(`document.querySelector('[role=grid]').scrollTop`);
      assert.ok(scrollTop > 1000);
      for (let tick = 1; tick <= 3; tick++) await page.show(showMessage(processReport(count, tick), 'live'));
      assert.equal(await page.evaluate(`document.querySelector('[role=grid]').scrollTop`), scrollTop);
      assert.equal(await tab.getByRole('textbox').inputValue(), 'worker');
      const cpu = (await tab.locator('td[data-column="3"]').allInnerTexts()).map((text) => Number.parseFloat(text));
      assert.deepEqual(
        cpu,
        cpu.toSorted((a, b) => a - b),
      );
      assert.equal(
        await page.evaluate(`document.activeElement === document.querySelector('[role=grid]')`),
        true,
        'the focus is still in the table',
      );
      await page.page.keyboard.press('Home');
      await page.page.keyboard.press('Control+c');
      assert.deepEqual((await page.posted()).at(-1), { kind: 'copyText', text: key }, 'the same row is selected');
      await page.close();
    });
  }

  it('keeps a filter that is being typed', async () => {
    const page = await browser.open();
    await page.show(showMessage(processReport(40), 'live'));
    await page.page.getByRole('textbox').focus();
    await page.page.keyboard.type('ngi');
    await page.show(showMessage(processReport(45, 1), 'live'));
    await page.page.keyboard.type('nx');
    assert.equal(await page.page.getByRole('textbox').inputValue(), 'nginx');
    assert.equal(await page.page.locator('.count').innerText(), '5 of 45');
    await page.close();
  });
});
