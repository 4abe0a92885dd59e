import * as l10n from '@vscode/l10n';
import type { Report } from '../../../report/model';
import type { ShowResult } from '../core/text/showSchema';
import { bytesText } from './words';

/** A text as it is. */
export function showReport({ label, sizeBytes, modifiedMs, encoding, text }: ShowResult): Report {
  return {
    title: label,
    verdict:
      text === null
        ? l10n.t('{0} is no text: {1}.', label, bytesText(sizeBytes))
        : l10n.t('{0}, {1} in {2}.', label, bytesText(sizeBytes), encoding ?? ''),
    status: text === null ? 'warning' : 'ok',
    blocks: [
      ...(modifiedMs === null
        ? []
        : [
            {
              kind: 'facts' as const,
              items: [{ label: l10n.t('Modified'), value: modifiedMs, unit: 'time' as const }],
            },
          ]),
      ...(text === null ? [] : [{ kind: 'text' as const, text, style: 'code' as const }]),
    ],
  };
}
