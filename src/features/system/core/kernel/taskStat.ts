import { count, words } from './text';

/** /proc/PID/schedstat, or that of a thread. Nanoseconds. */
export interface RunQueueTimes {
  readonly ranNs: number;
  /** Was ready to run, but another one ran. */
  readonly waitedNs: number;
  /** How often it was put on a CPU. */
  readonly slices: number;
}

export function parseSchedstat(text: string): RunQueueTimes | null {
  const [ranNs, waitedNs, slices] = words(text.trim()).map((word) => count(word));
  return ranNs == null || waitedNs == null || slices == null ? null : { ranNs, waitedNs, slices };
}

/**
 * Field 8 of proc_pid_stat(5): the process group that the terminal listens to; null without a terminal (-1) or when
 * the text is not of that form.
 */
export function foregroundGroupOf(stat: string): number | null {
  const [, , , , , group] = words(stat.slice(stat.lastIndexOf(')') + 1));
  return count(group);
}

/** The function of the kernel in which a task sleeps, of /proc/PID/wchan; null where it does not, or it is not told. */
export function waitChannelOf(text: string): string | null {
  const name = text.trim();
  return name === '' || name === '0' || !/^[\w.]+$/.test(name) ? null : name;
}

/** /proc/PID/autogroup, see sched(7): '/autogroup-25 nice 0'. */
export function parseAutogroup(text: string): { readonly name: string; readonly nice: number } | null {
  const [, name, nice] = /^\/?(\S+) nice (-?\d+)\s*$/.exec(text) ?? [];
  return name === undefined ? null : { name, nice: Number(nice) };
}
