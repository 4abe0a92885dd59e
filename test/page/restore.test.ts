import * as assert from 'node:assert/strict';
import type { PageState } from '../../src/report/protocol';
import { PageBrowser, type ReportPage } from './browser';
import { processTable } from './processes';
import { sampleReport, showMessage } from './sample';

describe('the state of the page', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());

  it('is the report and the view, from which a new page draws before the host speaks', async () => {
    const first = await browser.open({ height: 600 });
    await first.show(showMessage(sampleReport(), 'live'));
    await useView(first);
    const state = await savedWith(first, isViewSaved);
    await first.close();

    const second = await browser.open({ height: 600, state });
    await second.settle();
    assert.deepEqual(await second.posted(), [{ kind: 'ready' }]);
    await assertView(second);
    assert.equal(await second.evaluate('Math.round(window.scrollY)'), 200);
    await second.show({ ...showMessage(sampleReport()), state: 'restored' });
    await assertView(second);
    assert.match(await second.page.locator('.notice').innerText(), /snapshot/);
    assert.deepEqual(await second.violations(), []);
    await second.close();
  });

  it('brings page and table back to where they were scrolled', async () => {
    const first = await browser.open({ height: 600 });
    const sample = sampleReport();
    const report = { ...sample, blocks: [...sample.blocks, processTable(3000)] };
    await first.show(showMessage(report));
    await first.evaluate(`[...document.querySelectorAll('[role=grid]')].at(-1).scrollTop = 24000`);
    await first.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    const bottom = await first.evaluate<number>('window.scrollY');
    const state = await savedWith(first, ({ view }) => JSON.stringify(view).includes(`"#scroll":${bottom}`));
    await first.close();
    const second = await browser.open({ height: 600, state });
    await second.page.waitForFunction(`Math.abs(window.scrollY - ${bottom}) < 2`);
    await second.page.locator('td[data-row="1000"]').first().waitFor();
    await second.close();
  });

  it('is saved at most every two seconds while live, and at once when the page is hidden', async () => {
    const page = await browser.open();
    const started = await page.evaluate<number>('performance.now()');
    for (let tick = 0; tick < 8; tick++) await page.show(showMessage(sampleReport(tick), 'live'));
    const [saves, endedMs] = await page.evaluate<[number, number]>('[window.saves, performance.now()]');
    const most = 1 + Math.floor((endedMs - started) / 2000);
    assert.ok(saves >= 1 && saves <= most, `${saves} saves of 8 reports, at most ${most} were due`);
    await page.evaluate(`window.dispatchEvent(new Event('pagehide'))`);
    const times = seriesTimes(await page.saved());
    const newest = sampleReport(7).blocks.find((block) => block.kind === 'series');
    assert.deepEqual(times, newest?.kind === 'series' ? newest.times : null, 'it is the newest report');
    await page.close();
  });

  it('holds large tables cut, and the page says so after a reload', async () => {
    const page = await browser.open();
    const report = { title: 'Many', verdict: 'Many.', status: 'ok' as const, blocks: [processTable(6000)] };
    await page.show(showMessage(report));
    const state = await savedWith(page, () => true);
    await page.close();
    const table = state.shown.report?.blocks[0];
    assert.equal(table?.kind === 'table' ? table.rows.length : 0, 5000);
    const restored = await browser.open({ state });
    await restored.settle();
    assert.equal(await restored.page.locator('.count').innerText(), '5,000 rows');
    assert.match((await restored.page.locator('.text-note').textContent()) ?? '', /of 6000 rows were kept/);
    await restored.close();
  });

  it('of another version or shape is passed over', async () => {
    for (const state of [{ version: 2 }, { version: 1, shown: {} }, 'nonsense', 7]) {
      const page = await browser.open({ state });
      await page.settle();
      assert.deepEqual(await page.posted(), [{ kind: 'ready' }]);
      assert.equal(await page.page.getByRole('alert').count(), 0);
      await page.close();
    }
  });
});

async function useView(page: ReportPage): Promise<void> {
  const grid = page.page.getByRole('grid', { name: 'Processes' });
  await page.page.getByRole('textbox').fill('nginx');
  await grid.getByRole('columnheader', { name: 'PID' }).getByRole('button').click();
  await page.page.locator('details.section > summary').first().click();
  await page.page.locator('.chart-block').first().getByText('Show as table').click();
  await page.evaluate('window.scrollTo(0, 200)');
  await page.settle();
}

async function assertView(page: ReportPage): Promise<void> {
  const grid = page.page.getByRole('grid', { name: 'Processes' });
  assert.equal(await page.page.getByRole('textbox').inputValue(), 'nginx');
  assert.equal(await grid.getByRole('columnheader', { name: 'PID' }).getAttribute('aria-sort'), 'ascending');
  assert.deepEqual(await grid.locator('td[data-column="0"]').allInnerTexts(), ['101', '110', '119', '128', '137']);
  assert.equal(await page.evaluate('document.querySelector("details.section").open'), false);
  assert.equal(await page.page.locator('.chart-block').first().locator('details.twin table').count(), 1);
}

function isViewSaved({ view }: PageState): boolean {
  const text = JSON.stringify(view);
  return ['"nginx"', '"pid"', '#twin":true', 'example.net":false', '"#scroll":200'].every((part) =>
    text.includes(part),
  );
}

/** Waits for a save that fits: the page saves when the user pauses. */
async function savedWith(page: ReportPage, fits: (state: PageState) => boolean): Promise<PageState> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const saved = await page.saved();
    if (saved !== undefined && fits(saved)) return saved;
    await page.page.waitForTimeout(50);
  }
  throw new Error('The page did not save what was expected.');
}

function seriesTimes(state: PageState | undefined): readonly number[] | null {
  const series = state?.shown.report?.blocks.find((block) => block.kind === 'series');
  return series?.kind === 'series' ? series.times : null;
}
