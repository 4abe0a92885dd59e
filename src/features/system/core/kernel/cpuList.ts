import { count, wholeLines } from './text';

/** More processors than any kernel is built for; a longer list is rubbish. */
const MOST_CPUS = 65_536;

/** A list of processors as /sys and cpuset write it: '0-3,8,10-11'. An empty text is an empty list; null when it is none. */
export function parseCpuList(text: string): readonly number[] | null {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const ids = new Set<number>();
  for (const part of trimmed.split(',')) {
    const [from, to, ...more] = part.split('-');
    const first = count(from);
    const last = to === undefined ? first : count(to);
    if (first === null || last === null || more.length > 0 || last < first || last >= MOST_CPUS) return null;
    for (let id = first; id <= last; id++) ids.add(id);
  }
  return [...ids].sort((one, other) => one - other);
}

/** How many processors a process may run on (its affinity and its cpuset), from /proc/self/status. */
export function parseAllowedCpus(status: string): number | null {
  const name = 'Cpus_allowed_list:';
  const line = wholeLines(status).find((one) => one.startsWith(name));
  const cpus = line === undefined ? null : parseCpuList(line.slice(name.length));
  return cpus === null || cpus.length === 0 ? null : cpus.length;
}
