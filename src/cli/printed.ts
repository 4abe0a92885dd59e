import type { Report } from '../report/model';
import type { ExportFormat } from '../report/protocol';
import type { Format } from './arguments';

const exportFormats: Readonly<Record<Format, ExportFormat>> = {
  md: 'markdown',
  json: 'json',
  csv: 'csv',
  html: 'html',
};

/** A result in the format that was asked for; each printer is loaded at its first use. */
export async function printed(result: unknown, report: Report, format: Format): Promise<string> {
  if (format === 'json') return (await import('../report/json')).printResultJson(result);
  const { printReport } = await import('../report/print');
  const locale = Intl.DateTimeFormat().resolvedOptions().locale;
  return printReport(report, exportFormats[format], { locale, bom: false });
}
