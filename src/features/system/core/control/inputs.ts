import * as z from 'zod';
import * as l10n from '@vscode/l10n';
import { parseCpuList } from '../kernel/cpuList';
import { parseSignal } from '../kernel/signals';
import { processInput } from '../identity';
import { IO_CLASSES } from './ioPriority';
import { RESOURCES } from './resources';

const tree = z.boolean().default(false).describe(l10n.t('Also all its descendants.')).meta({ title: 'Whole Tree' });

const signalFields = z.object({
  ...processInput,
  signal: z
    .string()
    .refine((text) => parseSignal(text) !== null, {
      error: ({ input }) =>
        l10n.t('{0} is no signal. Use a name such as SIGHUP or SIGRTMIN+1, or a number from 1 to 64.', String(input)),
    })
    .describe(l10n.t('Name, with or without SIG, or number.'))
    .meta({ title: 'Signal', examples: ['SIGHUP', 'SIGUSR1', 'SIGKILL', 'SIGRTMIN+1', '15'] }),
  group: z
    .boolean()
    .default(false)
    .describe(l10n.t('Also all other processes of its process group.'))
    .meta({ title: 'Whole Process Group' }),
  tree,
});
export const signalInput = signalFields.refine(({ group, tree: all }) => !(group && all), {
  path: ['group'],
  error: () => l10n.t('Choose the process group or the tree, not both.'),
});
export type SignalInput = z.infer<typeof signalInput>;

export const terminateInput = z.object({
  ...processInput,
  graceSeconds: z
    .number()
    .min(0)
    .max(3_600)
    .default(10)
    .describe(l10n.t('How long it may take to end by itself after SIGTERM; then it gets SIGKILL.'))
    .meta({ title: 'Grace Time in Seconds' }),
  tree,
});
export type TerminateInput = z.infer<typeof terminateInput>;

export const suspendInput = z.object({ ...processInput, tree });
export type SuspendInput = z.infer<typeof suspendInput>;

export const niceInput = z.object({
  ...processInput,
  nice: z
    .int()
    .min(-20)
    .max(19)
    .describe(l10n.t('-20 (first served) to 19 (last served); 0 is usual.'))
    .meta({ title: 'Nice', examples: [10, 19] }),
});
export type NiceInput = z.infer<typeof niceInput>;

export const ioniceInput = z.object({
  ...processInput,
  class: z
    .enum(IO_CLASSES)
    .describe(l10n.t('none follows the nice value; idle is served when nobody else needs the disk.'))
    .meta({ title: 'I/O Class' }),
  level: z
    .int()
    .min(0)
    .max(7)
    .default(4)
    .describe(l10n.t('Within realtime and best-effort: 0 (first served) to 7.'))
    .meta({ title: 'Level' }),
});
export type IoniceInput = z.infer<typeof ioniceInput>;

export const affinityInput = z.object({
  ...processInput,
  cpus: z
    .string()
    .refine((text) => isCpus(text), {
      error: ({ input }) => l10n.t('{0} is no list of CPUs. Use a list such as 0-3,5, or all.', String(input)),
    })
    .describe(l10n.t('The CPUs it may run on: a list such as 0-3,5, or all.'))
    .meta({ title: 'CPUs', examples: ['0', '0-3,5', 'all'] }),
  threads: z
    .boolean()
    .default(false)
    .describe(l10n.t('All its threads; otherwise the first one, and those that it starts from now on.'))
    .meta({ title: 'All Threads' }),
});
export type AffinityInput = z.infer<typeof affinityInput>;

const limitValue = z
  .string()
  .regex(/^(\d{1,19}|unlimited)?$/, {
    error: ({ input }) => l10n.t('{0} is no limit. Use a number, unlimited, or nothing to keep it.', String(input)),
  })
  .default('');

export const limitInput = z.object({
  ...processInput,
  resource: z.enum(RESOURCES).describe(l10n.t('The resource, as prlimit(1) names it.')).meta({ title: 'Resource' }),
  soft: limitValue
    .describe(l10n.t('The limit that holds: a number, unlimited, or empty to keep it.'))
    .meta({ title: 'Soft Limit', examples: ['1024', 'unlimited'] }),
  hard: limitValue
    .describe(l10n.t('How far the process may raise the soft one: a number, unlimited, or empty to keep it.'))
    .meta({ title: 'Hard Limit', examples: ['4096', 'unlimited'] }),
});
export type LimitInput = z.infer<typeof limitInput>;

export function isAllCpus(text: string): boolean {
  return text.trim().toLowerCase() === 'all';
}

function isCpus(text: string): boolean {
  return isAllCpus(text) || (parseCpuList(withoutBlanks(text))?.length ?? 0) > 0;
}

/** taskset(1) takes none. */
export function withoutBlanks(text: string): string {
  return text.replace(/\s/g, '');
}
