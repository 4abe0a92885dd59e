import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import { ExpectedError } from '../../lib/errors';
import { localName } from '../../machine/machines';
import type { Tool } from '../../tool/tool';
import { checkResult, type CheckResult } from './core/check/schema';
import { checkReport } from './report/check';

const input = z.object({
  host: z
    .string()
    .trim()
    .min(1)
    .describe(l10n.t('An alias of the SSH configuration, a host of a hosts file, or [user@]host[:port].'))
    .meta({ title: 'Host', suggest: 'hosts', examples: ['web01', 'root@192.0.2.7:2222'] }),
});

/** How a connection to a host comes about. Asks nobody for anything, and writes nothing. */
export const checkTool: Tool<z.infer<typeof input>, CheckResult> = {
  input,
  result: checkResult,
  async *run({ host }, { machines, signal }) {
    if (host === localName) throw new ExpectedError('invalid-input', l10n.t('This machine is reached without SSH.'));
    const { hops } = await machines.check(host, signal);
    const totalMs = hops.flatMap(({ steps }) => steps).reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
    yield { host, totalMs, hops: structuredClone(hops) as CheckResult['hops'] };
  },
  report: checkReport,
};
