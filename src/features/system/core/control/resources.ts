import { LIMITS, type LimitName } from '../kernel/limits';
import { wholeLines } from '../kernel/text';

/** The names of prlimit(1) for the resources of getrlimit(2). */
export const RESOURCES: readonly LimitName[] = LIMITS.map(([name]) => name).sort();

/** Digits or 'unlimited': the values go up to 2^64 - 2, beyond what a number holds. */
export interface Limits {
  readonly soft: string;
  readonly hard: string;
}

/** One resource of /proc/PID/limits, see proc_pid_limits(5), to the last digit; null when it is not there. */
export function exactLimits(text: string, resource: LimitName): Limits | null {
  const name = `${LIMITS.find(([own]) => own === resource)?.[1]} `;
  const line = wholeLines(text).find((one) => one.startsWith(name));
  const [, soft, hard] = /^ *(\d+|unlimited) +(\d+|unlimited)(?: |$)/.exec(line?.slice(name.length) ?? '') ?? [];
  return soft === undefined || hard === undefined ? null : { soft, hard };
}

/** The form that prlimit(1) takes: 'soft:hard', where an empty side is kept. */
export function limitsText({ soft, hard }: Limits): string {
  return `${soft}:${hard}`;
}

export function readLimitsText(text: string): Limits {
  const [soft = '', hard = ''] = text.split(':');
  return { soft, hard };
}

/** Below zero when the first limit is the lower one. */
export function compareLimit(one: string, other: string): number {
  if (one === other) return 0;
  if (one === 'unlimited') return 1;
  if (other === 'unlimited') return -1;
  return BigInt(one) < BigInt(other) ? -1 : 1;
}
