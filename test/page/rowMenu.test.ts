import * as assert from 'node:assert/strict';
import { PageBrowser, type ReportPage } from './browser';
import { HOSTILE } from './hostile';
import { showMessage } from './sample';
import { treeReport, treeTable } from './treeReport';

describe('the menu of a row', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  let page: ReportPage;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());
  beforeEach(async () => {
    page = await browser.open({ height: 700 });
    await page.show(showMessage(treeReport(), 'live'));
  });
  afterEach(() => page.close());

  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.page.keyboard.press(key);
    await page.settle();
  };
  const cell = (row: number, column = 1) => page.page.locator(`td[data-row="${row}"][data-column="${column}"]`);
  const items = async (): Promise<string[]> =>
    (await page.page.getByRole('menuitem').allInnerTexts()).map((text) => text.replace('\n', ' | '));
  const last = async (): Promise<unknown> => (await page.posted()).at(-1);
  const done = (row: string, action: number): unknown => ({ kind: 'rowAction', table: 'processes', row, action });

  it('opens at the right click, with what can be done, and lines between the groups', async () => {
    await cell(3).click({ button: 'right' });
    assert.deepEqual(await items(), [
      'Show Process | Enter',
      'Show Open Files',
      'Show Sockets',
      'Terminate…',
      'Suspend',
      'Set Niceness…',
      'Copy Cell | Ctrl+C',
      'Copy Row | Ctrl+Shift+C',
      'Copy Table',
    ]);
    assert.equal(await page.page.getByRole('separator').count(), 3);
    await page.page.getByRole('menuitem', { name: 'Suspend' }).click();
    assert.deepEqual(await last(), done('p3', 4));
    assert.equal(await page.page.getByRole('menu').count(), 0);
  });

  it('keeps the menu of VS Code away', async () => {
    const isKept = await page.evaluate<boolean>(`!document.querySelector('td[data-row="3"]').dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 50, clientY: 300 }))`);
    assert.equal(isKept, true);
  });

  it('opens by keys, is walked through by arrows and letters, and gives the focus back', async () => {
    await cell(5).click();
    for (const key of ['ContextMenu', 'Shift+F10']) {
      await press(key, 't');
      assert.equal(await page.evaluate('document.activeElement.textContent'), 'Terminate…');
      await press('ArrowDown', 'ArrowUp', 'Escape');
      assert.equal(await page.evaluate(`document.activeElement.getAttribute('role')`), 'grid');
    }
    await press('Shift+F10', 's', 's', 'Enter');
    assert.deepEqual(await last(), done('p5', 2));
    await press('ArrowDown', 'Control+c');
    assert.deepEqual(await last(), { kind: 'copyText', text: 'nginx: worker' }, 'the keys are in the table again');
  });

  it('opens at the button of the row under the pointer', async () => {
    const button = page.page.locator('td.row-menu[data-row="4"] button');
    assert.equal(await button.isVisible(), false);
    await cell(4).hover();
    await button.click();
    await page.page.getByRole('menuitem', { name: 'Show Sockets' }).click();
    assert.deepEqual(await last(), done('p4', 2));
  });

  it('has a button in the active row, at the right edge wherever the table is scrolled', async () => {
    await page.page.setViewportSize({ width: 500, height: 700 });
    await cell(2).click();
    for (const left of [0, 9999]) {
      await page.evaluate(`document.querySelector('.table-scroller').scrollLeft = ${left}`);
      const fits = await page.evaluate<boolean>(`(() => {
        const box = document.querySelector('tr.selected .row-menu-button').getBoundingClientRect();
        return box.width > 0 && box.right <= window.innerWidth && box.left > window.innerWidth - 60;
      })()`);
      assert.equal(fits, true);
    }
  });

  it('has its first action at Enter and at a double click', async () => {
    await cell(6).click();
    await press('Enter');
    assert.deepEqual(await last(), done('p6', 0));
    await cell(8, 2).dblclick();
    assert.deepEqual(await last(), done('p8', 0));
    assert.equal(await page.evaluate('getSelection().toString()'), '', 'no word is marked by it');
  });

  it('leaves Enter to what the cell itself leads to', async () => {
    const { rows } = treeTable();
    const linked = rows.map((row) => [...row.slice(0, 2), { text: 'root', action: 0 }, ...row.slice(3)]);
    await page.show(showMessage(treeReport({ rows: linked })));
    await cell(1, 2).click({ button: 'right' });
    assert.deepEqual((await items()).slice(0, 2), ['Open | Enter', 'Show Process']);
    await press('Enter');
    assert.deepEqual(await last(), { kind: 'action', index: 0 });
    await page.page.getByRole('button', { name: 'root' }).nth(3).dblclick();
    assert.deepEqual(await last(), { kind: 'action', index: 0 }, 'two clicks on a link are no double click on the row');
  });

  it('offers only copying where the row has none', async () => {
    await cell(12).hover();
    assert.equal(await page.page.locator('td.row-menu[data-row="12"] button').count(), 0);
    await cell(12).click({ button: 'right' });
    assert.deepEqual(await items(), ['Copy Cell | Ctrl+C', 'Copy Row | Ctrl+Shift+C', 'Copy Table']);
    await press('Escape');
    const before = (await page.posted()).length;
    await press('Enter');
    await cell(12).dblclick();
    assert.equal((await page.posted()).length, before);
  });

  it('leaves out what needs more than the row tells', async () => {
    const { menu } = treeTable();
    assert.ok(menu !== undefined);
    const actions = menu.actions.map((action, index) => ({ ...action, needs: index === 5 ? 'spec' : 'pid' }));
    const inputs = menu.inputs.map((input, index) => (index === 3 ? { ...input, spec: '' } : index === 4 ? {} : input));
    await page.show(showMessage(treeReport({ menu: { actions, inputs } }), 'live'));
    const wanted: readonly (readonly [row: number, count: number, first: string])[] = [
      [2, 5, 'Show Process | Enter'],
      [3, 6, 'Show Process | Enter'],
      [4, 0, 'Copy Cell | Ctrl+C'],
    ];
    for (const [row, count, first] of wanted) {
      await cell(row).click({ button: 'right' });
      const shown = await items();
      assert.equal(shown.length - 3, count, `row ${row}: ${shown.join(', ')}`);
      assert.equal(shown[0], first);
      await press('Escape');
    }
    await cell(3).click({ button: 'right' });
    await page.page.getByRole('menuitem', { name: 'Set Niceness…' }).click();
    assert.deepEqual(await last(), done('p3', 5));
  });

  it('stays that of the row it was opened on, also when that row is gone', async () => {
    await cell(3).click({ button: 'right' });
    const { rows, rowKeys = [], menu } = treeTable();
    assert.ok(menu !== undefined);
    const without = <T>(list: readonly T[]): readonly T[] => list.filter((_each, index) => index !== 3);
    await page.show(
      showMessage(
        treeReport({
          rows: without(rows),
          rowKeys: without(rowKeys),
          parents: without(rows).map(() => null),
          menu: { ...menu, inputs: without(menu.inputs) },
        }),
        'live',
      ),
    );
    await page.page.getByRole('menuitem', { name: 'Terminate…' }).click();
    assert.deepEqual(await last(), done('p3', 3));
  });

  it('tells a screen reader that it is there', async () => {
    assert.equal(
      await page.page.getByRole('grid').getAttribute('aria-description'),
      'Enter: Show Process. Shift+F10: more actions of the row.',
    );
  });

  it('draws texts from outside as text', async () => {
    const { rows } = treeTable();
    await page.show(
      showMessage(
        treeReport({
          menu: { actions: [{ label: `run ${HOSTILE} \u202e`, tool: 'a' }], inputs: rows.map(() => ({})) },
          columns: treeTable().columns.map((column) => ({ ...column, title: `${column.title} ${HOSTILE}` })),
          rowKeys: rows.map((_row, index) => `${HOSTILE} ${index}`),
        }),
      ),
    );
    await cell(0).click({ button: 'right' });
    assert.ok((await items())[0]?.startsWith(`run ${HOSTILE} ⟨U+202E⟩`));
    await press('Enter');
    assert.deepEqual(await last(), done(`${HOSTILE} 0`, 0));
    await page.page.getByRole('button', { name: 'Tree' }).click();
    await page.page.getByRole('button', { name: 'Columns' }).click();
    assert.ok((await page.page.getByRole('dialog').innerText()).includes(`PID ${HOSTILE}`));
    assert.equal(await page.evaluate('document.querySelectorAll("#root img, #root script").length'), 0);
    assert.equal(await page.evaluate('window.__hacked'), undefined);
    assert.deepEqual(await page.violations(), []);
  });
});
