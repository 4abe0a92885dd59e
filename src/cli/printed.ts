import * as l10n from '@vscode/l10n';
import { ExpectedError } from '../lib/errors';
import type { Report } from '../report/model';
import type { ExportFormat } from '../report/protocol';
import type { AnyTool } from '../tool/tool';
import type { Format } from './arguments';

const exportFormats: Readonly<Record<Exclude<Format, 'text'>, ExportFormat>> = {
  md: 'markdown',
  json: 'json',
  csv: 'csv',
  html: 'html',
};

/** A result in the format that was asked for; each printer is loaded at its first use. */
export async function printed(tool: AnyTool, result: unknown, report: Report, format: Format): Promise<string> {
  if (format === 'text') return bareText(tool, result);
  if (format === 'json') return (await import('../report/json')).printResultJson(result);
  const { printReport } = await import('../report/print');
  const locale = Intl.DateTimeFormat().resolvedOptions().locale;
  return printReport(report, exportFormats[format], { locale, bom: false });
}

function bareText(tool: AnyTool, result: unknown): string {
  const text = tool.bareText?.(result) ?? null;
  if (text !== null) return text;
  throw new ExpectedError(
    'usage',
    tool.bareText === undefined
      ? l10n.t('--format text is for tools that make a text for other programs, such as a patch; this one makes none.')
      : l10n.t('There is no text to print: name one, such as --delta unified or --as patch.'),
  );
}
