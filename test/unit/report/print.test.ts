import * as assert from 'node:assert/strict';
import type { Report } from '../../../src/report/model';
import { fileEnding, mediaType, printReport } from '../../../src/report/print';
import type { ExportFormat } from '../../../src/report/protocol';

const report: Report = { title: 'Title', verdict: 'V.', status: 'ok', blocks: [] };

describe('printReport', () => {
  it('prints the format that was asked for', async () => {
    const beginnings: Readonly<Record<ExportFormat, RegExp>> = {
      markdown: /^# Title\n/,
      html: /^<!doctype html>\n/,
      csv: /^\ufeffReport,Title\r\n/,
      json: /^\{\n {2}"title": "Title"/,
    };
    for (const [format, beginning] of Object.entries(beginnings)) {
      assert.match(await printReport(report, format as ExportFormat, { locale: 'en' }), beginning);
    }
    assert.match(await printReport(report, 'csv', { locale: 'en', bom: false }), /^Report/);
  });
});

describe('fileEnding and mediaType', () => {
  it('are those that other programs know', () => {
    const formats: readonly ExportFormat[] = ['markdown', 'html', 'csv', 'json'];
    assert.deepEqual(formats.map(fileEnding), ['md', 'html', 'csv', 'json']);
    assert.deepEqual(formats.map(mediaType), ['text/markdown', 'text/html', 'text/csv', 'application/json']);
  });
});
