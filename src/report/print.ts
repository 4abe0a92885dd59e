import { printCsv, type CsvOptions } from './csv';
import { printReportJson } from './json';
import { printMarkdown } from './markdown';
import type { Report } from './model';
import type { ExportFormat } from './protocol';
import { withAllRows } from './rowsOnDemand';

/** What every format needs; `bom` matters to CSV alone. */
export type ReportPrintOptions = CsvOptions;

/** HTML is loaded at its first use: its drawings bring a map of the world and a graph layout. */
export async function printReport(made: Report, format: ExportFormat, options: ReportPrintOptions): Promise<string> {
  const report = withAllRows(made);
  switch (format) {
    case 'markdown':
      return printMarkdown(report, options);
    case 'csv':
      return printCsv(report, options);
    case 'json':
      return printReportJson(report);
    case 'html': {
      const { printHtml } = await import('./html');
      return printHtml(report, options);
    }
  }
}

/** Without the dot. */
export function fileEnding(format: ExportFormat): string {
  const endings: Readonly<Record<ExportFormat, string>> = { markdown: 'md', html: 'html', csv: 'csv', json: 'json' };
  return endings[format];
}

/** For mail parts and the clipboard; every one of them is UTF-8. */
export function mediaType(format: ExportFormat): string {
  const types: Readonly<Record<ExportFormat, string>> = {
    markdown: 'text/markdown',
    html: 'text/html',
    csv: 'text/csv',
    json: 'application/json',
  };
  return types[format];
}
