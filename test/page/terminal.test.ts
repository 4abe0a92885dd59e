import * as assert from 'node:assert/strict';
import type { Report } from '../../src/report/model';
import { terminalText } from '../../src/report/terminalText';
import { PageBrowser, type ReportPage } from './browser';
import { showMessage } from './sample';
import { PAGE_THEMES } from './themes';

const ESC = '\u001b';
const sgr = (parameters: string, text: string): string => `${ESC}[${parameters}m${text}${ESC}[0m`;

/** VS Code's own terminal colours for its four kinds of themes, as webviews get them. */
const ANSI_NAMES = ['Black', 'Red', 'Green', 'Yellow', 'Blue', 'Magenta', 'Cyan', 'White'];
const ANSI: Readonly<Record<string, string>> = {
  'vscode-dark':
    '000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd e5e5e5 666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db e5e5e5',
  'vscode-light':
    '000000 cd3131 107c10 949800 0451a5 bc05bc 0598bc 555555 666666 cd3131 14ce14 b5ba00 0451a5 bc05bc 0598bc a5a5a5',
  'vscode-high-contrast':
    '000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff',
  'vscode-high-contrast-light':
    '292929 cd3131 136c13 949800 0451a5 bc05bc 0598bc 555555 666666 cd3131 00bc00 b5ba00 0451a5 bc05bc 0598bc a5a5a5',
};

const COLOURS = [
  ANSI_NAMES.map((name, index) => sgr(String(30 + index), name)).join(' '),
  ANSI_NAMES.map((name, index) => sgr(String(90 + index), name)).join(' '),
  ANSI_NAMES.map((name, index) => sgr(`${40 + index}`, ` ${name} `)).join(''),
  ANSI_NAMES.map((name, index) => sgr(`${100 + index};${37 - index}`, ` ${name} `)).join(''),
  Array.from({ length: 36 }, (_, index) => sgr(`38;5;${16 + index * 6}`, '█x')).join(''),
  Array.from({ length: 24 }, (_, index) => sgr(`38;5;${232 + index}`, 'gr')).join(''),
  `${sgr('38;2;255;128;0', 'any')} ${sgr('1', 'bold')} ${sgr('2', 'dim')} ${sgr('3', 'italic')} ${sgr('4', 'underlined')}`,
  `${sgr('7', 'inverse')} ${sgr('7;31', 'inverse red')} ${sgr('9', 'struck')} ${sgr('4;9;1;91', 'all')} <b>text</b>`,
  'a line that is longer than the page is wide: '.repeat(8),
].join('\n');

function reportOf(text: string, errors = ''): Report {
  return {
    title: 'apt-get upgrade on web01',
    verdict: 'apt-get ended with 0 after 12 s on web01.',
    status: 'ok',
    blocks: [
      { kind: 'terminal', title: 'Output', text },
      { kind: 'terminal', title: 'Errors', text: errors, empty: 'It wrote no errors.' },
    ],
  };
}

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('');

describe('the page draws what a program wrote', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  before(async () => {
    browser = await PageBrowser.start();
  });
  after(() => browser.stop());

  const open = async (theme = 'dark', bypassCsp = false): Promise<ReportPage> => {
    const page = await browser.open({ theme, bypassCsp, width: 900, height: 900 });
    const bodyClass = PAGE_THEMES.find(({ name }) => name === theme)?.bodyClass.split(' ')[0] ?? '';
    const colours = (ANSI[bodyClass] ?? '').split(' ');
    const names = [...ANSI_NAMES, ...ANSI_NAMES.map((name) => `Bright${name}`)];
    const pairs = names.map((name, index) => [`--vscode-terminal-ansi${name}`, `#${colours[index] ?? ''}`]);
    await page.evaluate(
      `for (const [name, value] of ${JSON.stringify(pairs)}) document.documentElement.style.setProperty(name, value)`,
    );
    return page;
  };
  const scroll = (page: ReportPage): Promise<{ top: number; end: number }> =>
    page.evaluate(`(() => { const area = document.querySelector('.terminal');
      return { top: Math.round(area.scrollTop), end: Math.round(area.scrollHeight - area.clientHeight) }; })()`);

  for (const theme of PAGE_THEMES) {
    it(`in colours that can be read, in the theme ${theme.name}`, async () => {
      const page = await open(theme.name, true);
      await page.show(showMessage(reportOf(terminalText(COLOURS), sgr('31', 'E: broken'))));
      await page.screenshot(`terminal-${theme.name}`);
      await page.page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
      const found = await page.evaluate<readonly string[]>(
        `axe.run().then((result) => result.violations.filter((each) => ['serious', 'critical'].includes(each.impact))
          .flatMap((each) => each.nodes.map((node) => each.id + ' ' + node.html + ' ' + node.failureSummary)))`,
      );
      assert.deepEqual(found, []);
      await page.close();
    });
  }

  it('with colours and looks, and nothing that the policy refuses', async () => {
    const page = await open();
    await page.show(showMessage(reportOf(terminalText(COLOURS))));
    const { page: tab } = page;
    const look = (text: string, property: string): Promise<string> =>
      tab
        .locator('.terminal span', { hasText: new RegExp(`^${text}$`) })
        .first()
        .evaluate((element, name) => String((globalThis as never as Styles).getComputedStyle(element)[name]), property);
    assert.equal(await look('Green', 'color'), 'rgb(13, 188, 121)');
    assert.equal(await look('any', 'color'), 'rgb(255, 128, 0)');
    assert.equal(await look(' Red ', 'backgroundColor'), 'rgb(205, 49, 49)');
    assert.equal(await look('bold', 'fontWeight'), '700');
    assert.equal(await look('italic', 'fontStyle'), 'italic');
    assert.match(await look('struck', 'textDecorationLine'), /line-through/);
    assert.equal(await look('inverse', 'backgroundColor'), 'rgb(204, 204, 204)');
    assert.equal(await page.evaluate('document.querySelectorAll(".terminal b").length'), 0);
    assert.match((await tab.locator('.terminal').first().textContent()) ?? '', /<b>text<\/b>/);
    assert.ok(await tab.getByText('It wrote no errors.').isVisible());
    assert.deepEqual(await page.violations(), []);
    await page.close();
  });

  it('at its end while the reader is there, and where the reader is otherwise', async () => {
    const page = await open();
    const { page: tab } = page;
    await page.show(showMessage(reportOf(lines(100)), 'live'));
    let { top, end } = await scroll(page);
    assert.ok(end > 500 && top === end, `${top} of ${end}`);
    await page.show(showMessage(reportOf(lines(200)), 'live'));
    const before = end;
    ({ top, end } = await scroll(page));
    assert.ok(end > before && top === end, `${top} of ${end}`);
    await page.evaluate(`document.querySelector('.terminal').scrollTop = 300`);
    await page.settle();
    await page.show(showMessage(reportOf(lines(400)), 'live'));
    assert.equal((await scroll(page)).top, 300);
    await tab.locator('.terminal').first().focus();
    await tab.keyboard.press('Control+End');
    await tab.waitForTimeout(300);
    await page.show(showMessage(reportOf(lines(500)), 'live'));
    ({ top, end } = await scroll(page));
    assert.equal(top, end);
    await page.close();
  });

  it('only what is new, when it grows', async () => {
    const page = await open();
    await page.show(showMessage(reportOf(lines(1_000)), 'live'));
    await page.evaluate(`{
      window.changed = [];
      const watcher = new MutationObserver((records) => records.forEach((each) => window.changed.push(each.target.textContent.length)));
      watcher.observe(document.querySelector('.terminal'), { subtree: true, childList: true, characterData: true });
    }`);
    await page.show(showMessage(reportOf(lines(1_001)), 'live'));
    const changed = await page.evaluate<readonly number[]>('window.changed');
    assert.ok(changed.length > 0 && changed.length < 5, `${changed.length} changes`);
    await page.close();
  });

  it('with lines that wrap or not, as the reader likes', async () => {
    const page = await open();
    await page.show(showMessage(reportOf('word '.repeat(200))));
    const width = 'document.querySelector(".terminal").scrollWidth - document.querySelector(".terminal").clientWidth';
    assert.equal(await page.evaluate(width), 0);
    const button = page.page.getByRole('button', { name: 'Wrap lines of Output' });
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    await button.click();
    await page.settle();
    assert.ok((await page.evaluate<number>(width)) > 100);
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
    await page.close();
  });

  it('and copies it without colours', async () => {
    const page = await open();
    await page.show(showMessage(reportOf(`${sgr('31', 'red')} and <b>\n`)));
    const log = page.page.getByRole('log', { name: 'Output' });
    assert.equal(await log.getAttribute('tabindex'), '0');
    await page.page.getByRole('button', { name: 'Copy Output' }).click();
    assert.deepEqual(await page.postedOf('copyText'), [{ kind: 'copyText', text: 'red and <b>\n' }]);
    await page.close();
  });

  it('in the colours of a theme that is changed', async () => {
    const page = await open();
    await page.show(showMessage(reportOf(sgr('32', 'green'))));
    await page.evaluate(
      `document.documentElement.style.setProperty('--vscode-terminal-ansiGreen', 'rgb(120, 200, 90)')`,
    );
    await page.settle();
    await page.settle();
    const colour = `getComputedStyle(document.querySelector('.terminal span')).color`;
    assert.equal(await page.evaluate(colour), 'rgb(120, 200, 90)');
    await page.close();
  });
});

interface Styles {
  getComputedStyle(element: unknown): Readonly<Record<string, string>>;
}
