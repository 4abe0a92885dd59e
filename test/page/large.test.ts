import * as assert from 'node:assert/strict';
import { PageBrowser, type ReportPage } from './browser';
import { showLargeTable } from './large';

describe('a large table of the page', function () {
  this.timeout(120_000);
  let browser: PageBrowser;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());

  for (const count of [10_000, 100_000]) {
    describe(`of ${count} rows`, () => {
      let page: ReportPage;
      before(async () => {
        page = await browser.open({ height: 700 });
        const times = await showLargeTable(page, count);
        console.log(
          `      ${count} rows: painted after ${times.paintedMs.toFixed(0)} ms, longest stall ${times.longestStallMs.toFixed(0)} ms`,
        );
      });
      after(() => page.close());

      const rowsAt = (column: number): Promise<string[]> =>
        page.page.locator(`td[data-column="${column}"]`).allInnerTexts();

      it('has only the rows in sight in the document, and counts all', async () => {
        assert.ok((await rowsAt(0)).length < 100);
        assert.equal((await rowsAt(0))[0], '0');
        assert.equal(await page.page.getByRole('grid').getAttribute('aria-rowcount'), String(count + 1));
        assert.match(await page.page.locator('.count').innerText(), /^1\d*0,000 rows$/);
        assert.equal(await page.page.locator('tbody [role=row]').first().getAttribute('aria-rowindex'), '2');
      });

      it('shows the right rows wherever it is scrolled', async () => {
        await page.evaluate(`document.querySelector('[role=grid]').scrollTop = ${count * 12}`);
        await page.page
          .locator(`td[data-row="${count / 2 + 5}"]`)
          .first()
          .waitFor();
        await page.settle();
        const first = await page.evaluate<number>(`(() => {
          const grid = document.querySelector('[role=grid]').getBoundingClientRect();
          const head = document.querySelector('th').getBoundingClientRect();
          return Number(document.elementFromPoint(grid.left + 30, head.bottom + 12).closest('td').dataset.row);
        })()`);
        assert.equal(first, count / 2, 'row height and place agree');
        assert.equal(
          await page.page.locator(`td[data-row="${count / 2}"][data-column="0"]`).innerText(),
          String(count / 2),
        );
      });

      it('goes to both ends by keys', async () => {
        await page.page.getByRole('grid').focus();
        await page.page.keyboard.press('Control+End');
        await page.page.locator(`td[data-row="${count - 1}"].active`).waitFor();
        assert.equal(
          await page.page.locator(`td[data-row="${count - 1}"][data-column="0"]`).innerText(),
          String(count - 1),
        );
        await page.page.keyboard.press('Control+Home');
        await page.page.locator('td[data-row="0"].active').waitFor();
      });

      it('sorts by numbers and by texts', async () => {
        const started = performance.now();
        await page.page.getByRole('columnheader', { name: 'Number' }).getByRole('button').click();
        await page.page.locator('[aria-sort=ascending]').waitFor();
        await page.page.locator('[role=grid][aria-busy=false]').waitFor();
        console.log(`      sorted by number after ${(performance.now() - started).toFixed(0)} ms`);
        const numbers = (await rowsAt(1)).map((text) => Number(text.replaceAll(',', '')));
        assert.deepEqual(
          numbers,
          numbers.toSorted((a, b) => a - b),
        );
        assert.equal(numbers[0], 0);
        await page.page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
        await page.page.locator('th[aria-sort=ascending]', { hasText: 'Name' }).waitFor();
        await page.page.locator('[role=grid][aria-busy=false]').waitFor();
        assert.deepEqual((await rowsAt(2)).slice(0, 3), ['host-0', 'host-1', 'host-2']);
      });

      it('finds the one row that is looked for', async () => {
        const wanted = `host-${count - 7}`;
        await page.page.getByRole('textbox').fill(wanted);
        await page.page.locator('.count', { hasText: '1 of' }).waitFor();
        assert.deepEqual(await rowsAt(2), [wanted]);
        await page.page.getByRole('textbox').fill('');
        await page.page.locator('.count', { hasText: 'rows' }).waitFor();
      });

      it('breaks no policy', async () => {
        assert.deepEqual(await page.violations(), []);
      });
    });
  }
});
