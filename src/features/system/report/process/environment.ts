import * as l10n from '@vscode/l10n';
import type { SectionBlock } from '../../../../report/model';
import { visibleLine } from '../../../../report/plainText';
import type { ProcessResult } from '../../core/process/schema/process';
import { code, column, table } from '../table';
import { missingText, part } from './parts';

export function environmentSection(result: ProcessResult): SectionBlock | null {
  const { environment } = result;
  const title = l10n.t('Environment');
  if (environment === null) {
    const missing = missingText(result, 'environment');
    return missing === null ? null : part({ title, summary: missing, status: 'unknown', blocks: [] });
  }
  if (environment.total === 0) return null;
  const columns = [code(column('name', l10n.t('Name'))), code(column('value', l10n.t('Value')))];
  const rows = environment.variables.map(({ name, value }) => [visibleLine(name), visibleLine(value)]);
  const keys = environment.variables.map(({ name }) => name);
  const { total, masked } = environment;
  return part({
    title,
    summary:
      masked === 0
        ? l10n.t('Variables it was started with: {0}.', total)
        : l10n.t('Variables it was started with: {0}; masked, for they look like secrets: {1}.', total, masked),
    blocks: [table('environment', null, columns, rows, keys)],
  });
}
