import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import type { Tool } from '../../tool/tool';
import { collectDisks } from './core/disks/collect';
import type { DisksInput } from './core/disks/chosen';
import { disksResult, type DisksResult } from './core/disks/schema';
import { collectFiles } from './core/files/collect';
import type { FilesInput } from './core/files/input';
import { filesResult, type FilesResult } from './core/files/schema';
import { collectMemory, type MemoryInput } from './core/memory/collect';
import { memoryResult, type MemoryResult } from './core/memory/schema';
import { disksReport } from './report/disks';
import { filesReport } from './report/files';
import { memoryReport } from './report/memoryDetails';

const filesInput = z.object({
  path: z
    .string()
    .optional()
    .describe(l10n.t('File, folder or mount point, absolute: who uses it. Without it: what all processes have open.'))
    .meta({ title: 'Path', examples: ['/var/log/syslog', '/srv'] }),
  recursive: z
    .boolean()
    .optional()
    .describe(l10n.t('Also everything below the folder, as lsof +D.'))
    .meta({ title: 'And All Below' }),
  mount: z
    .boolean()
    .optional()
    .describe(l10n.t('Everything on the file system of the path, as before unmounting it.'))
    .meta({ title: 'Whole File System' }),
  deleted: z
    .boolean()
    .optional()
    .describe(l10n.t('Only deleted files that are still open, largest first; with a path, those on its file system.'))
    .meta({ title: 'Deleted Files Only' }),
});

/** `system.files`: who uses this file, folder or mount; deleted files that are still open. */
export const filesTool: Tool<FilesInput, FilesResult> = {
  input: filesInput,
  result: filesResult,
  async *run(input, { machine, signal }) {
    yield await collectFiles(machine, input, signal);
  },
  report: filesReport,
};

const disksInput = z.object({
  path: z
    .string()
    .optional()
    .describe(l10n.t('Only the file system that holds this path.'))
    .meta({ title: 'Path', examples: ['/var/lib'] }),
  all: z
    .boolean()
    .optional()
    .describe(l10n.t('Pseudo file systems, bind mounts and hidden mounts too, as df -a.'))
    .meta({ title: 'All Mounts' }),
  type: z
    .string()
    .optional()
    .describe(l10n.t('Only file systems of this type.'))
    .meta({ title: 'Type', examples: ['ext4', 'xfs', 'nfs4'] }),
});

/** `system.disks`: space, inodes and traffic, and why a disk is full. */
export const disksTool: Tool<DisksInput, DisksResult> = {
  input: disksInput,
  result: disksResult,
  run: (input, { machine, signal, live }) => collectDisks(input, { machine, signal, live }),
  report: disksReport,
};

const memoryInput = z.object({
  exact: z
    .boolean()
    .optional()
    .describe(
      l10n.t('Proportional and unique sizes (PSS, USS) of processes too; the kernel takes long to add them up.'),
    )
    .meta({ title: 'Exact Sizes' }),
  groups: z.boolean().optional().describe(l10n.t('A table of all control groups.')).meta({ title: 'Control Groups' }),
});

/** `system.memory`: where the memory is, and whether it is short. */
export const memoryTool: Tool<MemoryInput, MemoryResult> = {
  input: memoryInput,
  result: memoryResult,
  run: (input, { machine, signal, live }) => collectMemory(input, { machine, signal, live }),
  report: memoryReport,
};
