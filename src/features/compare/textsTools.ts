import * as l10n from '@vscode/l10n';
import type { Tool } from '../../tool/tool';
import { readSource } from './core/sources/readSource';
import { compareConfigs } from './core/config/compareConfigs';
import { type DeltaFormat, textsInput, type TextsInput, textsResult, type TextsResult } from './core/text/toolSchema';
import { textsReport } from './report/texts';
import { deltaOf } from './report/textsDelta';

/** What a search for the fewest changed lines may take; then the rest is only told well, and the result says so. */
const MINIMAL_MS = 20_000;

/** These are applied to the files as they are. */
const FOR_PROGRAMS: ReadonlySet<DeltaFormat> = new Set(['unified', 'context', 'normal', 'ndiff']);

/** Two texts line by line, wherever they are. */
export const textsTool: Tool<TextsInput, TextsResult> = {
  input: textsInput,
  result: textsResult,
  async *run({ left, leftText, right, rightText, delta, as, ...options }, context) {
    context.progress(l10n.t('Reading both sides…'));
    const [leftContent, rightContent] = await Promise.all([
      readSource(left, leftText, context),
      readSource(right, rightText, context),
    ]);
    const end = performance.now() + MINIMAL_MS;
    const form = as === 'auto' && FOR_PROGRAMS.has(delta) ? 'plain' : as;
    const comparison = compareConfigs(leftContent, rightContent, form, options, () => performance.now() > end);
    yield { ...comparison, delta: deltaOf(comparison, delta) };
  },
  report: textsReport,
};
