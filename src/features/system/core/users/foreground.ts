import { isFailure, type FileFailure, type FileTexts } from '../../../../machine/machine';
import { decodeBytes } from '../kernel/bytes';
import { parseProcessStat, type ProcessStat } from '../kernel/processStat';
import { terminalName, type TerminalDriver } from '../kernel/terminal';

/** The processes of a machine as far as logins need them. */
export interface ProcessPlaces {
  /** null where no process could be read, so that nothing can be said of one that is not in it. */
  readonly byPid: ReadonlyMap<number, ProcessStat> | null;
  /** Terminal → the process in front: the leader of the terminal's foreground group. */
  readonly inFront: ReadonlyMap<string, ProcessStat>;
}

const STAT_FILE = /^\/proc\/(\d+)\/stat$/;

/** `texts` holds /proc/PID/stat, read as bytes. */
export function processPlaces(texts: FileTexts, drivers: readonly TerminalDriver[]): ProcessPlaces {
  const byPid = new Map<number, ProcessStat>();
  const groups = new Map<string, number>();
  for (const [path, content] of texts) {
    if (isFailure(content) || !STAT_FILE.test(path)) continue;
    const stat = parseProcessStat(content);
    if (stat === null) continue;
    byPid.set(stat.pid, stat);
    const terminal = terminalName(stat.terminal, drivers);
    const group = foregroundGroup(content);
    if (terminal !== null && group !== null) groups.set(terminal, group);
  }
  return { byPid: byPid.size === 0 ? null : byPid, inFront: leaders(groups, byPid) };
}

/** Field 8 of proc_pid_stat(5), the group in front on the process's terminal; null where there is none. */
export function foregroundGroup(text: string): number | null {
  const group = Number(text.slice(text.lastIndexOf(')') + 2).split(' ', 6)[5]);
  return Number.isInteger(group) && group > 0 ? group : null;
}

/** Where the leader has ended, the oldest of its group stands for it. */
function leaders(
  groups: ReadonlyMap<string, number>,
  byPid: ReadonlyMap<number, ProcessStat>,
): ReadonlyMap<string, ProcessStat> {
  const found = new Map<string, ProcessStat>();
  for (const [terminal, group] of groups) {
    const leader = byPid.get(group) ?? oldest([...byPid.values()].filter((one) => one.groupId === group));
    if (leader !== undefined) found.set(terminal, leader);
  }
  return found;
}

function oldest(processes: readonly ProcessStat[]): ProcessStat | undefined {
  return processes.reduce<ProcessStat | undefined>(
    (first, one) => (first === undefined || one.startTicks < first.startTicks ? one : first),
    undefined,
  );
}

/** The arguments of /proc/PID/cmdline, read as bytes; the kernel's name where there are none. */
export function commandLineOf(content: string | FileFailure | undefined, stat: ProcessStat): string[] {
  if (content === undefined || isFailure(content) || content === '') return [stat.name];
  return decodeBytes(content.replace(/\0+$/, '')).split('\0');
}
