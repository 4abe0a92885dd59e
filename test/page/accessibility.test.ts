import * as assert from 'node:assert/strict';
import { PageBrowser, type ReportPage } from './browser';
import { factsReport, sampleReport, showMessage } from './sample';
import { PAGE_THEMES } from './themes';

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
    await page.close();
  }
}
