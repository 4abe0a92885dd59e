import { count, wholeLines } from './text';

/** The resources of setrlimit(2), named as prlimit(1) names them, with their units. */
export const LIMITS = [
  ['cpu', 'Max cpu time', 'seconds'],
  ['fsize', 'Max file size', 'bytes'],
  ['data', 'Max data size', 'bytes'],
  ['stack', 'Max stack size', 'bytes'],
  ['core', 'Max core file size', 'bytes'],
  ['rss', 'Max resident set', 'bytes'],
  ['nproc', 'Max processes', 'processes'],
  ['nofile', 'Max open files', 'files'],
  ['memlock', 'Max locked memory', 'bytes'],
  ['as', 'Max address space', 'bytes'],
  ['locks', 'Max file locks', 'locks'],
  ['sigpending', 'Max pending signals', 'signals'],
  ['msgqueue', 'Max msgqueue size', 'bytes'],
  ['nice', 'Max nice priority', 'none'],
  ['rtprio', 'Max realtime priority', 'none'],
  ['rttime', 'Max realtime timeout', 'microseconds'],
] as const;

export type LimitName = (typeof LIMITS)[number][0];
export type LimitUnit = (typeof LIMITS)[number][2];

export interface ResourceLimit {
  readonly name: LimitName;
  readonly unit: LimitUnit;
  /** null is no limit. */
  readonly soft: number | null;
  readonly hard: number | null;
}

/** /proc/PID/limits, see proc_pid_limits(5). What is not of the expected form is left out. */
export function parseLimits(text: string): readonly ResourceLimit[] {
  const lines = wholeLines(text);
  return LIMITS.flatMap(([name, title, unit]) => {
    const line = lines.find((one) => one.startsWith(`${title} `));
    const [, soft, hard] =
      /^ +(unlimited|\d{1,20}) +(unlimited|\d{1,20})(?: |$)/.exec(line?.slice(title.length) ?? '') ?? [];
    if (soft === undefined || hard === undefined) return [];
    return [{ name, unit, soft: limitOf(soft), hard: limitOf(hard) }];
  });
}

function limitOf(word: string): number | null {
  return word === 'unlimited' ? null : count(word);
}
