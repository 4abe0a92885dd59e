import * as l10n from '@vscode/l10n';
import type { Tool } from '../../tool/tool';
import { readPlace } from './core/sources/readPlace';
import { compareTexts } from './core/text/compareTexts';
import { textsInput, type TextsInput, textsResult, type TextsResult } from './core/text/toolSchema';
import { textsReport } from './report/texts';
import { deltaOf } from './report/textsDelta';

/** What a search for the fewest changed lines may take; then the rest is only told well, and the result says so. */
const MINIMAL_MS = 20_000;

/** Two files line by line, wherever they are. */
export const textsTool: Tool<TextsInput, TextsResult> = {
  input: textsInput,
  result: textsResult,
  async *run({ left, right, delta, ...options }, context) {
    context.progress(l10n.t('Reading both sides…'));
    const [leftContent, rightContent] = await Promise.all([readPlace(left, context), readPlace(right, context)]);
    const end = performance.now() + MINIMAL_MS;
    const comparison = compareTexts(leftContent, rightContent, options, () => performance.now() > end);
    yield { ...comparison, delta: deltaOf(comparison, delta) };
  },
  report: textsReport,
};
