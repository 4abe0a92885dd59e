import * as assert from 'node:assert/strict';
import type { TablePreferences } from '../../src/report/protocol';
import { PageBrowser, type ReportPage } from './browser';
import { processReport } from './processes';
import { showMessage } from './sample';
import { treeReport } from './treeReport';

const GIVEN = ['PID', 'Name', 'User', 'CPU', 'Memory', 'State', 'Command'];

describe('the columns of a table of the page', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let page: ReportPage;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());
  beforeEach(async () => {
    page = await browser.open({ height: 700 });
    await page.show(showMessage(treeReport()));
  });
  afterEach(() => page.close());

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.page.keyboard.press(key);
    await page.settle();
  };
  const headings = async (): Promise<string[]> =>
    (await page.page.getByRole('columnheader').allInnerTexts()).map((text) => text.trim());
  const openList = async (): Promise<void> => {
    await page.page.getByRole('button', { name: 'Columns' }).click();
    await page.settle();
  };
  const box = (name: string) => page.page.getByRole('checkbox', { name, exact: true });
  const focused = (): Promise<string> =>
    page.evaluate(
      `document.activeElement.getAttribute('aria-label') ?? document.activeElement.closest('label').innerText`,
    );
  it('are those that the report does not hide', async () => {
    assert.deepEqual(await headings(), GIVEN);
    assert.equal(await page.page.getByRole('grid').getAttribute('aria-colcount'), '7');
  });

  it('are listed all, chosen with Space, and the host hears the last of it', async () => {
    await openList();
    assert.equal(await page.page.getByRole('dialog', { name: 'Columns' }).count(), 1);
    assert.equal(await page.page.getByRole('checkbox').count(), 9);
    assert.deepEqual([await box('PID').isChecked(), await box('Nice').isChecked()], [true, false]);
    assert.equal(await focused(), 'PID');
    await press('n', 'n');
    assert.equal(await focused(), 'Nice');
    await press('Space', 'ArrowUp', 'ArrowUp', 'Space');
    assert.deepEqual(await headings(), ['PID', 'Name', 'User', 'CPU', 'Memory', 'Nice', 'Command']);
    assert.deepEqual([await box('State').isChecked(), await box('Nice').isChecked()], [false, true]);
    assert.deepEqual(await page.postedOf('prefer'), [
      {
        kind: 'prefer',
        table: 'processes',
        preference: { columns: ['pid', 'name', 'user', 'cpu', 'memory', 'nice', 'command'], tree: false },
      },
    ]);
    await press('Escape');
    assert.equal(await page.page.getByRole('dialog').count(), 0);
    assert.equal(await focused(), 'Columns of Processes');
  });

  it('are moved by Alt with arrows and by buttons, and the focus goes with them', async () => {
    await openList();
    await press('End', 'Alt+ArrowUp', 'Alt+ArrowUp', 'Alt+ArrowUp');
    assert.equal(await focused(), 'Command');
    assert.deepEqual(await headings(), ['PID', 'Name', 'User', 'CPU', 'Memory', 'Command', 'State']);
    await press('Home', 'Tab', 'Tab');
    assert.equal(await focused(), 'Move PID down');
    await press('Enter', 'Enter');
    assert.equal(await focused(), 'Move PID down');
    assert.deepEqual((await headings()).slice(0, 3), ['Name', 'User', 'PID']);
    await page.page.getByRole('button', { name: 'Reset' }).click();
    await page.settle();
    assert.deepEqual(await headings(), GIVEN);
    assert.deepEqual((await page.postedOf('prefer')).at(-1), {
      kind: 'prefer',
      table: 'processes',
      preference: { tree: false },
    });
  });

  it('are never none', async () => {
    await openList();
    for (const name of GIVEN.slice(1)) await box(name).click();
    await page.settle();
    assert.deepEqual(await headings(), ['PID']);
    await box('PID').focus();
    await press('Space');
    assert.deepEqual(await headings(), ['PID']);
    assert.equal(await box('PID').isChecked(), true);
    assert.equal(await box('PID').getAttribute('aria-disabled'), 'true');
  });

  it('that are shown are what is searched and copied', async () => {
    await openList();
    for (const name of ['Command', 'Memory', 'CPU', 'State']) await box(name).click();
    await box('Threads').click();
    await press('Escape');
    await page.page.getByRole('textbox').fill('instance');
    assert.ok(await page.page.getByText('No row matches the filter.').isVisible());
    await page.page.getByRole('textbox').fill('htop');
    await page.page.locator('td[data-row="0"]').first().click();
    await press('Control+Shift+C');
    assert.deepEqual((await page.postedOf('copyText')).at(-1), { kind: 'copyText', text: '401\thtop\tanna\t5' });
    await page.page.getByRole('button', { name: 'Copy table' }).click();
    await page.settle();
    assert.deepEqual((await page.postedOf('copyText', 2)).at(-1), {
      kind: 'copyText',
      text: 'PID\tName\tUser\tThreads\n401\thtop\tanna\t5',
    });
  });

  it('close their list when the user turns elsewhere', async () => {
    await openList();
    await page.page.getByRole('heading', { level: 1 }).click();
    assert.equal(await page.page.getByRole('dialog').count(), 0);
    await openList();
    await press('Shift+Tab');
    assert.equal(await page.page.getByRole('dialog').count(), 0);
  });

  it('stand while the report is updated, with the list open', async () => {
    await openList();
    await press('Alt+ArrowDown');
    await page.show(showMessage(treeReport(), 'live'));
    assert.equal(await page.page.getByRole('dialog').count(), 1);
    assert.equal(await focused(), 'PID');
    assert.deepEqual((await headings()).slice(0, 2), ['Name', 'PID']);
  });

  it('can be chosen where there is something to choose', async () => {
    const columns = ['A', 'B', 'C', 'D'].map((title) => ({ id: title, title }));
    await page.show(showMessage(processReport(3, 0, { columns })));
    assert.equal(await page.page.getByRole('button', { name: 'Columns' }).count(), 0);
  });
});

describe('what the user prefers for a table', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());

  const open = async (preferences: TablePreferences): Promise<ReportPage> => {
    const page = await browser.open();
    await page.show({ ...showMessage(null, 'running'), preferences });
    await page.show({ ...showMessage(treeReport()), preferences });
    return page;
  };
  const pids = (page: ReportPage, column: number): Promise<string[]> =>
    page.page.locator(`td[data-column="${column}"]`).allInnerTexts();

  it('is how it is first shown; columns that the report has not are skipped', async () => {
    const page = await open({
      processes: {
        columns: ['name', 'gone', 'nice', 'pid'],
        sort: { column: 'pid', direction: 'descending' },
        tree: true,
      },
    });
    const headings = (await page.page.getByRole('columnheader').allInnerTexts()).map((text) => text.trim());
    assert.deepEqual(headings, ['Name', 'Nice', 'PID']);
    assert.deepEqual((await pids(page, 2)).slice(0, 3), ['1201', '1301', '1']);
    assert.equal(await page.page.getByRole('treegrid').count(), 1);
    assert.equal((await page.posted()).length, 1, 'what came from the host is not sent back');
    await page.page.getByRole('button', { name: 'Tree' }).click();
    assert.deepEqual((await page.postedOf('prefer')).at(-1), {
      kind: 'prefer',
      table: 'processes',
      preference: {
        columns: ['name', 'gone', 'nice', 'pid'],
        sort: { column: 'pid', direction: 'descending' },
        tree: false,
      },
    });
    await page.close();
  });

  it('is sent at once when the page goes away', async () => {
    const page = await open({});
    await page.page.getByRole('columnheader', { name: 'CPU' }).getByRole('button').click();
    await page.evaluate(`window.dispatchEvent(new Event('pagehide'))`);
    assert.deepEqual((await page.posted()).at(-1), {
      kind: 'prefer',
      table: 'processes',
      preference: { sort: { column: 'cpu', direction: 'ascending' }, tree: false },
    });
    await page.close();
  });

  it('does not change a table that is already shown, nor the order of one without the sorted column', async () => {
    const page = await open({ processes: { sort: { column: 'gone', direction: 'ascending' } } });
    assert.equal((await pids(page, 0))[0], '1');
    await page.show({ ...showMessage(treeReport()), preferences: { processes: { tree: true, columns: ['pid'] } } });
    assert.equal(await page.page.getByRole('treegrid').count(), 0);
    assert.equal(await page.page.getByRole('columnheader').count(), 7);
    await page.show(showMessage(treeReport({ sort: { column: 'pid', direction: 'descending' } })));
    assert.equal((await pids(page, 0))[0], '1301', 'the order of the report stands');
    await page.close();
  });
});
