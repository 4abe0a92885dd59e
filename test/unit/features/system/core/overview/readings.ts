import type { FileTexts } from '../../../../../../src/machine/machine';
import { ProblemList } from '../../../../../../src/features/system/core/overview/problems';
import type { Reading } from '../../../../../../src/features/system/core/overview/reading';
import {
  readCounters,
  readHost,
  readSurroundings,
} from '../../../../../../src/features/system/core/overview/readTexts';
import type { CgroupPlaces } from '../../../../../../src/features/system/core/kernel/cgroupPlaces';

export const PLACES: CgroupPlaces = {
  path: '/',
  memory: { version: 2, folders: ['/cg'] },
  cpu: { version: 2, folders: ['/cg'] },
};

/** A reading of these files, taken at a moment of the monotonic clock. */
export function readingOf(
  files: Readonly<Record<string, string>>,
  monotonicMs = 0,
  more: Partial<Reading> = {},
): Reading {
  const texts: FileTexts = new Map(Object.entries(files));
  const problems = new ProblemList();
  const host = readHost(texts);
  return {
    backEnd: 'proc',
    takenAtMs: 1_795_000_000_000 + monotonicMs,
    monotonicMs,
    counters: readCounters(texts, host, PLACES, problems),
    surroundings: readSurroundings(texts, problems),
    host,
    fileSystems: [],
    users: { list: null, unavailable: null },
    problems: problems.list(),
    ...more,
  };
}
