import * as assert from 'node:assert/strict';
import type { SeriesBlock } from '../../src/report/model';
import { PageBrowser, type ReportPage } from './browser';
import { hostileReport } from './hostile';
import { factsReport, sampleReport, showMessage } from './sample';

describe('the page draws', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());

  it('says that it is ready before anything else, and draws nothing of its own', async () => {
    const page = await browser.open();
    await page.settle();
    assert.deepEqual(await page.posted(), [{ kind: 'ready' }]);
    assert.equal(await page.page.getByRole('heading').count(), 0);
    await page.close();
  });

  it('what the host answers at once, before the page has drawn its first frame', async () => {
    const page = await browser.open({ answer: showMessage(factsReport()) });
    await page.settle();
    assert.equal(await page.page.getByRole('heading', { level: 1 }).textContent(), '192.168.10.37/26');
    await page.close();
  });

  it('every kind of block, without one violation of the policy', async () => {
    const page = await browser.open();
    await page.show(showMessage(sampleReport(), 'live'));
    const { page: tab } = page;
    assert.equal(await tab.getByRole('heading', { level: 1 }).textContent(), 'System overview of web-03');
    assert.match((await tab.locator('.verdict-sentence').textContent()) ?? '', /^Warning .*\/var is 91 % full/);
    assert.equal(await tab.locator('dt', { hasText: 'Uptime' }).locator('+ dd .fact-value').textContent(), '14 d 6 h');
    assert.equal(await tab.locator('.chart canvas').count(), 4);
    assert.equal(await tab.getByRole('grid').count(), 2);
    assert.equal(await tab.locator('.bar').count(), 5);
    assert.equal(await tab.locator('.node').count(), 4);
    assert.equal(await tab.locator('.place').count(), 4);
    assert.match((await tab.locator('pre').textContent()) ?? '', /server: nginx\n/);
    assert.equal(await tab.locator('details.section').count(), 2);
    assert.deepEqual(await page.violations(), []);
    await page.close();
  });

  it('a report in bytes of either kind, and says so when they are none', async () => {
    const page = await browser.open();
    const title = page.page.getByRole('heading', { level: 1 });
    const message = JSON.stringify(showMessage(null));
    const report = JSON.stringify(JSON.stringify({ ...factsReport(), title: 'Größe 大小' }));
    const post = async (bytes: string): Promise<void> => {
      await page.evaluate(`{
        const bytes = new TextEncoder().encode(${report});
        window.postMessage({ ...${message}, report: ${bytes} }, '*');
      }`);
      await page.settle();
    };
    await post('bytes.buffer');
    assert.equal(await title.textContent(), 'Größe 大小');
    await page.show(showMessage(factsReport()));
    assert.equal(await title.textContent(), '192.168.10.37/26');
    await post('bytes');
    assert.equal(await title.textContent(), 'Größe 大小');
    await post('bytes.slice(9)');
    assert.match(await page.page.locator('.notice').innerText(), /^The report could not be read: /);
    assert.equal(await title.textContent(), 'Größe 大小', 'what was there before stays');
    await page.close();
  });

  it('no table anew when the same report comes with another state', async () => {
    const page = await browser.open();
    await page.show(showMessage(sampleReport(), 'running'));
    await page.evaluate(`{
      window.changes = 0;
      const watcher = new MutationObserver((records) => { window.changes += records.length; });
      const all = { subtree: true, childList: true, characterData: true, attributes: true };
      document.querySelectorAll('.table-scroller').forEach((table) => watcher.observe(table, all));
    }`);
    await page.show(showMessage(sampleReport(), 'done'));
    assert.equal(await page.page.locator('.state').innerText(), 'Done');
    assert.equal(await page.evaluate('window.changes'), 0);
    await page.show(showMessage(sampleReport(1), 'done'));
    assert.notEqual(await page.evaluate('window.changes'), 0);
    await page.close();
  });

  it('texts from outside as text', async () => {
    const page = await browser.open();
    await page.show(showMessage(hostileReport(), 'failed', '<b>message</b>'));
    await openTwins(page);
    assert.equal(await page.evaluate('document.querySelectorAll("#root img, #root script, #root b").length'), 0);
    assert.equal(await page.evaluate('window.__hacked'), undefined);
    const text = await page.evaluate<string>('document.body.textContent');
    assert.ok(text.includes('<b>message</b>'));
    for (const part of ['title', 'verdict', 'facts', 'cell', 'rich', 'code', 'prose', 'summary', 'line']) {
      assert.ok(text.includes(`${part} <img src=x onerror=`), part);
    }
    assert.ok(text.includes('hidden ⟨U+202E⟩⟨U+200B⟩ end'), 'characters that hide text are shown');
    assert.deepEqual(await page.violations(), []);
    await page.close();
  });

  it('states of a run: running, failed, cancelled, restored', async () => {
    const page = await browser.open();
    const { page: tab } = page;
    await page.show(showMessage(null, 'running', 'Reading /proc on web-03'));
    assert.equal(await tab.getByRole('progressbar').count(), 1);
    assert.equal(await tab.locator('.waiting').textContent(), 'Reading /proc on web-03');
    await page.screenshot('running');
    await page.show(showMessage(factsReport(), 'failed', 'The connection was lost.\nTry again.'));
    assert.equal(await tab.locator('.notice').innerText(), 'The connection was lost.\nTry again.');
    assert.ok(await tab.getByText('255.255.255.192').isVisible(), 'the partial report stays');
    assert.equal(await tab.getByRole('progressbar').count(), 0);
    await page.screenshot('failed');
    await page.show(showMessage(factsReport(), 'cancelled'));
    assert.match(await tab.locator('.notice').innerText(), /^Cancelled/);
    await page.show(showMessage(factsReport(), 'restored'));
    assert.match(await tab.locator('.notice').innerText(), /snapshot of Nov 3, 2026, 14:00:00/);
    await page.close();
  });

  it('progress that moves only for those who do not mind', async () => {
    const animation = `getComputedStyle(document.querySelector('.progress'), '::before').animationName`;
    for (const reducedMotion of [false, true]) {
      const page = await browser.open({ reducedMotion });
      await page.show(showMessage(null, 'running'));
      assert.equal(await page.evaluate(animation), reducedMotion ? 'none' : 'progress');
      await page.close();
    }
  });

  it('charts in the colours of a theme that is changed', async () => {
    const page = await browser.open();
    await page.show(showMessage(sampleReport()));
    const colour = (): Promise<string | null> =>
      page.page.locator('.legend-stroke line').first().getAttribute('stroke');
    const picture = `[...document.querySelectorAll('.chart canvas')].map((each) => each.toDataURL()).join()`;
    const before = await page.evaluate(picture);
    assert.equal(await colour(), 'rgb(89, 164, 249)');
    await page.evaluate(`document.documentElement.style.setProperty('--vscode-charts-blue', 'rgb(1, 2, 3)')`);
    await page.settle();
    await page.settle();
    assert.equal(await colour(), 'rgb(1, 2, 3)');
    assert.notEqual(await page.evaluate(picture), before);
    await page.close();
  });

  it('the rest when one block cannot be drawn, and offers the text', async () => {
    const page = await browser.open();
    const report = factsReport();
    const broken = { ...report, blocks: [{ kind: 'table', id: 'broken', columns: null, rows: [] }, ...report.blocks] };
    await page.show(showMessage(broken as unknown as typeof report));
    assert.match(await page.page.getByRole('alert').innerText(), /could not be drawn/);
    assert.ok(await page.page.getByText('255.255.255.192').isVisible());
    await page.page.getByRole('alert').getByRole('button', { name: 'Open as Text' }).click();
    assert.deepEqual((await page.posted()).at(-1), { kind: 'openAsText' });
    await page.show(showMessage(report));
    assert.equal(await page.page.getByRole('alert').count(), 0, 'the next report is drawn again');
    await page.close();
  });

  it('its own texts in the language of the host', async () => {
    const texts = { 'Run Again': '重新运行', Warning: '警告', '{0} rows': '{0} 行' };
    const page = await browser.open({ locale: 'zh-cn', texts });
    await page.show(showMessage(sampleReport()));
    assert.ok(await page.page.getByRole('button', { name: '重新运行' }).isVisible());
    assert.match((await page.page.locator('.verdict-sentence').textContent()) ?? '', /^警告/);
    assert.ok(await page.page.getByText('40 行').isVisible());
    assert.equal(await page.evaluate('document.documentElement.lang'), 'zh-cn');
    await page.close();
  });

  it('charts whose table twin has the newest point first', async () => {
    const page = await browser.open();
    await page.show(showMessage(sampleReport()));
    const chart = page.page.locator('.chart-block').first();
    await chart.getByText('Show as table').click();
    await page.settle();
    assert.equal(await chart.locator('tbody tr').count(), 50);
    assert.equal(await chart.locator('tbody tr').first().locator('td').first().textContent(), 'Nov 3, 2026, 13:59:59');
    const label = await chart.getByRole('img').getAttribute('aria-label');
    assert.match(label ?? '', /^Chart Processor from .*13:59:00 to .*13:59:59: User \d/);
    await page.close();
  });

  it('the first sample of a live chart at its right end, where the next ones follow', async () => {
    const page = await browser.open();
    const block: SeriesBlock = {
      id: 'memory',
      kind: 'series',
      title: 'Memory',
      unit: 'bytes',
      spanMs: 90_000,
      times: [Date.UTC(2026, 10, 3, 13, 59)],
      lines: [{ label: 'Used', values: [4_000_000] }],
    };
    await page.show(showMessage({ ...factsReport(), blocks: [block] }, 'live'));
    const plot = page.page.locator('.chart-block .u-over');
    await plot.hover({ position: { x: 30, y: 40 } });
    const [area, point] = [await plot.boundingBox(), await plot.locator('.u-cursor-pt').first().boundingBox()];
    const middle = (point?.x ?? 0) + (point?.width ?? 0) / 2;
    assert.ok(Math.abs(middle - (area?.x ?? 0) - (area?.width ?? 0)) < 4, `${middle} in ${JSON.stringify(area)}`);
    await page.close();
  });

  it('the values under the pointer in the legend, without making the chart anew', async () => {
    const page = await browser.open();
    await page.show(showMessage(sampleReport()));
    await page.evaluate('document.querySelectorAll(".chart canvas").forEach((each) => { each.mark = true; })');
    const chart = page.page.locator('.chart-block').first();
    const now = await chart.locator('.legend-value').first().textContent();
    await chart.locator('.u-over').hover({ position: { x: 30, y: 40 } });
    await page.settle();
    assert.notEqual(await chart.locator('.legend-value').first().textContent(), now);
    assert.match((await chart.locator('.chart-time').textContent()) ?? '', /13:59:0\d/);
    await page.show(showMessage(sampleReport(1), 'live'));
    assert.equal(
      await page.evaluate('[...document.querySelectorAll(".chart canvas")].every((each) => each.mark)'),
      true,
    );
    await page.close();
  });
});

async function openTwins(page: ReportPage): Promise<void> {
  await page.evaluate('document.querySelectorAll("details.twin").forEach((each) => { each.open = true; })');
  await page.settle();
}
