import type { ReportPage } from './browser';

export interface LargeTimes {
  /** From posting the report to the frame after its rows were drawn. */
  readonly paintedMs: number;
  /** The longest time in which the page did nothing else, until it was quiet again. */
  readonly longestStallMs: number;
}

/**
 * Makes a report inside the page, so that only its own work is measured: the number of the row, a shuffled number,
 * a name, an address and two measures.
 */
export function showLargeTable(page: ReportPage, count: number): Promise<LargeTimes> {
  return page.evaluate<LargeTimes>(`(async () => {
    const rows = Array.from({ length: ${count} }, (none, index) => [
      index,
      (index * 7919) % ${count},
      'host-' + index,
      '10.' + (index >> 16) + '.' + ((index >> 8) & 255) + '.' + (index & 255),
      { value: (index * 31 % 1000) / 10, fraction: (index * 31 % 1000) / 1000 },
      index * 1024,
    ]);
    const message = {
      kind: 'show',
      request: { tool: 'fleet.hosts', input: {}, machine: 'local' },
      state: 'done',
      takenAtMs: 0,
      message: '',
      report: {
        title: 'Hosts', verdict: 'All of them answer.', status: 'ok',
        blocks: [{
          kind: 'table', id: 'hosts', title: 'Hosts', rows,
          rowKeys: rows.map((row) => row[2]),
          columns: [
            { id: 'row', title: 'Row', unit: 'plain' }, { id: 'number', title: 'Number', unit: 'number' },
            { id: 'name', title: 'Name' }, { id: 'address', title: 'Address', code: true },
            { id: 'used', title: 'Used', unit: 'percent' }, { id: 'size', title: 'Size', unit: 'bytes' },
          ],
        }],
      },
    };
    const wire = window.onWire(message);
    ${WATCH_STALLS}
    const start = performance.now();
    window.postMessage(wire, '*');
    await new Promise((done) => {
      const look = () => document.querySelector('td[data-row="0"]') === null ? requestAnimationFrame(look) : done();
      look();
    });
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const paintedMs = performance.now() - start;
    await new Promise((done) => setTimeout(done, 400));
    return { paintedMs, longestStallMs: stopWatching() };
  })()`);
}

/** A timer that ought to fire all the time: the longest gap between two of its calls is the longest stall. */
export const WATCH_STALLS = `
    let last = performance.now();
    let longest = 0;
    let watching = true;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (watching) setTimeout(() => channel.port2.postMessage(0), 1);
    };
    channel.port2.postMessage(0);
    const stopWatching = () => { watching = false; return Math.max(longest, performance.now() - last); };
`;
