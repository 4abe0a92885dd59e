import type { Column, Report, TableBlock } from '../../src/report/model';
import { TAKEN_AT_MS } from './figures';

const COLUMNS: readonly Column[] = [
  { id: 'pid', title: 'PID', unit: 'plain' },
  { id: 'name', title: 'Name' },
  { id: 'user', title: 'User' },
  { id: 'cpu', title: 'CPU', unit: 'percent' },
  { id: 'memory', title: 'Memory', unit: 'bytes', description: 'Resident: pages in RAM, shared ones included' },
  { id: 'status', title: 'State' },
  { id: 'threads', title: 'Threads', unit: 'number', hidden: true },
  { id: 'nice', title: 'Nice', unit: 'plain', hidden: true },
  { id: 'command', title: 'Command', code: true },
];

/** Name, parent (its place in this list) and user of some processes of a web server. */
const PROCESSES: readonly (readonly [string, number | null, string])[] = [
  ['systemd', null, 'root'],
  ['sshd', 0, 'root'],
  ['sshd-session', 1, 'root'],
  ['bash', 2, 'anna'],
  ['htop', 3, 'anna'],
  ['nginx', 0, 'root'],
  ['nginx: worker', 5, 'www-data'],
  ['nginx: worker', 5, 'www-data'],
  ['postgres', 0, 'postgres'],
  ['postgres: checkpointer', 8, 'postgres'],
  ['postgres: writer', 8, 'postgres'],
  ['cron', 0, 'root'],
  ['kthreadd', null, 'root'],
  ['kworker/0:1', 12, 'root'],
];

/** A tree of processes with a menu for each but the kernel's threads. The key of row i is `p<i>`. */
export function treeTable(extra: Partial<TableBlock> = {}): TableBlock {
  return {
    kind: 'table',
    id: 'processes',
    title: 'Processes',
    columns: COLUMNS,
    rows: PROCESSES.map(([name, , user], index) => [
      index * 100 + 1,
      name,
      user,
      { value: ((index * 37) % 100) / 2, fraction: ((index * 37) % 100) / 200 },
      ((index * 7) % 13) * 2 ** 22,
      index === 7 ? { text: 'zombie', status: 'warning' } : 'sleeping',
      index + 1,
      0,
      `/usr/sbin/${name.split(':')[0]} --instance ${index}`,
    ]),
    rowKeys: PROCESSES.map((_process, index) => `p${index}`),
    parents: PROCESSES.map(([, parent]) => parent),
    menu: {
      actions: [
        { label: 'Show Process', tool: 'system.process' },
        { label: 'Show Open Files', tool: 'system.files' },
        { label: 'Show Sockets', tool: 'system.sockets' },
        { label: 'Terminate…', tool: 'system.terminate', group: true },
        { label: 'Suspend', tool: 'system.suspend' },
        { label: 'Set Niceness…', tool: 'system.nice', group: true },
      ],
      inputs: PROCESSES.map((_process, index) => (index >= 12 ? null : { pid: index * 100 + 1, startTicks: index })),
    },
    ...extra,
  };
}

export function treeReport(extra: Partial<TableBlock> = {}): Report {
  return {
    title: 'Processes of web-03',
    verdict: 'One of 14 processes is a zombie: nginx: worker (701); nothing uses more than half a core.',
    status: 'warning',
    blocks: [treeTable(extra)],
  };
}

/** One of `count` moments, a minute apart. */
export function momentReport(shown: number, count = 60): Report {
  const times = Array.from({ length: count }, (_none, index) => TAKEN_AT_MS + (index - count) * 60_000);
  return { ...treeReport(), verdict: `Moment ${shown}.`, moments: { times, shown } };
}
