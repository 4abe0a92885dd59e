import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import type { Tool } from '../../tool/tool';
import { filterHosts } from './core/filterHosts';
import { inventorySchema, type HostsResult } from './core/hosts';
import { hostsReport } from './report/hosts';

const input = z.object({
  filter: z
    .string()
    .default('')
    .describe(l10n.t('Only hosts with this text in their name, address, group, tag or note.'))
    .meta({ title: 'Filter' }),
});

/** The hosts that Opsdeck knows: asks files only, no network. */
export const hostsTool: Tool<z.infer<typeof input>, HostsResult> = {
  input,
  result: inventorySchema,
  async *run({ filter }, { machines, signal }) {
    yield structuredClone(filterHosts(await machines.inventory(signal), filter)) as HostsResult;
  },
  report: hostsReport,
};
