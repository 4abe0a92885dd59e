import * as assert from 'node:assert/strict';
import { PageBrowser, type ReportPage } from './browser';
import { factsReport, sampleReport, showMessage } from './sample';
import { PAGE_THEMES } from './themes';
import { momentReport } from './treeReport';

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe('the page is accessible', function () {
  this.timeout(120_000);
  let browser: PageBrowser;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());

  for (const theme of PAGE_THEMES) {
    it(`in the theme ${theme.name}, and looks as in the screenshots`, async () => {
      const page = await browser.open({ theme: theme.name, width: 1200, bypassCsp: true });
      await page.show(showMessage(sampleReport(), 'live'));
      await openTwins(page);
      await page.page.locator('td[data-row="3"]').first().click();
      await assertNoViolations(page);
      await page.page.getByRole('button', { name: 'Export' }).click();
      await assertNoViolations(page);
      await page.page.keyboard.press('Escape');
      await useTree(page);
      await page.show(showMessage(factsReport(), 'failed', 'The connection was lost.'));
      await assertNoViolations(page);
      await page.close();
      await takeScreenshots(browser, theme.name);
    });
  }
});

async function openTwins(page: ReportPage): Promise<void> {
  await page.evaluate('document.querySelectorAll("details.twin").forEach((each) => { each.open = true; })');
  await page.settle();
}

/** Tree, filter, menu, list of columns and slider, one after the other. */
async function useTree(page: ReportPage): Promise<void> {
  const { page: tab } = page;
  await page.show({ ...showMessage(momentReport(40)), preferences: { processes: { tree: true } } });
  await tab.locator('td[data-row="2"]').first().click();
  await tab.locator('td[data-row="5"]').first().hover();
  await assertNoViolations(page);
  await tab.keyboard.press('Shift+F10');
  await assertNoViolations(page);
  await tab.keyboard.press('Escape');
  await tab.getByRole('button', { name: 'Columns' }).click();
  await assertNoViolations(page);
  await tab.keyboard.press('Escape');
  await tab.getByRole('textbox').fill('worker');
  await assertNoViolations(page);
}

async function assertNoViolations(page: ReportPage): Promise<void> {
  await page.page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
  const violations = await page.evaluate<readonly AxeViolation[]>('axe.run().then((result) => result.violations)');
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = grave.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html}\n${node.failureSummary}`).join('\n')}`,
  );
  assert.deepEqual(told, []);
}

async function takeScreenshots(browser: PageBrowser, theme: string): Promise<void> {
  for (const width of [400, 700, 1200]) {
    const page = await browser.open({ theme, width });
    await page.show(showMessage(sampleReport(), 'live'));
    await page.screenshot(`overview-${theme}-${width}`);
    await page.show(showMessage(factsReport()));
    await page.screenshot(`facts-${theme}-${width}`);
    await takeTreeScreenshots(page, `${theme}-${width}`);
    await page.close();
  }
}

async function takeTreeScreenshots(page: ReportPage, name: string): Promise<void> {
  const { page: tab } = page;
  await page.show({ ...showMessage(momentReport(40)), preferences: { processes: { tree: true } } });
  await tab.locator('td[data-row="2"][data-column="1"]').click();
  await tab.locator('td[data-row="5"][data-column="1"]').hover();
  await page.screenshot(`tree-${name}`, false);
  await tab.keyboard.press('Shift+F10');
  await page.screenshot(`row-menu-${name}`, false);
  await tab.keyboard.press('Escape');
  await tab.getByRole('button', { name: 'Columns' }).click();
  await tab.keyboard.press('ArrowDown');
  await page.screenshot(`columns-${name}`, false);
  await tab.keyboard.press('Escape');
  await tab.getByRole('textbox').fill('worker');
  await page.settle();
  await page.screenshot(`tree-filter-${name}`, false);
}
