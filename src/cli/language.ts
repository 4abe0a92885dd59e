import * as l10n from '@vscode/l10n';
import type { ComputeThread } from '../runtime/compute';
import { packageText } from './packageFile';

/** The language that the shell asks for (locale(7)): 'zh-cn', or English for everything else. */
export function language(environment: NodeJS.ProcessEnv): string {
  const asked = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return asked.toLowerCase().replace('-', '_').startsWith('zh_cn') ? 'zh-cn' : 'en';
}

/** Loads the translations that are packed beside the program. */
export function useLanguage(chosen: string): void {
  const texts = textsOf(chosen);
  if (texts !== undefined) l10n.config({ contents: texts });
}

/** In the form of @vscode/l10n; undefined for English. */
export function textsOf(chosen: string): ComputeThread['texts'] {
  if (chosen === 'en') return undefined;
  return JSON.parse(packageText('l10n', `bundle.l10n.${chosen}.json`)) as ComputeThread['texts'];
}
