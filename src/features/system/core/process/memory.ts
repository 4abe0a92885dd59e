import { parseSmapsRollup, uniqueBytes } from '../kernel/smaps';
import { perSecond } from '../kernel/numbers';
import { kibibytesOf } from './fields';
import type { ProcessReading } from './reading';
import type { MemoryDetail } from './schema/rest';
import { textOf } from './texts';

export function memoryDetailOf(
  before: ProcessReading | null,
  now: ProcessReading,
  seconds: number | null,
): MemoryDetail {
  const { status, stat } = now;
  const bytes = (name: string): number | null => kibibytesOf(status, name);
  return {
    peakVirtualBytes: bytes('VmPeak'),
    peakResidentBytes: bytes('VmHWM'),
    anonymousBytes: bytes('RssAnon'),
    fileBytes: bytes('RssFile'),
    sharedMemoryBytes: bytes('RssShmem'),
    stackBytes: bytes('VmStk'),
    libraryBytes: bytes('VmLib'),
    pageTableBytes: bytes('VmPTE'),
    lockedBytes: bytes('VmLck'),
    pinnedBytes: bytes('VmPin'),
    hugetlbBytes: bytes('HugetlbPages'),
    ...exactOf(now),
    majorFaultsPerSecond: perSecond(before?.stat.majorFaults, stat.majorFaults, seconds),
    minorFaultsPerSecond: perSecond(before?.stat.minorFaults, stat.minorFaults, seconds),
  };
}

type Exact = Pick<MemoryDetail, 'uniqueBytes' | 'proportionalBytes' | 'swapProportionalBytes' | 'source'>;

/** smaps_rollup is of 4.14; before it, and where it may not be read, the maps are added up. */
function exactOf({ texts, stat, surroundings }: ProcessReading): Exact {
  const rollup = parseSmapsRollup(textOf(texts, `/proc/${stat.pid}/smaps_rollup`) ?? '');
  const sum = rollup ?? (surroundings.maps?.complete === true ? surroundings.maps.sum : null);
  if (sum === null) return { uniqueBytes: null, proportionalBytes: null, swapProportionalBytes: null, source: null };
  return {
    uniqueBytes: uniqueBytes(sum),
    proportionalBytes: sum.proportionalBytes,
    swapProportionalBytes: sum.swapProportionalBytes,
    source: rollup === null ? 'smaps' : 'smaps_rollup',
  };
}
