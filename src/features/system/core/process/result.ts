import { foregroundGroupOf } from '../kernel/taskStat';
import { roundedTo } from '../kernel/numbers';
import { secondsBetween } from '../processes/reading';
import { connectionsOf } from './connections';
import { controlGroupOf } from './controlGroup';
import { processEntryOf, rootFolderOf } from './entry';
import { environmentOf } from './environment';
import { countsOf } from './fields';
import { openFilesOf } from './files';
import { findingsOf } from './findings';
import { gapsOf } from './gaps';
import { limitsOf } from './limits';
import { allLocksOf, awaitedLocks } from './locks';
import { memoryDetailOf } from './memory';
import type { ProcessReading, Wanted } from './reading';
import { relativesOf } from './relatives';
import { schedulingOf } from './scheduling';
import { MOST_ROWS, type ProcessResult } from './schema/process';
import { securityOf } from './security';
import { textOf } from './texts';
import { threadsOf } from './threads';

/** What a reading tells, with rates over the time since the one before; without one they are null. */
export function resultOf(before: ProcessReading | null, now: ProcessReading, wanted: Wanted): ProcessResult {
  const seconds = before === null ? null : secondsBetween(before, now);
  const connections = connectionsOf(now);
  const locks = allLocksOf(now);
  const files = openFilesOf(now, connections ?? [], locks);
  const held = (files?.list ?? []).reduce((sum, file) => sum + file.locks.length, 0);
  const result = {
    machine: wanted.machine,
    takenAtMs: now.takenAtMs,
    intervalSeconds: seconds === null ? null : roundedTo(seconds, 2),
    ended: null,
    thread: wanted.thread,
    process: processEntryOf(before, now, seconds),
    ...identityOf(now),
    scheduling: schedulingOf(before, now, seconds),
    memory: memoryDetailOf(before, now, seconds),
    files,
    awaitedLocks: [...awaitedLocks(now.stat.pid, locks, files?.list ?? [])],
    connections: connections === null ? null : { total: connections.length, list: connections.slice(0, MOST_ROWS) },
    threads: threadsOf(before, now, seconds),
    relatives: relativesOf(before, now, seconds),
    limits: [...limitsOf(now, held)],
    environment: wanted.environment ? environmentOf(now, wanted.reveal) : null,
    maps: now.surroundings.maps,
    security: securityOf(now),
    controlGroup: controlGroupOf(before, now),
    missing: [...gapsOf(now, wanted)],
  };
  return { ...result, findings: [...findingsOf(result)] };
}

type Who = Pick<
  ProcessResult,
  'ageSeconds' | 'rootFolder' | 'foregroundGroupId' | 'fileSystemUid' | 'effectiveUser' | 'groups'
>;

function identityOf(now: ProcessReading): Who {
  const { stat, status, texts, uptimeSeconds, surroundings } = now;
  const [real, effective, , fileSystem] = countsOf(status, 'Uid');
  const age = uptimeSeconds === null ? null : uptimeSeconds - stat.startTicks / surroundings.units.ticksPerSecond;
  return {
    ageSeconds: age === null ? null : Math.max(0, roundedTo(age, 2)),
    rootFolder: rootFolderOf(now),
    foregroundGroupId: foregroundGroupOf(textOf(texts, `/proc/${stat.pid}/stat`) ?? ''),
    fileSystemUid: fileSystem ?? null,
    effectiveUser: effective === undefined || effective === real ? null : surroundings.userName(effective),
    groups: countsOf(status, 'Groups').map((gid) => ({ gid, name: surroundings.groups.get(gid) ?? null })),
  };
}
