import type { ReadItem } from '../../../../machine/machine';

/** Files of one process that go on all the time. */
export const FIGURE_FILES = [
  'stat',
  'status',
  'statm',
  'cmdline',
  'io',
  'limits',
  'cgroup',
  'wchan',
  'schedstat',
  'autogroup',
  'oom_score',
  'oom_score_adj',
  'smaps_rollup',
] as const;

/** Links of one process that may change at any time. */
export const LINKS = ['exe', 'cwd', 'root'] as const;

/** For every reading. The stat of all processes tells parents and children. */
export function figureItems(pid: number): readonly ReadItem[] {
  const own = `/proc/${pid}`;
  return [
    '/proc/uptime',
    ...FIGURE_FILES.map((name) => `${own}/${name}`),
    ...LINKS.map((name): ReadItem => ({ path: `${own}/${name}`, what: 'link' })),
    { path: `${own}/fd`, what: 'links' },
    `${own}/task/*/stat`,
    `${own}/task/*/wchan`,
    '/proc/[0-9]*/stat',
  ];
}

/** What changes seldom or is dear to read. */
export function surroundingItems(pid: number): readonly ReadItem[] {
  const own = `/proc/${pid}`;
  return [
    '/etc/passwd',
    '/etc/group',
    '/proc/stat',
    '/proc/meminfo',
    '/proc/self/mountinfo',
    '/proc/tty/drivers',
    '/proc/sys/kernel/arch',
    '/proc/self/auxv',
    '/proc/sys/kernel/cap_last_cap',
    { path: '/proc/1/ns', what: 'links' },
    { path: `${own}/ns`, what: 'links' },
    `${own}/environ`,
    `${own}/attr/current`,
    `${own}/loginuid`,
    // For the limit of processes, which counts all threads of a user.
    '/proc/[0-9]*/status',
  ];
}
