import { count } from '../kernel/text';
import { parseLimits, type LimitName } from '../kernel/limits';
import { countsOf, kibibytesOf } from './fields';
import { fdLinksOf } from './links';
import type { ProcessReading } from './reading';
import type { Limit } from './schema/rest';
import { textOf } from './texts';

/** `locks`: how many file locks it holds. */
export function limitsOf(reading: ProcessReading, locks: number): readonly Limit[] {
  const text = textOf(reading.texts, `/proc/${reading.stat.pid}/limits`) ?? '';
  return parseLimits(text).map(({ name, unit, soft, hard }) => {
    const used = usedOf(name, reading, locks);
    return { name, unit, soft, hard, used, usedPercent: shareOf(used, soft) };
  });
}

/** Of the soft limit; more than 100 where the limit was lowered afterwards. */
function shareOf(used: number | null, soft: number | null): number | null {
  if (used === null || soft === null || soft === 0) return null;
  return Math.round((used / soft) * 1000) / 10;
}

/** See getrlimit(2): what counts towards each limit, where the kernel tells it. */
function usedOf(name: LimitName, reading: ProcessReading, locks: number): number | null {
  const { stat, status, texts, surroundings } = reading;
  switch (name) {
    case 'cpu':
      return (stat.userTicks + stat.systemTicks) / surroundings.units.ticksPerSecond;
    case 'data':
      return kibibytesOf(status, 'VmData');
    case 'stack':
      return kibibytesOf(status, 'VmStk');
    case 'rss':
      return kibibytesOf(status, 'VmRSS');
    case 'nproc':
      return surroundings.threadsOfUsers.get(countsOf(status, 'Uid')[0] ?? -1) ?? null;
    case 'nofile':
      return typeof texts.get(`/proc/${stat.pid}/fd`) === 'string' ? fdLinksOf(texts, stat.pid).length : null;
    case 'memlock':
      return kibibytesOf(status, 'VmLck');
    case 'as':
      return kibibytesOf(status, 'VmSize');
    case 'locks':
      return locks;
    case 'sigpending':
      return count(/^\d+/.exec(status.get('SigQ') ?? '')?.[0]);
    case 'nice':
      // The limit is 20 less the lowest nice value that it may have.
      return null;
    case 'rtprio':
      return stat.realtimePriority;
    case 'fsize':
    case 'core':
    case 'msgqueue':
    case 'rttime':
      return null;
  }
}
