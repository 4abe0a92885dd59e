import type { Block, Cell } from '../../src/report/model';
import { processTable } from './processes';

/** 3 November 2026, 14:00:00 UTC. */
export const TAKEN_AT_MS = Date.UTC(2026, 10, 3, 14, 0, 0);

export function facts(): Block {
  return {
    kind: 'facts',
    title: 'Machine',
    items: [
      { label: 'Host', value: 'web-03.example.net', code: true },
      { label: 'Kernel', value: 'Linux 6.12.41' },
      { label: 'Uptime', value: 1_234_567, unit: 'seconds' },
      { label: 'Load', value: '0.42 0.51 0.48', note: '1, 5 and 15 minutes' },
      { label: 'Memory used', value: { value: 11.3 * 2 ** 30, unit: 'bytes', fraction: 0.71 } },
      { label: 'Swap used', value: { value: 0, unit: 'bytes', fraction: 0 } },
      { label: 'Users', value: 3, unit: 'plain' },
      { label: 'Temperature', value: { value: 61, unit: 'celsius', status: 'ok' } },
      { label: 'Battery', value: null },
      { label: 'Main process', value: { text: 'postgres', action: 2 } },
      { label: 'Clock', value: { text: '38 ms behind', status: 'warning' } },
    ],
  };
}

export function charts(tick: number): readonly Block[] {
  const count = 60;
  const times = Array.from({ length: count }, (_none, index) => TAKEN_AT_MS + (index + tick - count) * 1000);
  const wave = (base: number, size: number, period: number): (number | null)[] =>
    times.map((time) => base + size * Math.abs(Math.sin(time / 1000 / period)) + ((time / 1000) % 7) * size * 0.03);
  const gap = wave(2 ** 20, 5 * 2 ** 20, 9).map((value, index) => (index > 20 && index < 26 ? null : value));
  return [
    {
      kind: 'series',
      id: 'cpu',
      title: 'Processor',
      unit: 'percent',
      min: 0,
      max: 100,
      stacked: true,
      times,
      lines: [
        { label: 'User', values: wave(12, 20, 7) },
        { label: 'System', values: wave(4, 8, 5) },
        { label: 'I/O wait', values: wave(1, 12, 13) },
      ],
    },
    {
      kind: 'series',
      id: 'net',
      title: 'Network',
      unit: 'bytesPerSecond',
      times,
      lines: [
        { label: 'Received', values: gap },
        { label: 'Sent', values: wave(2 ** 19, 2 ** 21, 4) },
      ],
    },
    {
      kind: 'series',
      id: 'load',
      title: 'Load average',
      unit: 'number',
      times,
      lines: [{ label: '1 minute', values: wave(0.3, 0.5, 17) }],
    },
    {
      kind: 'series',
      id: 'temperature',
      title: 'Temperature',
      unit: 'celsius',
      times,
      lines: [
        { label: 'Package', values: wave(58, 4, 21) },
        { label: 'Disk', values: wave(41, 1, 30) },
      ],
    },
  ];
}

export function disks(): Block {
  const row = (name: string, size: number, used: number, inodes: number, awaitMs: number | null): readonly Cell[] => [
    { text: name },
    size * 2 ** 30,
    { value: used * 100, fraction: used, ...(used > 0.9 ? { status: 'warning' as const } : {}) },
    inodes,
    awaitMs,
  ];
  return {
    kind: 'table',
    id: 'disks',
    title: 'Disks',
    columns: [
      { id: 'mount', title: 'Mounted on', code: true },
      { id: 'size', title: 'Size', unit: 'bytes' },
      { id: 'used', title: 'Used', unit: 'percent' },
      { id: 'inodes', title: 'Inodes', unit: 'percent' },
      { id: 'await', title: 'Await', unit: 'milliseconds', description: 'Mean time a request waits and is served' },
    ],
    rowKeys: ['/', '/var', '/home', '/mnt/archive with a rather long name that wraps'],
    rows: [
      row('/', 40, 0.43, 12, 0.8),
      row('/var', 120, 0.914, 33, 4.25),
      row('/home', 500, 0.2, 3, 0.6),
      row('/mnt/archive with a rather long name that wraps', 8000, 0.66, 1, null),
    ],
  };
}

export function processes(tick: number): Block {
  const table = processTable(40, tick);
  return table.kind === 'table' ? { ...table, sort: { column: 'cpu', direction: 'descending' } } : table;
}
