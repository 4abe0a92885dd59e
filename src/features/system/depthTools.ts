import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import type { Tool } from '../../tool/tool';
import { processInput } from './core/identity';
import { collectProcess, type ProcessInput } from './core/process/collect';
import { processResult, type ProcessResult } from './core/process/schema/process';
import { report } from './report/process';

const input = z.object({
  ...processInput,
  maps: z
    .enum(['grouped', 'all', 'none'])
    .default('grouped')
    .describe(
      l10n.t('Memory maps: added up by file, each by itself, or none. To read them holds a large process up shortly.'),
    )
    .meta({ title: 'Memory Maps' }),
  environment: z
    .boolean()
    .default(true)
    .describe(l10n.t('The environment that it was started with; values that look like secrets are masked.'))
    .meta({ title: 'Environment' }),
  reveal: z
    .boolean()
    .default(false)
    .describe(l10n.t('Shows what looks like secrets in the environment as well.'))
    .meta({ title: 'Reveal Secrets' }),
});

/** `system.process`: one process in depth. */
export const processTool: Tool<ProcessInput, ProcessResult> = {
  input,
  result: processResult,
  run: (asked, { machine, signal, live }) => collectProcess(asked, { machine, signal, live }),
  report,
};
