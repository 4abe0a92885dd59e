import * as assert from 'node:assert/strict';
import { PageBrowser, type ReportPage } from './browser';
import { processReport } from './processes';
import { showMessage } from './sample';

const DIRECTIONS = { ascending: 'ascending', descending: 'descending' } as const;

describe('a table of the page', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let page: ReportPage;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());
  beforeEach(async () => {
    page = await browser.open({ height: 600 });
    await page.show(showMessage(processReport(40), 'live'));
  });
  afterEach(() => page.close());

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.page.keyboard.press(key);
    await page.settle();
  };
  const column = (index: number): Promise<string[]> =>
    page.page.locator(`tbody td[data-column="${index}"]`).allInnerTexts();
  const activeText = (): Promise<string> =>
    page.evaluate(
      `document.getElementById(document.querySelector('[role=grid]').getAttribute('aria-activedescendant'))?.innerText.trim()`,
    );
  const copied = async (): Promise<unknown> => (await page.posted()).at(-1);
  const intoGrid = async (): Promise<void> => page.page.getByRole('grid').focus();

  it('is a grid to a screen reader, with all its rows and columns counted', async () => {
    const grid = page.page.getByRole('grid', { name: 'Processes' });
    assert.equal(await grid.getAttribute('aria-rowcount'), '41');
    assert.equal(await grid.getAttribute('aria-colcount'), '6');
    assert.equal(await page.page.getByRole('columnheader').count(), 6);
    assert.equal(await page.page.getByRole('row').count(), 41);
    assert.equal(await page.page.getByRole('gridcell').count(), 240);
  });

  it('sorts by a heading: up, down, and back to the given order', async () => {
    const heading = page.page.getByRole('columnheader', { name: 'CPU' });
    const given = await column(3);
    const numbers = (texts: readonly string[]): number[] => texts.map((text) => Number.parseFloat(text));
    for (const direction of Object.values(DIRECTIONS)) {
      await heading.getByRole('button').click();
      const sign = direction === 'ascending' ? 1 : -1;
      assert.equal(await heading.getAttribute('aria-sort'), direction);
      assert.deepEqual(
        numbers(await column(3)),
        numbers(given).sort((a, b) => sign * (a - b)),
      );
    }
    await heading.getByRole('button').click();
    assert.equal(await heading.getAttribute('aria-sort'), 'none');
    assert.deepEqual(await column(3), given);
  });

  it('begins in the order that the report asks for', async () => {
    await page.show(showMessage(processReport(40, 0, { sort: { column: 'pid', direction: 'descending' } })));
    assert.equal((await column(0))[0], '139');
    assert.equal(
      await page.page.getByRole('columnheader', { name: 'PID' }).getAttribute('aria-sort'),
      DIRECTIONS.descending,
    );
  });

  it('filters by words, says how many are left, and clears with Escape', async () => {
    await intoGrid();
    await press('/');
    await page.page.keyboard.type('www nginx');
    await page.settle();
    assert.deepEqual(new Set(await column(1)), new Set(['nginx']));
    assert.equal(await page.page.locator('.count').innerText(), '5 of 40');
    await press('Escape');
    assert.equal((await column(1)).length, 40);
    await press('Escape', 'ArrowDown');
    assert.equal(await activeText(), '101', 'the second Escape led back into the table');
    await page.page.getByRole('textbox').fill('no such row');
    assert.ok(await page.page.getByText('No row matches the filter.').isVisible());
  });

  it('has no filter when it is short', async () => {
    await page.show(showMessage(processReport(8)));
    assert.equal(await page.page.getByRole('textbox').count(), 0);
    await page.show(showMessage(processReport(9)));
    assert.equal(await page.page.getByRole('textbox').count(), 1);
  });

  it('is walked through by keys, with one tab stop', async () => {
    await intoGrid();
    assert.equal(await activeText(), '100');
    await press('ArrowDown', 'ArrowRight');
    assert.equal(await activeText(), 'nginx');
    await press('End');
    assert.equal(await activeText(), '/usr/bin/nginx --worker 1');
    await press('Home', 'ArrowLeft', 'Control+End');
    assert.match(await activeText(), /--worker 39$/);
    assert.ok(await page.page.locator('td.active').isVisible());
    await press('Control+Home', 'PageDown');
    const after = Number(await activeText());
    assert.ok(after > 105 && after < 139, `a page is what is seen: ${after}`);
    await press('PageUp');
    assert.equal(await activeText(), '100');
    await press('ArrowUp', 'Enter');
    assert.equal(await page.page.getByRole('columnheader', { name: 'PID' }).getAttribute('aria-sort'), 'ascending');
    await press('Enter', 'ArrowDown');
    assert.equal(await activeText(), '139', 'the heading sorted down');
    await press('Tab');
    assert.equal(await page.evaluate(`document.activeElement.closest('[role=grid]')`), null, 'Tab leaves the table');
  });

  it('copies the cell, the row and the table', async () => {
    await intoGrid();
    await press('ArrowRight', 'Control+c');
    assert.deepEqual(await copied(), { kind: 'copyText', text: 'postgres' });
    await press('Control+Shift+C');
    assert.deepEqual(await copied(), {
      kind: 'copyText',
      text: '100\tpostgres\troot\t0%\t0 B\t/usr/bin/postgres --worker 0',
    });
    await page.page.getByRole('textbox').fill('containerd 107');
    await page.page.getByRole('button', { name: 'Copy table Processes' }).click();
    await page.settle();
    assert.deepEqual(await copied(), {
      kind: 'copyText',
      text:
        'PID\tName\tUser\tCPU\tMemory\tCommand\n' +
        `107\tcontainerd\twww-data\t43.3%\t${await page.page.locator('td[data-column="4"]').innerText()}\t/usr/bin/containerd --worker 7`,
    });
  });

  it('leaves Ctrl+C to text that was marked', async () => {
    await page.evaluate(`getSelection().selectAllChildren(document.querySelector('h1'))`);
    await page.evaluate(`document.querySelector('[role=grid]').focus()`);
    const before = (await page.posted()).length;
    await press('Control+c');
    assert.equal((await page.posted()).length, before);
  });

  it('has a context menu for pointer and keys', async () => {
    await page.page.locator('td[data-row="2"][data-column="1"]').click({ button: 'right' });
    assert.deepEqual(await page.page.getByRole('menuitem').allInnerTexts(), [
      'Copy Cell\nCtrl+C',
      'Copy Row\nCtrl+Shift+C',
      'Copy Table',
    ]);
    await page.page.getByRole('menuitem', { name: 'Copy Cell' }).click();
    assert.deepEqual(await copied(), { kind: 'copyText', text: 'sshd' });
    await press('ArrowDown', 'Shift+F10', 'Enter');
    assert.deepEqual(await copied(), { kind: 'copyText', text: 'systemd' });
    await press('ContextMenu');
    assert.equal(await page.page.getByRole('menu').count(), 1);
    await press('Escape', 'Control+c');
    assert.deepEqual(await copied(), { kind: 'copyText', text: 'systemd' }, 'the focus is in the table again');
  });

  it('runs the action of a cell by pointer and by Enter', async () => {
    const rows = [[{ text: 'first', action: 1 }], [{ text: 'second', action: 0, status: 'error' as const }]];
    await page.show(
      showMessage(processReport(0, 0, { columns: [{ id: 'name', title: 'Name' }], rows, rowKeys: ['a', 'b'] })),
    );
    await page.page.getByRole('button', { name: 'first' }).click();
    assert.deepEqual(await copied(), { kind: 'action', index: 1 });
    await press('ArrowDown', 'Enter');
    assert.deepEqual(await copied(), { kind: 'action', index: 0 });
    assert.equal(await page.page.getByRole('img', { name: 'Error' }).count(), 1);
  });

  it('explains headings and says what an empty table means', async () => {
    const columns = [{ id: 'await', title: 'Await', description: 'Mean waiting time' }];
    await page.show(showMessage(processReport(0, 0, { columns, rows: [[1]], rowKeys: ['a'] })));
    const button = page.page.getByRole('columnheader', { name: 'Await' }).getByRole('button');
    assert.equal(await button.getAttribute('aria-description'), 'Mean waiting time');
    await page.show(showMessage(processReport(0, 0, { empty: 'Nobody is logged in.' })));
    assert.ok(await page.page.getByText('Nobody is logged in.').isVisible());
  });
});
