import * as l10n from '@vscode/l10n';
import type { Machine } from '../../../../machine/machine';
import { count, words } from '../kernel/text';
import type { Scan } from './scan';
import type { FilesResult } from './schema';

/** What every answer begins with. */
export function baseOf(machine: Machine, scan: Scan): FilesResult {
  const [open, , limit] = words(scan.fileNumbers.trim());
  return {
    machine: machine.name,
    takenAtMs: Date.now(),
    question: 'summary',
    target: null,
    uses: [],
    users: [],
    obstacles: [],
    deleted: [],
    deletedDiskBytes: 0,
    deletedMemoryBytes: 0,
    processes: [],
    openFiles: count(open),
    openFilesLimit: count(limit),
    seen: { processes: scan.processes.length, denied: scan.processes.filter(({ denied }) => denied).length },
    problems: [],
  };
}

/** What a busy machine did not get through in time; silence about it would pass for completeness. */
export function lateTexts(scan: Scan, late: number): readonly string[] {
  return [
    ...(scan.incomplete ? [l10n.t('Not all processes could be looked at in time: some uses may be missing.')] : []),
    ...(late > 0
      ? [l10n.t('{0} open files did not tell what they are in time: they are known by name only.', late)]
      : []),
  ];
}
