import * as z from 'zod';
import * as l10n from '@vscode/l10n';
import { machineName } from './machineName';

/**
 * A process, told apart from a later one with the same pid by when it started: the kernel's own count of clock ticks
 * since boot, field 22 of proc_pid_stat(5), exact where a time of day is not.
 */
export interface Identity {
  readonly pid: number;
  readonly startTicks: number;
}

/** Input fields of a tool about one process. `startTicks` comes along when a surface already knows the process. */
export const processInput = {
  pid: z
    .int()
    .positive()
    .max(4_194_304)
    .describe(l10n.t('Process ID.'))
    .meta({ title: 'PID', examples: [1] }),
  startTicks: z
    .int()
    .nonnegative()
    .optional()
    .describe(
      l10n.t('Start time in clock ticks since boot, as in /proc/PID/stat; a process with another one is refused.'),
    ),
};

export function pidReusedText(pid: number, machine: string): string {
  return l10n.t(
    'Process {0} on {1} is not the one that was shown: it has ended, and its number now belongs to another one.',
    pid,
    machineName(machine),
  );
}
