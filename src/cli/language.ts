import * as l10n from '@vscode/l10n';
import { packageText } from './packageFile';

/** The language that the shell asks for (locale(7)): 'zh-cn', or English for everything else. */
export function language(environment: NodeJS.ProcessEnv): string {
  const asked = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return asked.toLowerCase().replace('-', '_').startsWith('zh_cn') ? 'zh-cn' : 'en';
}

/** Loads the translations that are packed beside the program. */
export function useLanguage(chosen: string): void {
  if (chosen === 'en') return;
  l10n.config({ contents: packageText('l10n', `bundle.l10n.${chosen}.json`) });
}
