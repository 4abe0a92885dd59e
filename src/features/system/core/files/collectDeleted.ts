import * as l10n from '@vscode/l10n';
import type { Machine } from '../../../../machine/machine';
import { baseOf, lateTexts } from './base';
import { readDeleted } from './deletedFiles';
import { deletedBytes, deletedList } from './deletedList';
import { readNames } from '../processes/names';
import { resolvePath } from './resolve';
import { scanProcesses } from './scan';
import type { FilesResult } from './schema';
import { busiest, processRow, readLimits } from './summary';
import { soughtOf, targetOf } from './target';

/** Deleted files that are still open, those on the file system of a path, or with a summary of what all have open. */
export async function collectDeleted(
  machine: Machine,
  path: string | null,
  thorough: boolean,
  signal: AbortSignal,
): Promise<FilesResult> {
  const [scan, resolved] = await Promise.all([
    scanProcesses(machine, signal),
    path === null ? null : resolvePath(machine, path, signal),
  ]);
  const { uses, silent, late } = await readDeleted(machine, scan, thorough, signal);
  const shown = thorough ? [] : busiest(scan.processes);
  const processes = [...new Map([...uses.map((use) => use.process), ...shown].map((one) => [one.pid, one])).values()];
  const [names, limits] = await Promise.all([
    readNames(machine, processes, signal),
    readLimits(machine, shown, signal),
  ]);
  const mount = resolved === null ? null : (scan.mounts.placeOf(resolved.path)?.mount ?? null);
  const all = deletedList(uses, names);
  const deleted = mount === null ? all : all.filter((file) => file.mountPoint === mount.mountPoint);
  const { disk, memory } = deletedBytes(deleted);
  const base = baseOf(machine, scan);
  return {
    ...base,
    question: thorough ? 'deleted' : 'summary',
    target: resolved === null ? null : targetOf(resolved, soughtOf(resolved, { mount: true }, scan)),
    deleted: [...deleted],
    deletedDiskBytes: disk,
    deletedMemoryBytes: memory,
    processes: shown.map((process) => processRow(process, names, limits, all)),
    problems: [
      ...silent.map((mountPoint) =>
        l10n.t('The file system at {0} did not answer: sizes of deleted files there are not known.', mountPoint),
      ),
      ...lateTexts(scan, late),
    ],
  };
}
