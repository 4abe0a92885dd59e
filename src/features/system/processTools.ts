import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import type { Tool } from '../../tool/tool';
import { parseByteSize } from './core/processes/byteSize';
import { collectProcesses } from './core/processes/collect';
import type { ProcessQuery } from './core/processes/query';
import { processesResult, SORT_KEYS, type ProcessesResult } from './core/processes/schema';
import { report } from './report/processes';

const processesInput = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(
      l10n.t('Part of the name, the command line or the path of the program, in any case; =nginx takes it as it is.'),
    )
    .meta({ title: 'Name', examples: ['nginx', '=sshd', 'python3 manage.py'] }),
  user: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe(l10n.t('Name or number of the user.'))
    .meta({ title: 'User', examples: ['root', 'www-data', '1000'] }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe(l10n.t('Those that own a TCP or UDP socket with this local port.'))
    .meta({ title: 'Port', examples: [80, 443, 5432] }),
  file: z
    .string()
    .regex(/^\//, { error: () => l10n.t('a path that begins with /') })
    .optional()
    .describe(l10n.t('Those that have this file or folder open, mapped, as their program, or as their working folder.'))
    .meta({ title: 'File or Folder', examples: ['/var/log/syslog', '/mnt'] }),
  memoryOver: z
    .string()
    .refine((text) => parseByteSize(text) !== null, { error: () => l10n.t('a size such as 500M or 2GiB') })
    .optional()
    .describe(l10n.t('Those with more than this in memory (RSS). M and MiB are 1024 × 1024 bytes, MB is a million.'))
    .meta({ title: 'Memory Over', examples: ['500M', '2GiB', '1.5G'] }),
  sort: z
    .enum(SORT_KEYS)
    .default('cpu')
    .describe(l10n.t('What the first of them has the most of: names and PIDs ascending, starts the latest first.'))
    .meta({ title: 'Sort By' }),
  limit: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe(l10n.t('Only the first so many.'))
    .meta({ title: 'How Many', examples: [10, 50] }),
  tree: z
    .boolean()
    .default(false)
    .describe(l10n.t('Also the parents of those that fit, up to the first process.'))
    .meta({ title: 'With Parents' }),
  exact: z
    .boolean()
    .default(false)
    .describe(l10n.t('Also what is shared with nobody (USS) and the fair share (PSS), which takes the kernel long.'))
    .meta({ title: 'Exact Memory' }),
  details: z
    .boolean()
    .default(false)
    .describe(
      l10n.t('Also I/O priority, which the program ionice has to tell, all limits, and threads with their names.'),
    )
    .meta({ title: 'Details' }),
});
type ProcessesInput = z.infer<typeof processesInput>;

export const processesTool: Tool<ProcessesInput, ProcessesResult> = {
  input: processesInput,
  result: processesResult,
  run: (input, { machine, signal, live }) => collectProcesses({ machine, query: queryOf(input), signal, live }),
  report,
};

function queryOf({
  name,
  user,
  port,
  file,
  memoryOver,
  sort,
  limit,
  tree,
  exact,
  details,
}: ProcessesInput): ProcessQuery {
  return {
    name: name ?? null,
    user: user ?? null,
    port: port ?? null,
    file: file === undefined ? null : file.length > 1 ? file.replace(/\/+$/, '') : file,
    memoryOverBytes: memoryOver === undefined ? null : parseByteSize(memoryOver),
    tree,
    exact,
    details,
    sort,
    limit: limit ?? null,
  };
}
