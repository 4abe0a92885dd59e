import { PageBrowser, type ReportPage } from '../page/browser';
import { showLargeTable, WATCH_STALLS } from '../page/large';
import type { BenchRow } from './row';
import { median } from './statistics';

const ROUNDS = 5;
const USABLE_BUDGET_MS = 300;
/** Longer than this and a person thinks that the page hangs. */
const STALL_BUDGET_MS = 500;

/** Large tables in the report page alone, in a real browser; the peer is a plain table without any help. */
export async function benchPage(): Promise<BenchRow[]> {
  const browser = await PageBrowser.start();
  try {
    return [await usable(browser), ...(await large(browser))];
  } finally {
    await browser.stop();
  }
}

async function usable(browser: PageBrowser): Promise<BenchRow> {
  const ours: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await inPage(browser, async (page) => (await showLargeTable(page, 10_000)).paintedMs));
    peers.push(await inPage(browser, (page) => page.evaluate<number>(PLAIN_TABLE)));
  }
  const oursMs = median(ours);
  const peerMs = median(peers);
  return {
    what: 'Report page: 10,000 rows usable',
    ours: `${oursMs.toFixed(0)} ms`,
    peer: `plain <table> ${peerMs.toFixed(0)} ms`,
    ratio: oursMs / peerMs,
    budget: `≤ ${USABLE_BUDGET_MS} ms`,
    met: oursMs <= USABLE_BUDGET_MS,
  };
}

async function large(browser: PageBrowser): Promise<readonly BenchRow[]> {
  return inPage(browser, async (page) => {
    const shown = await showLargeTable(page, 100_000);
    const byNumber = await page.evaluate<Change>(change(`${heading(1)}.click()`, shows(1, '1')));
    const byText = await page.evaluate<Change>(change(`${heading(2)}.click()`, shows(2, 'host-1')));
    const filtered = await page.evaluate<Change>(
      change(
        `const box = document.querySelector('.filter-input'); box.value = 'host-99999';
         box.dispatchEvent(new Event('input', { bubbles: true }))`,
        `document.querySelector('.count').textContent.startsWith('1 ')`,
      ),
    );
    return [
      stallRow('shown', shown.paintedMs, shown.longestStallMs),
      stallRow('sorted by numbers', byNumber.doneMs, byNumber.longestStallMs),
      stallRow('sorted by texts', byText.doneMs, byText.longestStallMs),
      stallRow('filtered', filtered.doneMs, filtered.longestStallMs),
    ];
  });
}

function stallRow(what: string, doneMs: number, stallMs: number): BenchRow {
  return {
    what: `Report page: 100,000 rows ${what}, longest stall`,
    ours: `${stallMs.toFixed(0)} ms (done after ${doneMs.toFixed(0)} ms)`,
    peer: '',
    ratio: null,
    budget: `≤ ${STALL_BUDGET_MS} ms`,
    met: stallMs <= STALL_BUDGET_MS,
  };
}

async function inPage<T>(browser: PageBrowser, measure: (page: ReportPage) => Promise<T>): Promise<T> {
  const page = await browser.open();
  try {
    return await measure(page);
  } finally {
    await page.close();
  }
}

interface Change {
  readonly doneMs: number;
  readonly longestStallMs: number;
}

function heading(column: number): string {
  return `document.querySelector('th[data-column="${column}"] button')`;
}

/** Whether the second row holds this text. */
function shows(column: number, text: string): string {
  return `document.querySelector('td[data-row="1"][data-column="${column}"]').textContent === '${text}'`;
}

/** Does something and waits until the table is quiet and shows it. */
function change(action: string, isDone: string): string {
  return `(async () => {
    ${WATCH_STALLS}
    const start = performance.now();
    ${action};
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    await new Promise((done) => {
      const look = () => {
        const quiet = document.querySelector('[role=grid]').getAttribute('aria-busy') === 'false';
        if (quiet && (${isDone})) setTimeout(done); else requestAnimationFrame(look);
      };
      look();
    });
    return { doneMs: performance.now() - start, longestStallMs: stopWatching() };
  })()`;
}

/** The same 10,000 rows of six columns as a table that the browser lays out whole. */
const PLAIN_TABLE = `(async () => {
  const start = performance.now();
  const body = document.createElement('tbody');
  for (let index = 0; index < 10000; index++) {
    const row = body.insertRow();
    for (let column = 0; column < 6; column++) row.insertCell().textContent = 'value ' + index * column;
  }
  const table = document.createElement('table');
  table.append(body);
  document.body.append(table);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
})()`;
