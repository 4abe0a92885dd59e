import type { Block, Cell, Column, Report, TableBlock } from '../../src/report/model';

const NAMES = ['postgres', 'nginx', 'sshd', 'systemd', 'node', 'python3', 'kworker/0:1', 'containerd', 'redis-server'];

const PROCESS_COLUMNS: readonly Column[] = [
  { id: 'pid', title: 'PID', unit: 'plain' },
  { id: 'name', title: 'Name' },
  { id: 'user', title: 'User' },
  { id: 'cpu', title: 'CPU', unit: 'percent' },
  { id: 'memory', title: 'Memory', unit: 'bytes' },
  { id: 'command', title: 'Command', code: true },
];

/** Row i has the key `p<i>` and the pid 100 + i; its CPU figure depends on the tick. */
export function processRows(
  count: number,
  tick = 0,
): { rows: readonly (readonly Cell[])[]; rowKeys: readonly string[] } {
  const numbers = Array.from({ length: count }, (_none, index) => index);
  return {
    rowKeys: numbers.map((index) => `p${index}`),
    rows: numbers.map((index) => {
      const name = NAMES[index % NAMES.length] ?? '';
      return [
        100 + index,
        name,
        index % 3 === 0 ? 'root' : 'www-data',
        ((index * 7919 + tick * 31) % 1000) / 10,
        ((index * 104_729) % 4096) * 2 ** 18,
        `/usr/bin/${name} --worker ${index}`,
      ];
    }),
  };
}

export function processTable(count: number, tick = 0): Block {
  return { kind: 'table', id: 'processes', title: 'Processes', columns: PROCESS_COLUMNS, ...processRows(count, tick) };
}

/** A report of nothing but that table; `extra` changes the table. */
export function processReport(count: number, tick = 0, extra: Partial<TableBlock> = {}): Report {
  const table = { ...processTable(count, tick), ...extra } as TableBlock;
  return { title: 'Processes', verdict: 'All is well.', status: 'ok', actions: [], blocks: [table] };
}
