import { isFailure, type FileTexts } from '../../../../machine/machine';
import { parseAuxv, USUAL_UNITS } from '../kernel/clockTicks';
import { parseProcessStat, type ProcessStat } from '../kernel/processStat';
import { parseStatText } from '../kernel/statText';
import { count } from '../kernel/text';
import type { Service } from './schema';

/** A file in which a daemon left its number. */
export interface PidFile {
  readonly path: string;
  /** The file's name without its ending. */
  readonly name: string;
  /** null where the file holds no number. */
  readonly pid: number | null;
}

/** A daemon writes its file soon after it started; clocks and ticks are not exact. */
const SLACK_SECONDS = 5;
const PID_FILE = /^(?:\/var)?\/run\/(?:[^/]+\/)*([^/]+)\.pid$/;

export function pidFilesOf(texts: FileTexts): readonly PidFile[] {
  const files: PidFile[] = [];
  for (const [path, content] of texts) {
    const name = PID_FILE.exec(path)?.[1];
    if (name === undefined || isFailure(content)) continue;
    // Some, as that of PostgreSQL, have more lines.
    const pid = count(content.split('\n', 1)[0]?.trim());
    files.push({ path, name, pid: pid === 0 ? null : pid });
  }
  return files;
}

/** The process of a file, or what is wrong: a number may have gone to another process since it was written. */
export function processOfFile(
  file: PidFile,
  texts: FileTexts,
  bootSeconds: number | null,
): { readonly pidFile: NonNullable<Service['pidFile']>; readonly process: ProcessStat | null } {
  const problem = (kind: NonNullable<Service['pidFile']>['problem']): ReturnType<typeof processOfFile> => ({
    pidFile: { path: file.path, problem: kind },
    process: null,
  });
  if (file.pid === null) return problem('malformed');
  const content = texts.get(`/proc/${file.pid}/stat`);
  const process = content === undefined || isFailure(content) ? null : parseProcessStat(content);
  if (process === null || process.state === 'zombie') return problem('ended');
  const written = texts.get(file.path);
  const writtenSeconds = typeof written === 'string' ? parseStatText(written)?.modifiedSeconds : undefined;
  const startedSeconds = bootSeconds === null ? null : bootSeconds + process.startTicks / ticksPerSecond(texts);
  const younger =
    writtenSeconds !== undefined && startedSeconds !== null && startedSeconds > writtenSeconds + SLACK_SECONDS;
  return younger ? problem('reused') : { pidFile: { path: file.path, problem: null }, process };
}

function ticksPerSecond(texts: FileTexts): number {
  const content = texts.get('/proc/self/auxv');
  return (typeof content === 'string' ? parseAuxv(content) : null)?.ticksPerSecond ?? USUAL_UNITS.ticksPerSecond;
}
