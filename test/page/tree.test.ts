import * as assert from 'node:assert/strict';
import { PageBrowser, type ReportPage } from './browser';
import { showMessage } from './sample';
import { treeReport, treeTable } from './treeReport';

describe('a table of the page as a tree', function () {
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
    await page.page.getByRole('button', { name: 'Tree' }).click();
    await page.settle();
  });
  afterEach(() => page.close());

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.page.keyboard.press(key);
    await page.settle();
  };
  const pids = (): Promise<string[]> => page.page.locator('td[data-column="0"]').allInnerTexts();
  const active = (): Promise<string> => page.page.locator('td.active').innerText();
  const row = (name: string) => page.page.getByRole('row').filter({ hasText: name }).first();
  const attributes = async (name: string): Promise<string> => {
    const names = ['aria-level', 'aria-expanded', 'aria-posinset', 'aria-setsize'];
    return (await Promise.all(names.map((each) => row(name).getAttribute(each)))).join(' ');
  };

  it('has each row below its parent, and says so to a screen reader', async () => {
    assert.deepEqual(await pids(), '1 101 201 301 401 501 601 701 801 901 1001 1101 1201 1301'.split(' '));
    assert.equal(await page.page.getByRole('treegrid', { name: 'Processes' }).count(), 1);
    assert.equal(await attributes('systemd'), '1 true 1 2');
    assert.equal(await attributes('htop'), '5  1 1');
    assert.equal(await attributes('nginx: worker'), '3  1 2');
    assert.equal(await attributes('kthreadd'), '1 true 2 2');
    assert.equal(await page.page.getByRole('button', { name: 'Tree' }).getAttribute('aria-pressed'), 'true');
  });

  it('cuts a title that is longer than its column may be; what stands beside it stays in sight', async () => {
    const title = `postgres:${' a long title'.repeat(20)}`;
    const block = treeTable();
    const nameAt = block.columns.findIndex(({ id }) => id === 'name');
    const longNamed = block.rows.map((cells, index) => (index === 4 ? cells.with(nameAt, title) : cells));
    const columns = block.columns.map((one) => (one.id === 'name' ? { ...one, widest: 28 } : one));
    await page.show(showMessage(treeReport({ columns, rows: longNamed })));
    const inSight = (): Promise<string[]> =>
      page.evaluate(`(() => {
        const right = document.querySelector('.table-scroller').getBoundingClientRect().right;
        return [...document.querySelectorAll('th[role=columnheader]')]
          .filter((each) => each.getBoundingClientRect().right <= right + 1)
          .map((each) => each.innerText.trim());
      })()`);
    assert.ok((await inSight()).includes('State'), String(await inSight()));
    const cell = page.page.locator('td').filter({ hasText: 'postgres: a long' });
    await cell.hover();
    assert.equal(await cell.getAttribute('title'), title, 'under the pointer the text is whole');
    const [text, width] = await page.evaluate<[number, number]>(
      `((cell) => [cell.scrollWidth, cell.clientWidth])(document.querySelector('td[title^="postgres:"]'))`,
    );
    assert.ok(text > width, 'it is cut');
    await page.screenshot('tree-long-title');
    await cell.click();
    await press('Control+c');
    assert.deepEqual((await page.postedOf('copyText')).at(-1), { kind: 'copyText', text: title });
  });

  it('is a list again with the button, without a trace of the tree', async () => {
    await page.page.getByRole('button', { name: 'Tree' }).click();
    await page.settle();
    assert.equal(await page.page.getByRole('grid', { name: 'Processes' }).count(), 1);
    assert.equal(await page.page.locator('[aria-level], [aria-expanded][role=row], .tree-guides').count(), 0);
  });

  it('is folded by pointer and by keys, and left leads to the parent', async () => {
    await row('nginx').locator('.tree-mark').click();
    assert.equal((await pids()).includes('601'), false);
    assert.equal(await attributes('nginx'), '2 false 2 4');
    await press('ArrowRight', 'ArrowRight');
    assert.equal((await pids()).includes('601'), true, 'the mark made its cell the active one');
    assert.equal(await active(), 'root', 'on an open row, right goes to the next cell');
    await press('ArrowLeft', 'ArrowDown', 'ArrowLeft');
    assert.equal(await active(), 'nginx', 'from a leaf to the row above it');
    await press('ArrowLeft', 'ArrowLeft');
    assert.equal(await active(), 'systemd');
    await press('ArrowLeft');
    assert.deepEqual(await pids(), ['1', '1201', '1301']);
    await press('ArrowLeft');
    assert.equal(await active(), '1', 'at the top, left is the cell on the left');
    await press('Control+ArrowRight', 'Control+ArrowRight');
    assert.equal(await active(), 'root', 'with Ctrl, arrows only walk');
    assert.match((await page.page.getByRole('status').textContent()) ?? '', /Row collapsed/);
  });

  it('is entered at its own column', async () => {
    await page.page.getByRole('treegrid').focus();
    await page.settle();
    assert.equal(await active(), 'systemd');
  });

  it('sorts brothers and sisters only', async () => {
    await page.page.getByRole('columnheader', { name: 'PID' }).getByRole('button').click();
    await page.page.getByRole('columnheader', { name: 'PID' }).getByRole('button').click();
    await page.settle();
    assert.deepEqual(await pids(), '1201 1301 1 1101 801 1001 901 501 701 601 101 201 301 401'.split(' '));
  });

  it('keeps the ancestors of what the filter finds, dimmed, and counts only what it found', async () => {
    await row('systemd').locator('.tree-mark').click();
    await page.page.getByRole('textbox').fill('worker');
    await page.settle();
    assert.deepEqual(await pids(), '1 501 601 701 1201 1301'.split(' '), 'also below a folded row');
    const dimmed = await page.page.locator('tr.dimmed td[data-column="0"]').allInnerTexts();
    assert.deepEqual(dimmed, ['1', '501', '1201']);
    assert.equal(await page.page.locator('.count').innerText(), '3 of 14');
    await row('nginx').locator('.tree-mark').click();
    assert.deepEqual(await pids(), '1 501 1201 1301'.split(' '), 'what was found can be folded');
    assert.equal(await page.page.locator('.count').innerText(), '3 of 14');
    await page.page.getByRole('textbox').fill('');
    await page.settle();
    assert.deepEqual(await pids(), ['1', '1201', '1301'], 'without the filter it is folded as before');
  });

  it('keeps what is folded by key while rows come and go', async () => {
    await row('postgres').locator('.tree-mark').click();
    const { rows, rowKeys = [], parents = [], menu } = treeTable();
    assert.ok(menu !== undefined);
    await page.show(
      showMessage(
        treeReport({
          rows: [[99, 'new', 'root'], ...rows],
          rowKeys: ['new', ...rowKeys],
          parents: [null, ...parents.map((parent) => (parent === null ? null : parent + 1))],
          menu: { ...menu, inputs: [null, ...menu.inputs] },
        }),
        'live',
      ),
    );
    const shown = await pids();
    assert.equal(shown[0], '99');
    assert.equal(shown.includes('801'), true);
    assert.equal(shown.includes('901'), false);
  });

  it('unfolds and folds everything from the menu, and the active row goes into its root', async () => {
    await row('htop').locator('td[data-column="1"]').click();
    await press('Shift+F10');
    await page.page.getByRole('menuitem', { name: 'Collapse All' }).click();
    await page.settle();
    assert.deepEqual(await pids(), ['1', '1201']);
    assert.equal(await active(), 'systemd');
    await press('Shift+F10');
    await page.page.getByRole('menuitem', { name: 'Expand All' }).click();
    await page.settle();
    assert.equal((await pids()).length, 14);
    assert.equal(await active(), 'systemd');
  });

  it('is drawn of what is no tree: circles, parents that are no rows, too few of them', async () => {
    for (const parents of [[1, 0, 0, 3, 99, -1, 0.5, null], [], [1, 2, 0, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]]) {
      await page.show(showMessage(treeReport({ parents })));
      assert.deepEqual((await pids()).map(Number).sort((a, b) => a - b).length, 14);
      assert.equal(await page.page.getByRole('alert').count(), 0);
    }
  });

  it('indents deep rows only so far that their text stays in sight', async () => {
    const count = 200;
    const indices = Array.from({ length: count }, (_none, index) => index);
    await page.show(
      showMessage(
        treeReport({
          rows: indices.map((index) => [index, `deep ${index}`]),
          rowKeys: indices.map((index) => `d${index}`),
          parents: indices.map((index) => (index === 0 ? null : index - 1)),
          menu: { actions: [], inputs: indices.map(() => null) },
        }),
      ),
    );
    await press('Control+End', 'Home', 'Control+ArrowRight');
    const [text, cell] = await page.evaluate<[number, number]>(`(() => {
      const cell = document.querySelector('td[data-row="${count - 1}"][data-column="1"]');
      return [cell.scrollWidth, cell.clientWidth];
    })()`);
    assert.ok(text <= cell, `the text is not cut: ${text} of ${cell} px`);
    assert.equal(await row('deep 199').getAttribute('aria-level'), '200');
  });
});
